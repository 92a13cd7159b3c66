"""Chromium, Firefox and WebKitGTK behind one small driver: what WebDriver says alike of the three.

Debian ships a WebDriver for Chromium and for WebKitGTK; Firefox takes the same commands itself
(Marionette). Each engine tells the errors of its console in a way of its own.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import IO, Any, TypeVar

import pytest

Found = TypeVar("Found")
Keys = {"Enter": "\ue007", "Tab": "\ue004", "Down": "\ue015", "Escape": "\ue00c"}
SECONDS = 180  # for an engine to start; a busy machine takes its time
WAIT = 60  # seconds for a page to become what is waited for

WEBKIT_WINDOW = str(Path(__file__).with_name("webkit_window.py"))
# No motion: a page that glides to a place carries away what is about to be clicked.
STILL = "--force-prefers-reduced-motion"
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", STILL]
PREFERENCES = {
    "marionette.port": 0,  # any that is free
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.auto": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "services.settings.server": "http://127.0.0.1:9/",
    "ui.prefersReducedMotion": 1,
    "focusmanager.testmode": True,  # several windows without a screen each have the focus
}

# Where an element stands once a click in its middle would reach it; else nothing.
PLACE = """(() => {
  const element = document.querySelector(arguments[0]);
  if (!element) return null;
  element.scrollIntoView({ block: "nearest" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const reached = document.elementFromPoint(x + width / 2, y + height / 2);
  return element.contains(reached) && [x, y, width, height, scrollX, scrollY];
})()"""

# The name of a command in Marionette -> the method and the path of WebDriver.
COMMANDS = {
    "Navigate": ("POST", "/url"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "SwitchToFrame": ("POST", "/frame"),
    "SwitchToParentFrame": ("POST", "/frame/parent"),
    "FindElement": ("POST", "/element"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "PerformActions": ("POST", "/actions"),
    "SetWindowRect": ("POST", "/window/rect"),
    "TakeScreenshot": ("GET", "/screenshot"),
}


class EngineFault(Exception):
    """A driver refused a command."""


class Engine(ABC):
    """A browser with one window, that a test drives."""

    @abstractmethod
    def do(self, command: str, **parameters: Any) -> Any:
        """Send a command of WebDriver; its value."""

    @abstractmethod
    def errors(self) -> list[str]:
        """What the console told as an error since the last question."""

    def open(self, address: str) -> None:
        self.do("Navigate", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a script in the page, or in the frame that was entered."""
        return self.do("ExecuteScript", script=script, args=list(arguments))

    def until(self, condition: str, *arguments: Any) -> Any:
        """Wait for an expression to be true; its value."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            with suppress(EngineFault):  # the page that was asked has just gone
                if value := self.run(f"return {condition}", *arguments):
                    return value
            time.sleep(0.05)
        raise AssertionError(condition)

    def click(self, selector: str) -> None:
        """Click as a visitor does, on what stands still and uncovered.

        A frame of elsewhere takes the focus in no other way.
        """
        before, place = None, self.until(PLACE, selector)
        while place != before:
            time.sleep(0.05)
            before, place = place, self.until(PLACE, selector)
        [element] = self.do("FindElement", using="css selector", value=selector).values()
        self.do("ElementClick", id=element)

    def press(self, *keys: str) -> None:
        """Press and release keys, named or single letters, in what has the focus."""
        values = [Keys.get(key, key) for key in keys]
        steps = [{"type": way, "value": key} for key in values for way in ("keyDown", "keyUp")]
        self.do("PerformActions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    def resize(self, width: int, height: int) -> None:
        """Make the inside of the window this large, whatever stands around it."""
        self.do("SetWindowRect", width=width, height=height)
        inside = self.run("return [innerWidth, innerHeight]")
        around = width - inside[0], height - inside[1]
        if any(around):
            self.do("SetWindowRect", width=width + around[0], height=height + around[1])

    @contextmanager
    def inside(self, place: int = 0) -> Iterator[None]:
        """What is done within is done in a frame."""
        self.until("document.querySelectorAll('iframe').length > arguments[0]", place)
        self.do("SwitchToFrame", id=place)
        try:
            yield
        finally:
            self.do("SwitchToParentFrame")


class _OverHttp(Engine):
    """An engine behind the driver that Debian ships with it."""

    def __init__(self, port: int, capabilities: Mapping[str, Any]) -> None:
        self._port = port
        asked = {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True, **capabilities}}}
        self._session = ""
        self._session = "/session/" + self.ask("POST", "/session", asked)["sessionId"]

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        try:
            given = json.dumps(body or {}) if method == "POST" else None
            connection.request(method, self._session + path, given)
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise EngineFault(value["message"])
        return value

    def do(self, command: str, **parameters: Any) -> Any:
        method, path = COMMANDS[command]
        return self.ask(method, path.format_map(parameters), parameters)


class Chromium(_OverHttp):
    """The console is asked of the driver."""

    def errors(self) -> list[str]:
        told = self.ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in told if entry["level"] == "SEVERE"]


class WebKit(_OverHttp):
    """The console is written by the browser, where its driver writes."""

    def __init__(self, port: int, capabilities: Mapping[str, Any], log: Path) -> None:
        self._log, self._read = log, 0
        super().__init__(port, capabilities)

    def errors(self) -> list[str]:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        fresh, self._read = lines[self._read :], len(lines)
        return [line for line in fresh if line.startswith("CONSOLE")]


class Firefox(Engine):
    """Over Marionette: a line of JSON each way, after its length."""

    # Errors of pages, not the warnings, nor what the browser tells itself.
    CONSOLE = """
      const { warningFlag, infoFlag } = Ci.nsIScriptError;
      const told = Services.console.getMessageArray()
        .filter((one) => one instanceof Ci.nsIScriptError)
        .filter(({ flags }) => !(flags & (warningFlag | infoFlag)))
        .filter((one) => /^https?:/.test(one.sourceName) || one.innerWindowID)
        .map((one) => `${one.sourceName}: ${one.errorMessage}`);
      Services.console.reset();
      return told;"""

    def __init__(self, opened: socket.socket, answers: IO[bytes]) -> None:
        self._socket = opened
        self._answers = answers
        self._numbers = count(1)
        self._read()
        self.do("NewSession", acceptInsecureCerts=True)

    def do(self, command: str, **parameters: Any) -> Any:
        return self._send(f"WebDriver:{command}", parameters)

    def errors(self) -> list[str]:
        self._send("Marionette:SetContext", {"value": "chrome"})
        try:
            return list(self.run(self.CONSOLE))
        finally:
            self._send("Marionette:SetContext", {"value": "content"})

    def _send(self, name: str, parameters: Mapping[str, Any]) -> Any:
        sent = json.dumps([0, next(self._numbers), name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(sent), sent))
        _kind, _number, fault, value = self._read()
        if fault:
            raise EngineFault(fault["message"])
        return value.get("value") if isinstance(value, dict) else value

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._answers.read(1)
        return json.loads(self._answers.read(int(length[:-1])))


@contextmanager
def _process(*command: str | Path, log: Path, **environment: str) -> Iterator[None]:
    """A program that is stopped at the end, with all that it started."""
    with log.open("wb") as output:
        started = subprocess.Popen(
            [str(part) for part in command],
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            started.terminate()
            started.wait(SECONDS)


@contextmanager
def running(command: Sequence[str], log: IO[bytes], **environment: str) -> Iterator[None]:
    """A program with all that it starts, in a group of its own that ends with it."""
    started = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(started.pid, signal.SIGKILL)  # nothing of it is kept
        started.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def when_there(find: Callable[[], Found]) -> Found:
    """What is asked of a program that has just been started, once it answers."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            return find()
        except (OSError, StopIteration, ValueError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextmanager
def chromium(folder: Path) -> Iterator[Engine]:
    port = free_port()
    capabilities = {
        "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": OPTIONS},
        "goog:loggingPrefs": {"browser": "ALL"},
    }
    with _process("chromedriver", f"--port={port}", log=folder / "chromium.log"):
        yield when_there(lambda: Chromium(port, capabilities))


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    command = ["firefox-esr", "-headless", *firefox_options(folder)]
    with _process(*command, log=folder / "firefox.log"), firefox_in(folder) as engine:
        yield engine


def firefox_options(folder: Path, **preferences: int) -> list[str]:
    """Make a profile in a folder; how a Firefox is told to take it and to be driven."""
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(
        "\n".join(
            f'user_pref("{name}", {json.dumps(value)});'
            for name, value in (PREFERENCES | preferences).items()
        )
    )
    driven = ["-marionette", "-no-remote", "-remote-allow-system-access"]
    return [*driven, "-profile", str(profile)]


@contextmanager
def firefox_in(folder: Path) -> Iterator[Engine]:
    """The Firefox that was started with the profile of a folder, once it listens."""
    told = folder / "profile" / "MarionetteActivePort"
    port = when_there(lambda: int(told.read_text()))
    with (
        when_there(lambda: socket.create_connection(("127.0.0.1", port), SECONDS)) as opened,
        opened.makefile("rb") as answers,
    ):
        yield Firefox(opened, answers)


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """A screen that nobody sees; its name."""
    log = folder / "screen.log"
    with _process("Xvfb", "-noreset", "-displayfd", "1", "-screen", "0", "1600x1400x24", log=log):
        yield when_there(lambda: f":{next(filter(str.isdigit, log.read_text().split()))}")


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    """On a screen that nobody sees: the browser has no other way."""
    port, log = free_port(), folder / "webkit.log"
    capabilities = {"webkitgtk:browserOptions": {"binary": WEBKIT_WINDOW}}
    driver = ["WebKitWebDriver", f"--port={port}"]
    with screen(folder) as display, _process(*driver, log=log, DISPLAY=display):
        yield when_there(lambda: WebKit(port, capabilities, log))


ENGINES = {
    "chromium": (chromium, ("chromium", "chromedriver")),
    "firefox": (firefox, ("firefox-esr",)),
    "webkit": (webkit, ("WebKitWebDriver", "Xvfb", "/usr/lib/python3/dist-packages/gi")),
}


def missing(name: str) -> str:
    """Why an engine cannot be driven here; "" when it can."""
    needed = (one for one in ENGINES[name][1] if not (shutil.which(one) or Path(one).exists()))
    absent = ", ".join(needed)
    return f"pas de {name}, il manque {absent} : voir tests/browser/install.sh" if absent else ""


def needed(what: str, absent: str) -> None:
    """Skip the test where something is absent; fail it where install.sh could have brought it."""
    if absent and os.getuid() == 0 and shutil.which("apt-get"):
        pytest.fail(f"pas de {what}, il manque {absent} : lancez « make browser »")
    if absent:
        pytest.skip(f"pas de {what}, il manque {absent} : voir tests/browser/install.sh")


@contextmanager
def started(name: str, folder: Path) -> Iterator[Engine]:
    """An engine that has started; all that it wrote is in the folder."""
    with ENGINES[name][0](folder) as engine:
        yield engine

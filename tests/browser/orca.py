"""Orca, the screen reader of Debian, listening to a Firefox of its own: what it says, line by line.

It has no voice: what it would say is written in a journal, and its keys are those of a keyboard.
"""

import ctypes
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.engines import (
    WAIT,
    Engine,
    firefox_in,
    firefox_options,
    running,
    screen,
    when_there,
)

BUS = "/usr/libexec/at-spi-bus-launcher"
NEEDED = ("orca", "firefox-esr", "Xvfb", "dbus-run-session", BUS)
QUIET = 1.0  # seconds without a word: it has said all

# A session with what programs tell those who do not see, the browser, then its reader.
SESSION = """
{bus} --launch-immediately &
firefox-esr {options} &
exec orca
"""
MUTE = """
from orca import speech

journal = open({journal!r}, "a", buffering=1, encoding="utf-8")
speech._speak = lambda text, acss, interrupt: print(text, file=journal)
"""


class Keyboard:
    """Real keys on a screen, which a screen reader hears before the browser."""

    def __init__(self, display: str) -> None:
        self._x11, self._test = (ctypes.CDLL(f"lib{name}.so.6") for name in ("X11", "Xtst"))
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._screen = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))

    def tap(self, key: str) -> None:
        symbol = ctypes.c_ulong(self._x11.XStringToKeysym(key.encode()))
        code = self._x11.XKeysymToKeycode(self._screen, symbol)
        for is_down in (True, False):
            self._test.XTestFakeKeyEvent(self._screen, code, is_down, ctypes.c_ulong(0))
        self._x11.XFlush(self._screen)


@dataclass
class Listener:
    """Somebody who hears a browser."""

    browser: Engine
    keyboard: Keyboard
    journal: Path
    _heard: int = 0

    def opened(self, address: str) -> str:
        self.browser.open(address)
        return self.said()

    def press(self, key: str) -> str:
        """What a key makes it say."""
        self.keyboard.tap(key)
        return self.said()

    def type(self, letters: str, until: str) -> None:
        """Type in the field that has the focus, until the page answers."""
        for letter in letters:
            self.keyboard.tap(letter)
        self.browser.until(until)

    def said(self) -> str:
        """What was said since the last question, once it is silent."""
        began, length = time.monotonic(), -1
        while time.monotonic() < began + WAIT:
            lines = self._lines()
            if len(lines) == length > self._heard:
                break
            length = len(lines)
            time.sleep(QUIET)
        lines = self._lines()
        fresh, self._heard = lines[self._heard :], len(lines)
        return " | ".join(fresh)

    def _lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.journal.read_text("utf-8").splitlines()]


def missing() -> str:
    """What a machine lacks; "" when it has all."""
    return ", ".join(name for name in NEEDED if not (shutil.which(name) or Path(name).exists()))


@contextmanager
def orca(folder: Path) -> Iterator[Listener]:
    journal, script = folder / "orca.txt", folder / "session.sh"
    options = " ".join(firefox_options(folder, **{"accessibility.force_disabled": -1}))
    script.write_text(SESSION.format(bus=BUS, options=options))
    own_code = folder / ".local" / "share" / "orca" / "orca-customizations.py"
    own_code.parent.mkdir(parents=True)
    own_code.write_text(MUTE.format(journal=str(journal)))
    with screen(folder) as display, (folder / "session.log").open("wb") as log:
        own = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "DISPLAY": display}
        plain = {"GSETTINGS_BACKEND": "memory", "GNOME_ACCESSIBILITY": "1"}
        french = {"LANG": "C.UTF-8", "LANGUAGE": "fr"}
        command = ["dbus-run-session", "--", "sh", str(script)]
        with running(command, log, **own, **plain, **french), firefox_in(folder) as browser:
            when_there(lambda: journal.read_text().index("\n"))
            listener = Listener(browser, Keyboard(display), journal)
            listener.said()
            yield listener

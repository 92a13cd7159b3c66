"""Orca, the screen reader of Debian, listening to a Firefox of its own: what it says, line by line.

It has no voice: what it would say is written in a journal, and its keys are those of a keyboard.
"""

import ctypes
import shutil
import time
from collections.abc import Iterator, Sequence
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

    def press(self, key: str) -> None:
        self.keyboard.tap(key)

    def type(self, letters: str) -> None:
        for letter in letters:
            self.keyboard.tap(letter)

    def hears(self, *lines: str) -> None:
        """These lines are said, in this order, then it is silent; others may stand between.

        However late: a busy machine tells of a page long after it has told that it loads.
        """
        end, length = time.monotonic() + WAIT, -1
        while time.monotonic() < end:
            said = self._lines()[self._heard :]
            if len(said) == length and not _unsaid(lines, said):
                break
            length = len(said)
            time.sleep(QUIET)
        self._heard += len(said)
        unsaid = _unsaid(lines, said)
        assert not unsaid, f"« {unsaid} » n’est pas dit, ou pas à sa place : {' | '.join(said)}"

    def _lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.journal.read_text("utf-8").splitlines()]


def _unsaid(lines: Sequence[str], said: Sequence[str]) -> str:
    """The first line that is not said after those before it; "" when all are."""
    text, place = " | ".join(said), 0
    for line in lines:
        place = text.find(line, place)
        if place < 0:
            return line
        place += len(line)
    return ""


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
            listener.hears()
            yield listener

"""How much work a piece of code does, counted: the same on any machine, however busy."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, FunctionType
from typing import Any

MOST_CALLS = 10_000_000  # for one page of a few hundred kB: about two seconds on a slow machine
GUARD = 60.0  # seconds of processor: far more than any machine needs, far less than for ever


def calls_of(work: Callable[[], object]) -> int:
    """How many functions it enters, ours and the interpreter's; refuse what never seems to end.

    One call may itself take long (a regular expression that goes back and forth): hence the guard.
    """
    count = 0

    def note(_frame: FrameType, event: str, _value: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    began = time.process_time()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    assert time.process_time() - began < GUARD
    return count


@contextmanager
def entries_of(function: Callable[..., Any]) -> Iterator[list[FrameType]]:
    """The times that a function is entered meanwhile, by whatever name."""
    assert isinstance(function, FunctionType)
    code, entries = function.__code__, list[FrameType]()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code is code:
            entries.append(frame)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield entries
    finally:
        sys.setprofile(before)


# What a test of the short loop does not do; see Makefile, `quick`.
SLOW = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "time.sleep"}
slow_calls: list[str] = []


def _note_slow(event: str, _values: tuple[object, ...]) -> None:
    if event in SLOW and threading.current_thread() is threading.main_thread():
        slow_calls.append(event)


sys.addaudithook(_note_slow)


@contextmanager
def shared_by_all() -> Iterator[None]:
    """What the first test that needs it makes for all: not on its own account."""
    before = slow_calls.copy()
    yield
    slow_calls[:] = before

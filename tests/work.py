"""How much work a piece of code does, counted: the same on any machine, however busy."""

import sys
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

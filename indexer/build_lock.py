"""One builder at a time, by a lock of the kernel: it falls by itself when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.durability import Step, make_folder, reached

_LOCK = "BUILD.lock"


class BuildRunning(RuntimeError):
    """Another build holds the lock; the message says since when, in French."""


@contextmanager
def build_lock(root: Path) -> Iterator[None]:
    """Be the only builder, or raise `BuildRunning`. What the file holds is told, never believed."""
    make_folder(root)
    descriptor = _taken(root / _LOCK)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {time.strftime('%H:%M')}\n".encode(), 0)
        reached(Step.LOCKED)
        yield
    finally:
        os.close(descriptor)


def _taken(path: Path) -> int:
    """A descriptor that holds the lock of the file that stands at `path` now."""
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 40, 0).decode("ascii", "replace").split()
            os.close(descriptor)
            raise BuildRunning(_message(holder)) from error
        if _is_at(descriptor, path):
            return descriptor
        os.close(descriptor)  # the file was removed between the opening and the lock: not ours


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _message(holder: list[str]) -> str:
    since = f" (depuis {holder[1]}, processus {holder[0]})" if len(holder) == 2 else ""
    return f"Une autre construction est en cours{since} : attendez qu’elle finisse."

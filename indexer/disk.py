"""The disk under an index: room, the steps that a crash may cut, and one builder at a time."""

import errno
import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from corpus.files import make_folder

FAIL_AT = "VERBATHEQUE_FAIL_AT"  # the step at which a test kills the builder


class Step(StrEnum):
    """The steps of a publication, in their order: a crash after any of them loses nothing."""

    LOCKED = "locked"
    SWEPT = "swept"
    CREATED = "created"
    LINKED = "linked"
    INDEXED = "indexed"
    WRITTEN = "written"
    VERIFIED = "verified"
    SEALED = "sealed"
    FILES_SYNCED = "files-synced"
    FOLDER_SYNCED = "folder-synced"
    RENAMED = "renamed"
    GENERATIONS_SYNCED = "generations-synced"
    POINTER_WRITTEN = "pointer-written"
    POINTER_SYNCED = "pointer-synced"
    POINTER_REPLACED = "pointer-replaced"
    PUBLISHED = "published"
    RETIRED = "retired"
    RETIRED_SYNCED = "retired-synced"
    PRUNED = "pruned"


def reached(step: Step) -> None:
    """Mark a step. Die there, as by a power cut, when the environment asks for it."""
    if os.environ.get(FAIL_AT) == step:
        os.kill(os.getpid(), signal.SIGKILL)


RESERVE = 50_000_000  # bytes that a build leaves to others
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DiskFull(RuntimeError):
    """There is no room for another generation; the message says what to do, in French."""


def missing_space(root: Path, last: Path | None) -> int:
    """How many bytes are missing to build beside `last`, which is about as large as the next."""
    size = sum(path.stat().st_size for path in last.iterdir()) if last else 0
    return max(0, 2 * size + RESERVE - shutil.disk_usage(root).free)


def disk_full(missing: int) -> DiskFull:
    """The refusal of a build that would not fit."""
    return DiskFull(
        f"il manque {missing // 1_000_000 + 1} Mo sur le disque. "
        "Libérez de la place, puis relancez : verbatheque build"
    )


@contextmanager
def full_disk_said() -> Iterator[None]:
    """Turn the errors of a full disk into `DiskFull`, those too that it led the engine to."""
    try:
        yield
    except Exception as error:
        if not _is_of_full_disk(error):
            raise
        message = (
            "le disque est plein, ou un quota est atteint. "
            "Libérez de la place, puis relancez : verbatheque build"
        )
        raise DiskFull(message) from error


def _is_of_full_disk(error: BaseException | None) -> bool:
    if error is None:
        return False
    is_full = isinstance(error, OSError) and error.errno in _FULL
    return is_full or _is_of_full_disk(error.__cause__ or error.__context__)


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

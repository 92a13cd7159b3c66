"""Room on the disk: asked before a build, and said in French when it runs out."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

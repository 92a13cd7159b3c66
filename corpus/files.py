"""Writing that is whole or not there: beside its place, made durable, then renamed into it."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HIDDEN = ".verbatheque-"  # what begins so and outlives a crash is nobody's


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a hidden name in the same folder, where nothing stays when the work fails."""
    fresh = path.absolute().with_name(f"{HIDDEN}{secrets.token_hex(8)}")
    try:
        yield fresh
    except OSError as error:  # a full disk names no file, and nobody knows the hidden one
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh)
        else:
            fresh.unlink(missing_ok=True)


def write_new(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file that is not there yet, down to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def replace_file(path: Path, content: bytes, mode: int) -> None:
    """Write a file in the place of the one that may be there, at once and for good."""
    with beside(path) as fresh:
        write_new(fresh, content, mode)
        fresh.replace(path)
    sync(path.absolute().parent)


def sync(path: Path) -> None:
    """Wait until a file, or the list of a folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, each written in its parent for good."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync(folder.parent)

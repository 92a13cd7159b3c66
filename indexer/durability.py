"""What makes a write last: files and folders pushed to the disk, in steps a test can stop at."""

import os
import signal
from enum import StrEnum
from pathlib import Path

FAIL_AT = "VERBATHEQUE_FAIL_AT"  # the step at which a test kills the builder


class Step(StrEnum):
    """The steps of a publication, in their order: a crash after any of them loses nothing."""

    LOCKED = "locked"
    SWEPT = "swept"
    CREATED = "created"
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


def sync(path: Path) -> None:
    """Wait until a file, or the list of a folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
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

"""A small disk of its own, in memory; only root can make one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """Where it is mounted."""

    folder: Path

    def make_read_only(self) -> None:
        """From now on every write fails."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk of that size for the length of a block; the test is skipped where none can be had."""
    folder.mkdir()
    size = f"size={megabytes}m"
    try:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("no « mount » on this system")
    if made.returncode:
        pytest.skip("mounting a small disk in memory needs root")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)

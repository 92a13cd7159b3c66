"""A start after a crash, and a folder that nobody may write in."""

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from search.live_index import Shelf
from search.query import SearchQuery
from tests.faults.builders import built
from tests.faults.mounts import small_disk
from tests.faults.small_site import SmallSite, rounds

pytestmark = pytest.mark.model


def leave_temporary(site: SmallSite, draw: random.Random) -> None:
    left = site.store.root / "gens" / f".tmp-{draw.randint(1, 99):08}"
    shutil.copytree(site.store.current().folder, left)
    (left / "columns.npz").write_bytes(draw.randbytes(99))


def leave_lock(site: SmallSite, draw: random.Random) -> None:
    (site.store.root / "BUILD.lock").write_bytes(draw.randbytes(draw.randrange(60)))


def leave_pointer(site: SmallSite, draw: random.Random) -> None:
    (site.store.root / "CURRENT.new").write_bytes(draw.randbytes(40))


def set_clock_wrong(site: SmallSite, draw: random.Random) -> None:
    moment = draw.choice([0, 1_000, 4_000_000_000])
    for path in site.store.root.rglob("*"):
        os.utime(path, (moment, moment))


def leave_generation(site: SmallSite, draw: random.Random) -> None:
    """A builder that died between the rename and the pointer; half of it was lost since."""
    number = max(site.store.numbers()) + 1
    shutil.copytree(site.store.current().folder, site.store.folder(number))
    (site.store.folder(number) / "manifest.json").unlink()


LEFT: list[Callable[[SmallSite, random.Random], None]] = [
    leave_temporary,
    leave_lock,
    leave_pointer,
    set_clock_wrong,
    leave_generation,
]


def processor_of_children() -> float:
    """Seconds that ended children took of a processor: a busy machine adds none."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_f21_the_first_answer_after_a_crash_is_quick_and_right(
    small_site: SmallSite, tmp_path: Path
) -> None:
    draw, slowest = random.Random(21), 0.0
    before = small_site.store.current().manifest.generation
    for number in range(rounds(10, 40)):
        site = small_site.copied(tmp_path / str(number))
        for leave in draw.sample(LEFT, draw.randint(1, len(LEFT))):
            leave(site, draw)
        began = processor_of_children()
        command = [sys.executable, "-m", "web.cli.main", "search", "carottes"]
        found = subprocess.run(
            [*command, "--site", site.folder], capture_output=True, text=True, check=True
        )
        slowest = max(slowest, processor_of_children() - began)
        assert "citation1" in found.stdout
        assert not site.store.current().degraded
        if number % 2:
            continue
        assert built(site, "--force") == 0
        assert site.store.current().manifest.generation > before
        assert not list((site.store.root / "gens").glob(".tmp-*"))
    print(f"F21: the slowest first answer took {slowest:.1f} s, imports included")
    assert slowest < 5


def test_f21_a_pointer_of_the_same_time_and_size_is_another(small_site: SmallSite) -> None:
    pointer = small_site.store.root / "CURRENT"
    state, before = pointer.stat(), small_site.store.signature()
    raw = pointer.read_bytes()
    pointer.write_bytes(raw[:-2] + b"0}" if raw[-2:] != b"0}" else raw[:-2] + b"1}")
    os.utime(pointer, ns=(state.st_atime_ns, state.st_mtime_ns))
    now = pointer.stat()
    assert (now.st_ino, now.st_mtime_ns, now.st_size) == (
        state.st_ino,
        state.st_mtime_ns,
        state.st_size,
    )
    assert small_site.store.signature() != before


def test_f23_a_folder_that_cannot_be_written_serves(small_site: SmallSite, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 60) as disk:
        site = small_site.copied(disk.folder / "site")
        disk.make_read_only()
        with pytest.raises(OSError, match="Read-only"):
            (site.folder / "essai").touch()
        with Shelf(site.store).reading() as reading:
            assert reading.search(SearchQuery("carottes")).total > 0
        assert built(site, "--force") == 2

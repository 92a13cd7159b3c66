"""A full disk refuses a build; the old index serves, the room is given back, the next one works.

In the process of the tests itself, since the next build must work in the same process.
"""

import gc
import random
import resource
import shutil
from pathlib import Path

import pytest

from corpus.site import read_site
from indexer.build import BuildRefused, build
from search.golden_check import golden_review
from tests.faults.mounts import SmallDisk, small_disk
from tests.faults.small_site import SmallSite, records_of, rounds

pytestmark = [
    pytest.mark.model,
    # The engine leaves the files of a write that failed to the collector of objects.
    pytest.mark.filterwarnings("ignore:.*unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*MAIN_:pytest.PytestUnraisableExceptionWarning"),
]


def try_build(site: SmallSite) -> None:
    build(read_site(site.folder), force=True, check=golden_review)


def used(site: SmallSite) -> int:
    return sum(p.stat().st_size for p in (site.store.root / "gens").rglob("*") if p.is_file())


def assert_refused(site: SmallSite) -> None:
    """Nothing is published, and nothing is left behind."""
    before, size = site.store.current(), used(site)
    with pytest.raises(BuildRefused, match="verbatheque build"):
        try_build(site)
    gc.collect()  # what the engine left open must not surprise a later test
    assert site.store.current() == before
    assert used(site) <= size


def leave_free(disk: SmallDisk, size: int) -> Path:
    """Fill the disk up to `size` bytes."""
    ballast = disk.folder / "ballast"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk.folder).free - size)))
    return ballast


def test_f6_a_disk_that_fills_during_a_build_refuses_it(
    small_site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.generations.missing_space", lambda root, last: 0)
    draw, version = random.Random(6), 0
    with small_disk(tmp_path / "disk", 60) as disk:
        site = small_site.copied(disk.folder / "site")
        needed = used(site) // len(site.store.numbers())
        for _ in range(rounds(10, 50)):
            version = 1 - version
            site.write(version)
            ballast = leave_free(disk, draw.randrange(4096, needed * 9 // 10))
            assert_refused(site)
            ballast.unlink()
            try_build(site)
            assert records_of(site.store.current()) == site.records[version]


def test_f6_a_limit_on_files_refuses_a_build(small_site: SmallSite) -> None:
    largest = max(p.stat().st_size for p in small_site.store.current().folder.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    draw = random.Random(7)
    for version in [number % 2 for number in range(rounds(3, 20))]:
        small_site.write(version)
        resource.setrlimit(resource.RLIMIT_FSIZE, (draw.randrange(4096, largest), hard))
        try:
            assert_refused(small_site)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        try_build(small_site)
        assert records_of(small_site.store.current()) == small_site.records[version]


def test_too_little_room_is_seen_before_anything_is_written(
    small_site: SmallSite, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 60) as disk:
        site = small_site.copied(disk.folder / "site")
        leave_free(disk, 40_000_000)
        with pytest.raises(BuildRefused, match=r"il manque \d+ Mo"):
            try_build(site)
        assert not site.store.current().degraded
        assert len(site.store.numbers()) == 2  # the older ones went first

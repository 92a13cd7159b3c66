"""A reader takes up what is published, and never mixes two generations."""

import os
import shutil
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from corpus.site import Site, read_site
from indexer.build import build
from indexer.encoder import Encoding
from indexer.generations import index_store
from search.live_index import IndexMissing, Shelf
from search.open_generation import Health, OpenGeneration, opened
from search.query import SearchQuery

pytestmark = pytest.mark.model


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    shutil.copytree(sample_site.folder, folder)
    return read_site(folder)


@pytest.fixture
def shelf(site: Site) -> Shelf:
    return Shelf(index_store(site))


def health(shelf: Shelf) -> Health:
    with shelf.reading() as reading:
        return reading.health()


def generation(shelf: Shelf) -> int:
    shelf.look()
    return health(shelf).generation


def damage(site: Site, number: int, name: str = "columns.npz") -> None:
    damaged = site.derived / "index" / "gens" / f"{number:08}" / name
    damaged.write_bytes(damaged.read_bytes()[:-40])


def test_without_an_index_the_command_is_named(tmp_path: Path) -> None:
    shelf = Shelf(index_store(Site(tmp_path)))
    with pytest.raises(IndexMissing, match="verbatheque build"), shelf.reading():
        pass


def test_a_new_generation_is_taken_up_without_a_restart(shelf: Shelf, site: Site) -> None:
    before = generation(shelf)
    build(site, force=True)
    assert generation(shelf) == before + 1


def test_a_reading_under_way_keeps_its_generation(shelf: Shelf, site: Site) -> None:
    with shelf.reading() as old:
        build(site, force=True)
        assert generation(shelf) == old.health().generation + 1
        assert old.search(SearchQuery("eau")).total > 0


def test_a_damaged_generation_is_refused_and_the_old_one_serves(
    shelf: Shelf, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    before = generation(shelf)
    damage(site, build(site, force=True).generation)
    shelf.look()
    assert health(shelf).generation == before
    assert health(shelf).degraded
    assert f"la génération {before} sert encore" in caplog.text
    with shelf.reading() as reading:
        assert reading.search(SearchQuery("eau")).total > 0
    build(site, force=True)
    assert generation(shelf) == before + 2
    assert not health(shelf).degraded


def test_what_was_refused_is_tried_again_later(
    shelf: Shelf, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = generation(shelf)
    published = build(site, force=True).generation
    file = site.derived / "index" / "gens" / f"{published:08}" / "columns.npz"
    whole = file.read_bytes()
    damage(site, published)
    monkeypatch.setattr("search.live_index._ASK_AGAIN", 0)
    assert generation(shelf) == before
    file.write_bytes(whole)
    assert generation(shelf) == published


def test_at_the_start_the_newest_sound_generation_serves(site: Site) -> None:
    damage(site, build(site, force=True).generation)
    started = Shelf(index_store(site))
    assert health(started).degraded
    with started.reading() as reading:
        assert reading.search(SearchQuery("eau")).total > 0


def test_what_was_erased_on_purpose_is_no_longer_served(shelf: Shelf, site: Site) -> None:
    generation(shelf)
    shutil.rmtree(site.derived)
    shelf.look()
    with pytest.raises(IndexMissing), shelf.reading():
        pass


def test_no_reading_waits_while_another_generation_is_loaded(
    shelf: Shelf, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = generation(shelf)
    build(site, force=True)
    is_loading, may_go_on = Event(), Event()

    def slow(folder: Path, health: Health, encoding: Encoding) -> OpenGeneration:
        is_loading.set()
        assert may_go_on.wait(10)
        return opened(folder, health, encoding)

    monkeypatch.setattr("search.live_index.opened", slow)
    looking = Thread(target=shelf.look)
    looking.start()
    assert is_loading.wait(10)
    assert health(shelf).generation == before
    may_go_on.set()
    looking.join()
    assert health(shelf).generation == before + 1


def test_a_watched_shelf_notices_within_half_a_second(shelf: Shelf, site: Site) -> None:
    shelf.watch()
    before = health(shelf).generation
    build(site, force=True)
    deadline = time.monotonic() + 5  # half a second to notice; the rest is the loading
    while health(shelf).generation == before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert health(shelf).generation == before + 1


def test_a_retired_generation_closes_after_its_last_reading(shelf: Shelf, site: Site) -> None:
    with shelf.reading() as old:
        retired = shelf._current
        assert retired
        build(site, force=True)
        shelf.look()
        assert retired.is_retired
        assert retired.readings == 1
        assert old.search(SearchQuery("eau")).total > 0
    assert retired.readings == 0
    number = retired.health.generation
    del old, retired
    assert not open_files_of(site, number)


def open_files_of(site: Site, number: int) -> list[str]:
    """What this process still holds of a generation."""
    maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
    links = [os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return [line for line in (*maps, *links) if f"{site.folder}" in line and f"{number:08}" in line]


def test_an_index_of_another_version_is_not_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.fields.SCHEMA_VERSION", 10_000)
    with pytest.raises(IndexMissing, match="plus ancienne"), Shelf(index_store(site)).reading():
        pass

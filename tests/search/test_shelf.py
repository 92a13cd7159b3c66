"""A reader takes up what is published, and never mixes two generations."""

import shutil
from pathlib import Path

import pytest

from corpus.site import Site, read_site
from indexer.build import build
from indexer.generations import index_store
from search.library import IndexMissing
from search.query import SearchQuery
from search.shelf import Shelf

pytestmark = pytest.mark.model


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "site"
    shutil.copytree(sample_site.folder, folder)
    return read_site(folder)


@pytest.fixture
def shelf(site: Site, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr("search.shelf._LOOK_EVERY", 0)
    return Shelf(index_store(site))


def generation(shelf: Shelf) -> int:
    with shelf.reading() as reading:
        return reading.health().generation


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


def test_a_damaged_generation_is_refused_and_the_old_one_serves(shelf: Shelf, site: Site) -> None:
    before = generation(shelf)
    published = build(site, force=True).generation
    damaged = site.derived / "index" / "gens" / f"{published:08}" / "columns.npz"
    damaged.write_bytes(damaged.read_bytes()[:-40])
    with shelf.reading() as reading:
        assert reading.health().generation == before
        assert reading.search(SearchQuery("eau")).total > 0


def test_an_index_of_another_version_is_not_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.fields.SCHEMA_VERSION", 10_000)
    with pytest.raises(IndexMissing, match="plus ancienne"), Shelf(index_store(site)).reading():
        pass

"""A build publishes what the write-ups say, and costs nothing when they say the same."""

import shutil
from pathlib import Path

import pytest

from corpus.site import Site, read_site, writeup_paths
from indexer import tagging
from indexer.build import BuildRefused, build
from indexer.generations import index_store
from search.golden_check import golden_review
from search.live_index import open_library
from search.query import SearchQuery

pytestmark = pytest.mark.model


@pytest.fixture
def site(sample_site: Site, tmp_path: Path) -> Site:
    """A copy of the sample site with its index."""
    folder = tmp_path / "site"
    shutil.copytree(sample_site.folder, folder)
    return read_site(folder)


def test_what_is_published_is_what_was_written(site: Site) -> None:
    ids = [said.id for webinar in site.webinars for said in webinar.verbatims]
    with open_library(site).reading() as reading:
        published = [reading.document(said) for said in ids]
        assert reading.health().records == reading.overview().verbatims + reading.overview().ideas
    said = [said for webinar in site.webinars for said in webinar.verbatims]
    assert [document.text for document in published if document] == [v.text for v in said]


def test_nothing_changed_publishes_nothing(site: Site) -> None:
    before = index_store(site).signature()
    assert build(site).is_unchanged
    assert index_store(site).signature() == before


def test_an_unchanged_text_is_not_analysed_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(module: str) -> None:
        raise AssertionError(f"{module} was started")

    monkeypatch.setattr(tagging, "_idle", [])
    monkeypatch.setattr(tagging, "fresh_python", refuse)
    summary = build(site, force=True)
    assert not summary.is_unchanged
    assert len(summary.webinars.unchanged) == len(site.webinars)


def test_the_summary_says_what_is_new_changed_and_removed(site: Site) -> None:
    first, second, *_ = writeup_paths(site.folder)
    first.unlink()
    second.write_text(second.read_text("utf-8").replace("## 1. ", "## 1. Bref : "), "utf-8")
    fresh = site.folder / "webinaires" / "2026-01-01-neuf.md"
    fresh.write_text("---\ntitre: Neuf\ndate: 2026-01-01\n---\n\n> Tout est neuf ici.\n", "utf-8")
    summary = build(read_site(site.folder))
    assert summary.webinars.removed == (first.stem,)
    assert summary.webinars.changed == (second.stem,)
    assert summary.webinars.new == (fresh.stem,)


def test_two_builds_of_one_site_answer_alike(site: Site) -> None:
    def answers() -> list[tuple[str, float]]:
        with open_library(site).reading() as reading:
            hits = reading.search(SearchQuery("projet habitants commune", size=50)).hits
        return [(hit.document.id, hit.score) for hit in hits]

    before = answers()
    build(site, force=True)
    assert answers() == before


def test_a_failed_golden_query_keeps_the_old_index(site: Site) -> None:
    golden = site.folder / "requetes.toml"
    golden.write_text('[[requete]]\ntexte = "eau"\nrang = 1\nattendus = ["absent"]\n', "utf-8")
    before = index_store(site).signature()
    with pytest.raises(BuildRefused, match="absent"):
        build(read_site(site.folder), check=golden_review)
    assert index_store(site).signature() == before
    build(read_site(site.folder), check=golden_review, force=True)
    assert index_store(site).signature() != before


def test_the_sample_site_passes_its_golden_queries(site: Site) -> None:
    assert len(site.golden) >= 15
    build(site, check=golden_review)  # would raise `BuildRefused`


def test_what_rises_and_falls_is_told(site: Site) -> None:
    golden = site.folder / "requetes.toml"
    golden.write_text(
        '[[requete]]\ntexte = "balayeuse"\nrang = 9\nattendus = ["4c7a8abbeb"]\n', "utf-8"
    )
    fresh = site.folder / "webinaires" / "2020-01-01-balais.md"
    quotes = "".join(f"\n> Balayeuse, {n} balayeuses.\n" for n in range(3))
    fresh.write_text(f"---\ntitre: Balais\ndate: 2020-01-01\n---\n{quotes}", "utf-8")
    summary = build(read_site(site.folder), check=golden_review)
    assert summary.review.movements == ("« balayeuse » : 4c7a8abbeb descend, place 1 → place 4.",)


def test_an_empty_site_builds_when_forced_and_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "verbatheque.toml").write_text("", "utf-8")
    site = read_site(tmp_path)
    build(site, force=True)
    with open_library(site).reading() as reading:
        assert reading.search(SearchQuery("eau")).total == 0
        assert reading.search(SearchQuery("")).total == 0
        assert reading.overview().verbatims == 0


def test_a_site_without_themes_still_ranks(tmp_path: Path) -> None:
    folder = tmp_path / "webinaires"
    folder.mkdir()
    (folder / "un.md").write_text("---\ntitre: Un\n---\n\n> Un pont neuf.\n\n> Un pont.\n", "utf-8")
    site = read_site(tmp_path)
    build(site)
    with open_library(site).reading() as reading:
        answer = reading.search(SearchQuery("ponts"))
    assert answer.total == 2
    assert [group.slug for group in answer.groups] == [""]

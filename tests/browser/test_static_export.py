"""An export on a host of files answers as the server does, in a real browser."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from corpus.site import Site
from search.live_index import Shelf
from search.query import SearchQuery
from search.static_index import StaticIndex
from tests.browser.static_host import asked, hosted
from web.static_export import export_static

WORDS = ["balayeuse", "hotel des ecoles", "l’église", "finançons", "élus jeunes", "« petite faim »"]
PRECISE = [
    "tierslieux",
    "co-construction",
    "porte à porte",
    "demi-journée",
    "économie sociale et solidaire",
    "CPTS",
    "12000",
    "17 h 40",
    "maïs",
    "syndicat",
    "hydrologue",
    "clef",
    "58 km",
    "tiers-lieux -co-construction",
    "mission locale",
]
BY_IDEA = [
    "comment organiser le transport des anciens ?",
    "faire venir des médecins",
    "repas -école",
]


@pytest.fixture(scope="module")
def export(static_export: Path) -> Iterator[str]:
    with hosted(static_export.parents[1]) as address:
        yield f"{address}/un/dossier"


@pytest.fixture
def page(browser: Browser, export: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{export}/LISEZMOI.txt")
    yield page
    page.close()


@pytest.mark.parametrize("words", [*WORDS, *PRECISE, *BY_IDEA])
def test_it_answers_and_marks_as_the_server(
    page: Page, export: str, library: Shelf, words: str
) -> None:
    with library.reading() as reading:
        ours = reading.search(SearchQuery(words, order="pertinence", size=10, meaning=False))
    theirs = asked(page, export, words, limit=10, tri="pertinence")
    assert ours.total == theirs["total"] > 0
    assert [hit["id"] for hit in theirs["hits"]] == [hit.document.id for hit in ours.hits]
    assert [hit["via"] for hit in theirs["hits"]] == [hit.via for hit in ours.hits]
    marks = [[[span.start, span.end] for span in hit.highlights] for hit in ours.hits]
    assert [hit["highlights"] for hit in theirs["hits"]] == marks


def test_what_nobody_said_finds_nothing(page: Page, export: str) -> None:
    assert asked(page, export, "xylophonistique")["hits"] == []


def test_several_values_of_a_filter_are_one_or_the_other(page: Page, export: str) -> None:
    themes = ["mobilite", "emploi"]
    each = [asked(page, export, "", theme=theme, limit=500) for theme in themes]
    both = asked(page, export, "", theme=themes, limit=500)
    ids = {hit["id"] for answer in each for hit in answer["hits"]}
    assert {hit["id"] for hit in both["hits"]} == ids
    assert asked(page, export, "", theme=[], tri=[], limit=500)["total"] > both["total"]


def test_quotes_and_ideas_are_counted(page: Page, export: str, library: Shelf) -> None:
    with library.reading() as reading:
        facets = reading.search(SearchQuery("habitants")).facets
    ours = {
        value.value: value.count
        for facet in facets
        if facet.name == "type"
        for value in facet.values
    }
    theirs = asked(page, export, "habitants")["facets"]["type"]
    assert {one["value"]: one["count"] for one in theirs} == ours


def test_a_new_export_is_never_mixed_with_the_one_it_replaces(
    browser: Browser,
    sample_site: Site,
    static_index: StaticIndex,
    static_export: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "un"
    shutil.copytree(static_export, folder)
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))  # a host tells a change by the second
    blocks = tuple([line | {"text": "Corrigé."} for line in b] for b in static_index.blocks)
    with hosted(tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/un/LISEZMOI.txt")
        before = asked(page, f"{address}/un", "balayeuse", limit=1)["hits"]
        export_static(replace(static_index, blocks=blocks), sample_site.settings, folder)
        with pytest.raises(Error, match="404"):  # the page was open: it must be loaded again
            asked(page, f"{address}/un", "", limit=20)
        page.reload()
        after = asked(page, f"{address}/un", "balayeuse", limit=1)["hits"]
    assert "balayeuse" in before[0]["text"]
    assert after[0]["text"] == "Corrigé."
    assert after[0]["id"] == before[0]["id"]


def test_the_page_of_an_export_is_searched_by_keyboard(page: Page, export: str) -> None:
    """With the widget itself, its files and its seals; nothing is asked of another host."""
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(f"{export}/index.html")
    field = page.locator("verbatheque-recherche [part=champ]")
    field.press_sequentially("balayeuse")
    expect(page.get_by_role("option")).not_to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("citation")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/index\.html#[0-9a-f]{10}$"))
    said = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(said).to_contain_text("balayeuse")
    assert all(address.startswith(export.removesuffix("/un/dossier")) for address in asked_for)

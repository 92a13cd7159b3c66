"""An export on a host of files answers as the server does, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from corpus.site import Site
from search.query import SearchQuery
from search.shelf import Shelf
from tests.browser.static_host import asked, hosted
from web.static_export import export_static

WORDS = ["balayeuse", "hotel des ecoles", "l’église", "finançons", "élus jeunes", "« petite faim »"]


@pytest.fixture(scope="module")
def export(
    sample_site: Site, library: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("host")
    with library.reading() as reading:
        export_static(reading.static_index(), sample_site.settings, root / "un" / "dossier")
    with hosted(root) as address:
        yield f"{address}/un/dossier"


@pytest.fixture
def page(browser: Browser, export: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{export}/LISEZMOI.txt")
    yield page
    page.close()


@pytest.mark.parametrize("words", WORDS)
def test_it_answers_and_marks_as_the_server(
    page: Page, export: str, library: Shelf, words: str
) -> None:
    with library.reading() as reading:
        ours = reading.search(SearchQuery(words, order="pertinence", size=10))
    theirs = asked(page, export, words, limit=10, tri="pertinence")
    assert ours.total == theirs["total"] > 0
    assert [hit["id"] for hit in theirs["hits"]] == [hit.document.id for hit in ours.hits]
    marks = [[[span.start, span.end] for span in hit.highlights] for hit in ours.hits]
    assert [hit["highlights"] for hit in theirs["hits"]] == marks


def test_what_nobody_said_finds_nothing(page: Page, export: str) -> None:
    assert asked(page, export, "xylophonistique")["hits"] == []

"""The feed of a search: valid Atom, read back by a real parser."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask.testing import FlaskClient
from lxml import etree

from corpus.records import Verbatim, Webinar
from corpus.settings import Settings
from indexer.build import build
from search.live_index import open_library
from tests.small_site import BUS, CANTINE, SMALL_SITE, words_alone
from tests.web.test_exports import HOSTILE, around_a_withdrawal, client_of, hostile_library
from web.app import create_app

ROOT = "https://citations.exemple.fr"
ATOM = "{http://www.w3.org/2005/Atom}"
REQUIRED = ["id", "title", "updated"]


def feed_of(client: FlaskClient, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.data)


@pytest.mark.parametrize(
    "address", ["/flux.atom", "/flux.atom?q=vélo", "/flux.atom?theme=emploi", "/flux.atom?q=zzz"]
)
def test_a_feed_has_all_that_atom_requires(client: FlaskClient, address: str) -> None:
    feed = feed_of(client, address)
    for element in [feed, *feed.iter(f"{ATOM}entry")]:
        assert [len(element.findall(ATOM + name)) for name in REQUIRED] == [1, 1, 1]
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].startswith("https://citations.exemple.fr/flux.atom")
    assert links["self"] == feed.findtext(f"{ATOM}id")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for link in links.values():
        assert client.get(link.removeprefix("https://citations.exemple.fr")).status_code == 200


def test_the_latest_come_first(client: FlaskClient) -> None:
    feed = feed_of(client, "/flux.atom?q=emploi&tri=pertinence")
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert days[0] == f"{CANTINE.held_on}T00:00:00+00:00"
    assert days[-1] == f"{BUS.held_on}T00:00:00+00:00"


@pytest.fixture(scope="module")
def grown() -> Iterator[FlaskClient]:
    """A site that opened with one webinar, and had a hundred and twenty older quotes later."""
    first, *_ = SMALL_SITE.webinars
    said = tuple(
        Verbatim(f"ajout{number:03}", f"Un vélo numéro {number}.") for number in range(120)
    )
    old = Webinar("2001-01-01-ancien", "Une archive", held_on=date(2001, 1, 1), verbatims=said)
    with TemporaryDirectory() as name:
        site = replace(SMALL_SITE, folder=Path(name), webinars=(first,), golden=())
        build(site, tagging=words_alone, today=lambda: date(2026, 3, 1))
        site = replace(site, webinars=(first, old))
        build(site, tagging=words_alone, today=lambda: date(2026, 4, 2))
        yield create_app(open_library(site), Settings(adresse=ROOT)).test_client()


def entries_of(feed: etree._Element) -> list[tuple[str, str]]:
    return [
        (
            (entry.findtext(f"{ATOM}id") or "").rpartition("/")[2],
            entry.findtext(f"{ATOM}updated") or "",
        )
        for entry in feed.iter(f"{ATOM}entry")
    ]


@pytest.mark.process
def test_what_was_added_last_comes_first_however_old(grown: FlaskClient) -> None:
    entries = entries_of(feed_of(grown, "/flux.atom"))
    assert entries[0] == ("ajout000", "2026-04-02T00:00:00+00:00")
    last = entries_of(feed_of(grown, "/flux.atom?page=3"))
    assert last[-1][1] == f"{SMALL_SITE.webinars[0].held_on}T00:00:00+00:00"  # it opened with it


@pytest.mark.process
def test_a_reader_goes_from_page_to_page(grown: FlaskClient) -> None:
    """RFC 5005, from the first to the last and back: each entry once, under one feed."""
    seen: list[str] = []
    address: str | None = f"{ROOT}/flux.atom?q=v%C3%A9lo"
    for previous in (None, 1, 2):
        assert address
        feed = feed_of(grown, address.removeprefix(ROOT))
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert feed.findtext(f"{ATOM}id") == links["first"] == f"{ROOT}/flux.atom?q=v%C3%A9lo"
        assert links["self"] == address
        assert links["last"] == f"{ROOT}/flux.atom?q=v%C3%A9lo&page=3"
        assert ("previous" in links) == (previous is not None)
        seen += [each for each, _day in entries_of(feed)]
        address = links.get("next")
    assert address is None
    assert len(seen) == len(set(seen)) >= 120
    assert grown.get("/flux.atom?q=v%C3%A9lo&page=4").status_code == 404


def test_an_entry_gives_the_quote_and_who_said_it(client: FlaskClient) -> None:
    feed = feed_of(client, "/flux.atom?q=carottes")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Léa Martin, Du champ à la cantine"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Léa Martin"
    assert entry.findtext(f"{ATOM}content") == (
        "<blockquote><p>On épluche trente kilos de carottes à 6 h.</p></blockquote>"
        "<p>— Léa Martin, cuisinière, commune de Vaux, webinaire "
        "«\u00a0Du champ à la cantine\u00a0» du 12 mars 2024. https://citations.exemple.fr/verbatim/citation1</p>"
    )
    assert [c.get("label") for c in entry.findall(f"{ATOM}category")] == ["Alimentation"]


def test_hostile_words_stay_words() -> None:
    feed = feed_of(client_of(hostile_library()), "/flux.atom")
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry")]
    for text, content in zip(HOSTILE, contents, strict=True):
        words = content.removeprefix("<blockquote><p>").partition("</p></blockquote>")[0]
        assert "<script" not in words
        legal = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        assert unescape(words.replace("<br>", "\n")) == legal


def test_a_search_with_illegal_signs_is_still_a_feed(client: FlaskClient) -> None:
    feed = feed_of(client, "/flux.atom?q=v%C3%A9lo%00%01%EF%BF%BE]]>")
    assert "vélo\ufffd" in (feed.findtext(f"{ATOM}title") or "")


def test_a_title_names_the_words_and_the_filters(client: FlaskClient) -> None:
    feed = feed_of(client, "/flux.atom?q=car&theme=emploi&annee=2021")
    assert feed.findtext(f"{ATOM}title") == "Verbathèque, «\u00a0car\u00a0», Emploi, 2021"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/flux.atom"),
        ("/recherche?q=v%C3%A9lo&tri=pertinence", "/flux.atom?q=v%C3%A9lo"),
        ("/recherche?theme=emploi&page=1", "/flux.atom?theme=emploi"),
        ("/theme/emploi", "/flux.atom?theme=emploi"),
        ("/intervenant/lea-martin", "/flux.atom?intervenant=lea-martin"),
        ("/verbatim/citation1", "/flux.atom"),
    ],
)
def test_pages_announce_their_feed(client: FlaskClient, page: str, feed: str) -> None:
    tree = etree.HTML(client.get(page).text)
    (link,) = tree.xpath('//head/link[@rel="alternate"][@type="application/atom+xml"]')
    assert link.get("href") == feed
    assert link.get("title")


def test_what_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/flux.atom").headers["ETag"]
    assert client.get("/flux.atom", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.process
def test_a_withdrawn_quote_leaves_the_feed(tmp_path: Path) -> None:
    before, after = around_a_withdrawal(tmp_path, "/flux.atom")
    assert "citation12" in before
    assert "citation12" not in after

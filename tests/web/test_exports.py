"""Exports, read back by real parsers, with words that would harm a careless one."""

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from corpus.settings import Settings
from corpus.site import read_site
from indexer.build import build
from search.answer import Document
from search.live_index import Shelf, open_library
from tests.small_site import SMALL_SITE, CountedShelf, library_of, publish, webinar_saying
from web.app import create_app
from web.cite.forms import HEADER, cell
from web.exports import MAX_ROWS

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+33 ; « deux »",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "'entre apostrophes'",
    'Elle a dit "non" ; puis "oui"',
    "Un saut\nde ligne; et un point-virgule",
    "<script>]]>&amp;</script>",
    "Fin \ufffe\uffff \u2028 \U0001f6b2",
    " =un espace avant",
]


NAMES = [text.replace("\n", " ").strip() for text in HOSTILE]


def hostile_library() -> Shelf:
    return library_of(webinar_saying(*zip(HOSTILE, NAMES, strict=True)))


def around_a_withdrawal(folder: Path, address: str) -> tuple[str, str]:
    """What an address says before and after citation12 is withdrawn from the site."""
    site = replace(SMALL_SITE, folder=folder)
    publish(site)
    library = open_library(site)
    client = client_of(library)
    before = client.get(address).text
    first, *others = site.webinars
    publish(replace(site, webinars=(replace(first, verbatims=first.verbatims[:-1]), *others)))
    library.look()
    return before, client.get(address).text


def client_of(library: Shelf, licence: str = "Licence d’essai") -> FlaskClient:
    settings = Settings(adresse="https://citations.exemple.fr", licence=licence)
    return create_app(library, settings).test_client()


def rows_of(answer: TestResponse) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def uncelled(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def test_a_spreadsheet_reads_every_word_and_runs_none() -> None:
    library = hostile_library()
    answer = client_of(library).get("/export.csv")
    rows = rows_of(answer)
    assert [uncelled(row["texte"]) for row in rows] == HOSTILE
    assert [uncelled(row["intervenant"]) for row in rows] == NAMES
    assert not [value for row in rows for value in row.values() if value[:1] in set("=+-@\t\r\n＝")]


@given(st.text(max_size=30))
def test_a_cell_gives_its_text_back(text: str) -> None:
    assert uncelled(cell(text)) == text


def test_a_line_says_it_all(client: FlaskClient, built_at: str) -> None:
    answer = client.get("/export.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfid;type;texte;")
    assert b"\r\n" in answer.data
    row = next(row for row in rows_of(answer) if row["id"] == "citation1")
    assert tuple(row) == HEADER
    assert row == {
        "id": "citation1",
        "type": "citation",
        "texte": "On épluche trente kilos de carottes à 6 h.",
        "intervenant": "Léa Martin",
        "fonction": "Cuisinière",
        "organisation": "commune de Vaux",
        "webinaire": "Du champ à la cantine",
        "date": "2024-03-12",
        "idée clé": "La cantine relie des métiers qui ne se parlaient pas",
        "thèmes": "Alimentation",
        "adresse": "https://citations.exemple.fr/verbatim/citation1",
        "source": "https://exemple.fr/la-cantine",
        "replay": "https://video.exemple.fr/la-cantine",
        "début": "12:04",
        "licence": "",
        "index du": built_at,
    }


def test_json_and_its_lines_hold_the_same_records(
    library: Shelf, documents: list[Document], built_at: str
) -> None:
    client = client_of(library)
    whole = client.get("/export.json").get_json()
    lines = [json.loads(line) for line in client.get("/export.ndjson").text.splitlines()]
    origin = {"licence": "Licence d’essai", "built_at": built_at}
    assert lines == [record | origin for record in whole["records"]]
    assert len(lines) == len(documents)
    assert whole["licence"] == "Licence d’essai"
    assert (whole["generation"], whole["built_at"]) == (1, built_at)
    assert "total" not in whole


def test_json_keeps_hostile_words() -> None:
    client = client_of(hostile_library())
    assert [r["text"] for r in client.get("/export.json").get_json()["records"]] == HOSTILE
    lines = client.get("/export.ndjson").text.strip("\n").split("\n")
    assert [json.loads(line)["text"] for line in lines] == HOSTILE


@pytest.mark.parametrize("ending", ["csv", "json", "ndjson"])
def test_a_file_has_a_name_a_type_and_a_licence(library: Shelf, built_at: str, ending: str) -> None:
    licence = "https://licences.exemple.org/by/4.0/"
    answer = client_of(library, licence).get(f"/export.{ending}")
    assert answer.headers["Link"] == f'<{licence}>; rel="license"'
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="citations-{built_at[:10]}.{ending}"'
    )
    assert answer.headers["Content-Type"].endswith("; charset=utf-8")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" not in client_of(library, "MIT").get(f"/export.{ending}").headers


def test_a_search_is_exported_as_its_page_shows_it(client: FlaskClient) -> None:
    query = "q=vélo&type=verbatim&tri=date"
    shown = client.get(f"/api/v1/search?{query}").get_json()
    exported = client.get(f"/export.json?{query}").get_json()
    assert [hit["id"] for hit in shown["hits"]] == [r["id"] for r in exported["records"]]
    assert exported["query"] == "vélo"
    assert exported["total"] == exported["returned"] == shown["total"]
    assert len(rows_of(client.get(f"/export.csv?{query}"))) == shown["total"]


def test_a_search_gives_no_more_than_its_first_hits(client: FlaskClient) -> None:
    many = [("Un vélo.", "")] * (MAX_ROWS + 20)
    client = client_of(library_of(webinar_saying(*many)))
    found = client.get("/export.json?q=vélo").get_json()
    assert (found["total"], found["returned"], len(found["records"])) == (1020, 1000, 1000)
    assert len(client.get("/export.json?q=").get_json()["records"]) == MAX_ROWS + 20
    assert "Emporter les 1\u202f000 premiers&nbsp;:" in client.get("/recherche?q=vélo").text


@pytest.mark.parametrize("ending", ["csv", "json", "ndjson"])
def test_there_is_no_second_page(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/export.{ending}?q=vélo&page=2")
    assert answer.status_code == 400
    assert "Un export n’a pas de pages\u00a0: il donne les 1\u202f000 premiers" in answer.text


def test_a_wrong_search_is_refused_before_anything_is_sent(client: FlaskClient) -> None:
    answer = client.get("/export.csv?tri=hasard")
    assert answer.status_code == 400
    assert "n’existe pas" in answer.text


def test_the_reading_is_held_until_the_last_line(
    counted: CountedShelf, documents: list[Document]
) -> None:
    answer = client_of(counted).get("/export.ndjson")
    assert (counted.opened, counted.closed) == (1, 0)
    assert len(answer.data.splitlines()) == len(documents)
    answer.close()
    assert (counted.opened, counted.closed) == (1, 1)


def test_a_look_at_the_headers_gives_the_reading_back(counted: CountedShelf) -> None:
    client_of(counted).head("/export.csv", buffered=True)
    assert (counted.opened, counted.closed) == (1, 1)


def test_a_visitor_who_leaves_gives_the_reading_back(counted: CountedShelf) -> None:
    client_of(counted).get("/export.csv").close()
    assert (counted.opened, counted.closed) == (1, 1)


def test_what_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/export.csv?q=vélo")
    again = client.get("/export.csv?q=vélo", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"] != client.get("/export.csv").headers["ETag"]


def test_results_lead_to_their_exports(client: FlaskClient) -> None:
    page = client.get("/recherche?q=vélo&tri=date&pourquoi=1").text
    assert 'href="/export.csv?q=v%C3%A9lo&amp;tri=date"' in page
    assert 'href="/export.json?q=v%C3%A9lo&amp;tri=date"' in page
    assert "/export" not in client.get("/recherche?q=licorne").text
    assert "Emporter toutes les citations&nbsp;:" in client.get("/recherche").text


def test_an_address_that_asks_nothing_gives_everything(client: FlaskClient) -> None:
    whole = client.get("/export.csv").data
    for arguments in ("q=", "page=1", "tri=date", "utm=x", "pourquoi=1"):
        assert client.get(f"/export.csv?{arguments}").data == whole


@pytest.mark.model
def test_the_whole_index_is_exported_while_another_is_published(
    tmp_path: Path, sample_folder: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(sample_folder, folder)
    site = read_site(folder)
    build(site)
    library = open_library(site)
    written = {said.id: said.text for webinar in site.webinars for said in webinar.verbatims}
    client = create_app(library, site.settings).test_client()
    under_way = client.get("/export.csv")
    build(replace(site, webinars=site.webinars[:3]), force=True)
    library.look()
    assert len(rows_of(client.get("/export.csv"))) < len(written)
    rows = rows_of(under_way)
    exported = {row["id"]: uncelled(row["texte"]) for row in rows if row["type"] == "citation"}
    assert exported == written


@pytest.mark.process
def test_documents_are_those_of_the_generation(tmp_path: Path) -> None:
    """What is withdrawn leaves the exports with the next generation: nothing else is read."""
    before, after = around_a_withdrawal(tmp_path, "/export.csv")
    assert "citation12" in before
    assert "citation12" not in after

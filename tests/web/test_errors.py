"""What is wrong is said in French, with what to do, and the visitor's words are kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.settings import Settings
from indexer.generations import index_store
from search.live_index import Shelf
from search.query import MAX_CHARACTERS
from tests.small_site import missing_library, published
from web.app import create_app

UNKNOWN = [
    "/theme/rien",
    "/intervenant/personne",
    "/webinaire/aucun",
    "/verbatim/inconnu",
    "/verbatim/la-cantine-idee-1",
    "/idee/inconnue",
    "/idee/citation1",
    "/nulle-part",
    "/verbatim/../etc",
    "/verbatim/%00",
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_does_not_exist_is_said_in_french(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text
    assert 'role="search"' in answer.text


@pytest.mark.parametrize(
    "wrong", ["tri=foo", "page=abc", "du=xyz", "type=x", "annee=x", "tous=x", "page=51"]
)
def test_a_wrong_value_keeps_the_words(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/recherche?q=pentes+douces&{wrong}")
    assert answer.status_code == 400
    assert 'value="pentes douces"' in answer.text


@pytest.mark.parametrize("length", [MAX_CHARACTERS + 1, 10_000])
def test_a_query_too_long_is_refused(client: FlaskClient, length: int) -> None:
    answer = client.get("/recherche", query_string={"q": "é" * length})
    assert answer.status_code == 400
    assert f"{MAX_CHARACTERS} caractères" in answer.text


def test_an_endless_address_is_refused(client: FlaskClient) -> None:
    answer = client.get("/recherche?q=" + "a" * 70_000)
    assert answer.status_code == 414
    assert "Adresse trop longue" in answer.text


@pytest.mark.parametrize(
    "words", ["?!;:…", "le la les", '""', "-", "OU", "«", "\0", "\u202e", "🚲", "theme:"]
)
def test_odd_words_give_a_page(client: FlaskClient, words: str) -> None:
    assert client.get("/recherche", query_string={"q": words}).status_code == 200


def test_a_page_past_the_last_says_so(client: FlaskClient) -> None:
    answer = client.get("/recherche?q=vélo&page=9")
    assert answer.status_code == 404
    assert "Revenir à la première" in answer.text


def test_writing_is_not_possible(client: FlaskClient) -> None:
    answer = client.post("/recherche")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "Action impossible ici" in answer.text


def test_a_fault_of_ours_shows_no_trace(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("web.pages.query_from", fail)
    answer = app.test_client().get("/recherche")
    assert answer.status_code == 500
    assert "Le site s’est trompé" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_without_an_index_the_command_is_named() -> None:
    client = create_app(missing_library(), Settings()).test_client()
    for address in ("/", "/recherche?q=x", "/verbatim/citation1"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "verbatheque build" in answer.text
        assert answer.headers["Retry-After"] == "30"
    assert client.get("/accessibilite").status_code == 200


@pytest.mark.parametrize("address", ["/recherche?q=x", "/api/v1/search?q=x"])
def test_a_search_that_cannot_be_asked_now_says_when_to_come_back(address: str) -> None:
    busy = Shelf(index_store(published()), places=0)
    answer = create_app(busy, Settings()).test_client().get(address)
    assert answer.status_code == 503
    assert "Trop de recherches à la fois" in answer.text
    assert answer.headers["Retry-After"] == "2"

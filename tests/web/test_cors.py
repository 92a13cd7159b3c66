"""Who may read an answer, and who may frame it: every origin on every kind of address."""

from collections.abc import Mapping
from functools import cache

import pytest
from flask.testing import FlaskClient

from corpus.settings import IntegrationSettings, ServerSettings, Settings
from tests.small_site import library_of
from web.app import create_app

LISTED = ("https://partenaire.exemple.fr", "https://autre.exemple.org:8443")
SITE = "https://citations.exemple.fr"
ORIGINS = [
    "",  # a visitor, or a program that is no browser
    *LISTED,
    SITE,
    "http://partenaire.exemple.fr",
    "https://partenaire.exemple.fr:8443",
    "https://partenaire.exemple.fr.intrus.example",
    "https://sous.partenaire.exemple.fr",
    "https://PARTENAIRE.exemple.fr",
    "https://intrus.example",
    "null",
    "file://",
]
SHARED = (
    "/api/v1/search?q=vélo",
    "/api/v1/suggest?q=mob",
    "/widget.js",
    f"/oembed?url={SITE}/recherche",
)
FRAMED = "/embed?q=vélo"
PRIVATE = "/"
ADDRESSES = (*SHARED, FRAMED, PRIVATE)
CREDENTIALS = "Access-Control-Allow-Credentials"


@cache
def client_of(*sites: str) -> FlaskClient:
    free = ServerSettings(part=0)
    settings = Settings(adresse=SITE, integration=IntegrationSettings(sites), serveur=free)
    return create_app(library_of(), settings).test_client()


def asked(client: FlaskClient, address: str, origin: str) -> Mapping[str, str]:
    answer = client.get(address, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 200
    headers = dict(answer.headers)
    answer.close()
    return headers


def framers(headers: Mapping[str, str]) -> str:
    policy = headers["Content-Security-Policy"]
    return policy.partition("frame-ancestors ")[2].partition(";")[0]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("origin", ORIGINS)
def test_without_a_list_what_is_shared_is_open_to_all(origin: str, address: str) -> None:
    headers = asked(client_of(), address, origin)
    assert headers.get("Access-Control-Allow-Origin") == ("*" if address in SHARED else None)
    assert "Origin" not in headers.get("Vary", "")
    assert CREDENTIALS not in headers
    assert framers(headers) == ("*" if address == FRAMED else "'none'")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("origin", ORIGINS)
def test_with_a_list_only_the_sites_on_it_read_and_frame(origin: str, address: str) -> None:
    """To the letter: another port, scheme, case or name is another site."""
    headers = asked(client_of(*LISTED), address, origin)
    is_open = address in SHARED and origin in LISTED
    assert headers.get("Access-Control-Allow-Origin") == (origin if is_open else None)
    assert ("Origin" in headers.get("Vary", "")) is (address in SHARED)
    assert CREDENTIALS not in headers
    allowed = " ".join(("'self'", *LISTED))
    assert framers(headers) == (allowed if address == FRAMED else "'none'")


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_question_before_the_question_is_answered_alike(origin: str) -> None:
    asking = {"Origin": origin, "Access-Control-Request-Method": "GET"} if origin else {}
    answer = client_of(*LISTED).options("/api/v1/search?q=x", headers=asking)
    methods = "GET, HEAD, OPTIONS" if origin in LISTED else None
    assert answer.headers.get("Access-Control-Allow-Methods") == methods
    assert answer.headers.get("Access-Control-Allow-Origin") == (origin if methods else None)
    assert CREDENTIALS not in answer.headers


def test_scripts_may_read_what_is_left_of_the_limit() -> None:
    told = asked(client_of(), "/api/v1/search?q=vélo", LISTED[0])["Access-Control-Expose-Headers"]
    assert {"ETag", "Retry-After", "X-RateLimit-Remaining"} <= set(told.split(", "))


def test_a_refusal_is_read_by_those_who_may_read_the_answer() -> None:
    answer = client_of(*LISTED).get("/api/v1/search?limit=0", headers={"Origin": LISTED[0]})
    assert answer.status_code == 400
    assert answer.headers["Access-Control-Allow-Origin"] == LISTED[0]

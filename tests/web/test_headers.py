"""The headers of every response, whatever its status."""

import pytest
from flask.testing import FlaskClient

from corpus.settings import ServerSettings, Settings
from tests.small_site import library_of
from web.app import create_app

ADDRESSES = [
    "/",
    "/recherche?q=vélo",
    "/recherche?tri=foo",
    "/rien",
    "/sante",
    "/api/v1/search?q=vélo",
    "/api/v1/rien",
    "/static/site.css",
    "/static/favicon.svg",
    "/widget.js",
    "/widget-0.0.1.js",
    "/verbatim/citation1.bib",
    "/verbatim/citation1.svg",
    "/export.csv",
    "/flux.atom",
    "/sitemap.xml",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_is_guarded(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_cookie_is_ever_set(client: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in client.get(address).headers


def test_a_static_file_keeps_its_address_until_it_changes(client: FlaskClient) -> None:
    page = client.get("/").text
    start = page.index("/static/site.css?v=")
    sheet = client.get(page[start : page.index('"', start)])
    assert sheet.status_code == 200
    assert sheet.mimetype == "text/css"


def test_a_body_too_big_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post("/recherche", data=b"x" * 70_000)
    assert answer.status_code == 413
    assert "Envoi trop lourd" in answer.text


def test_over_tls_browsers_are_told_to_keep_to_it(client: FlaskClient) -> None:
    assert client.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
    plain = create_app(library_of(), Settings(adresse="http://citations.exemple.fr"))
    assert "Strict-Transport-Security" not in plain.test_client().get("/").headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("citations.exemple.fr", 200),
        ("www.exemple.fr", 200),
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("ailleurs.exemple", 400),
        ("citations.exemple.fr.ailleurs.exemple", 400),
        ("", 400),
    ],
)
@pytest.mark.parametrize("address", ["/", "/api/v1/search?q=vélo"])
def test_the_site_answers_to_its_own_names(host: str, status: int, address: str) -> None:
    settings = Settings(
        adresse="https://citations.exemple.fr", serveur=ServerSettings(hotes=("www.exemple.fr",))
    )
    client = create_app(library_of(), settings).test_client()
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"]
    assert status == 200 or "Demande mal formée" in answer.text

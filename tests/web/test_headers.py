"""The headers of every response, whatever its status."""

import pytest
from flask.testing import FlaskClient

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


def test_a_body_too_big_is_not_read(client: FlaskClient) -> None:
    assert client.post("/recherche", data=b"x" * 70_000).status_code in {405, 413}

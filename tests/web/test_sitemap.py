"""What engines read of the site: every page once, and what to leave alone."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from search.answer import Document
from tests.small_site import library_of, webinar_saying
from tests.web.test_exports import client_of
from web import feeds

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ROOT = "https://citations.exemple.fr"


def paths_of(client: FlaskClient) -> list[str]:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    addresses: list[str] = tree.xpath("//s:url/s:loc/text()", namespaces=NAMES)
    return [address.removeprefix(ROOT) for address in addresses]


def test_every_page_is_there_once_and_opens(client: FlaskClient, documents: list[Document]) -> None:
    paths = paths_of(client)
    assert len(paths) == len(set(paths))
    for path in paths:
        assert client.get(path).status_code == 200, path
    assert {found.path for found in documents} <= set(paths)
    assert {"/", "/theme/emploi", "/intervenant/ines-roy"} <= set(paths)
    assert "/webinaire/2024-03-12-la-cantine" in paths
    organisations = re.findall(r'"(/organisation/[^"]+)"', client.get("/organisations").text)
    assert organisations
    assert set(organisations) <= set(paths)


def test_every_list_that_engines_may_keep_is_there(app: Flask, client: FlaskClient) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    answers = {rule.rule: client.get(rule.rule) for rule in rules if not rule.arguments}
    kept = {
        path
        for path, answer in answers.items()
        if answer.mimetype == "text/html" and answer.status_code == 200
        if "noindex" not in answer.text
    }
    assert {"/organisations", "/panorama", "/api"} <= kept
    assert kept <= set(paths_of(client))


def test_what_was_said_has_the_day_it_was_said(client: FlaskClient) -> None:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    days = tree.xpath(
        f'//s:url[s:loc="{ROOT}/verbatim/citation1"]/s:lastmod/text()', namespaces=NAMES
    )
    assert days == ["2024-03-12"]


def test_too_many_pages_are_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ADDRESSES", 10)
    client = client_of(library_of(webinar_saying(*[("Un vélo.", "")] * 25)))
    index = etree.fromstring(client.get("/sitemap.xml").data)
    assert index.tag.endswith("sitemapindex")
    found: list[str] = []
    for address in index.xpath("//s:sitemap/s:loc/text()", namespaces=NAMES):
        part = etree.fromstring(client.get(address.removeprefix(ROOT)).data)
        addresses = part.xpath("//s:url/s:loc/text()", namespaces=NAMES)
        assert 0 < len(addresses) <= 10
        found += addresses
    assert len(found) == len(set(found))
    assert {f"{ROOT}/verbatim/c{n}" for n in range(25)} <= set(found)
    assert client.get("/sitemap-0.xml").status_code == 404
    assert client.get("/sitemap-9.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "is_open"),
    [
        ("/", True),
        ("/verbatim/citation1", True),
        ("/verbatim/citation1.png", True),
        ("/theme/emploi", True),
        ("/recherche?q=vélo", False),
        ("/export.csv", False),
        ("/api/v1/search", False),
    ],
)
def test_robots_are_told_what_to_leave(client: FlaskClient, path: str, is_open: bool) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    parser = RobotFileParser()
    parser.parse(answer.text.splitlines())
    assert parser.can_fetch("un-robot", ROOT + path) == is_open
    assert parser.site_maps() == [f"{ROOT}/sitemap.xml"]

"""The site as a search engine of the browser."""

import pytest
from flask.testing import FlaskClient
from lxml import etree

from corpus.settings import Settings
from search.query import MAX_CHARACTERS
from tests.small_site import library_of
from web.app import create_app
from web.feeds import short_name

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ROOT = "https://citations.exemple.fr"


def test_the_description_is_as_the_format_wants_it() -> None:
    title = "Les paroles <vives> & les autres, une collection sans fin ni commencement"
    settings = Settings(adresse=ROOT, titre=title, description="d" * 2000)
    answer = create_app(library_of(), settings).test_client().get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = etree.fromstring(answer.data)
    texts = {child.tag.removeprefix(OPENSEARCH): child.text for child in root}
    assert len(texts["ShortName"] or "") <= 16
    assert len(texts["LongName"] or "") <= 48
    assert len(texts["Description"] or "") <= 1024
    assert texts["InputEncoding"] == "UTF-8"


def test_each_address_of_the_description_answers_as_it_says(client: FlaskClient) -> None:
    root = etree.fromstring(client.get("/opensearch.xml").data)
    urls = root.findall(f"{OPENSEARCH}Url")
    assert len(urls) == 4
    for url in urls:
        address = (url.get("template") or "").removeprefix(ROOT).format(searchTerms="v%C3%A9lo")
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, url.get("type"))


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Verbathèque", "Verbathèque"),
        ("Paroles de territoires", "Paroles"),
        ("Seize caractères", "Seize caractères"),
        ("Anticonstitutionnellement", "Anticonstitution"),
        ("Le Relais des territoires", "Le Relais"),
    ],
)
def test_a_short_name_ends_with_a_word(title: str, short: str) -> None:
    assert short_name(title) == short


def test_suggestions_are_as_browsers_read_them(client: FlaskClient) -> None:
    answer = client.get("/suggestions?q=mob")
    assert answer.headers["Content-Type"] == "application/x-suggestions+json; charset=utf-8"
    text, labels, counts, addresses = answer.get_json(force=True)
    assert text == "mob"
    assert labels == ["mobilité", "Mobilité"]
    assert counts == ["1\u00a0résultat", "7\u00a0résultats"]
    assert addresses[0] == f"{ROOT}/recherche?q=mobilit%C3%A9"
    assert addresses[1] == f"{ROOT}/recherche?theme=mobilite"


def test_nothing_to_suggest_is_an_empty_list(client: FlaskClient) -> None:
    assert client.get("/suggestions").get_json(force=True) == ["", [], [], []]
    assert client.get(f"/suggestions?q={'a' * (MAX_CHARACTERS + 1)}").status_code == 400


@pytest.mark.parametrize("page", ["/", "/recherche?q=vélo", "/verbatim/citation1"])
def test_pages_announce_the_description(client: FlaskClient, page: str) -> None:
    (link,) = etree.HTML(client.get(page).text).xpath('//head/link[@rel="search"]')
    assert link.get("href") == "/opensearch.xml"
    assert link.get("type") == "application/opensearchdescription+xml"

"""What a site shows in the place of a pasted address of ours."""

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from corpus.settings import Settings
from tests.small_site import HOSTILE, library_of
from tests.web.wordpress import discovered, filtered
from web.app import create_app

ROOT = "https://citations.exemple.fr"
CANTINE = "2024-03-12-la-cantine"
MANY = "%26".join(f"theme=t{number}" for number in range(300))


def asked(client: FlaskClient, path: str, more: str = "") -> dict[str, Any]:
    answer = client.get(f"/oembed?url={quote(ROOT + path, safe='')}{more}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_a_quote_is_a_quotation_then_a_frame(client: FlaskClient) -> None:
    answer = asked(client, "/verbatim/citation7")
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert answer["title"] == "Citation de Inès Roy"
    assert answer["author_name"] == "Inès Roy"
    assert answer["author_url"] == f"{ROOT}/intervenant/ines-roy"
    assert answer["provider_url"] == ROOT
    assert "Le car passe deux fois par jour, jamais à l’heure." in answer["html"]
    assert f'src="{ROOT}/embed/verbatim/citation7"' in answer["html"]


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        (f"/webinaire/{CANTINE}", f"/embed?webinaire={CANTINE}&amp;max=3"),
        ("/recherche?q=car&theme=emploi&page=2", "/embed?q=car&amp;theme=emploi&amp;max=3"),
        ("/recherche?q=car&tri=date&max=9&label=Dire", "/embed?q=car&amp;tri=date&amp;max=9"),
        ("/recherche?tri=date", "/embed?tri=date&amp;max=3"),
        ("/recherche", "/embed?max=3"),
        ("/", "/embed?max=3"),
        ("", "/embed?max=3"),
        ("/theme/emploi", "/embed?theme=emploi&amp;max=3"),
        ("/intervenant/lea-martin", "/embed?intervenant=lea-martin&amp;max=3"),
        ("/idee/la-cantine-idee-1", "/embed/idee/la-cantine-idee-1"),
        ("/panier?panier=citation1.citation7", "/embed/panier?panier=citation1.citation7"),
        ("/recherche?q=v%C3%A9lo%22%3E&panier=citation1", "/embed?q=v%C3%A9lo%22%3E&amp;max=3"),
    ],
)
def test_the_frame_asks_what_the_page_does(client: FlaskClient, path: str, frame: str) -> None:
    [source] = re.findall(r'<iframe[^>]* src="([^"]*)"', asked(client, path)["html"])
    assert source.removeprefix(ROOT) in {frame, f"{frame}&amp;label=Dire"}
    assert client.get(source.replace("&amp;", "&").removeprefix(ROOT)).status_code == 200


def test_the_other_names_of_the_site_are_its_own(client: FlaskClient) -> None:
    for url in (
        "http://citations.exemple.fr/verbatim/citation1",
        "https://CITATIONS.exemple.fr/verbatim/citation1?panier=x#haut",
        "http://localhost/verbatim/citation1",  # the name by which this request came
    ):
        assert client.get("/oembed", query_string={"url": url}).status_code == 200, url


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("", 400, "Donnez l’adresse à intégrer"),
        (f"url={ROOT}/&format=yaml", 501, "Choisissez json ou xml."),
        (f"url={ROOT}/&maxwidth=large", 400, "il faut un nombre entier"),
        (f"url={ROOT}/&maxheight=0", 400, "il faut un nombre entier"),
        (f"url={ROOT}/recherche?tri=foo", 400, "Le tri"),
        (f"url={ROOT}/recherche?{MANY}", 400, "Pas plus de 20 valeurs"),
        (f"url={ROOT}/verbatim/rien", 404, "Cette citation n’existe pas"),
        (f"url={ROOT}/webinaire/rien", 404, "Ce webinaire n’existe pas"),
        (f"url={ROOT}/theme/rien", 404, "Ce thème n’existe pas"),
        (f"url={ROOT}/intervenant/rien", 404, "Aucune citation de cette personne"),
        (f"url={ROOT}/idee/citation1", 404, "Cette idée clé n’existe pas"),
        (f"url={ROOT}/panier?panier=a/b", 400, "Ce panier contient un identifiant"),
        (f"url={ROOT}/themes", 404, "n’est pas une adresse que l’on peut intégrer"),
        (f"url={ROOT}/rien", 404, "n’est pas une adresse"),
        (f"url={ROOT}.ailleurs.example/", 404, "n’est pas une adresse"),
        ("url=https://ailleurs.example/verbatim/citation1", 404, "n’est pas une adresse"),
        (f"url=ftp://{ROOT[8:]}/", 404, "n’est pas une adresse"),
        ("url=javascript:alert(1)", 404, "n’est pas une adresse"),
        ("url=https://[", 404, "n’est pas une adresse"),
        ("url=https://moi@citations.exemple.fr/", 404, "n’est pas une adresse"),
        ("url=%00", 404, "n’est pas une adresse"),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_french(
    client: FlaskClient, query: str, status: int, sentence: str
) -> None:
    answer = client.get(f"/oembed?{query}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert sentence in (answer.json or {})["detail"]


def test_the_room_of_the_host_is_kept_to(client: FlaskClient) -> None:
    answer = asked(client, "/verbatim/citation1", "&maxwidth=320&maxheight=150")
    assert (answer["width"], answer["height"]) == (320, 150)
    assert 'width="100%" height="150"' in answer["html"]  # that of the column, at most the room
    assert "max-width: 320px" in answer["html"]
    assert asked(client, "/verbatim/citation1", "&maxwidth=9000")["width"] == 600


def test_both_forms_say_the_same(client: FlaskClient) -> None:
    for path in ("/verbatim/citation6", "/recherche?q=%3Ccar%3E"):
        said = asked(client, path)
        answer = client.get("/oembed", query_string={"url": ROOT + path, "format": "xml"})
        assert answer.content_type == "text/xml; charset=utf-8"
        root = etree.fromstring(answer.data)
        assert root.tag == "oembed"
        assert {each.tag: each.text for each in root} == {n: str(v) for n, v in said.items()}


def test_the_answer_is_open_and_kept_for_a_while(client: FlaskClient) -> None:
    address = f"/oembed?url={ROOT}/verbatim/citation1"
    first = client.get(address)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/oembed?url=x").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        *("/verbatim/citation7", f"/webinaire/{CANTINE}", "/recherche?q=car&theme=emploi"),
        *("/theme/emploi", "/intervenant/lea-martin", "/idee/la-cantine-idee-1"),
    ],
)
def test_a_page_tells_where_its_answer_is(client: FlaskClient, path: str) -> None:
    found = discovered(client.get(f"{path}{'&' if '?' in path else '?'}panier=citation1").text)
    assert list(found) == ["application/json+oembed", "text/xml+oembed"]
    for address in found.values():
        assert address.startswith(f"{ROOT}/oembed?")
        assert parse_qs(urlsplit(address).query)["url"] == [ROOT + path]
        assert client.get(address.removeprefix(ROOT)).status_code == 200


def test_a_basket_is_embedded_with_its_quotes(client: FlaskClient) -> None:
    path = "/panier?panier=citation1.citation7"
    found = discovered(client.get(path).text)["application/json+oembed"]
    answer = client.get(found.removeprefix(ROOT)).json or {}
    assert answer["title"] == "Un choix de 2\u00a0citations"
    assert f'href="{ROOT}/panier?panier=citation1.citation7"' in answer["html"]
    assert discovered(client.get("/panier").text) == {}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/verbatim/citation7", "Citation de Inès Roy"),
        ("/idee/la-cantine-idee-1", "Idée clé n°\u00a01"),
        (f"/webinaire/{CANTINE}", "Du champ à la cantine"),
        ("/theme/emploi", "Emploi"),
        ("/intervenant/lea-martin", "Léa Martin"),
        ("/panier?panier=citation1.citation7", "Un choix de 2\u00a0citations"),
    ],
)
def test_what_is_embedded_has_a_title(client: FlaskClient, path: str, title: str) -> None:
    answer = asked(client, path)
    assert answer["title"] == title
    [source] = re.findall(r'<iframe[^>]* src="([^"]*)"', answer["html"])
    frame = client.get(source.replace("&amp;", "&").removeprefix(ROOT)).text
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", frame) == [title]


@pytest.mark.parametrize(
    "path",
    ["/verbatim/citation6", "/verbatim/citation8", f"/webinaire/{CANTINE}", "/recherche?q=%22car"],
)
def test_wordpress_keeps_the_words_and_the_frame(client: FlaskClient, path: str) -> None:
    post = filtered(asked(client, path)["html"], "aZ09aZ09aZ")
    assert post.startswith('<blockquote class="wp-embedded-content" data-secret="aZ09aZ09aZ">')
    assert f'<a href="{ROOT}/' in post
    assert '#?secret=aZ09aZ09aZ" data-secret="aZ09aZ09aZ"' in post
    assert 'sandbox="allow-scripts"' in post
    assert post.endswith("></iframe>")


def test_hostile_words_stay_words_in_a_post(client: FlaskClient) -> None:
    post = filtered(asked(client, "/verbatim/citation6")["html"], "x")
    assert "<script" not in post
    quotation = etree.HTML(post).xpath("string(//blockquote)")
    assert HOSTILE in quotation


def test_what_wordpress_refuses_would_be_seen() -> None:
    """The imitation refuses an answer without a frame, and lets no other markup through."""
    assert filtered("<blockquote>Un mot</blockquote>", "x") == ""
    html = '<p>Un <b onclick="x">mot</b></p><iframe src="https://a.example" allow="x"></iframe>'
    kept = filtered(html, "x")
    assert kept.startswith("<iframe class=")
    assert "allow=" not in kept


def test_a_site_under_a_path_has_its_addresses() -> None:
    root = "https://exemple.fr/citations"
    client = create_app(library_of(), Settings(adresse=root)).test_client()
    answer = client.get("/oembed", query_string={"url": f"{root}/verbatim/citation1"})
    assert f'src="{root}/embed/verbatim/citation1"' in (answer.json or {})["html"]
    outside = client.get("/oembed", query_string={"url": "https://exemple.fr/verbatim/citation1"})
    assert outside.status_code == 404

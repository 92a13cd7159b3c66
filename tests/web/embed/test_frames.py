"""Pages for the frames of other sites: what they show, and who may frame them."""

import re

import pytest
from flask.testing import FlaskClient

from corpus.settings import IntegrationSettings, Settings
from tests.small_site import HOSTILE, library_of, missing_library
from web.app import create_app

FRAMES = [
    "/embed",
    "/embed?q=car",
    "/embed?q=licorne",
    "/embed?max=99",
    "/embed/verbatim/citation1",
    "/embed/verbatim/rien",
    "/embed/idee/la-cantine-idee-1",
    "/embed/panier?panier=citation1.citation7",
    "/embed/rien",
]
OTHERS = [
    *("/", "/recherche?q=car", "/verbatim/citation1", "/integrer", "/embedded", "/cadre.js"),
    *("/widget.js", "/oembed?url=https://citations.exemple.fr/", "/api/v1/search?q=car", "/rien"),
]


def ancestors(client: FlaskClient, address: str) -> str:
    policy = client.get(address, buffered=True).headers["Content-Security-Policy"]
    [found] = re.findall(r"frame-ancestors ([^;]*)", policy)
    return str(found)


def client_of(*sites: str) -> FlaskClient:
    settings = Settings(
        adresse="https://citations.exemple.fr", integration=IntegrationSettings(sites)
    )
    return create_app(library_of(), settings).test_client()


@pytest.mark.parametrize("address", FRAMES)
def test_any_site_may_frame_them(client: FlaskClient, address: str) -> None:
    assert ancestors(client, address) == "*"
    assert "X-Frame-Options" not in client.get(address).headers


@pytest.mark.parametrize("address", FRAMES)
def test_only_the_listed_sites_may_when_there_is_a_list(address: str) -> None:
    client = client_of("https://un.example", "http://localhost:8080")
    assert ancestors(client, address) == "'self' https://un.example http://localhost:8080"


@pytest.mark.parametrize("address", OTHERS)
@pytest.mark.parametrize("sites", [(), ("https://un.example",)])
def test_nothing_else_is_ever_framed(sites: tuple[str, ...], address: str) -> None:
    assert ancestors(client_of(*sites), address) == "'none'"


@pytest.mark.parametrize("address", FRAMES)
def test_their_policy_is_strict(client: FlaskClient, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    own = "'self' http://localhost;"  # both: in a sandbox WebKit takes nothing for its own
    assert policy.startswith(f"default-src 'none'; script-src {own} style-src {own} img-src {own} ")
    assert "unsafe" not in policy
    assert "Set-Cookie" not in client.get(address).headers


def test_a_search_shows_as_many_quotes_as_it_is_told(client: FlaskClient) -> None:
    page = client.get("/embed?q=car&max=2").text
    assert page.count("<li>") == 2
    assert "3\u00a0résultats\u00a0: 2\u00a0citations et 1\u00a0idée clé" in page
    assert 'href="/recherche?q=car" target="_blank" rel="noopener"' in page


def test_a_field_alone_asks_nothing(client: FlaskClient) -> None:
    page = client.get("/embed?label=Nos+webinaires&placeholder=par+exemple+v%C3%A9lo").text
    assert '<label for="q">Nos webinaires</label>' in page
    assert 'placeholder="par exemple vélo"' in page
    assert "<li>" not in page


def test_a_frame_of_a_choice_shows_each_quote_in_its_order(client: FlaskClient) -> None:
    page = client.get("/embed/panier?panier=citation7.rien.citation1").text
    words = re.findall(r'<span class="words">([^<]*)', page)
    assert words == [
        "Le car passe deux fois par jour, jamais à l’heure.",
        "On épluche trente kilos de carottes à 6 h.",
    ]


def test_a_filter_alone_is_answered(client: FlaskClient) -> None:
    page = client.get("/embed?webinaire=2021-05-01-sans-voiture&max=20").text
    assert "Bouger sans voiture" in page
    assert "Du champ à la cantine" not in page


def test_a_new_search_keeps_what_the_host_chose(client: FlaskClient) -> None:
    chosen = "theme=mobilite&intervenant=ines-roy&tri=date&max=3&label=Dire&couleurs=sombres"
    page = client.get(f"/embed?q=car&page=2&panier=x&{chosen}").text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    assert hidden == [tuple(pair.split("=")) for pair in chosen.split("&")]
    assert '<html lang="fr" class="sombres">' in page


def test_every_link_leaves_the_frame(client: FlaskClient) -> None:
    for address in FRAMES:
        links = re.findall(r"<a [^>]*>", client.get(address).text)
        assert links
        assert all('target="_blank" rel="noopener"' in link for link in links)


def test_nothing_is_inline(client: FlaskClient) -> None:
    for address in FRAMES:
        page = client.get(address).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]


def test_a_quote_stands_word_for_word_with_who_said_it(client: FlaskClient) -> None:
    page = client.get("/embed/verbatim/citation7").text
    assert "Le car passe deux fois par jour, jamais à l’heure." in page
    assert "<strong>Inès Roy</strong>, animatrice, association La Roue libre" in page
    assert "&lt;script&gt;alert" in client.get("/embed/verbatim/citation6").text
    assert HOSTILE not in client.get("/embed/verbatim/citation6").text


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/embed/verbatim/rien", 404, "Cette citation n’existe pas, ou n’est plus publiée."),
        ("/embed/verbatim/cantine-idee-1", 404, "Cette citation n’existe pas"),
        ("/embed?max=0", 400, "entre 1 et 20"),
        ("/embed?tri=foo", 400, "Le tri «\u00a0foo\u00a0» n’existe pas."),
        ("/embed?couleurs=vives", 400, "Choisissez claires ou sombres."),
        (f"/embed?label={'a' * 101}", 400, "100 caractères au plus"),
    ],
)
def test_a_fault_is_told_in_the_frame(
    client: FlaskClient, address: str, status: int, sentence: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "embed.css" in answer.text
    assert "site.css" not in answer.text


def test_without_an_index_the_frame_says_so() -> None:
    client = create_app(missing_library(), Settings()).test_client()
    answer = client.get("/embed?q=car")
    assert answer.status_code == 503
    assert "Le site se prépare" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/embed?q=car", "/embed/verbatim/citation1"])
def test_who_has_a_frame_is_told_so(client: FlaskClient, address: str) -> None:
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_the_host_script_is_read_from_everywhere(client: FlaskClient) -> None:
    answer = client.get("/cadre.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=3600" in answer.headers["Cache-Control"]

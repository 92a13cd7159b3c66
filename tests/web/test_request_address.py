"""The address that pages give: the one of the settings, else the one by which they are asked."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree

from corpus.settings import LOCAL, ServerSettings, Settings
from tests.small_site import library_of
from web.app import create_app
from web.cli.serving import names_told

PLACES = {
    "/api/v1/search?q=car": '"url":"{root}/',
    "/flux.atom": "<id>{root}/",
    "/integrer": "{root}/widget.js",
    "/sitemap.xml": "<loc>{root}/",
    "/robots.txt": "Sitemap: {root}/",
    "/opensearch.xml": '"{root}/recherche?q=',
    "/verbatim/citation1": '<meta property="og:url" content="{root}/verbatim/citation1">',
    "/api/v1/openapi.json": "{root}",
    "/embed/verbatim/citation1": "script-src 'self' {root};",
}


def client_of(adresse: str = "", **server: Any) -> FlaskClient:
    settings = Settings(adresse=adresse, serveur=ServerSettings(**server))
    return create_app(library_of(), settings).test_client()


def told(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    return answer.text + answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "place"), PLACES.items())
def test_without_a_setting_addresses_are_those_of_the_request(path: str, place: str) -> None:
    client = client_of()
    for host in ("127.0.0.1:9101", "citations.local", "127.0.0.1:9102"):  # none kept for another
        assert place.format(root=f"http://{host}") in told(client, path, Host=host)


def test_a_setting_is_what_pages_give() -> None:
    client = client_of("https://citations.exemple.fr")
    assert "https://citations.exemple.fr/widget.js" in told(client, "/integrer", Host="autre:81")


def test_the_answer_for_one_name_is_not_held_for_another() -> None:
    client = client_of()
    tag = client.get("/flux.atom", headers={"Host": "un.local"}).headers["ETag"]
    again = {"If-None-Match": tag}
    assert client.get("/flux.atom", headers={"Host": "un.local"} | again).status_code == 304
    assert client.get("/flux.atom", headers={"Host": "deux.local"} | again).status_code == 200


@pytest.mark.parametrize("host", ["un;script-src *", "un local", 'un">', "un/deux", "un\u00e9"])
def test_what_is_no_name_is_never_repeated(host: str) -> None:
    for path in PLACES:
        answer = client_of().get(path, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code in {200, 400}
        assert f"//{host}" not in answer.text + answer.headers["Content-Security-Policy"]
        assert host not in answer.headers["Content-Security-Policy"]


def test_without_any_name_the_address_is_that_of_this_machine() -> None:
    answer = client_of().get("/flux.atom", environ_overrides={"HTTP_HOST": ""})
    assert f"<id>{LOCAL}/" in answer.text


def test_only_the_names_of_the_site_are_answered() -> None:
    client = client_of(hotes=("citations.exemple.fr",))
    assert "http://citations.exemple.fr/" in told(client, "/flux.atom", Host="citations.exemple.fr")
    for path in ("/", "/embed", "/flux.atom", "/api/v1/search"):
        refusal = client.get(path, headers={"Host": "pirate.example"})
        assert refusal.status_code == 400
        assert "pirate" not in f"{refusal.text}{refusal.headers}"


@pytest.mark.parametrize(
    ("server", "root"),
    [
        ({}, "http://interne:8000"),
        ({"relais": 1}, "https://interne:8000"),  # any visitor could send a name
        ({"relais": 1, "hotes": ("interne", "public.example")}, "https://public.example"),
        ({"relais": 1, "hotes": ("interne", "autre.example")}, None),
    ],
)
def test_a_proxy_is_believed_as_configured(server: dict[str, Any], root: str | None) -> None:
    headers = {
        "Host": "interne:8000",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "public.example",
    }
    answer = client_of(**server).get("/flux.atom", headers=headers)
    assert answer.status_code == (200 if root else 400)
    if root:
        feed = etree.fromstring(answer.data)
        assert (feed.findtext("{*}id") or "").startswith(f"{root}/")
        assert ("Strict-Transport-Security" in answer.headers) == root.startswith("https")


def test_what_is_made_without_a_request_has_an_address_too() -> None:
    assert Settings().root == LOCAL
    assert Settings(adresse="https://a.example").root == "https://a.example"


@pytest.mark.parametrize(
    ("adresse", "hotes", "told"),
    [
        ("", (), ["celle de chaque demande", "« adresse »", "à tous les noms", "« hotes »"]),
        ("", ("un.example", "deux.example"), ["celle de chaque", "aux noms un.example, deux"]),
        ("https://un.example", (), ["Adresse publique : https://un.example.", "à tous"]),
    ],
)
def test_serve_says_what_it_takes(adresse: str, hotes: tuple[str, ...], told: list[str]) -> None:
    sentence = names_told(Settings(adresse=adresse, serveur=ServerSettings(hotes=hotes)))
    assert [words for words in told if words not in sentence] == []

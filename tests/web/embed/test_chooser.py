"""The page of codes: what it gives to copy, and what it refuses."""

import gzip
import hashlib
import re
from base64 import b64encode
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.small_site import HOSTILE
from web.embed.widget import release
from web.embed.widget import whole_weight as weight

ROOT = "https://citations.exemple.fr"
CANTINE = "2024-03-12-la-cantine"


def codes(client: FlaskClient, query: str) -> dict[str, str]:
    """The codes as one copies them, by their name."""
    page = client.get(f"/integrer?{query}").text
    found = re.findall(r'<pre class="snippet" id="code-(\w+)"[^>]*>(.*?)</pre>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def test_three_forms_are_given(client: FlaskClient) -> None:
    given = codes(client, "theme=emploi&tri=date")
    assert given["suivi"].startswith(f'<script type="module" src="{ROOT}/widget.js"></script>\n<')
    assert f'src="{ROOT}" theme="emploi" tri="date">' in given["suivi"]
    assert f'<a href="{ROOT}/recherche?theme=emploi">' in given["suivi"]
    frame = f'<div><iframe src="{ROOT}/embed?theme=emploi&amp;tri=date" title'
    assert given["cadre"].startswith(frame)
    assert given["cadre"].endswith(f'<script src="{ROOT}/cadre.js" async></script>')
    assert given["adresse"] == f"{ROOT}/recherche?theme=emploi"


def test_the_pinned_code_holds_the_very_file_that_is_served(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path)
    release(tmp_path)
    code = codes(client, "")["fixe"]
    found = re.search(r'src="(\S+)" integrity="sha256-(\S+)" crossorigin="anonymous"', code)
    assert found
    address = found[1].removeprefix(ROOT)
    assert re.fullmatch(r"/widget-\d+\.\d+\.\d+\.js", address)
    answer = client.get(address)
    assert found[2] == b64encode(hashlib.sha256(answer.data).digest()).decode()
    assert "immutable" in answer.headers["Cache-Control"]


def test_no_version_is_proposed_that_may_still_change(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path)
    assert "fixe" not in codes(client, "")
    page = client.get("/integrer").text
    assert "Aucune version du widget n’est encore parue" in page
    assert "integrity=" not in page


def test_the_weight_is_that_of_the_real_file(client: FlaskClient) -> None:
    assert weight() >= len(gzip.compress(client.get("/widget.js").data, 9))
    written = f"{weight() / 1000:.2f}".replace(".", ",")
    assert f"{written} ko en tout" in client.get("/integrer").text


def test_the_address_of_a_webinar_is_that_of_its_page(client: FlaskClient) -> None:
    given = codes(client, f"webinaire={CANTINE}&couleurs=claires")
    assert given["adresse"] == f"{ROOT}/webinaire/{CANTINE}"
    assert f"/embed?webinaire={CANTINE}&amp;couleurs=claires" in given["cadre"]
    assert "couleurs" not in given["suivi"]
    more = codes(client, f"webinaire={CANTINE}&theme=emploi")
    assert more["adresse"] == f"{ROOT}/recherche?theme=emploi&webinaire={CANTINE}"


@pytest.mark.parametrize(
    "given",
    ["citation7", "/verbatim/citation7", f"{ROOT}/verbatim/citation7/?panier=x#c", " citation7 "],
)
def test_a_quote_is_named_by_its_address(client: FlaskClient, given: str) -> None:
    answer = client.get("/integrer", query_string={"quoi": "citation", "citation": given})
    assert f"{ROOT}/verbatim/citation7</pre>" in answer.text
    assert "verbatheque-citation" in answer.text


def test_hostile_words_stay_words_in_a_code(client: FlaskClient) -> None:
    code = codes(client, "quoi=citation&citation=citation6")["suivi"]
    assert HOSTILE not in code
    assert HOSTILE in unescape(code)
    label = '"><script>alert(1)</script>'
    answer = client.get("/integrer", query_string={"label": label})
    assert "<script>alert" not in answer.text
    assert "<script>alert" not in codes(client, f"label={label}")["suivi"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("max=99&label=Dire", "entre 1 et 20"),
        ("tri=foo&label=Dire", "Choisissez themes, pertinence, date ou sens."),
        ("couleurs=vives&label=Dire", "Choisissez claires ou sombres."),
        ("quoi=citation&citation=rien&label=Dire", "copiez son adresse"),
        ("quoi=citation&label=Dire", "Le champ est vide"),
        ("quoi=citation&citation=http://[&label=Dire", "copiez son adresse"),
        ("quoi=citation&citation=cantine-idee-1&label=Dire", "copiez son adresse"),
    ],
)
def test_a_wrong_choice_is_told_and_the_form_stays_filled(
    client: FlaskClient, query: str, sentence: str
) -> None:
    answer = client.get(f"/integrer?{query}")
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'name="label" type="text" value="Dire"' in answer.text


def test_an_unknown_webinar_is_told(client: FlaskClient) -> None:
    assert client.get("/integrer?webinaire=rien").status_code == 404


def test_its_own_frames_are_shown_on_this_page_only(client: FlaskClient) -> None:
    assert "; frame-src 'self'" in client.get("/integrer").headers["Content-Security-Policy"]
    assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]

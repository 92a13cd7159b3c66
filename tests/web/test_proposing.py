"""The page that receives proposals: closed by default, and hard to abuse when open."""

import io
import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from corpus.proposals import FOLDER, MAX_BYTES, proposals_in
from corpus.settings import ProposalSettings, Settings
from tests.small_site import library_of
from web.app import create_app
from web.proposing import MAX_BODY, TRAP, receive_proposals

OPEN = ProposalSettings(ouvertes=True, par_jour=3)
PAGE = b"<h1>Compte rendu</h1><p>Mot pour mot.</p>"


def app_with(site: Path, table: ProposalSettings = OPEN) -> Flask:
    settings = Settings(adresse="https://citations.exemple.fr", propositions=table)
    app = create_app(library_of(), settings)
    receive_proposals(app, site)
    return app


@pytest.fixture
def asked(tmp_path: Path) -> FlaskClient:
    """A client of a site whose form is open."""
    return app_with(tmp_path).test_client()


def sent(
    client: FlaskClient,
    file: tuple[bytes, str] | None = None,
    headers: dict[str, str] | None = None,
    more: dict[str, str] | None = None,
    **fields: str,
) -> TestResponse:
    data: dict[str, Any] = {"texte": "", "adresse": "", "note": "", TRAP: "", **fields}
    data |= more or {}
    content, name = file or (b"", "")
    data["fichier"] = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart(data)  # in memory: the client of tests forgets its files
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/proposer", data=body, content_type=kind, headers=headers, buffered=True)


def test_a_file_is_kept_and_the_visitor_is_thanked(asked: FlaskClient, tmp_path: Path) -> None:
    answer = sent(asked, (PAGE, "C:\\Ana Lu\\page.html"), note="Vu en mars.")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/proposer/merci"
    assert "Set-Cookie" not in answer.headers
    assert "Proposition reçue" in asked.get("/proposer/merci").text
    (kept,) = proposals_in(tmp_path)
    assert kept.file
    assert kept.file.read_bytes() == PAGE
    assert kept.note == "Vu en mars."
    assert not [path for path in tmp_path.rglob("*") if "Ana" in path.name]


def test_a_text_or_an_address_is_kept(asked: FlaskClient, tmp_path: Path) -> None:
    assert sent(asked, texte="Dit.\r\nRedit.").status_code == 303
    assert sent(asked, adresse="https://a.example/page").status_code == 303
    text, address = proposals_in(tmp_path)
    assert text.file
    assert text.file.read_bytes() == b"Dit.\nRedit."
    assert (address.file, address.address) == (None, "https://a.example/page")


def test_nothing_says_who_sent_it(asked: FlaskClient, tmp_path: Path) -> None:
    client = {"X-Forwarded-For": "192.0.2.7", "User-Agent": "Navigateur-Unique/1"}
    sent(asked, (PAGE, "de-ana-lu.html"), client, note="Bonjour")
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for trace in (b"192.0.2.7", b"127.0.0.1", b"Navigateur", b"ana-lu"):
        assert trace not in held


def test_the_page_tells_how_to_write_and_what_is_kept(asked: FlaskClient) -> None:
    page = asked.get("/proposer").text
    assert 'enctype="multipart/form-data"' in page
    for told in ("90\u00a0jours", "adresse IP", "2\u00a0Mo", "Rien n’est publié tout seul"):
        assert told in page.replace("&nbsp;", "\u00a0")
    assert "csrf" not in page


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("https://a.example/ecrire", 'href="https://a.example/ecrire"'),
        ("12 rue du Puits, Vaux", "12 rue du Puits, Vaux"),
        ("javascript:alert(1)", "adresse\u00a0: javascript:alert(1)"),
        ("", "Adressez-vous à la structure qui publie ce site"),
    ],
)
def test_without_the_form_the_page_says_where_to_write(
    tmp_path: Path, contact: str, shown: str
) -> None:
    client = app_with(tmp_path, ProposalSettings(contact=contact)).test_client()
    page = client.get("/proposer").text.replace("&nbsp;", "\u00a0")
    assert shown in page
    assert "multipart" not in page
    assert 'href="/proposer"' in client.get("/").text


def test_a_closed_form_receives_nothing(tmp_path: Path) -> None:
    client = app_with(tmp_path, replace(OPEN, ouvertes=False)).test_client()
    answer = sent(client, (PAGE, "page.html"))
    assert answer.status_code == 405
    assert "ne reçoit pas de proposition" in answer.text
    assert "POST" not in answer.headers["Allow"]
    assert client.post("/proposer", data=b"x" * 70_000).status_code in {405, 413}
    assert list(tmp_path.iterdir()) == []


def test_an_application_without_a_folder_has_no_form() -> None:
    client = create_app(library_of(), Settings(propositions=OPEN)).test_client()
    assert "multipart" not in client.get("/proposer").text
    assert sent(client, texte="Dit.").status_code == 405


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://autre.example"},
    {"Origin": "https://citations.exemple.fr.autre.example"},
    {"Origin": "null"},
    {"Origin": ""},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_another_site_cannot_send_in_its_visitors_name(
    asked: FlaskClient, tmp_path: Path, headers: dict[str, str]
) -> None:
    answer = sent(asked, headers=headers, texte="Dit.")
    assert answer.status_code == 403
    assert "vient d’une autre page" in answer.text
    assert proposals_in(tmp_path) == []


HERE = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://derriere.un.mandataire.example"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "https://citations.exemple.fr"},
]


@pytest.mark.parametrize("headers", HERE, ids=str)
def test_our_own_page_may_send(asked: FlaskClient, headers: dict[str, str]) -> None:
    assert sent(asked, headers=headers, texte="Dit.").status_code == 303


HOSTILE: list[tuple[bytes, str]] = [
    (b"MZ\x90\x00", "page.txt"),
    (b"MZ\x90\x00", "page.exe"),
    (b"<?php system($_GET[0]);", "page.php"),
    (b"<svg onload=alert(1)>", "page.svg"),
    (b"PK\x03\x04" + b"\0" * 100, "page.docx"),
    (b"%PDF-1.7", "page.md"),
    (b"texte", "../../webinaires/piege.md\0.png"),
    (b"a\0b", "page.html"),
    (b"\x1b]0;titre\x07", "page.txt"),
    (b"", "page.txt"),
    (b"a" * (MAX_BYTES + 1), "page.txt"),
    (b"texte", "page"),
    (b"texte", "." * 300),
]


@pytest.mark.parametrize(("content", "name"), HOSTILE, ids=[repr(name) for _, name in HOSTILE])
def test_a_hostile_file_is_refused_in_french_and_what_was_typed_stays(
    asked: FlaskClient, tmp_path: Path, content: bytes, name: str
) -> None:
    answer = sent(asked, (content, name), adresse="https://a.example/<b>", note="Vu & noté.")
    assert answer.status_code == 400
    assert "Rien n’a été envoyé." in answer.text
    assert "Vu &amp; noté.</textarea>" in answer.text
    assert 'value="https://a.example/&lt;b&gt;"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert proposals_in(tmp_path) == []


def test_a_name_that_climbs_stays_in_the_folder(asked: FlaskClient, tmp_path: Path) -> None:
    assert sent(asked, (b"Dit.", "../../../webinaires/piege.md")).status_code == 303
    assert {path.parts[len(tmp_path.parts)] for path in tmp_path.rglob("*")} == {FOLDER}
    assert not list(tmp_path.rglob("piege*"))


@pytest.mark.parametrize("size", [MAX_BODY + 1, 50_000_000])
def test_a_body_too_big_is_refused(asked: FlaskClient, tmp_path: Path, size: int) -> None:
    answer = sent(asked, (b"a" * size, "page.txt"))
    assert answer.status_code == 413
    assert "2\u00a0Mo" in answer.text.replace("2 Mo", "2\u00a0Mo")
    assert proposals_in(tmp_path) == []


def test_a_body_that_lies_or_is_cut_stores_nothing(asked: FlaskClient, tmp_path: Path) -> None:
    cut = b"--x\r\nContent-Disposition: form-data; name=fichier; filename=a.txt\r\n\r\nDit"
    for body, kind in (
        (cut, "multipart/form-data; boundary=x"),
        (cut, "multipart/form-data"),
        (b"texte=Dit.&" * 3000, "text/plain"),
        (json.dumps({"texte": "Dit."}).encode(), "application/json"),
    ):
        answer = asked.post("/proposer", data=body, content_type=kind)
        assert answer.status_code == 400, kind
        assert "Rien n’a été envoyé." in answer.text
    assert proposals_in(tmp_path) == []


def test_many_parts_are_refused(asked: FlaskClient, tmp_path: Path) -> None:
    fields = {f"champ{number}": "x" for number in range(20)}
    assert sent(asked, texte="Dit.", more=fields).status_code == 413
    assert proposals_in(tmp_path) == []


def test_a_text_longer_than_other_forms_allow_is_taken(asked: FlaskClient, tmp_path: Path) -> None:
    assert sent(asked, texte="Mot pour mot. " * 100_000).status_code == 303
    assert proposals_in(tmp_path)[0].size == 1_400_000


def test_who_weighs_all_that_comes_in_knows_the_limit_of_this_address(tmp_path: Path) -> None:
    app, limits = app_with(tmp_path), []

    @app.before_request
    def weigh() -> None:
        limits.append(request.max_content_length)

    client = app.test_client()
    sent(client, texte="Dit.")
    client.post("/proposer/merci", data={"x": "y"})
    assert limits == [MAX_BODY, app.config["MAX_CONTENT_LENGTH"]]


def test_the_other_addresses_keep_their_own_limit(asked: FlaskClient) -> None:
    for address in ("/recherche", "/proposer/merci"):
        answer = asked.post(address, data={"x": "y" * 100_000})
        assert answer.status_code in {405, 413}


def test_a_program_that_fills_in_all_is_told(asked: FlaskClient, tmp_path: Path) -> None:
    answer = sent(asked, texte="Dit.", more={TRAP: "https://pub.example"})
    assert answer.status_code == 400
    assert "videz-le" in answer.text
    assert proposals_in(tmp_path) == []


def test_a_flood_meets_the_cap_of_the_day(asked: FlaskClient, tmp_path: Path) -> None:
    codes = [sent(asked, texte=f"Dit {number}.").status_code for number in range(8)]
    assert codes == [303] * 3 + [429] * 5
    answer = sent(asked, texte="Un long texte tapé à la main.")
    assert "Un long texte tapé à la main.</textarea>" in answer.text
    assert "Réessayez demain" in answer.text
    assert len(proposals_in(tmp_path)) == 3


def test_a_folder_that_cannot_be_written_is_said_and_noted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("un fichier à la place du dossier", "utf-8")
    client = app_with(tmp_path).test_client()
    with caplog.at_level(logging.ERROR):
        answer = sent(client, texte="Mot pour mot.")
    assert answer.status_code == 503
    assert "la faute est de notre côté" in answer.text
    assert "Mot pour mot.</textarea>" in answer.text
    (line,) = [record.getMessage() for record in caplog.records]
    assert FOLDER in line
    assert "Mot pour mot" not in line


def test_refusals_are_read_with_french_spaces(asked: FlaskClient) -> None:
    page = sent(asked, texte="").text
    (refusal,) = re.findall(r'role="alert"[^>]*>(.*?)</p>', page)
    assert not re.search(r" [:;?!»]|« ", refusal)

"""The form of proposals in a real browser: with and without JavaScript, and from another site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from corpus.proposals import MAX_BYTES, Proposal, proposals_in, remove
from corpus.site import Site
from tests.browser.server import served
from tests.browser.test_accessibility import violations

SAID = "Compte rendu\r\n\r\n«\u00a0Mot pour mot\u202f!\u00a0» Ana Lu\n"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser, site_address: str) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=request.param) as context:
        page = context.new_page()
        page.goto(f"{site_address}/proposer")
        yield page
        assert context.cookies() == []


@pytest.fixture
def folder(sample_site: Site) -> Iterator[Path]:
    yield sample_site.folder
    for proposal in proposals_in(sample_site.folder):
        remove(proposal)


def only(folder: Path) -> Proposal:
    (kept,) = proposals_in(folder)
    return kept


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer la proposition").click()


def test_a_file_arrives_byte_for_byte(page: Page, folder: Path, tmp_path: Path) -> None:
    sent = tmp_path / "ma page.txt"
    sent.write_bytes(SAID.encode())
    page.get_by_label("Fichier").set_input_files(sent)
    page.get_by_label("Note pour l’éditeur").fill("Vu en mars.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    kept = only(folder)
    assert kept.file
    assert kept.file.read_bytes() == SAID.encode()
    assert kept.note == "Vu en mars."


def test_a_pasted_text_and_its_address_arrive(page: Page, folder: Path) -> None:
    page.get_by_label("Texte du compte rendu").fill("\nDit.\nRedit.")
    page.get_by_label("Adresse de la page").fill("https://a.example/page")
    send(page)
    page.wait_for_url("**/proposer/merci")
    kept = only(folder)
    assert kept.file
    assert kept.file.read_bytes() == b"\nDit.\nRedit."
    assert kept.address == "https://a.example/page"


def test_a_refusal_is_said_near_the_form_and_keeps_the_words(page: Page, folder: Path) -> None:
    page.get_by_label("Texte du compte rendu").fill("\nDit <b>ainsi</b>.\n")
    page.get_by_label("Adresse de la page").fill("pas une adresse")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("https://")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("Texte du compte rendu")).to_have_value("\nDit <b>ainsi</b>.\n")
    assert proposals_in(folder) == []
    page.get_by_label("Adresse de la page").fill("")
    send(page)
    page.wait_for_url("**/proposer/merci")
    kept = only(folder)
    assert kept.file
    assert kept.file.read_bytes() == b"\nDit <b>ainsi</b>.\n"


def test_a_file_too_big_is_said(page: Page, folder: Path, tmp_path: Path) -> None:
    sent = tmp_path / "gros.txt"
    sent.write_bytes(b"a" * (MAX_BYTES + 1))
    page.get_by_label("Fichier").set_input_files(sent)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("2 Mo")
    assert proposals_in(folder) == []


def test_the_keyboard_never_meets_the_trap(page: Page) -> None:
    page.get_by_label("Fichier").focus()
    names = []
    for _ in range(5):
        names.append(page.locator(":focus").get_attribute("name"))
        page.keyboard.press("Tab")
    assert names == ["fichier", "texte", "adresse", "note", None]


def test_a_refusal_passes_axe(browser: Browser, site_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site_address}/proposer")
        send(page)
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []


def test_a_form_of_another_site_sends_nothing(
    browser: Browser, site_address: str, folder: Path
) -> None:
    trap = (
        f"<form action='{site_address}/proposer' method='post' enctype='multipart/form-data'>"
        "<textarea name='texte'>Publicité</textarea><button>Gagner</button></form>"
    )

    def elsewhere(_address: str) -> Flask:
        app = Flask("elsewhere")
        app.add_url_rule("/", view_func=lambda: trap)
        return app

    with served(elsewhere) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address.replace("127.0.0.1", "localhost"))
        page.get_by_role("button").click()
        expect(page.get_by_role("alert")).to_contain_text("vient d’une autre page")
    assert proposals_in(folder) == []

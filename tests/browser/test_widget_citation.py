"""One quote in a partner's page: it stays, and the reader is told when its source changes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from search.live_index import Shelf
from tests.browser.conftest import Screen
from tests.browser.widget_hosts import CITATION, NOWHERE, page_of, partner

CORRECTED = "Le texte de cette citation a été corrigé à la source"
WITHDRAWN = "Cette citation n’est plus publiée"


@pytest.fixture(scope="module")
def said(library: Shelf) -> dict[str, str]:
    """A quote of the sample site, with an apostrophe and a narrow space in it."""
    with library.reading() as reading:
        found = reading.document("4c7a8abbeb")
    assert found is not None
    return {"id": found.id, "text": found.text, "speaker": found.speaker}


@pytest.fixture(scope="module")
def host_address(site_address: str, said: dict[str, str]) -> Iterator[str]:
    site = site_address
    texts = {
        "meme": said["text"],
        "retouche": said["text"].replace("’", "'").replace("\u00a0", " ").replace("\u202f", " "),
        "corrige": said["text"].replace("balayeuse", "tondeuse"),
    }
    pages = {
        name: page_of(site, CITATION.format(site=site, **said | {"text": text}))
        for name, text in texts.items()
    }
    pages["retire"] = page_of(site, CITATION.format(site=site, **said | {"id": "jamais-dit"}))
    pages["en-panne"] = page_of(site, CITATION.format(site=NOWHERE, **said))
    pages["ailleurs"] = page_of(site, CITATION.format(site=f"{site}/ailleurs", **said))
    with partner(site, pages, {}) as address:
        yield address


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen(1280, 720, "light", "no-preference")


@pytest.mark.parametrize(
    ("path", "state", "note"),
    [
        ("meme", "inchangee", ""),
        ("retouche", "inchangee", ""),  # the page writes its apostrophes and spaces its own way
        ("corrige", "modifiee", CORRECTED),
        ("retire", "retiree", WITHDRAWN),
        ("en-panne", "inconnue", ""),
        ("ailleurs", "inconnue", ""),  # a mistaken address is no withdrawal
    ],
)
def test_the_reader_is_told_of_what_changed(
    page: Page, host_address: str, said: dict[str, str], path: str, state: str, note: str
) -> None:
    page.goto(f"{host_address}/{path}")
    element = page.locator("verbatheque-citation")
    expect(element).to_have_attribute("etat", state)
    expect(element.get_by_role("blockquote")).to_be_visible()
    expect(element.get_by_role("link", name=said["speaker"])).to_be_visible()
    told = element.locator("[part=note]")
    expect(told).to_contain_text(note) if note else expect(told).to_be_empty()


def test_a_corrected_quote_leads_to_its_page(
    page: Page, host_address: str, site_address: str, said: dict[str, str]
) -> None:
    page.goto(f"{host_address}/corrige")
    page.get_by_role("link", name="Lire la version publiée").click()
    page.wait_for_url(f"{site_address}/verbatim/{said['id']}")


def test_the_page_is_told_and_the_address_is_live(
    page: Page, host_address: str, site_address: str
) -> None:
    page.goto(f"{host_address}/meme")
    element = page.locator("verbatheque-citation")
    expect(element).to_have_attribute("etat", "inchangee")
    page.evaluate("addEventListener('verbatheque-citation', (e) => { window.heard = e.detail })")
    element.evaluate("(c, url) => c.setAttribute('src', url)", f"{site_address}/verbatim/autre")
    expect(element).to_have_attribute("etat", "retiree")
    assert page.evaluate("heard.state") == "retiree"


def test_without_scripts_the_quote_is_a_quote(
    browser: Browser, host_address: str, said: dict[str, str]
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{host_address}/corrige")
        expect(page.get_by_role("blockquote")).to_contain_text("tondeuse")
        expect(page.locator("cite")).to_have_text(said["speaker"])

"""What one embeds and the page where one chooses it: accessible, and right to the letter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Scheme, Screen
from tests.browser.framing import expect_fitted
from tests.browser.test_accessibility import violations
from web.embed.widget import release

VIEWS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("kind", ["search", "field", "nothing", "quote", "fault"])
def test_axe_finds_nothing_in_a_frame(
    screen: Screen, site_address: str, quote: str, kind: str, width: int, scheme: Scheme
) -> None:
    address = {
        "search": "/embed?q=habitants&max=3",
        "field": "/embed?placeholder=par+exemple+habiter",
        "nothing": "/embed?q=zzqqxx",
        "quote": quote,
        "fault": "/embed?max=99",
    }[kind]
    page = screen(width, 800, scheme, "reduce")
    page.goto(site_address + address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden])")]
          .filter((target) => target.getBoundingClientRect().height < 24)
          .map((target) => target.outerHTML.slice(0, 100))"""
    )
    assert small == []


@pytest.mark.parametrize(("colours", "scheme"), [("claires", "dark"), ("sombres", "light")])
def test_the_host_may_set_the_colours(
    screen: Screen, site_address: str, colours: str, scheme: Scheme
) -> None:
    page = screen(1280, 800, scheme, "reduce")
    page.goto(f"{site_address}/embed?q=habitants&couleurs={colours}")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"claires": "rgb(253, 253, 251)", "sombres": "rgb(20, 24, 26)"}[colours]
    assert violations(page) == []


@pytest.mark.parametrize("address", ["/embed?q=habitants&max=3", "quote"])
def test_the_focus_is_seen_in_a_frame(
    screen: Screen, site_address: str, quote: str, address: str
) -> None:
    page = screen(1280, 800, "light", "reduce")
    page.goto(site_address + (quote if address == "quote" else address))
    stops = page.locator("a, input:not([type=hidden]), button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && outlineWidth)"
            "(getComputedStyle(document.activeElement))"
        )
        assert seen == "3px"
    assert page.evaluate("document.activeElement.closest('footer') !== null")


def code(page: Page, form: str) -> str:
    return page.locator(f"#code-{form}").inner_text()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One for all: each test begins by its `goto`."""
    with browser.new_context(viewport={"width": 1000, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page()


def test_without_script_the_button_gives_the_codes(browser: Browser, site_address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_address}/integrer")
        page.get_by_label("Thème").select_option("mobilite")
        page.get_by_label("Nombre de réponses").fill("3")
        page.get_by_label("Nom du champ").fill('Les « mots » d’"ici" & <là>')
        page.get_by_role("button", name="Mettre à jour").click()
        label = "Les « mots » d’&#34;ici&#34; &amp; &lt;là&gt;"
        assert f'theme="mobilite" max="3" label="{label}"' in code(page, "suivi")
        assert f"{site_address}/embed?theme=mobilite&amp;max=3&amp;label=" in code(page, "cadre")
        assert code(page, "adresse") == f"{site_address}/recherche?theme=mobilite"
        expect(page.get_by_label("Thème")).to_have_value("mobilite")


def test_the_codes_and_the_preview_follow_the_form(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/integrer")
    page.get_by_label("Nombre de réponses").fill("2")
    expect(page.locator("#suivi")).to_have_text("Le code et l’aperçu sont à jour.")
    assert 'max="2"' in code(page, "suivi")
    expect(page.locator("verbatheque-recherche")).to_have_attribute("max", "2")
    expect(page.locator("#apercu-cadre iframe")).to_have_attribute("src", "/embed?max=2")
    page.get_by_label("Nombre de réponses").fill("99")
    expect(page.get_by_role("alert")).to_contain_text("entre 1 et 20")
    expect(page.get_by_label("Nombre de réponses")).to_have_value("99")


def test_a_quote_is_embedded_by_its_address(
    page: Page, site_address: str, addresses: dict[str, str]
) -> None:
    page.goto(f"{site_address}/integrer")
    page.get_by_role("radio", name="Une citation").check()
    page.get_by_label("Adresse de la citation").fill(site_address + addresses["verbatim"])
    frame = page.locator("#apercu-cadre iframe")
    expect(frame).to_have_attribute("src", f"/embed{addresses['verbatim']}")
    assert f'<verbatheque-citation src="{site_address}{addresses["verbatim"]}">' in code(
        page, "suivi"
    )
    frame.scroll_into_view_if_needed()
    expect(page.frame_locator("#apercu-cadre iframe").locator("blockquote")).to_be_visible()
    page.get_by_label("Adresse de la citation").fill("https://ailleurs.example/verbatim/rien")
    expect(page.get_by_role("alert")).to_contain_text("copiez son adresse")


def test_the_preview_of_the_frame_takes_its_height(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/integrer?theme=mobilite&max=2")
    page.locator("#apercu-cadre iframe").scroll_into_view_if_needed()
    expect_fitted(page)


@pytest.mark.parametrize("form", ["suivi", "fixe", "cadre", "adresse"])
def test_each_code_is_copied_whole(
    page: Page, site_address: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(tmp_path)
    monkeypatch.setattr("web.embed.widget.RELEASED", tmp_path)  # the server is in this process
    page.goto(f"{site_address}/integrer?max=2")
    page.locator(f"#code-{form} + button").click()
    expect(page.get_by_text("Code copié")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == code(page, form)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("asked", ["?theme=mobilite&max=3", "?max=99", "?quoi=citation&citation=x"])
def test_axe_finds_nothing_on_the_page_of_codes(
    screen: Screen, site_address: str, asked: str, width: int, scheme: Scheme
) -> None:
    page = screen(width, 800, scheme, "reduce")
    page.goto(f"{site_address}/integrer{asked}")
    page.locator("#apercu-cadre iframe").scroll_into_view_if_needed()
    expect(page.frame_locator("#apercu-cadre iframe").locator("main")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The widget in four pages that partners could have: nothing fails, nothing moves, all is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen
from tests.browser.test_accessibility import violations
from tests.browser.widget_hosts import CITATION, SEARCH, STYLES, page_of, partner

SHOTS = Path(__file__).parents[2] / ".pytest_cache" / "widget"

# Where a part of the widget stands, and how it is drawn.
DRAWN = """name => {
  const root = document.querySelector("verbatheque-recherche").shadowRoot;
  const part = root.querySelector(`[part=${name}]`);
  const { top, width, height } = part.getBoundingClientRect();
  const { display, visibility, opacity } = getComputedStyle(part);
  return { top, width, height, display, visibility, opacity };
}"""
CONTRAST = """() => {
  const root = document.querySelector("verbatheque-recherche").shadowRoot;
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(root.querySelector("[part=panneau]"));
  const [low, high] = [light(color), light(backgroundColor)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


@pytest.fixture(scope="module")
def host_address(site_address: str) -> Iterator[str]:
    said = {"id": "inconnu", "text": "Une citation.", "speaker": "Une personne"}
    content = SEARCH.format(site=site_address, more="") + CITATION.format(site=site_address, **said)
    pages = {style: page_of(site_address, content, style) for style in STYLES}
    with partner(site_address, pages, {}) as address:
        yield address


@pytest.fixture(params=STYLES)
def style(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[(1000, "light"), (320, "dark")], ids=["wide", "narrow, dark"])
def page(request: pytest.FixtureRequest, screen: Screen, host_address: str, style: str) -> Page:
    width, scheme = request.param
    page = screen(width, 800, scheme, "no-preference")
    page.goto(f"{host_address}/{style}")
    return page


def answer(page: Page) -> None:
    page.locator("[part=champ]").press_sequentially("voiture")
    expect(page.get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")


def test_axe_finds_nothing_before_and_after_an_answer(page: Page, style: str) -> None:
    expect(page.locator("[part=note]")).not_to_be_empty()
    expect(page.get_by_role("blockquote")).to_be_visible()
    assert violations(page) == []
    answer(page)
    assert violations(page) == []
    SHOTS.mkdir(parents=True, exist_ok=True)
    width = page.evaluate("innerWidth")
    page.screenshot(path=SHOTS / f"{style}-{width}.png")


def test_the_answer_is_seen_whatever_the_style_of_the_page(page: Page) -> None:
    answer(page)
    for name in ("champ", "bouton", "statut", "panneau", "option"):
        drawn = page.evaluate(DRAWN, name)
        assert drawn["visibility"] == "visible", name
        assert drawn["opacity"] == "1", name
        assert drawn["display"] in {"block", "flex", "inline-block"}, name
        assert min(drawn["width"], drawn["height"]) >= 20, name
    assert page.evaluate(DRAWN, "champ")["height"] >= 24
    assert page.evaluate(CONTRAST) >= 7
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_below_moves_when_an_answer_comes(page: Page) -> None:
    place = "() => document.querySelector('#suite').getBoundingClientRect().top"
    expect(page.locator("[part=note]")).not_to_be_empty()
    before = page.evaluate(place)
    answer(page)
    assert page.evaluate(place) == before
    page.locator("[part=champ]").fill("zzqqxx")
    expect(page.get_by_role("status").first).to_have_text("Aucune citation trouvée.")
    assert page.evaluate(place) == before


def test_it_takes_the_font_and_the_colour_of_the_page(page: Page) -> None:
    styles = page.evaluate(
        """() => [document.querySelector("main"), document.querySelector("verbatheque-recherche")
          .shadowRoot.querySelector("input")].map((e) => getComputedStyle(e))
          .map((s) => [s.fontFamily, s.fontSize, s.color])"""
    )
    assert styles[0] == styles[1]


def test_the_page_may_style_it_by_variables_and_parts(page: Page, style: str) -> None:
    if style == "hostile":
        pytest.skip("this page forbids itself any style of its own")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
          sheet.replaceSync(`verbatheque-recherche { --verbatheque-rayon: 11px }
            verbatheque-recherche::part(bouton) { letter-spacing: 3px }`);
          document.adoptedStyleSheets = [sheet]; }"""
    )
    styles = page.evaluate(
        """() => { const root = document.querySelector("verbatheque-recherche").shadowRoot;
          const { borderRadius, letterSpacing } = getComputedStyle(root.querySelector("button"));
          return [borderRadius, letterSpacing]; }"""
    )
    assert styles == ["11px", "3px"]

"""What a machine can check of RGAA 4.1 and WCAG 2.2 AA; what it cannot is in /accessibilite."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen
from tests.browser.page_kinds import KINDS

AXE = Axe()
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
VIEWS = [(1280, "light"), (320, "dark")]
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen(1280, 720, "light", "reduce")


@pytest.fixture(
    scope="module",
    params=[(kind, *view) for kind in KINDS for view in VIEWS],
    ids=lambda param: " ".join(map(str, param)),
)
def opened(
    request: pytest.FixtureRequest,
    screen: Screen,
    site_address: str,
    addresses: dict[str, str],
) -> Page:
    """Each kind of page, opened once for all the checks that it passes."""
    kind, width, scheme = request.param
    page = screen(width, 800, scheme, "reduce")
    page.goto(site_address + addresses[kind])
    return page


def violations(page: Page) -> list[str]:
    """One line for each failing element, with the rule that it breaks."""
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def test_axe_finds_nothing(opened: Page) -> None:
    opened.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert violations(opened) == []


def test_axe_finds_nothing_in_open_suggestions(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/")
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    assert violations(page) == []


def test_targets_are_large_enough(opened: Page) -> None:
    """WCAG 2.5.8: 24 px each way, but for links in a sentence."""
    small = opened.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
          .filter((target) => target.checkVisibility())
          .filter((target) => !target.matches(".skip, p a, dd a, svg a"))
          .filter((target) => !target.closest("h1, h2, li:not(:has(> a:only-child)) , blockquote"))
          .map((target) => [target.outerHTML.slice(0, 120), target.getBoundingClientRect()])
          .filter(([, box]) => box.height && (box.height < 24 || box.width < 24))
          .map(([html, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${html}`)"""
    )
    assert small == []


def test_the_focus_is_always_seen(opened: Page) -> None:
    seen = set()
    for _ in range(30):
        opened.keyboard.press("Tab")
        focus = opened.evaluate(
            """() => { const element = document.activeElement;
              const at = element.shadowRoot?.activeElement ?? element;
              const style = getComputedStyle(at);
              const around = getComputedStyle(at.closest(".field") ?? at);
              const width = ({ outlineStyle, outlineWidth }) =>
                outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
              return { html: at.outerHTML.slice(0, 100), body: at === document.body,
                width: Math.max(width(style), width(around)) }; }"""
        )
        if focus["body"]:
            break
        if focus["html"].startswith("<iframe"):
            continue  # the focus shows inside: see test_embedding.py
        assert focus["width"] >= 2, focus["html"]
        seen.add(focus["html"])
    assert len(seen) > 3


def test_spaced_and_doubled_text_fits(opened: Page) -> None:
    """RGAA 10.4 and 10.12: 200 % text, and the text spacing of WCAG 1.4.12, without loss."""
    opened.evaluate(
        """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet); }""",
        TEXT_SPACING,
    )
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert opened.evaluate(fits)
    if opened.viewport_size == {"width": 1280, "height": 800}:
        opened.evaluate("document.documentElement.style.fontSize = '200%'")
        assert opened.evaluate(fits)


def test_motion_is_not_forced(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_quote_is_a_quotation_and_the_page_is_in_french(
    page: Page, site_address: str, addresses: dict[str, str]
) -> None:
    page.goto(site_address + addresses["verbatim"])
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("figure.said > blockquote").count() == 1
    assert page.locator("h1").count() == 1
    empty = "[...document.querySelectorAll('ul, ol')].filter((l) => !l.querySelector('li')).length"
    assert page.evaluate(empty) == 0

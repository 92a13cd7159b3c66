"""A visit with keys only: search, narrow, open a quote, take its citation away."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

MOST_TABS = 150  # more than any page has stops: what is further is out of reach

# A ring of two pixels or a border that changes; judged on the element or on what frames it.
FOCUS_SHOWS = """() => {
  const seen = (node) => {
    const style = getComputedStyle(node);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
  const onTop = document.elementFromPoint(
    Math.min(Math.max(box.left + 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  const reached = onTop && (node.contains(onTop) || onTop.contains(node));
  const framed = node.matches(":focus-visible") && (seen(node) || seen(node.parentElement));
  return inside && framed && Boolean(reached);
}"""


@pytest.fixture(params=[(1280, True), (320, True), (1280, False), (320, False)])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page, wide or narrow, with JavaScript or without."""
    width, has_script = request.param
    permissions = ["clipboard-read", "clipboard-write"] if has_script else []
    with browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=has_script,
        permissions=permissions,
        reduced_motion="reduce",
    ) as context:
        yield context.new_page()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus matches; at each stop, the focus is seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        page.wait_for_function(FOCUS_SHOWS, timeout=2_000)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"« {wanted} » cannot be reached with Tab")


def test_the_whole_journey_needs_no_mouse(visit: Page, site_address: str) -> None:
    visit.goto(site_address)
    tab_to(visit, "#q")
    visit.keyboard.type("habitants", delay=10)
    follow(visit, lambda: visit.keyboard.press("Enter"), r"/recherche\?q=habitants$")
    narrow(visit)
    tab_to(visit, "article.verbatim .permalink")
    follow(visit, lambda: visit.keyboard.press("Enter"), r"/verbatim/\w+$")
    take(visit)


def follow(page: Page, act: Callable[[], None], address: str) -> None:
    act()
    page.wait_for_url(re.compile(address))
    page.wait_for_load_state()


def narrow(page: Page) -> None:
    """Choose the first value of the first filter; on a narrow page, unfold the filters first."""
    before = page.url
    summary = page.locator(".facets > details > summary")
    if summary.is_visible():
        tab_to(page, ".facets > details > summary")
        page.keyboard.press("Enter")
    tab_to(page, ".facets li a")
    chosen = page.evaluate("document.activeElement.href")
    follow(page, lambda: page.keyboard.press("Enter"), re.escape(chosen) + "$")
    assert page.url != before
    assert page.locator(".chips.filters li").count() == 1


def take(page: Page) -> None:
    """The citation is copied and said to be; without script, its written form is opened."""
    line = page.locator(".cite .line").first.inner_text().strip()
    tab_to(page, ".forms [type=radio]")
    if page.get_by_role("button", name="Copier la citation", exact=True).count():
        page.keyboard.press("ArrowRight")
        tab_to(page, "#forme-texte + button")
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text("Texte copié").wait_for()
        for key in ("Shift+Tab", "ArrowLeft", "Tab", "Enter"):
            page.keyboard.press(key)
        page.get_by_role("status").get_by_text("Citation copiée").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == line
    else:
        page.keyboard.press("ArrowRight")
        assert page.locator("#forme-texte").is_visible()

"""A pasted address, as WordPress shows it: see tests/web/wordpress.py for what is imitated."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.framing import TRUE_HEIGHT, height_of, inner, send, until


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1000, "height": 900}) as context:
        yield context.new_page()


def pasted(page: Page, host: str, address: str) -> None:
    page.goto(f"{host}/article?{urlencode({'adresse': address})}")
    expect(page.locator("blockquote")).to_be_hidden()


def test_wordpress_shows_the_frame_at_its_height(
    page: Page, host: str, addresses: dict[str, str]
) -> None:
    pasted(page, host, addresses["verbatim"])
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    assert page.locator("iframe").get_attribute("style") is None
    expect(page.frame_locator("iframe").locator("blockquote")).to_be_visible()
    assert height_of(page) == max(200, inner(page).evaluate(TRUE_HEIGHT))


def test_wordpress_without_script_shows_the_quote(
    browser: Browser, host: str, addresses: dict[str, str]
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{host}/article?{urlencode({'adresse': addresses['verbatim']})}")
        expect(page.locator("blockquote")).to_be_visible()
        link = page.locator("blockquote a").get_attribute("href") or ""
        assert link.endswith(addresses["verbatim"])


def test_wordpress_follows_our_links(
    page: Page, host: str, site_address: str, addresses: dict[str, str]
) -> None:
    pasted(page, host, addresses["verbatim"])
    page.frame_locator("iframe").get_by_role("link", name="Voir la citation").click()
    page.wait_for_url(site_address + addresses["verbatim"])


def test_wordpress_follows_our_links_by_keyboard(
    page: Page, host: str, site_address: str, addresses: dict[str, str]
) -> None:
    pasted(page, host, addresses["verbatim"])
    link = page.frame_locator("iframe").get_by_role("link", name="Voir la citation")
    link.focus()
    send(link)
    page.wait_for_url(site_address + addresses["verbatim"])


@pytest.mark.parametrize("kind", ["webinar", "results"])
def test_one_searches_in_wordpress(
    page: Page, host: str, addresses: dict[str, str], kind: str
) -> None:
    pasted(page, host, addresses[kind])
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox").fill("habitants")
    send(frame.get_by_role("searchbox"))
    expect(frame.get_by_role("status")).to_be_focused()
    expect(frame.get_by_role("searchbox")).to_have_value("habitants")
    until(page, lambda: height_of(page) == min(1000, max(200, inner(page).evaluate(TRUE_HEIGHT))))


# Where a comma does not stand on the line of the last word before it.
ORPHANS = """[...document.querySelectorAll(".source")].filter((line) => {
  const comma = [...line.childNodes].find(({ data }) => data?.startsWith(","));
  if (!comma) return false;
  const range = new Range();
  range.setStart(comma, 0);
  range.setEnd(comma, 1);
  const words = [...line.querySelector("a").getClientRects()].at(-1);
  return words && range.getBoundingClientRect().top > words.bottom; // else it was left out
}).length"""


@pytest.mark.parametrize("width", [1000, 500, 360, 320])
@pytest.mark.parametrize("kind", ["webinar", "results", "theme", "speaker", "idea", "verbatim"])
def test_nothing_is_cut_in_wordpress(
    browser: Browser, host: str, addresses: dict[str, str], kind: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        pasted(page, host, addresses[kind])
        frame = inner(page)
        until(page, lambda: height_of(page) == max(200, frame.evaluate(TRUE_HEIGHT)))
        column = page.locator("h1").evaluate("h => h.clientWidth")
        assert page.locator("iframe").evaluate("f => f.offsetWidth") == column
        assert frame.evaluate(ORPHANS) == 0
        assert page.locator("iframe").get_attribute("title")

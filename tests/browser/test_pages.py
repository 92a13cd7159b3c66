"""The pages in a real browser: they fit, they obey their own rules, they need no script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests.browser.conftest import Screen
from tests.browser.page_kinds import KINDS

SIZES = {"wide": 1280, "narrow": 320}


class Watched:
    """A page, what its consoles said, and the addresses that it asked for, since it was opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@pytest.fixture(
    scope="module", params=[(size, scheme) for size in SIZES for scheme in ("light", "dark")]
)
def watched(request: pytest.FixtureRequest, screen: Screen) -> Watched:
    """One of each for all the pages: what is heard of one is held against the next ones too."""
    size, scheme = request.param
    return Watched(screen(SIZES[size], 800, scheme, "no-preference"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_and_is_quiet(
    watched: Watched, site_address: str, addresses: dict[str, str], kind: str
) -> None:
    page = watched.page
    answer = page.goto(site_address + addresses[kind])
    assert answer is not None
    assert answer.status == 200
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1], f"{kind} overflows: {widths}"
    assert watched.complaints == []
    assert all(url.startswith(site_address) for url in watched.requests), watched.requests
    assert page.context.cookies() == []


def test_the_help_and_the_filters_fit_when_open(watched: Watched, site_address: str) -> None:
    page = watched.page
    page.goto(f"{site_address}/recherche")
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_wide_pages_show_the_filters_and_narrow_ones_fold_them(
    watched: Watched, site_address: str
) -> None:
    page = watched.page
    page.goto(f"{site_address}/recherche")
    is_wide = page.viewport_size == {"width": 1280, "height": 800}
    assert page.locator(".facets section a").first.is_visible() == is_wide
    assert page.locator(".facets > details > summary").is_visible() != is_wide


def test_the_first_screen_of_a_theme_shows_a_quote(
    screen: Screen, site_address: str, addresses: dict[str, str]
) -> None:
    page = screen(390, 844, "light", "no-preference")
    page.goto(site_address + addresses["theme"])
    expect(page.locator(".who").first).to_be_in_viewport(ratio=1)


def test_the_first_tab_leads_to_the_content(browser: Browser, site_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site_address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def test_a_search_needs_no_script(plain: Page, site_address: str) -> None:
    plain.goto(site_address)
    plain.get_by_role("searchbox").fill("habitants")
    plain.keyboard.press("Enter")
    plain.wait_for_url(f"{site_address}/recherche?q=habitants")
    assert plain.locator("mark").count() > 0
    before = plain.locator("article").count()
    plain.locator(".facets li a", has_text="Idées clés").click()
    assert "type=idee" in plain.url
    assert plain.locator("article.verbatim").count() == 0
    plain.get_by_role("link", name="Retirer le filtre Idées clés").first.click()
    assert plain.locator("article").count() == before


def test_orders_pages_and_permalinks_need_no_script(plain: Page, site_address: str) -> None:
    plain.goto(f"{site_address}/recherche")
    plain.get_by_role("link", name="Page suivante").click()
    assert "page=2" in plain.url
    plain.get_by_role("link", name="Par thème").click()
    assert plain.url == f"{site_address}/recherche?tri=themes"
    with plain.expect_navigation() as opened:
        plain.locator("article.verbatim .permalink").first.click()
    answer: Response = opened.value
    assert answer.status == 200
    assert "/verbatim/" in plain.url


def test_nothing_found_leads_to_something_without_script(plain: Page, site_address: str) -> None:
    plain.goto(f"{site_address}/recherche?q=zzqqxx+habitants+apres:2021&tous=1")
    assert plain.locator("article").count() == 0
    line = plain.locator(".empty li", has_text="zzqqxx")
    found = int(line.inner_text().split()[-2])
    line.get_by_role("link").click()
    assert plain.locator("article").count() == min(found, 20)
    plain.get_by_role("link", name="Retirer le filtre après 2021").click()
    assert "apres" not in plain.url


def test_explanations_open_and_close_without_script(plain: Page, site_address: str) -> None:
    plain.goto(f"{site_address}/recherche?q=habitants")
    plain.get_by_role("link", name="Pourquoi ces résultats").click()
    why = plain.locator("article .why")
    assert why.count() == plain.locator("article").count()
    assert "habitants" in why.first.locator("li").first.inner_text()
    why.first.locator("summary").click()
    assert not why.first.locator("li").first.is_visible()
    plain.get_by_role("link", name="Ne plus expliquer").click()
    assert plain.locator(".why").count() == 0


def test_the_embedding_page_gives_a_link_without_script(plain: Page, site_address: str) -> None:
    plain.goto(f"{site_address}/integrer")
    link = plain.locator("verbatheque-recherche a")
    assert link.is_visible()
    assert link.get_attribute("href") == "/recherche"

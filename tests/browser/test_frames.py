"""Our frames on a page of another origin, in a sandbox and out of one."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from corpus.settings import IntegrationSettings
from corpus.site import Site
from search.live_index import Shelf
from tests.browser.conftest import Screen
from tests.browser.framing import TRUE_HEIGHT, expect_fitted, framing, height_of, inner, send, until
from tests.browser.partner import SANDBOX, partner
from tests.browser.server import served
from web.app import create_app
from web.embed.frames import SANDBOX as OUR_SANDBOX

SEARCH = "/embed?q=habitants&max=3"


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen(1000, 900, "light", "no-preference")


@pytest.mark.parametrize("sandbox", [SANDBOX, "allow-scripts", ""])
def test_frames_take_the_height_of_their_content(
    page: Page, host: str, site_address: str, quote: str, sandbox: str
) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(framing(host, SEARCH, quote, bac=sandbox))
    expect_fitted(page, 0)
    expect_fitted(page, 1)
    assert inner(page).evaluate("origin") == ("null" if sandbox else site_address)
    assert complaints == []
    assert page.context.cookies() == []
    assert all(url.startswith((host, site_address)) for url in requests), requests


def test_a_frame_below_the_fold_has_its_height_before_it_is_seen(
    page: Page, host: str, quote: str
) -> None:
    page.goto(framing(host, *[SEARCH] * 6, quote))
    expect_fitted(page, 6)
    assert page.evaluate("scrollY") == 0


def test_a_frame_grows_when_it_gets_narrower(page: Page, host: str, quote: str) -> None:
    page.goto(framing(host, quote))
    expect_fitted(page)
    wide = height_of(page)
    page.locator("iframe").evaluate("f => f.width = 280")
    until(page, lambda: height_of(page) > wide + 10)
    expect_fitted(page)


def test_a_script_that_comes_late_still_gives_the_height(
    page: Page, host: str, site_address: str, quote: str
) -> None:
    page.goto(framing(host, quote, nu="1"))
    assert inner(page).evaluate(TRUE_HEIGHT) != 222
    assert height_of(page) == 222
    page.add_script_tag(url=f"{site_address}/cadre.js")
    expect_fitted(page)


def test_without_any_script_the_frame_scrolls_and_searches(browser: Browser, host: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(framing(host, "/embed?max=3&label=Chercher", nu="1"))
        frame = page.frame_locator("iframe")
        frame.get_by_label("Chercher").fill("habitants")
        frame.get_by_role("button", name="Rechercher").click()
        expect(frame.get_by_role("listitem")).to_have_count(3)
        expect(frame.get_by_label("Chercher")).to_have_value("habitants")
        assert page.url.startswith(host)
        assert page.locator("iframe").get_attribute("height") == "222"


@pytest.mark.parametrize("sandbox", [SANDBOX, "allow-scripts"])
@pytest.mark.parametrize("way", ["Enter", "click"])
def test_a_search_stays_in_its_frame_and_out_of_the_history(
    page: Page, host: str, sandbox: str, way: str
) -> None:
    """Even where the sandbox forbids forms, as that of WordPress does."""
    page.goto(framing(host, "/embed?max=3&theme=&label=Chercher", bac=sandbox))
    inner(page)
    steps = page.evaluate("history.length")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Chercher").fill("habitants")
    if way == "Enter":
        send(frame.get_by_label("Chercher"))
    else:
        frame.get_by_role("button").click()
    expect(frame.get_by_role("listitem")).to_have_count(3)
    expect(frame.get_by_role("status")).to_be_focused()
    expect_fitted(page)
    assert page.evaluate("history.length") == steps
    assert page.url.startswith(f"{host}/cadres")


def test_a_frame_never_takes_the_focus_of_the_host(page: Page, host: str) -> None:
    page.goto(framing(host, SEARCH))
    expect_fitted(page)
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("sandbox", [SANDBOX, OUR_SANDBOX])
def test_links_open_beside_the_host(
    browser: Browser,
    host: str,
    site_address: str,
    addresses: dict[str, str],
    quote: str,
    sandbox: str,
) -> None:
    with browser.new_context(viewport={"width": 1000, "height": 900}) as context:
        # A window opened from a sandbox without « escape » may load no module: cut short.
        context.route("**/suggestions.js*", lambda route: route.abort())
        page = context.new_page()
        page.goto(framing(host, quote, bac=sandbox))
        with page.expect_popup() as opened:
            page.frame_locator("iframe").get_by_role("link", name="Voir la citation").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == site_address + addresses["verbatim"]
        assert opened.value.evaluate("window.opener") is None
        is_free = "escape" in sandbox
        assert opened.value.evaluate("origin") == (site_address if is_free else "null")
        assert page.url.startswith(f"{host}/cadres")


def test_no_storage_is_touched(page: Page, host: str, site_address: str, quote: str) -> None:
    """Outside a sandbox, where there would be one."""
    page.goto(framing(host, quote, SEARCH, bac=""))
    expect_fitted(page)
    for place in (0, 1):
        stored = "localStorage.length + sessionStorage.length + document.cookie.length"
        assert inner(page, place).evaluate(stored) == 0


@pytest.mark.parametrize("address", ["/", "/recherche?q=habitants", "/integrer"])
def test_the_rest_of_the_site_refuses_frames(page: Page, host: str, address: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(framing(host, address, bac=""))
    page.wait_for_timeout(300)
    assert "frame-ancestors 'none'" in " ".join(complaints)
    assert page.frames[1].url.startswith("chrome-error:")


def test_only_listed_sites_may_frame(
    page: Page, sample_site: Site, library: Shelf, quote: str
) -> None:
    known: dict[str, str] = {}

    def app_for(*sites: str) -> Callable[[str], Flask]:
        settings = replace(sample_site.settings, integration=IntegrationSettings(sites))
        return lambda address: create_app(library, replace(settings, adresse=address))

    with served(lambda _address: partner(lambda: known["site"])) as host:
        for listed, is_shown in ((host, True), ("https://un.example", False)):
            with served(app_for(listed)) as known["site"]:
                page.goto(framing(host, quote))
                page.wait_for_timeout(300)
                assert page.frames[1].url.startswith("chrome-error:") is not is_shown

"""Taking a quote away, in a real browser: copying, reading the forms, opening its picture."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.server import served
from web.links import passage_link

WATCH = (
    "window.refused = [];"
    "addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective));"
)


@pytest.fixture(scope="session")
def quote_address(site_address: str, browser: Browser) -> str:
    with browser.new_context() as context:
        answer = context.request.get(f"{site_address}/api/v1/search?type=verbatim&limit=100")
        hit = next(hit for hit in answer.json()["hits"] if hit["start"] is not None)
    return str(hit["url"])


@pytest.fixture
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        yield page


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_citation_and_the_link_are_copied(page: Page, quote_address: str) -> None:
    page.goto(quote_address)
    page.get_by_role("button", name="Copier la citation", exact=True).click()
    page.get_by_role("status").get_by_text("Citation copiée").wait_for()
    assert clipboard(page) == page.locator(".cite .line").first.inner_text().strip()
    page.get_by_label("Lien", exact=True).check()
    page.get_by_role("button", name="Copier le lien").click()
    page.get_by_role("status").get_by_text("Lien copié").wait_for()
    assert clipboard(page) == quote_address


@pytest.mark.parametrize("form", ["APA", "BibTeX", "RIS", "CSL-JSON"])
def test_each_form_opens_copies_and_downloads(page: Page, quote_address: str, form: str) -> None:
    page.goto(quote_address)
    page.get_by_label(form, exact=True).check()
    assert page.locator(".panel").locator("visible=true").count() == 1
    page.get_by_role("button", name=f"Copier la référence {form}").click()
    page.get_by_role("status").get_by_text("Référence copiée").wait_for()
    with page.expect_download() as begun:
        page.get_by_role("link", name=f"Télécharger la référence {form}").click()
    text = begun.value.path().read_text("utf-8")
    assert clipboard(page).split() == text.split()


def test_a_refused_copy_selects_the_text_and_says_what_to_do(
    browser: Browser, quote_address: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => {"
            "throw new DOMException('refused', 'NotAllowedError');}}})"
        )
        page.goto(quote_address)
        page.get_by_role("button", name="Copier la citation", exact=True).click()
        page.get_by_role("status").get_by_text("Ctrl+C").wait_for()
        selected = page.evaluate("getSelection().toString()")
        assert selected.strip() == page.locator(".cite .line").first.inner_text().strip()


def test_a_result_is_copied_with_its_source(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/recherche?q=voiture")
    card = page.locator(".card").first
    card.get_by_role("button", name="Copier").press("Enter")
    card.get_by_role("status").get_by_text("Copiée, avec sa source").wait_for()
    copied = clipboard(page)
    assert card.locator(".words").first.inner_text() in copied
    assert site_address + str(card.locator(".permalink").get_attribute("href")) in copied


@pytest.mark.parametrize("has_sheet", [True, False])
def test_a_quote_is_shared_by_the_sheet_of_the_system_or_its_link(
    browser: Browser, quote_address: str, has_sheet: bool
) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        sheet = "async (shared) => { window.shared = shared; }" if has_sheet else "undefined"
        page.add_init_script(f"Object.defineProperty(navigator, 'share', {{value: {sheet}}})")
        page.goto(quote_address)
        page.locator(".actions").first.get_by_role("button", name="Partager").click()
        if has_sheet:
            shared = page.evaluate("shared")
            assert shared["url"] == quote_address
            assert page.locator(".said .words").inner_text() in shared["text"]
            assert quote_address not in shared["text"]
        else:
            page.get_by_role("status").get_by_text("Lien copié").wait_for()
            assert clipboard(page) == quote_address


def test_the_data_of_a_page_break_no_rule_of_it(page: Page, quote_address: str) -> None:
    page.goto(quote_address)
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert page.evaluate("window.refused") == []


def test_citing_needs_no_script(plain: Page, quote_address: str) -> None:
    plain.goto(quote_address)
    assert plain.locator("main button").locator("visible=true").count() == 0
    reference = plain.locator("#forme-txt")
    assert not reference.is_visible()
    plain.get_by_label("APA", exact=True).check()
    assert reference.is_visible()
    assert quote_address in reference.inner_text()


@pytest.mark.parametrize("format_", ["", "?format=carre"])
def test_the_svg_keeps_its_lines_in_any_font(page: Page, quote_address: str, format_: str) -> None:
    page.goto(f"{quote_address}.svg{format_}")
    lengths = page.evaluate(
        "[...document.querySelectorAll('text')].map((line) => [line.getComputedTextLength(), "
        "line.textLength.baseVal.value, line.getBBox().x + line.getBBox().width])"
    )
    width = page.evaluate("document.documentElement.viewBox.baseVal.width")
    assert lengths
    for shown, measured, right in lengths:
        assert abs(shown - measured) < 1
        assert right < width
    assert page.evaluate("window.refused") == []


def test_the_picture_of_a_page_opens(page: Page, quote_address: str) -> None:
    page.goto(quote_address)
    image = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    assert page.goto(image) is not None
    assert page.evaluate("document.images[0].naturalWidth") == 1200


def test_the_link_to_the_article_shows_the_very_words(browser: Browser) -> None:
    words = "Un vélo-cargo, et la crèche & l’école ne sont plus si loin pour personne."
    article = Flask("article")
    body = f"<p>{'Autre chose. ' * 3000}</p><p>{words.replace('&', '&amp;')}</p>"
    article.add_url_rule("/", view_func=lambda: f"<!doctype html><meta charset=utf-8>{body}")
    with served(lambda address: article) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(passage_link(f"{address}/", words))
        page.wait_for_function("scrollY > 1000", timeout=5_000)
        assert urlsplit(page.url).path == "/"

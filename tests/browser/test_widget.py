"""The widget on a page of another origin, which trusts our address and nothing else."""

import gzip
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from search.query import MAX_CHARACTERS
from tests.browser.server import served

NOWHERE = "http://127.0.0.1:9"  # a port that nobody serves

HOST_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Un partenaire</title>
<script type="module" src="{site}/widget.js"></script></head>
<body><h1>Notre association</h1>
<verbatheque-recherche src="{src}" max="3" label="Dans leurs webinaires" placeholder="habiter">
  <a href="{site}/recherche">Rechercher une citation</a>
</verbatheque-recherche></body></html>"""


@pytest.fixture(scope="module")
def host_address(site_address: str) -> Iterator[str]:
    """A partner's site, on another port."""

    def partner(_address: str) -> Flask:
        app = Flask("partner")

        @app.get("/")
        def page() -> Response:
            return strict(site_address)

        @app.get("/sans-reponse")
        def broken() -> Response:
            return strict(NOWHERE)

        return app

    def strict(src: str) -> Response:
        response = Response(HOST_PAGE.format(site=site_address, src=src), mimetype="text/html")
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src {site_address}; connect-src {site_address} {NOWHERE}"
        )
        return response

    with served(partner) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, host_address: str) -> Page:
    page = context.new_page()
    page.goto(host_address)
    return page


def test_it_searches_from_another_site(
    context: BrowserContext, host_address: str, site_address: str
) -> None:
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(host_address)
    page.get_by_label("Dans leurs webinaires").press_sequentially("habitants", delay=20)
    results = page.get_by_role("listitem")
    expect(results).to_have_count(3)
    assert "citations et idées" in page.get_by_role("status").inner_text()
    assert page.locator("mark").count() > 0
    assert complaints == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert all(url.startswith((host_address, site_address)) for url in requests), requests
    script = context.request.get(f"{site_address}/widget.js").body()
    weight = len(gzip.compress(script, 9))
    print(f"\nwidget.js : {len(script)} octets, {weight} octets gz")
    assert weight < 4_000


def test_a_result_is_a_quote_with_its_speaker_and_links(page: Page, site_address: str) -> None:
    page.get_by_label("Dans leurs webinaires").fill("voiture type:verbatim")
    first = page.get_by_role("listitem").first
    quote = first.locator("blockquote")
    expect(quote).to_contain_text("«\u00a0")
    links = first.locator("a").evaluate_all("links => links.map((link) => link.href)")
    assert links[0].startswith(f"{site_address}/verbatim/")
    assert links[1].startswith(f"{site_address}/webinaire/")


def test_typing_on_leaves_one_answer(page: Page) -> None:
    """The first answer is held back until the second has come: it must not replace it."""
    held: list[Route] = []
    page.route("**/api/v1/search?q=voiture&*", lambda route: held.append(route))
    field = page.get_by_label("Dans leurs webinaires")
    with page.expect_request("**/api/v1/search?q=voiture&*"):
        field.fill("voiture")
    field.fill("zzqqxx")
    expect(page.get_by_role("status")).to_have_text("Aucune citation trouvée.")
    for route in held:
        route.abort()
    page.wait_for_timeout(300)
    assert page.get_by_role("status").inner_text() == "Aucune citation trouvée."
    assert page.get_by_role("listitem").count() == 0


def test_one_question_for_a_burst_of_letters(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Dans leurs webinaires").press_sequentially("habitants", delay=15)
    expect(page.get_by_role("listitem")).to_have_count(3)
    assert len(asked) == 1


def test_emptying_the_field_empties_the_answer(page: Page) -> None:
    field = page.get_by_label("Dans leurs webinaires")
    field.fill("habitants")
    expect(page.get_by_role("listitem")).to_have_count(3)
    field.fill("")
    expect(page.get_by_role("listitem")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")


def test_enter_opens_the_full_results(page: Page, site_address: str) -> None:
    page.get_by_label("Dans leurs webinaires").fill("l’eau & le vélo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_address}/recherche?q=*")
    assert page.get_by_role("combobox").input_value() == "l’eau & le vélo"


def test_a_refused_question_is_said_in_french(page: Page, site_address: str) -> None:
    page.get_by_label("Dans leurs webinaires").fill("a" * (MAX_CHARACTERS + 1))
    expect(page.get_by_role("status")).to_contain_text(f"{MAX_CHARACTERS} caractères")
    link = page.get_by_role("link", name="Chercher sur le site")
    assert (link.get_attribute("href") or "").startswith(f"{site_address}/recherche?q=aaa")


def test_no_answer_is_said_and_told_to_the_page(context: BrowserContext, host_address: str) -> None:
    page = context.new_page()
    page.goto(f"{host_address}/sans-reponse")
    listen = "addEventListener('verbatheque-erreur', (e) => { window.heard = e.detail.words })"
    page.evaluate(listen)
    page.get_by_label("Dans leurs webinaires").fill("vélo")
    expect(page.get_by_role("status")).to_have_text("La recherche ne répond pas.")
    expect(page.get_by_role("link", name="Chercher sur le site")).to_be_visible()
    assert page.evaluate("window.heard") == "vélo"


def test_words_never_become_markup(page: Page) -> None:
    attack = "<img src=x onerror=alert(1)>"
    hit = {
        "id": "x",
        "kind": "verbatim",
        "text": f"🚲🚲 {attack}",
        "highlights": [[0, 2]],
        "speaker": attack,
        "role": None,
        "webinar": {"id": "w", "title": attack},
        "key_idea": None,
    }
    page.route(
        "**/api/v1/search?*",
        lambda route: route.fulfill(
            json={"total": 1, "hits": [hit]}, headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    page.get_by_label("Dans leurs webinaires").fill("x")
    expect(page.get_by_role("listitem")).to_have_count(1)
    assert page.locator("mark").inner_text() == "🚲🚲"
    assert page.locator("verbatheque-recherche img").count() == 0
    assert attack in page.locator("blockquote").inner_text()

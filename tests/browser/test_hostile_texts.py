"""F15: what is written in a write-up or typed in a search is never more than text.

A hundred payloads, in every field of a site and in its searches, on every type of page and in the
widget on a partner's page that forbids nothing: none runs, and no page needs its CSP to stop one.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from corpus.lists import Theme
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.settings import Settings
from corpus.site import Site
from search.live_index import open_library
from tests.browser.server import served
from tests.small_site import publish
from web.app import create_app

IS_FULL = os.environ.get("VERBATHEQUE_FAULTS") == "full"
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<link rel=stylesheet href=//ailleurs.exemple/x.css>",
    "<base href=//ailleurs.exemple/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><button autofocus>x</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{ ''.__class__ }}{{ 7*7 }}{% raw %}<script>alert(1)</script>",
    "${alert(1)}`${alert(1)}`",
    "';alert(1);//",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<mark onmouseover=alert(1)>habitants</mark>",
]
PAYLOADS = [before + markup for before in ("", '">', "'>") for markup in MARKUP]
PAGES = 10  # webinars, each with a tenth of the payloads
INSERTED = (
    "[onerror],[onload],[onfocus],[ontoggle],[onstart],[onmouseover],"
    "iframe:not([src*='/embed']),object,embed,math"
)
WATCH = """addEventListener("securitypolicyviolation",
  event => console.log("CSP " + event.violatedDirective + " " + event.sourceFile))"""
PARTNER = """<!doctype html><meta charset="utf-8"><title>Un partenaire</title>
<script type="module" src="{site}/widget.js"></script>
<verbatheque-recherche src="{site}"><a href="{site}">x</a></verbatheque-recherche>"""


def one_line(number: int) -> str:
    """A payload for the field of a name, a title, a role: a word and the payload."""
    return f"habitants{number} {PAYLOADS[number % len(PAYLOADS)]}"


def hostile_webinar(number: int) -> Webinar:
    webinar_id = f"2024-01-{number + 1:02}-essai"
    theirs = range(number, len(PAYLOADS), PAGES)
    ideas = tuple(
        KeyIdea(f"{webinar_id}-i{place}", place, one_line(payload), webinar_id)
        for place, payload in enumerate(theirs, 1)
    )
    speakers = tuple(
        Speaker(one_line(payload)[:60].strip(), one_line(payload + 1), one_line(payload + 2))
        for payload in theirs
    )
    verbatims = tuple(
        Verbatim(f"{webinar_id}-v{place}", f"Les habitants. {PAYLOADS[payload]}", who, idea, 60)
        for place, (payload, who, idea) in enumerate(zip(theirs, speakers, ideas, strict=True))
    )
    return Webinar(
        webinar_id,
        one_line(number),
        url=f"https://exemple.fr/{quote(PAYLOADS[number])}",
        replay_url="javascript:alert(1)" if number % 2 else 'https://exemple.fr/"onload=alert(1)',
        introduction="\n\n".join(PAYLOADS[payload] for payload in theirs),
        speakers=speakers,
        key_ideas=ideas,
        verbatims=verbatims,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    themes = tuple(
        Theme(f"theme-{n}", one_line(n), PAYLOADS[n], ("habitants", PAYLOADS[n + 7]))
        for n in range(3)
    )
    site = Site(
        tmp_path_factory.mktemp("hostile"),
        settings=Settings(
            titre=PAYLOADS[0],
            organisation=PAYLOADS[35],
            description=PAYLOADS[69],
            avertissement=PAYLOADS[1],
            licence=PAYLOADS[22],
        ),
        themes=themes,
        webinars=tuple(hostile_webinar(number) for number in range(PAGES)),
    )
    publish(site)
    return site


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(lambda _: create_app(open_library(site), site.settings)) as address:
        yield address


@dataclass
class Watched:
    """A page, and what should not have happened on it."""

    page: Page
    events: list[str] = field(default_factory=list)

    def goto(self, address: str) -> None:
        """Open a page, and see that no markup came from its texts."""
        self.page.goto(address)
        inserted = self.page.locator(INSERTED).count()
        if inserted:
            self.events.append(f"{inserted} elements at {address}")


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        watched = Watched(context.new_page())

        def on_dialog(dialog: Dialog) -> None:
            watched.events.append(f"dialog at {watched.page.url}")
            dialog.dismiss()

        def on_console(message: ConsoleMessage) -> None:
            if message.text.startswith("CSP "):
                watched.events.append(f"{message.text} at {watched.page.url}")

        watched.page.on("dialog", on_dialog)
        watched.page.on("console", on_console)
        watched.page.on("request", lambda request: _note_stranger(watched, request.url))
        yield watched


def _note_stranger(watched: Watched, url: str) -> None:
    if not url.startswith(("http://127.0.0.1", "data:")):
        watched.events.append(f"request to {url}")


def pages_of(site: Site) -> Iterator[str]:
    """Every type of page, of all that a site has."""
    yield from ("/", "/themes", "/intervenants", "/webinaires", "/integrer", "/accessibilite")
    yield from (f"/theme/{theme.id}" for theme in site.themes)
    few = None if IS_FULL else 6
    for webinar in site.webinars:
        yield f"/webinaire/{webinar.id}"
        for verbatim in islice(webinar.verbatims, few and 2):
            assert verbatim.speaker
            yield f"/verbatim/{verbatim.id}"
            yield f"/intervenant/{verbatim.speaker.id}"
        yield from (f"/idee/{idea.id}" for idea in islice(webinar.key_ideas, few and 1))


def test_f15_no_text_of_a_write_up_runs(watched: Watched, site: Site, address: str) -> None:
    assert len(PAYLOADS) >= 100
    for path in pages_of(site):
        watched.goto(address + path)
    for sorting in ("themes", "pertinence", "date"):
        watched.goto(f"{address}/recherche?q=habitants&pourquoi=1&tri={sorting}")
    assert watched.page.locator("mark").count() > 0
    assert watched.events == []


def test_f15_no_search_runs(watched: Watched, address: str) -> None:
    for payload in PAYLOADS:
        watched.goto(f"{address}/recherche?q={quote(payload)}&pourquoi=1")
    for payload in PAYLOADS[:: 1 if IS_FULL else 10]:
        typed = quote(payload, safe="")
        for path in (f"/recherche?tri={typed}&q={typed}", f"/{typed}", f"/theme/{typed}"):
            watched.goto(address + path)
        watched.goto(f"{address}/recherche?q=habitants&theme={typed}&intervenant={typed}")
    assert watched.events == []


def test_f15_nothing_runs_in_the_widget(watched: Watched, address: str) -> None:
    def partner(_address: str) -> Flask:
        app = Flask("partner")
        app.add_url_rule("/", view_func=lambda: PARTNER.format(site=address))
        return app

    with served(partner) as host:
        watched.goto(host)
        box = watched.page.locator("verbatheque-recherche input").first
        for payload in ["habitants", *PAYLOADS[:: 1 if IS_FULL else 6]]:
            with watched.page.expect_response(lambda answer: "/api/v1/" in answer.url):
                box.fill(payload)
            watched.page.wait_for_timeout(30)
            assert watched.page.locator(INSERTED).count() == 0, payload
    assert watched.events == []


def test_f15_what_is_not_a_page_is_not_read_as_one(site: Site) -> None:
    client = create_app(open_library(site), site.settings).test_client()
    for payload in PAYLOADS:
        answer = client.get(f"/api/v1/search?q={quote(payload)}")
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

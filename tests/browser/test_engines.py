"""What a visitor does, in Chromium, Firefox and WebKit: on the site, in a widget, in a frame,
without a server. Whatever the engine, its console tells no error.
"""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from corpus.site import Site
from search.live_index import Shelf
from tests.browser.conftest import open_site
from tests.browser.engines import Engine
from tests.browser.framing import TRUE_HEIGHT, framing
from tests.browser.page_kinds import KINDS
from tests.browser.partner import SANDBOX, partner
from tests.browser.server import served
from tests.browser.static_host import hosted
from tests.browser.widget_hosts import SEARCH, page_of
from tests.browser.widget_hosts import partner as severe_partner

WIDGET = "document.querySelector('verbatheque-recherche').shadowRoot"
OPTIONS = "document.querySelectorAll('[role=option]').length"
FRAME_HEIGHT = "document.querySelectorAll('iframe')[arguments[0]].clientHeight"

# Each « stands on the line of the words that follow it; what is underlined is.
ALONE = """return [...document.querySelectorAll(".quote .open")].filter((mark) => {
  const words = mark.nextElementSibling.getClientRects()[0];
  const { top, bottom } = mark.getBoundingClientRect();
  return top > words.bottom || bottom < words.top;
}).length"""
PLAIN = """return ["footer a", "summary"].flatMap((name) => [...document.querySelectorAll(name)])
  .filter((link) => getComputedStyle(link).textDecorationLine !== "underline").length"""
# Headings that are written upwards, each beside the next.
OVERLAID = """return [...document.querySelectorAll(".upright thead a")]
  .map((heading) => heading.getBoundingClientRect())
  .filter((box, place, boxes) => place && box.left < boxes[place - 1].right - 1).length"""
WIDE = "return document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_drawn_alike(
    calm: Engine, site_address: str, addresses: dict[str, str], kind: str
) -> None:
    calm.open(site_address + addresses[kind])
    assert [calm.run(wrong) for wrong in (ALONE, OVERLAID, WIDE)] == [0, 0, False]
    if kind == "home":
        assert calm.run(PLAIN) == 0


def test_one_searches_filters_and_reads(calm: Engine, site_address: str) -> None:
    calm.open(site_address)
    calm.click("main input[type=search]")
    calm.press(*"mobil")
    calm.until(OPTIONS)
    calm.press("Down", "Enter")
    calm.until("location.pathname === '/recherche' && document.querySelector('.facets a')")
    asked, found = calm.run("return [location.href, document.querySelectorAll('article').length]")
    calm.run("document.querySelector('.facets a').click()")
    there = "location.pathname === '/recherche' && document.readyState === 'complete'"
    calm.until(f"location.href !== arguments[0] && {there}", asked)
    assert 0 < calm.run("return document.querySelectorAll('article').length") <= found
    calm.run("document.querySelector('article.verbatim a.permalink').click()")
    calm.until("document.querySelector('blockquote.large')")


def test_one_searches_in_the_page_of_a_partner(calm: Engine, site_address: str) -> None:
    pages = {"": page_of(site_address, SEARCH.format(site=site_address, more=""))}
    with severe_partner(site_address, pages, {}) as host:
        calm.open(host)
        calm.until(f"{WIDGET}?.querySelector('input')")
        calm.run("document.querySelector('verbatheque-recherche').focus()")
        calm.press(*"voiture")
        calm.until(f"{WIDGET}.querySelectorAll('[role=option]').length === 3")
        calm.press("Down", "Enter")
        calm.until("location.pathname.startsWith('/verbatim/')")
    assert calm.run("return location.origin") == site_address


def test_one_searches_without_a_server(calm: Engine, static_export: Path) -> None:
    with hosted(static_export.parents[1]) as address:
        calm.open(f"{address}/un/dossier/")
        calm.until(f"{WIDGET}?.querySelector('input')")
        calm.run("document.querySelector('verbatheque-recherche').focus()")
        calm.press(*"balayeuse")
        calm.until(f"{WIDGET}.querySelector('[role=option] mark')")
        calm.press("Down", "Enter")
        calm.until("location.hash.length > 1 && document.querySelector('article:target')")


@pytest.fixture(scope="module", params=["http", "https"])
def framed(
    request: pytest.FixtureRequest,
    sample_site: Site,
    library: Shelf,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A partner that frames the site, both over one scheme."""
    seal = certificate(tmp_path_factory.mktemp("seal")) if request.param == "https" else None
    with ExitStack() as opened:
        site = opened.enter_context(served(open_site(sample_site, library), seal))
        yield opened.enter_context(served(lambda _address: partner(lambda: site), seal))


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate that only a test trusts, and its key."""
    seal, key = str(folder / "seal.pem"), str(folder / "key.pem")
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*made, "-out", seal, "-keyout", key], check=True, capture_output=True)
    return seal, key


@pytest.mark.parametrize("sandbox", [SANDBOX, "allow-scripts", ""])
def test_one_searches_in_a_frame(calm: Engine, framed: str, quote: str, sandbox: str) -> None:
    """With an opaque origin and with its own; it is styled, and as high as what it shows."""
    calm.open(framing(framed, "/embed?max=3", quote, bac=sandbox))
    with calm.inside(0):
        calm.until("document.readyState === 'complete'")
        assert calm.run("return origin === 'null'") == bool(sandbox)
        calm.click("input[type=search]")
        calm.press(*"habitants")
        # A key that sends is not always acknowledged (`framing.send`), and a driver waits for it.
        calm.run("document.querySelector('form button').click()")
        calm.until("document.querySelectorAll('li').length === 3")
    for place in (0, 1):
        with calm.inside(place):
            calm.until("document.readyState === 'complete'")
            calm.until("getComputedStyle(document.querySelector('.unseen')).width === '1px'")
            height = calm.run(f"return {TRUE_HEIGHT}")
        calm.until(f"{FRAME_HEIGHT} === arguments[1]", place, height)

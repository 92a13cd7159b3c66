"""Pictures of the main views of the sample site: `make screenshots` writes docs/images/."""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from corpus.adding.addition import addition_of
from corpus.settings import ProposalSettings
from corpus.site import DERIVED, SAMPLE_SITE, read_site
from indexer.build import build
from search.live_index import open_library
from tests.browser.conftest import CHROMIUMS, OPTIONS
from tests.browser.page_kinds import addresses_of
from tests.browser.server import served
from tests.browser.test_bench import TEXT
from web.app import create_app
from web.basket import Basket
from web.bench.app import create_bench
from web.bench.guard import Keys
from web.bench.publishing import Publisher
from web.proposing import receive_proposals

IMAGES = Path(__file__).parents[2] / "docs" / "images"
COLOURS = 128  # a page has few: the palette makes a picture four times lighter, unseen
PUBLIC = "http://citations.example"  # shown in the pictures; the browser finds our server behind it
WIDE, LOW, NARROW = (1280, 860), (1280, 560), (320, 720)


@dataclass(frozen=True)
class View:
    """A picture to take; `kind` is one of tests/browser/page_kinds.py."""

    name: str
    kind: str
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"
    opens: str = ""  # what is clicked first


VIEWS = (
    View("accueil", "home"),
    View("accueil-sombre", "home", scheme="dark"),
    View("recherche", "themed"),
    View("recherche-mobile", "results", NARROW),
    View("facettes-mobile", "results", NARROW, opens=".facets > details > summary"),
    View("citation", "verbatim"),
    View("citation-mobile-sombre", "verbatim", NARROW, "dark"),
    View("webinaire", "webinar"),
    View("intervenant", "speaker"),
    View("theme-sombre", "theme", scheme="dark"),
    View("panorama", "panorama"),
    View("panier", "basket"),
    View("integrer", "embedding"),
)

BENCH = (
    View("etabli", "bench"),
    View("etabli-relire", "review", opens=".doubts li:last-child .to-place"),
    View("etabli-relire-mobile-sombre", "review", NARROW, "dark"),
    View("etabli-ajouter", "adding", LOW),
    View("etabli-reglages", "settings", LOW),
    View("etabli-themes", "lists", LOW),
    View("etabli-publier", "published", LOW),
)


def light(picture: bytes) -> bytes:
    """The same picture with few colours, packed as tightly as PNG allows."""
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    few.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def photograph(browser: Browser, address: str, view: View) -> bytes:
    """Open a view as a visitor would, and take what fits in the window."""
    width, height = view.size
    with browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=view.scheme,
        reduced_motion="reduce",
        locale="fr-FR",
    ) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        if view.opens:
            page.locator(view.opens).first.evaluate(
                "(it) => { it.click(); scrollTo(0, it.offsetTop - 16); }"
            )
            page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
        return page.screenshot(animations="disabled")


@contextmanager
def sample_site() -> Iterator[str]:
    """The sample site, built in a folder of its own and served; its address."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(SAMPLE_SITE, copy, ignore=shutil.ignore_patterns(DERIVED))
        site = read_site(copy)
        build(site)
        library = open_library(site)

        def app(_address: str) -> Flask:
            table = ProposalSettings(ouvertes=True)
            made = create_app(library, replace(site.settings, adresse=PUBLIC, propositions=table))
            receive_proposals(made, copy)
            return made

        with served(app) as address:
            yield address


def more_addresses(browser: Browser, address: str) -> dict[str, str]:
    """Those of the kinds of pages, and two more: answers by theme, and a basket of three quotes."""
    addresses = addresses_of(address, browser)
    with browser.new_context() as context:
        answer = context.request.get(f"{address}/api/v1/search?q=habitants&type=verbatim&limit=3")
        basket = Basket(tuple(hit["id"] for hit in answer.json()["hits"]))
    return addresses | {
        "themed": "/recherche?q=voiture&tri=themes",
        "basket": f"/panier?panier={basket}",
    }


@contextmanager
def bench() -> Iterator[tuple[dict[str, str], Publisher]]:
    """The bench over the sample site, with one page just added: its views, and who publishes."""
    keys, made = list[Keys](), list[Flask]()
    with tempfile.TemporaryDirectory() as place:
        site, page = Path(place) / "site", Path(place) / "page.txt"
        shutil.copytree(SAMPLE_SITE, site, ignore=shutil.ignore_patterns(DERIVED))
        page.write_text(TEXT, "utf-8")
        addition = addition_of(site, page)
        addition.write()

        def app(address: str) -> Flask:
            keys.append(Keys.of_port(int(address.rpartition(":")[2])))
            made.append(create_bench(site, keys[0], f"{PUBLIC}/"))
            return made[0]

        with served(app) as address:
            base = f"{address}/{keys[0].token}/"
            name = addition.path.stem
            views = {
                "bench": base,
                "review": f"{base}webinaire/{name}/",
                "adding": f"{base}ajouter",
                "settings": f"{base}reglages/",
                "lists": f"{base}listes/themes",
                "published": f"{base}publier/",
            }
            yield views, made[0].extensions["publisher"]


def take(browser: Browser, address: str, view: View, folder: Path) -> None:
    """Write a picture, and say what it weighs."""
    picture = light(photograph(browser, address, view))
    (folder / f"{view.name}.png").write_bytes(picture)
    print(f"{view.name}.png : {len(picture) / 1000:.0f} ko")


def main(folder: Path = IMAGES) -> None:
    """Take every picture, and say what it weighs."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None:
        sys.exit(
            "Aucun Chromium : installez le paquet « chromium » (voir tests/browser/install.sh)."
        )
    with sample_site() as address, sync_playwright() as playwright:
        found = f"--host-resolver-rules=MAP {urlsplit(PUBLIC).netloc} {urlsplit(address).netloc}"
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*OPTIONS, "--hide-scrollbars", found]
        )
        addresses = more_addresses(browser, address)
        for view in VIEWS:
            take(browser, PUBLIC + addresses[view.kind], view, folder)
        with bench() as (places, publisher):
            for view in BENCH:
                if view.kind == "published":
                    publisher.start()
                    publisher.wait()
                take(browser, places[view.kind], view, folder)
        browser.close()


if __name__ == "__main__":
    main()

"""How long a search takes, in process, with its facets, highlights and suggestions.

Prints p50, p95 and worst over the sample site, and over 3,000 quotes mixed from its sentences.
"""

import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.records import KeyIdea, Verbatim, Webinar
from corpus.site import SAMPLE_SITE, Site, read_site
from indexer.build import build
from search.live_index import Shelf, open_library
from search.query import Order, SearchQuery

QUERIES = [
    "financement de l’ingénierie",
    "coopération",
    "tierslieux",
    "covoiturage vélo",
    '"petite faim"',
    "TZCLD",
    "économie sociale et solidaire",
    "intervenant:Fontanel budget",
    "theme:mobilite voiture",
    "habitants -réunion",
    "le la les des",
    "cantine légumes agriculteurs repas école",
    "élu·e·s",
    "ballayeuse",
    "comment financer l’animation d’un projet avec les habitants et les associations du bourg",
    "",
]
ORDERS: list[Order] = ["themes", "pertinence", "date"]
ROUNDS = 20


def main() -> None:
    """Build both corpora in folders of their own and ask them everything."""
    site = read_site(SAMPLE_SITE)
    for webinars in (site.webinars, mixed(site, 3_000)):
        with tempfile.TemporaryDirectory() as folder:
            copy = replace(site, folder=Path(folder), webinars=webinars, golden=())
            began = time.perf_counter()
            summary = build(copy)
            seconds = time.perf_counter() - began
            print(f"\n{summary.verbatims} verbatims, {summary.ideas} idées : {seconds:.1f} s")
            _print_times(open_library(copy))
    print("\nspaCy chargé pour chercher :", "non" if _searches_without_spacy() else "oui")


def mixed(site: Site, count: int) -> tuple[Webinar, ...]:
    """About `count` quotes, each one to four sentences drawn from those of the site."""
    draw = random.Random(3)
    said = [v.text for webinar in site.webinars for v in webinar.verbatims]
    sentences = [s for text in said for s in re.split(r"(?<=[.!?…])\s+", text) if len(s) > 15]
    webinars: list[Webinar] = []
    while sum(len(webinar.verbatims) for webinar in webinars) < count:
        model = site.webinars[len(webinars) % len(site.webinars)]
        webinars.append(_mixed_webinar(model, f"w{len(webinars)}", sentences, draw))
    return tuple(webinars)


def _mixed_webinar(model: Webinar, name: str, sentences: list[str], draw: random.Random) -> Webinar:
    ideas: dict[KeyIdea | None, KeyIdea | None] = {None: None}
    ideas |= {i: replace(i, id=f"{name}-i{i.number}", webinar=name) for i in model.key_ideas}

    def mixed_quote(place: int, said: Verbatim) -> Verbatim:
        text = " ".join(draw.sample(sentences, draw.randint(1, 4)))
        return replace(said, id=f"{name}-v{place}", text=text, key_idea=ideas[said.key_idea])

    verbatims = tuple(mixed_quote(place, said) for place, said in enumerate(model.verbatims))
    key_ideas = tuple(idea for idea in ideas.values() if idea)
    return replace(model, id=name, key_ideas=key_ideas, verbatims=verbatims)


def _print_times(library: Shelf) -> None:
    print(f"{'':<24}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}")
    for order in ORDERS:
        _print_row(f"recherche par {order}", partial(_search, library, order))
    _print_row("suggestions", partial(_suggest, library))


def _search(library: Shelf, order: Order, text: str) -> None:
    with library.reading() as reading:
        reading.search(SearchQuery(text, order=order))


def _suggest(library: Shelf, text: str) -> None:
    with library.reading() as reading:
        reading.suggest(text[:6], 5)


def _print_row(name: str, ask: Callable[[str], None]) -> None:
    times = []
    for text in QUERIES * ROUNDS:
        began = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    print(f"{name:<24}{statistics.median(times):>8.2f}{p95:>8.2f}{times[-1]:>8.2f}")


def _searches_without_spacy() -> bool:
    code = "import sys, web.cli.main; sys.exit('spacy' in sys.modules or 'sklearn' in sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


if __name__ == "__main__":
    main()

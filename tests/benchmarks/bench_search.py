"""How long a search takes, in process, with its facets and highlights: p50, p95 and worst."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from corpus.site import SAMPLE_SITE, read_site
from indexer.build import build
from search.answer import Order
from search.query import SearchQuery
from search.shelf import Shelf, open_library

QUERIES = [
    "financement de l’ingénierie",
    "coopération",
    "tierslieux",
    "covoiturage vélo",
    '"temps long"',
    "TZCLD",
    "économie sociale et solidaire",
    "intervenant:Fontanel budget",
    "theme:mobilite voiture",
    "habitants -réunion",
    "le la les des",
    "cantine légumes agriculteurs repas école",
    "élu·e·s",
    "",
]
ORDERS: list[Order] = ["themes", "pertinence", "date"]
ROUNDS = 20


def main() -> None:
    """Build the sample site in a folder of its own and ask it everything."""
    site = read_site(SAMPLE_SITE)
    with tempfile.TemporaryDirectory() as folder:
        copy = type(site)(
            Path(folder), site.settings, site.themes, site.vocabulary, (), site.webinars
        )
        summary = build(copy)
        print(f"{summary.verbatims} verbatims, {summary.ideas} idées clés")
        library = open_library(copy)
        print(f"{'ordre':<12}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}")
        for order in ORDERS:
            times = sorted(_times(library, order))
            p95 = times[int(len(times) * 0.95)]
            print(f"{order:<12}{statistics.median(times):>8.2f}{p95:>8.2f}{times[-1]:>8.2f}")
    print("spaCy chargé pour chercher :", "non" if _searches_without_spacy() else "oui")


def _times(library: Shelf, order: Order) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        for text in QUERIES:
            began = time.perf_counter()
            with library.reading() as reading:
                reading.search(SearchQuery(text, order=order))
            times.append((time.perf_counter() - began) * 1000)
    return times


def _searches_without_spacy() -> bool:
    import subprocess

    code = "import sys, web.cli; sys.exit('spacy' in sys.modules or 'sklearn' in sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


if __name__ == "__main__":
    main()

"""What an export without a server weighs, and how often it answers as the server does.

Over the sample site, and over 3,000 quotes mixed from its sentences: the gzipped bytes of a first
answer (script, index, dictionary and texts that it asks for), and for how many queries the ten
first hits are those of the server, in the same order.
"""

import gzip
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from corpus.site import SAMPLE_SITE, Site, read_site
from indexer.build import build
from search.answer import Answer
from search.live_index import IndexReading, open_library
from search.query import Order, SearchQuery
from tests.benchmarks.bench_search import QUERIES, mixed
from tests.browser.conftest import CHROMIUMS, OPTIONS
from tests.browser.static_host import asked, hosted
from tests.search.french_queries import FRENCH_QUERIES
from web.static_export import export_static

SHOWN = 10
FIRST_ANSWERS = 50
ORDERS: tuple[Order, ...] = ("pertinence", "themes", "date")


def main() -> None:
    """Export both corpora in folders of their own and ask them everything."""
    site = read_site(SAMPLE_SITE)
    executable = next(filter(None, map(shutil.which, CHROMIUMS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        for webinars in (site.webinars, mixed(site, 3_000)):
            with tempfile.TemporaryDirectory() as folder:
                copy = replace(site, folder=Path(folder), webinars=webinars, golden=())
                _measure(copy, golden_queries(site), browser)


def golden_queries(site: Site) -> list[str]:
    """The golden queries of the site, those of the French tests, those of the other benchmarks."""
    golden = [asked.text for asked in site.golden]
    return list(dict.fromkeys([*golden, *(q.text for q in FRENCH_QUERIES), *filter(None, QUERIES)]))


def _measure(site: Site, queries: Sequence[str], browser: Browser) -> None:
    summary = build(site)
    print(f"\n{summary.verbatims} verbatims, {summary.ideas} idées")
    out = site.folder / "out"
    with open_library(site).reading() as reading:
        export_static(reading.static_index(), site.settings, out)
        _print_sizes(out)
        with hosted(out) as address:
            page = browser.new_page()
            page.goto(f"{address}/LISEZMOI.txt")
            _print_agreement(reading, page, address, queries)
            _print_first_answers(browser, address, out, queries[:: len(queries) // FIRST_ANSWERS])


def _print_sizes(out: Path) -> None:
    for name in ("donnees/moteur.js", "donnees/index.json"):
        print(f"{name:<24}{_gz(out / name) / 1000:>8.1f} ko gz")
    for name in ("mots", "textes"):
        sizes = [_gz(path) for path in (out / "donnees").glob(f"*/{name}/*.json")]
        row = f"{sum(sizes) / 1000:>8.1f} ko gz en {len(sizes)} fichiers"
        print(f"donnees/*/{name:<14}{row}, le plus lourd {max(sizes) / 1000:.1f} ko")


def _gz(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def _print_agreement(
    reading: IndexReading, page: Page, address: str, queries: Sequence[str]
) -> None:
    for order in ORDERS:
        same_order, same_set, same_total, marked, differing = 0, 0, 0, 0, []
        for text in queries:
            ours = reading.search(SearchQuery(text, order=order, size=SHOWN))
            theirs = asked(page, address, text, limit=SHOWN, tri=order)
            here, there = _ids(ours), [hit["id"] for hit in theirs["hits"]]
            same_order += here == there
            same_set += set(here) == set(there)
            same_total += ours.total == theirs["total"]
            marked += here == there and _marks(ours) == [h["highlights"] for h in theirs["hits"]]
            if here != there:
                differing.append(text + (" (réparée)" if ours.repaired else ""))
        count = len(queries)
        print(
            f"{order:<12}{count} requêtes : même ordre {same_order / count:.1%}, mêmes dix "
            f"{same_set / count:.1%}, même total {same_total / count:.1%}, mêmes passages "
            f"{marked / max(1, same_order):.1%} de celles-là"
        )
        print("  autres :", " | ".join(differing) or "aucune")


def _ids(answer: Answer) -> list[str]:
    return [hit.document.id for hit in answer.hits]


def _marks(answer: Answer) -> list[list[list[int]]]:
    return [[[span.start, span.end] for span in hit.highlights] for hit in answer.hits]


def _print_first_answers(browser: Browser, address: str, out: Path, queries: Sequence[str]) -> None:
    weights, times = [], []
    for text in queries[:FIRST_ANSWERS]:
        answer, read = _first_answer(browser, address, text)
        weights.append(sum(_gz(out / name) for name in read) / 1000)
        times.append(answer["took_ms"])
    print(
        f"première réponse de {len(weights)} requêtes : médiane {statistics.median(weights):.1f} "
        f"ko gz, pire {max(weights):.1f} ; {statistics.median(times):.0f} ms, pire {max(times):.0f}"
    )


def _first_answer(browser: Browser, address: str, text: str) -> tuple[dict[str, Any], set[str]]:
    """An answer with nothing in the browser's memory, and the files that it took."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/LISEZMOI.txt")
    read: set[str] = set()
    page.on("request", lambda request: read.add(request.url.removeprefix(f"{address}/")))
    answer = asked(page, address, text, limit=SHOWN)
    context.close()
    return answer, {name for name in read if name.startswith("donnees/")}


if __name__ == "__main__":
    main()

"""How long it takes to take quotes out: pictures, exports, feed, sitemap, through the application.

Over the sample site, and over 3,000 quotes mixed from its sentences.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient

from corpus.site import SAMPLE_SITE, read_site
from indexer.build import build
from search.live_index import open_library
from tests.benchmarks.bench_search import mixed
from web.app import create_app

ADDRESSES = [
    "/export.csv",
    "/export.json",
    "/export.csv?q=habitants",
    "/flux.atom",
    "/sitemap.xml",
]
PICTURES = [".png", ".png?format=carre", ".svg"]
ROUNDS = 5
QUOTES = 40


def main() -> None:
    """Build both corpora in folders of their own and ask for everything."""
    site = read_site(SAMPLE_SITE)
    for webinars in (site.webinars, mixed(site, 3_000)):
        with tempfile.TemporaryDirectory() as folder:
            copy = replace(site, folder=Path(folder), webinars=webinars, golden=())
            summary = build(copy)
            client = create_app(open_library(copy), copy.settings).test_client()
            print(f"\n{summary.verbatims} verbatims, {summary.ideas} idées")
            print(f"{'adresse':<28}{'p50 ms':>9}{'pire ms':>9}{'ko':>8}")
            for address in ADDRESSES:
                _print(address, list(_asked(client, [address] * ROUNDS)))
            said = [v.id for webinar in webinars for v in webinar.verbatims][:QUOTES]
            for ending in PICTURES:
                _print(ending, list(_asked(client, [f"/verbatim/{n}{ending}" for n in said])))


def _asked(client: FlaskClient, addresses: list[str]) -> Iterator[tuple[float, int]]:
    """How long each answer took, in milliseconds, and its weight; the first one warms up."""
    client.get(addresses[0])
    for address in addresses:
        began = time.perf_counter()
        weight = len(client.get(address).data)
        yield (time.perf_counter() - began) * 1000, weight


def _print(name: str, answers: list[tuple[float, int]]) -> None:
    times = [taken for taken, _ in answers]
    weight = max(weight for _, weight in answers) / 1000
    print(f"{name:<28}{statistics.median(times):>9.1f}{max(times):>9.1f}{weight:>8.0f}")


if __name__ == "__main__":
    main()

"""Precise words over invented quotes: precision and recall of what is found, by kind of query.

`--aside` asks the queries that served no tuning; `--faults` prints what each query misses and
what it should not have found.
"""

import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from indexer.build import build
from search.live_index import IndexReading, open_library
from search.query import SearchQuery
from tests.search.precise_words import KEPT_ASIDE, PRECISE_QUERIES, PRECISE_WEBINAR, PreciseQuery
from tests.small_site import SMALL_SITE

Figures = tuple[float, float]  # precision, recall


def main() -> None:
    """Print precision and recall by kind, and over all."""
    queries = KEPT_ASIDE if "--aside" in sys.argv else PRECISE_QUERIES
    figures: dict[str, list[Figures]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        site = replace(SMALL_SITE, folder=Path(name), webinars=(PRECISE_WEBINAR,))
        build(site)
        with open_library(site).reading() as reading:
            for query in queries:
                figures[query.kind].append(_figures(query, reading))
    everything = [measured for each in figures.values() for measured in each]
    for kind, measured in [*sorted(figures.items()), ("toutes", everything)]:
        precision, recall = map(fmean, zip(*measured, strict=True))
        print(f"{kind:<10}{len(measured):>4} requêtes   {precision:.2f} / {recall:.2f}")


def _figures(query: PreciseQuery, reading: IndexReading) -> Figures:
    hits = reading.search(SearchQuery(query.text, order="pertinence", size=300)).hits
    found = {hit.document.id for hit in hits}
    if "--faults" in sys.argv and found != query.finds:
        lacking, noise = sorted(query.finds - found), sorted(found - query.finds)
        print(f"{query.text} : manque {lacking}, en trop {noise}")
    right = len(found & query.finds)
    return right / len(found) if found else 0.0, right / len(query.finds)


if __name__ == "__main__":
    main()

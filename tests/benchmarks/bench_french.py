"""French queries over the sample site, by kind: how many find all that they should, and only so.

A query counts when all it must find is among the first ten, nothing that it must not find is
among the hits, and (for `same_as`) the hits are exactly those of the other spelling.
"""

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from corpus.site import DERIVED, SAMPLE_SITE, read_site
from indexer.build import build
from search.live_index import IndexReading, open_library
from search.query import SearchQuery
from tests.search.french_queries import FRENCH_QUERIES, FrenchQuery


def main() -> None:
    """Print the share of queries that succeed, by kind and over all."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "site"
        shutil.copytree(SAMPLE_SITE, folder, ignore=shutil.ignore_patterns(DERIVED))
        site = read_site(folder)
        build(site)
        with open_library(site).reading() as reading:
            for query in FRENCH_QUERIES:
                outcomes[query.kind].append(_succeeds(query, reading))
    for kind, results in sorted(outcomes.items()):
        print(f"{kind:<14}{len(results):>4} requêtes   {sum(results) / len(results):.2f}")
    everything = [result for results in outcomes.values() for result in results]
    print(f"{'toutes':<14}{len(everything):>4} requêtes   {sum(everything) / len(everything):.3f}")


def _succeeds(query: FrenchQuery, reading: IndexReading) -> bool:
    found = _ids(query.text, reading)
    if query.nothing:
        return not found
    if query.same_as:
        return bool(found) and set(found) == set(_ids(query.same_as, reading))
    return set(query.finds) <= set(found[:10]) and not set(query.misses) & set(found)


def _ids(text: str, reading: IndexReading) -> list[str]:
    query = SearchQuery(text, order="pertinence", size=300)
    return [hit.document.id for hit in reading.search(query).hits]


if __name__ == "__main__":
    main()

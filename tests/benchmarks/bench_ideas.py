"""Retrieval where quotes stand under key ideas: words, questions, topics, and what nobody spoke of.

Queries and judgements are those of `tests/benchmarks/ideas`. Pages, and quotes in each, are
shuffled and the index built anew five times: quotes of one score keep the order of the write-ups,
which must not count. Tune on « réglage » alone; « garde » says what the tuning is worth.
"""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from corpus.records import Verbatim, Webinar
from corpus.site import Site
from indexer.build import build
from search.answer import Hit
from search.evaluation import DEPTH, Judgements, Run, ndcg, recall
from search.live_index import IndexReading, open_library
from search.query import SearchQuery
from tests.benchmarks.bench_retrieval import mean_of
from tests.benchmarks.judged_ideas import (
    KINDS,
    PARTS,
    JudgedQuery,
    collection_of,
    judged_queries,
    sites,
)

SEEDS = range(5)
ALL = 10_000  # more than there are hits
WAYS = {
    "mots et idées": SearchQuery(order="pertinence", size=ALL, meaning=False),
    "par le sens aussi": SearchQuery(order="pertinence", size=ALL),
    "ordre d’ordinaire": SearchQuery(size=ALL),
    "tri=sens": SearchQuery(order="sens", size=ALL),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The quotes that each query finds, best first, and the queries that find nothing at all."""

    run: Run
    nothing: frozenset[str]


def main() -> None:
    """Print a table for each part."""
    queries, samples = judged_queries(), sites()
    webinars = [webinar for site in samples for webinar in site.webinars]
    with tempfile.TemporaryDirectory() as folder:
        site = replace(samples[0], folder=Path(folder), golden=())
        found = [_found(_shuffled(site, webinars, seed), queries) for seed in SEEDS]
    said = sum(len(webinar.verbatims) for webinar in webinars)
    print(f"{said} verbatims, {len(queries)} requêtes, {len(SEEDS)} ordres")
    for part in PARTS:
        asked = [query for query in queries if query.part == part]
        for way in WAYS:
            print(f"\n{way}")
            _print_part(part, asked, [one[way] for one in found])


def _shuffled(site: Site, webinars: Sequence[Webinar], seed: int) -> Site:
    """Its pages in another order, and the quotes of each key idea too."""
    draw = random.Random(seed)
    pages = [replace(page, verbatims=_shuffled_quotes(page, draw)) for page in webinars]
    return replace(site, webinars=tuple(draw.sample(pages, len(pages))))


def _shuffled_quotes(page: Webinar, draw: random.Random) -> tuple[Verbatim, ...]:
    groups = [page.verbatims_of(idea) for idea in (None, *page.key_ideas)]
    return tuple(said for group in groups for said in draw.sample(group, len(group)))


def _found(site: Site, queries: Sequence[JudgedQuery]) -> dict[str, Found]:
    build(site)
    with open_library(site).reading() as reading:
        return {way: _found_by(reading, queries, query) for way, query in WAYS.items()}


def _found_by(reading: IndexReading, queries: Sequence[JudgedQuery], way: SearchQuery) -> Found:
    answers = {query.id: reading.search(replace(way, text=query.text)) for query in queries}
    run = {
        name: [hit.document.id for hit in (*answer.hits, *answer.near) if _is_said(hit)]
        for name, answer in answers.items()
    }
    return Found(run, frozenset(name for name, answer in answers.items() if not answer.total))


def _is_said(hit: Hit) -> bool:
    return hit.document.kind == "verbatim"


def precision(ranked: Sequence[str], judged: Judgements) -> float:
    """The share of what is found that is relevant."""
    return fmean(judged.get(name, 0) > 0 for name in ranked) if ranked else 0.0


def _print_part(part: str, queries: list[JudgedQuery], found: Sequence[Found]) -> None:
    titles = ("requêtes", "nDCG@10", "d’un ordre à l’autre", f"rappel@{DEPTH}", "précision")
    print(f"{part:<10}" + "".join(f"{title:>{len(title) + 3}}" for title in titles))
    for kind in KINDS:
        asked = [query for query in queries if query.kind == kind]
        if kind == "rien":
            share = fmean(query.id in one.nothing for query in asked for one in found)
            print(f"{kind:<10}{len(asked):>11}   sans réponse : {share:.3f}")
            continue
        judged = collection_of(asked)
        gains = [mean_of(ndcg, judged, one.run) for one in found]
        spread = f"{min(gains):.3f} à {max(gains):.3f}"
        rest = [fmean(mean_of(m, judged, one.run) for one in found) for m in (recall, precision)]
        print(
            f"{kind:<10}{len(asked):>11}{fmean(gains):>10.3f}{spread:>23}"
            f"{rest[0]:>13.3f}{rest[1]:>12.3f}"
        )


if __name__ == "__main__":
    main()

"""How alike the answers of both engines are, and what those of OpenSearch cost.

    python tests/benchmarks/bench_opensearch.py [QUOTES [SHARDS]]
    python tests/benchmarks/bench_opensearch.py FOLDER… (nDCG@10 of judged collections, dev split)

The French questions, then words of the vocabulary, alone or in pairs, in the three orders and with
filters, over QUOTES quotes mixed from the sentences of the sample site (3,000). It starts three
nodes, unless `VERBATHEQUE_OPENSEARCH` names some.
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from corpus.settings import EngineSettings
from corpus.site import SAMPLE_SITE, Site, read_site
from indexer import fields
from indexer.build import build
from indexer.cluster.client import Cluster
from indexer.cluster.layout import PLACES, texts_index
from indexer.generations import index_store
from indexer.mapped import load_columns
from search.answer import Answer
from search.evaluation import ndcg, read_collection, run_of
from search.live_index import Shelf, open_library
from search.query import Filters, Order, QueryRefused, SearchQuery
from tests.benchmarks.bench_search import mixed
from tests.opensearch.nodes import started
from tests.search.french_queries import FRENCH_QUERIES

COUNTED = ("total", "total_all", "total_unfiltered", "facets")
ORDERS: list[Order] = ["themes", "pertinence", "date"]
VOCABULARY = 200  # questions made of words of the corpus


@contextmanager
def nodes() -> Iterator[tuple[str, ...]]:
    """Where nodes answer."""
    asked = os.environ.get("VERBATHEQUE_OPENSEARCH", "")
    if asked.startswith("http"):
        yield tuple(asked.split(","))
        return
    with started(tier=4) as cluster:
        yield cluster.addresses


def retrieval(folders: list[Path]) -> None:
    """Print the nDCG@10 of both engines."""
    with nodes() as addresses:
        for folder in folders:
            collection = read_collection(folder, "dev")
            name = f"banc-{folder.name}-{os.getpid()}"
            for engine in (None, EngineSettings("opensearch", addresses, name, 3, 1)):
                run = run_of(collection, engine)
                gains = [ndcg(found, collection.judgements[query]) for query, found in run.items()]
                kind = engine.type if engine else "interne"
                print(f"{folder.name} {kind:<12}{statistics.mean(gains):.4f}", flush=True)


def main(quotes: int, shards: int = 3) -> None:
    """Build both, ask both, print what differs."""
    site = read_site(SAMPLE_SITE)
    webinars = mixed(site, quotes) if quotes else site.webinars
    with tempfile.TemporaryDirectory() as folder, nodes() as addresses:
        here = replace(site, folder=Path(folder), webinars=webinars, golden=())
        engine = EngineSettings("opensearch", addresses, f"banc-{os.getpid()}", shards, 1)
        there = replace(here, settings=replace(site.settings, moteur=engine))
        for one in (here, there):
            began = time.process_time()
            build(one, encoding=lambda: None)
            name = "opensearch" if one is there else "interne"
            print(f"build {name:<12}{time.process_time() - began:8.1f} s of processor", flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"memory of both builds at most {peak} MB")
        cluster, index = Cluster(engine), texts_index(engine.prefixe, 1)
        compare(here, open_library(here), open_library(there), partial(plain, cluster, index))
        print(f"disk    {disk(cluster, index) / 1000:.2f} kB a document")


def questions(site: Site) -> Iterator[SearchQuery]:
    """The French ones, then words of the vocabulary."""
    yield from (SearchQuery(query.text) for query in FRENCH_QUERIES)
    draw = random.Random(17)
    choices = load_columns(index_store(site).current().folder / fields.CHOICES_FILE)
    words = [word for word in choices["mots labels"] if len(word) > 3]
    themes = [theme.id for theme in site.themes]
    for place in range(VOCABULARY):
        filters = Filters(themes=(draw.choice(themes),)) if place % 4 == 0 else Filters()
        text = " ".join(draw.sample(words, draw.choice([1, 2, 3])))
        yield SearchQuery(text, order=ORDERS[place % 3], filters=filters, every_word=place % 7 == 0)


def asked(library: Shelf, query: SearchQuery) -> tuple[Answer | None, float]:
    """The answer, and the milliseconds that it took."""
    began = time.perf_counter()
    try:
        with library.reading() as reading:
            return reading.search(query), (time.perf_counter() - began) * 1000
    except QueryRefused:
        return None, 0.0


def plain(cluster: Cluster, index: str, text: str) -> float:
    """The milliseconds of a plain search of the same cluster, with one facet."""
    body = {
        "query": {"match": {PLACES[fields.LEMMA]: text.lower()}},
        "aggs": {"people": {"terms": {"field": fields.SPEAKER_ID}}},
    }
    began = time.perf_counter()
    cluster.search(index, body)
    return (time.perf_counter() - began) * 1000


def disk(cluster: Cluster, index: str) -> float:
    """The bytes that a document takes."""
    store = cluster.request("GET", f"/{index}/_stats/store")["_all"]["primaries"]["store"]
    return float(store["size_in_bytes"]) / cluster.count(index)


def compare(site: Site, here: Shelf, there: Shelf, plain: Callable[[str], float]) -> None:
    """Print how alike the answers are, and their times beside those of plain searches."""
    overlaps, firsts, same, count = [], [], Counter[str](), 0
    times, plains = list[float](), list[float]()
    for query in questions(site):
        (mine, _), (other, took) = asked(here, query), asked(there, query)
        if mine is None or other is None:
            assert mine is other
            continue
        count += 1
        times.append(took)
        plains.append(plain(query.text))
        same.update(name for name in COUNTED if getattr(mine, name) == getattr(other, name))
        tops = [[hit.document.id for hit in answer.hits[:10]] for answer in (mine, other)]
        if tops[0]:
            overlaps.append(len(set(tops[0]) & set(tops[1])) / len(set(tops[0])))
            firsts.append(tops[0][0] == tops[1][:1][0])
    print(f"{count} questions, {len(overlaps)} with hits")
    print(
        f"top-10 overlap {statistics.mean(overlaps):.4f}, same first {statistics.mean(firsts):.4f}"
    )
    print("identical:", {name: f"{same[name]}/{count}" for name in COUNTED})
    for name, some in (("search", times), ("plain", plains)):
        print(f"{name:<7} p50 {statistics.median(some):6.0f} ms, p95 {_p95(some):6.0f} ms")


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdecimal():
        retrieval([Path(name) for name in sys.argv[1:]])
    else:
        main(*map(int, sys.argv[1:] or ["3000"]))

"""What meaning adds: quotes after the hits, the mixed order, themes, and what each costs.

Retrieval on the judged collections of ../shared/eval (or the BEIR folders given), themes on those
beside them. Documents are shuffled, since some collections come in the order of their popularity.
Without the extra `sens` there is nothing to measure.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, quantiles

from indexer.build import build
from indexer.encoder import Encoder, Encoding, installed_encoder
from search.answer import Document
from search.evaluation import (
    Collection,
    Run,
    evaluated,
    ndcg,
    read_collection,
    read_themes,
    recall,
    site_of,
)
from search.live_index import IndexReading, open_library
from search.query import MAX_CHARACTERS, Order, SearchQuery
from tests.benchmarks.bench_retrieval import mean_of

SHARED = Path(__file__).parents[3] / "shared" / "eval"
SEED = 1
DEPTH = 100


def main() -> None:
    """Print what is measured."""
    encoder = installed_encoder()
    if encoder is None:
        print("L’extra « sens » n’est pas installé.")
        return
    folders = [Path(name) for name in sys.argv[1:]] or sorted(SHARED.glob("retrieval/*/"))
    print(f"{'':<26}nDCG@10  rappel@100")
    for folder in folders:
        _print_runs(folder.name, _shuffled(read_collection(folder, "dev")))
    for folder in sorted(SHARED.glob("themes/*/")):
        measures, _ = evaluated(folder, "dev")
        print(f"thèmes {folder.name:<12} premier {measures['top1']:.3f}  mrr {measures['mrr']:.3f}")
        _print_related(folder)
    _print_costs(encoder, [*read_collection(folders[0], "dev").queries.values()])


def _shuffled(collection: Collection) -> Collection:
    names = sorted(collection.documents)
    random.Random(SEED).shuffle(names)
    return replace(collection, documents={name: collection.documents[name] for name in names})


def _print_runs(title: str, collection: Collection) -> None:
    names = list(collection.documents)
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(Path(folder), list(collection.documents.values()), ())
        build(site)
        with open_library(site).reading() as reading:
            for way in ("mots", "mots, puis sens", "tri=sens"):
                run = {
                    query: _found(reading, text, way, names)
                    for query, text in collection.queries.items()
                }
                _print_run(f"{title}, {way}", collection, run)


def _print_run(title: str, collection: Collection, run: Run) -> None:
    gains, found = mean_of(ndcg, collection, run), mean_of(recall, collection, run)
    print(f"{title:<26}{gains:>7.3f}{found:>12.3f}")


def _found(reading: IndexReading, text: str, way: str, names: Sequence[str]) -> list[str]:
    order: Order = "sens" if way == "tri=sens" else "pertinence"
    query = SearchQuery(text[:MAX_CHARACTERS], order=order, size=DEPTH, meaning=way != "mots")
    answer = reading.search(query)
    hits = [hit.document.webinar.id for hit in (*answer.hits, *answer.near)]
    return [names[int(name.removeprefix("d"))] for name in dict.fromkeys(hits)]


def _print_related(folder: Path) -> None:
    """How many quotes are told to go with another, and the share of them of the same theme."""
    documents, themes = read_themes(folder)
    encodings: dict[str, Encoding] = {"mots": lambda: None, "mots et sens": installed_encoder}
    with tempfile.TemporaryDirectory() as name:
        site = site_of(Path(name), documents, themes)
        build(site)
        for way, encoding in encodings.items():
            with open_library(site, encoding).reading() as reading:
                found = [pair for one in reading.everything() for pair in _related(reading, one)]
            same = fmean(
                len({documents[int(name.removeprefix("d"))]["theme"] for name in pair}) == 1
                for pair in found
            )
            print(f"proches {folder.name:<11} par {way:<13}{len(found):>6}{same:>7.3f}")


def _related(reading: IndexReading, one: Document) -> Iterator[tuple[str, str]]:
    for other in reading.related(one.id):
        if other.webinar.id != one.webinar.id:
            yield one.webinar.id, other.webinar.id


def _print_costs(encoder: Encoder, texts: Sequence[str]) -> None:
    encoder.get_ready()
    spent = []
    for text in texts:
        began = time.thread_time()
        encoder.encode(text)
        spent.append((time.thread_time() - began) * 1000)
    marks = quantiles(spent, n=20)
    print(f"une question encodée : {fmean(spent):.1f} ms, {marks[-1]:.1f} ms au pire sur vingt")


if __name__ == "__main__":
    main()

"""How good the real index and the real search are, on judged collections.

Retrieval: a BEIR folder (Thakur et al., 2021), each document a verbatim, its title the key idea.
Themes: texts to be put under the right theme, seed terms and no labelled example.
"""

import csv
import json
import math
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.lists import Theme
from corpus.problems import CorpusError
from corpus.records import KeyIdea, Verbatim, Webinar
from corpus.settings import EngineSettings
from corpus.site import Site
from indexer.build import build
from search.live_index import IndexReading, open_library
from search.query import MAX_CHARACTERS, SearchQuery

Judgements = Mapping[str, int]  # document to grade; 0 and below: not relevant


def ndcg(ranked: Sequence[str], judged: Judgements, depth: int = 10) -> float:
    """Discounted cumulative gain over the best possible one (Järvelin and Kekäläinen, 2002)."""
    ideal = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    best = _gain(ideal)
    return _gain([max(judged.get(d, 0), 0) for d in ranked[:depth]]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def reciprocal_rank(ranked: Sequence[str], judged: Judgements, depth: int = 10) -> float:
    """1 over the place of the first relevant document; 0 when there is none."""
    places = (n for n, d in enumerate(ranked[:depth], 1) if judged.get(d, 0) > 0)
    return 1 / next(places, math.inf)


def recall(ranked: Sequence[str], judged: Judgements, depth: int = 100) -> float:
    """The share of the relevant documents that are found."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


DEPTH = 100


@dataclass(frozen=True, slots=True)
class Collection:
    """Judged queries over texts; `run` names go by the ids of the collection."""

    documents: dict[str, dict[str, str]]
    queries: dict[str, str]
    judgements: dict[str, Judgements]


Run = dict[str, list[str]]  # query to its documents, best first


def evaluated(folder: Path, split: str) -> tuple[dict[str, float], Run]:
    """Measure a folder of either kind; raise `CorpusError` when it is neither."""
    if (folder / "themes.json").is_file():
        return _themes_measures(folder), {}
    if not (folder / "corpus.jsonl").is_file():
        raise CorpusError(
            f"« {folder} » ne contient ni corpus.jsonl (recherche) ni themes.json (thèmes)."
        )
    collection = read_collection(folder, split)
    run, times = _timed_run(collection)
    return _retrieval_measures(collection, run, times), run


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def read_collection(folder: Path, split: str) -> Collection:
    """Read a BEIR folder: the queries that a split judges, over all its documents."""
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        raise CorpusError(f"« {path} » n’existe pas : choisissez un autre --split.")
    judgements: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            judgements[row["query-id"]][row["corpus-id"]] = int(row["score"])
    queries = {line["_id"]: line["text"] for line in _lines(folder / "queries.jsonl")}
    return Collection(
        {line["_id"]: line for line in _lines(folder / "corpus.jsonl")},
        {query: queries[query] for query in judgements if query in queries},
        dict(judgements),
    )


def site_of(folder: Path, documents: list[dict[str, str]], themes: tuple[Theme, ...]) -> Site:
    """Each text as a verbatim of its own webinar, under its title as key idea."""
    return Site(
        folder,
        themes=themes,
        webinars=tuple(_webinar(f"d{place}", line) for place, line in enumerate(documents)),
    )


def _webinar(name: str, line: dict[str, str]) -> Webinar:
    title = _one_line(line.get("title", ""))
    idea = KeyIdea(f"{name}-idee", 1, title, name) if title else None
    text = _one_line(line["text"])
    said = (Verbatim(name, text, None, idea),) if text else ()
    return Webinar(name, title or name, key_ideas=(idea,) if idea else (), verbatims=said)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def run_of(collection: Collection, engine: EngineSettings | None = None) -> Run:
    """The documents that each query finds, best first, through the real index and search."""
    return _timed_run(collection, engine)[0]


def _timed_run(
    collection: Collection, engine: EngineSettings | None = None
) -> tuple[Run, list[float]]:
    names = list(collection.documents)
    run: Run = {}
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(Path(folder), list(collection.documents.values()), ())
        if engine:
            site = replace(site, settings=replace(site.settings, moteur=engine))
        build(site)
        with open_library(site).reading() as reading:
            for query, text in collection.queries.items():
                began = time.perf_counter()
                found = _found(reading, text)
                times.append((time.perf_counter() - began) * 1000)
                run[query] = [names[int(name.removeprefix("d"))] for name in found]
    return run, times


def _found(reading: IndexReading, text: str) -> list[str]:
    """The texts of the best hits, each once, whether it is its title or its words that matched."""
    query = SearchQuery(text[:MAX_CHARACTERS], order="pertinence", size=DEPTH)
    hits = reading.search(query).hits
    return list(dict.fromkeys(hit.document.webinar.id for hit in hits))


def _retrieval_measures(collection: Collection, run: Run, times: list[float]) -> dict[str, float]:
    judged = [(run[query], collection.judgements[query]) for query in run]
    return {
        "ndcg@10": _mean([ndcg(*pair) for pair in judged]),
        "mrr@10": _mean([reciprocal_rank(*pair) for pair in judged]),
        "recall@100": _mean([recall(*pair) for pair in judged]),
        "queries": len(judged),
        "p50_ms": round(statistics.median(times), 2) if times else 0.0,
        "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 2) if times else 0.0,
    }


def _mean(values: list[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0


def read_themes(folder: Path) -> tuple[list[dict[str, str]], tuple[Theme, ...]]:
    """Texts with the label of their theme, and the themes."""
    listed = json.loads((folder / "themes.json").read_text("utf-8"))
    themes = (
        Theme(f"t{place}", theme["label"], seeds=tuple(theme["terms"]))
        for place, theme in enumerate(listed)
    )
    return list(_lines(folder / "docs.jsonl")), tuple(themes)


def _themes_measures(folder: Path) -> dict[str, float]:
    documents, themes = read_themes(folder)
    with tempfile.TemporaryDirectory() as name:
        site = site_of(Path(name), documents, themes)
        build(site)
        with open_library(site).reading() as reading:
            places = [_place(reading, f"d{n}", line["theme"]) for n, line in enumerate(documents)]
    return {
        "top1": _mean([float(place == 1) for place in places]),
        "mrr": _mean([1 / place for place in places]),
        "docs": len(places),
    }


def _place(reading: IndexReading, name: str, label: str) -> int:
    """Where the right theme stands among all, the first being 1."""
    labels = [theme.label for theme in reading.affinities(name)]
    return labels.index(label) + 1

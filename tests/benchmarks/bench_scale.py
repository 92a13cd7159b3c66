"""What many texts cost: build, opening, memory, searches, beside engines ready to use.

`python -m tests.benchmarks.bench_scale 10000 100000 [--folder DIR]` builds sites of that many texts
from the sentences of ../shared/eval/retrieval (kept in DIR, and only opened the next time), and
asks everything of all engines in one run. Milliseconds are those of the processor, so that other
work on the machine counts less. SQLite is always there; Whoosh too; tantivy and bm25s when
installed (`pip install -r tests/benchmarks/requirements-scale.txt`).
"""

import argparse
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from corpus.site import Site
from indexer.build import build
from indexer.generations import NoGeneration, index_store
from indexer.lexicon import load_dictionary
from indexer.tokens import tokens
from search.answering import Found
from search.live_index import open_library
from search.open_generation import DocumentReader
from search.query import SearchQuery, question_from
from tests.benchmarks.scale_site import SHARED, scale_site, sentences_of, tagged_by_sentence

QUERIES, ROUNDS, SHOWN = 60, 3, 20
Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Text:
    """What a peer is given of a text: its words, and the themes that ours found in it."""

    words: list[str]
    themes: tuple[str, ...]


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    sentences = sentences_of(sorted(path.parent for path in SHARED.glob("*/corpus.jsonl")))
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = (chosen.folder or Path(name)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            _measure(scale_site(folder, size, sentences))


def _measure(site: Site) -> None:
    _build_if_needed(site)
    load_dictionary()
    before, began, cpu = _private(), time.perf_counter(), time.process_time()
    library = open_library(site)
    with library.reading() as reading:
        texts = reading.health().records
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"\n{texts} textes\nouverture       {wall:8.2f} s, {cpu:.2f} s de processeur")
    print(f"mémoire privée  {_private() - before:8.0f} Mo")
    with library.reading() as reading:
        given = [
            Text([t.form for t in tokens(d.text)], tuple(t.slug for t in d.themes))
            for d in reading.everything()
        ]

        def whole(query: str) -> None:
            reading.search(SearchQuery(query, size=SHOWN))

        def counted(query: str) -> None:
            with library.reading() as one:
                found = Found(question_from(query), SearchQuery(size=SHOWN), reader_of(one))
                found.texts.page(), found.texts.tallies()

        def suggested(query: str) -> None:
            reading.suggest(query[:6], 5)

        queries = list(_queries(given))
        _print_row("réponse entière", whole, queries)
        _print_row("mots et comptes", counted, queries)
        _print_row("suggestions", suggested, queries)
    for name, peer in (("SQLite FTS5", fts5), ("tantivy", tantivy_peer), ("bm25s", bm25s_peer)):
        if ask := peer(given):
            _print_row(name, ask, queries)


def reader_of(reading: object) -> DocumentReader:
    """The reader behind a reading, to ask for less than an answer."""
    reader: DocumentReader = getattr(reading, "_reader")  # noqa: B009
    return reader


def _build_if_needed(site: Site) -> None:
    try:
        index_store(site).current()
    except NoGeneration:
        began = time.perf_counter()
        build(site, tagging=tagged_by_sentence)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"\nconstruction {time.perf_counter() - began:.1f} s", end=", ")
        print(f"au plus {peak:.0f} Mo, et {other:.0f} dans un autre processus")


def _private() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def _queries(given: Sequence[Text]) -> Iterator[str]:
    """Words that were said, one to six, none of them too short to mean anything."""
    draw = random.Random(16)
    for place in range(QUERIES):
        words = (draw.choice(draw.choice(given).words or ["travail"]) for _ in range(99))
        yield " ".join([w for w in words if re.fullmatch(r"\w{4,}", w)][: 1 + place % 6])


def _print_row(name: str, ask: Ask, queries: Sequence[str]) -> None:
    times = []
    for place in range(ROUNDS + 1):
        for query in queries:
            began = time.thread_time()
            ask(query)
            if place:  # the first round warms up
                times.append((time.thread_time() - began) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    print(f"{name:<16}{statistics.median(times):8.2f} / {p95:.2f} ms (p50 / p95)")


def fts5(given: Sequence[Text]) -> Ask:
    """Any of the words, by BM25, and how many of all that it finds are about each theme."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE said USING fts5(text, tokenize='unicode61')")
    base.execute("CREATE TABLE about (number INTEGER, theme TEXT)")
    base.execute("CREATE INDEX of_text ON about (number, theme)")
    rows = ((n, " ".join(text.words)) for n, text in enumerate(given))
    base.executemany("INSERT INTO said (rowid, text) VALUES (?, ?)", rows)
    about = ((n, theme) for n, text in enumerate(given) for theme in text.themes)
    base.executemany("INSERT INTO about VALUES (?, ?)", about)
    best = f"SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT {SHOWN}"
    counts = (
        "SELECT theme, count(*) FROM said JOIN about ON said.rowid = about.number "
        "WHERE said MATCH ? GROUP BY theme"
    )

    def ask(query: str) -> None:
        any_word = " OR ".join(f'"{word}"' for word in query.split())
        base.execute(best, (any_word,)).fetchall(), base.execute(counts, (any_word,)).fetchall()

    return ask


def tantivy_peer(given: Sequence[Text]) -> Ask | None:
    """The same with tantivy, when it is installed; themes are counted by its aggregations."""
    try:
        tantivy = import_module("tantivy")
    except ImportError:
        return None
    made = tantivy.SchemaBuilder().add_text_field("text")
    made = made.add_text_field("theme", tokenizer_name="raw", fast=True).build()
    index = tantivy.Index(made)
    writer = index.writer()
    for text in given:
        writer.add_document(tantivy.Document(text=" ".join(text.words), theme=list(text.themes)))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    counts = {"themes": {"terms": {"field": "theme", "size": 50}}}

    def ask(query: str) -> None:
        parsed = index.parse_query(query, ["text"])
        searcher.search(parsed, SHOWN), searcher.aggregate(parsed, counts)

    return ask


def bm25s_peer(given: Sequence[Text]) -> Ask | None:
    """The same with bm25s, when it is installed: scores of all texts, themes counted on them."""
    try:
        bm25s = import_module("bm25s")
    except ImportError:
        return None
    retriever = bm25s.BM25()
    retriever.index([text.words for text in given], show_progress=False)

    def ask(query: str) -> None:
        scores = retriever.get_scores(query.split())
        scores.argpartition(-SHOWN)[-SHOWN:]
        found = scores.nonzero()[0].tolist()
        Counter(theme for number in found for theme in given[number].themes)

    return ask


if __name__ == "__main__":
    main()

"""What many texts cost: build, opening, memory, searches, beside engines ready to use.

`python -m tests.benchmarks.bench_scale 10000 100000 [--million] [--words] [--folder DIR]` builds
sites of that many texts from the sentences of ../shared/eval/retrieval (kept in DIR, and only
opened the next time; with `--words` without their meaning, which takes most of the time), adds a
webinar, and asks everything of all engines in one run: words with the count of each theme, a
phrase, the beginning of a word; of ours, a whole answer, suggestions and a page too.
Milliseconds are those of the processor, so that other work on the machine counts less; what is
after « x » is how many times longer than ours. SQLite is always there, and Whoosh by itself, up to
20,000 texts; tantivy, bm25s and Xapian when installed
(`pip install -r tests/benchmarks/requirements-scale.txt`).
"""

import argparse
import random
import re
import resource
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

from corpus.site import Site
from indexer.build import build
from indexer.encoder import Encoding, installed_encoder
from indexer.generations import NoGeneration, index_store
from indexer.lexicon import load_dictionary
from indexer.tokens import tokens
from search.answering import Found
from search.live_index import open_library
from search.open_generation import DocumentReader
from search.query import SearchQuery, question_from
from tests.benchmarks.scale_site import (
    IDEAS,
    QUOTES,
    SHARED,
    scale_site,
    sentences_of,
    tagging_by_sentence,
)
from web.app import create_app

QUERIES, ROUNDS, SHOWN = 60, 3, 20
MOST_BY_WHOOSH = 20_000  # texts
Ask = Callable[[str], object]
Asks = dict[str, Ask]  # by what is asked: « mots », « expression », « début »


@dataclass(frozen=True, slots=True)
class Text:
    """What a peer is given of a text: its words, and the themes that ours found in it."""

    words: list[str]
    themes: tuple[str, ...]


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    sizes = [*chosen.sizes, *[1_000_000] * chosen.million]
    encoding = nothing_installed if chosen.words else installed_encoder
    sentences = sentences_of(sorted(path.parent for path in SHARED.glob("*/corpus.jsonl")))
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = (chosen.folder or Path(name)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            _build_if_needed(scale_site(folder, size, sentences), encoding)
            site = scale_site(folder, size + QUOTES + IDEAS, sentences)
            _add_webinar(site, encoding)
            _measure(site)


def _measure(site: Site) -> None:
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
            reading.suggest(query, 5)

        queries = {"mots": list(_queries(given)), "expression": list(_phrases(given))}
        queries["début"] = list(dict.fromkeys(query[:4] for query in queries["mots"]))
        base = {
            "mots": _times(counted, queries["mots"]),
            "expression": _times(lambda text: counted(f'"{text}"'), queries["expression"]),
            "début": _times(suggested, queries["début"]),
        }
        for shape, times in base.items():
            _print_row(shape, times, times)
        words = base["mots"]
        _print_row("réponse entière", _times(whole, queries["mots"]), words)
        others = [query for seed in range(4) for query in _queries(given, seed)]
        _print_row("  jamais posées", _times(whole, others, rounds=0), words)
        beginnings = _beginnings(queries["mots"])
        _print_row("premières fois", _times(suggested, beginnings, rounds=0), words)
    client = create_app(library, site.settings).test_client()
    pages = [f"/recherche?{urlencode({'q': query})}" for query in _queries(given, seed=61)]
    client.get("/recherche?q=habitants")
    _print_row("page /recherche", _times(client.get, pages, rounds=0), words)
    _measure_peers(given, queries, base)


def _measure_peers(
    given: Sequence[Text], queries: Mapping[str, Sequence[str]], base: Mapping[str, Sequence[float]]
) -> None:
    for name, peer in PEERS.items():
        began = time.process_time()
        if asks := peer(given):
            print(f"\n{name}, fait en {time.process_time() - began:.1f} s de processeur")
            for shape, ask in asks.items():
                _print_row(f"  {shape}", _times(ask, queries[shape]), base[shape])


def reader_of(reading: object) -> DocumentReader:
    """The reader behind a reading, to ask for less than an answer."""
    reader: DocumentReader = getattr(reading, "_reader")  # noqa: B009
    return reader


def nothing_installed() -> None:
    """No encoder."""


def _build_if_needed(site: Site, encoding: Encoding) -> None:
    try:
        index_store(site).current()
    except NoGeneration:
        began = time.perf_counter()
        build(site, tagging=tagging_by_sentence(), encoding=encoding)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"\nconstruction {time.perf_counter() - began:.1f} s", end=", ")
        print(f"au plus {peak:.0f} Mo, et {other:.0f} dans un autre processus")


def _add_webinar(site: Site, encoding: Encoding) -> None:
    """Build again with a webinar more than is published, and tell what the index weighs."""
    began, cpu = time.perf_counter(), time.process_time()
    build(site, tagging=tagging_by_sentence(), encoding=encoding)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    files = index_store(site).current().folder.iterdir()
    weight = sum(path.stat().st_size for path in files) / 1e6
    print(f"un webinaire de plus {wall:.1f} s, {cpu:.1f} de processeur ; {weight:.0f} Mo de disque")


def _private() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def _queries(given: Sequence[Text], seed: int = 16) -> Iterator[str]:
    """Words that were said, one to six, none of them too short to mean anything."""
    draw = random.Random(seed)
    for place in range(QUERIES):
        words = (draw.choice(draw.choice(given).words or ["travail"]) for _ in range(99))
        yield " ".join([w for w in words if re.fullmatch(r"\w{4,}", w)][: 1 + place % 6])


def _phrases(given: Sequence[Text]) -> Iterator[str]:
    """Two or three words that were said side by side."""
    draw = random.Random(17)
    for place in range(QUERIES):
        words = draw.choice(given).words
        start = draw.randrange(max(1, len(words) - 3))
        yield " ".join(words[start : start + 2 + place % 2])


def _beginnings(queries: Sequence[str]) -> list[str]:
    """Other beginnings than those that were asked for: each is asked for once."""
    return list(dict.fromkeys(query[:length] for query in queries for length in (1, 3, 5)))


def _times(ask: Ask, queries: Sequence[str], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each question, sorted; the first round warms up when there are others."""
    times = []
    for place in range(rounds + 1):
        for query in queries:
            began = time.thread_time()
            ask(query)
            if place or not rounds:
                times.append((time.thread_time() - began) * 1000)
    return sorted(times)


def _print_row(name: str, times: Sequence[float], base: Sequence[float]) -> None:
    median, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    ratios = f"x {median / base[len(base) // 2]:.1f} / {p95 / base[int(len(base) * 0.95)]:.1f}"
    print(f"{name:<16}{median:8.2f} / {p95:6.2f} ms (p50 / p95)  {ratios}")


def fts5(given: Sequence[Text]) -> Asks:
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
        base.execute(best, (query,)).fetchall(), base.execute(counts, (query,)).fetchall()

    return {
        "mots": lambda query: ask(" OR ".join(f'"{word}"' for word in query.split())),
        "expression": lambda query: ask(f'"{query}"'),
        "début": lambda query: ask(f'"{query}"*'),
    }


def tantivy_peer(given: Sequence[Text]) -> Asks | None:
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

    def ask(parsed: object) -> None:
        searcher.search(parsed, SHOWN), searcher.aggregate(parsed, counts)

    return {
        "mots": lambda query: ask(index.parse_query(query, ["text"])),
        "expression": lambda query: ask(index.parse_query(f'"{query}"', ["text"])),
        "début": lambda query: ask(tantivy.Query.regex_query(made, "text", f"{query}.*")),
    }


def bm25s_peer(given: Sequence[Text]) -> Asks | None:
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

    return {"mots": ask}


def xapian_peer(given: Sequence[Text]) -> Asks | None:
    """The same with Xapian, when Python finds it; themes are counted by a spy on values."""
    try:
        xapian = import_module("xapian")
    except ImportError:
        return None
    base = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
    for text in given:
        document = xapian.Document()
        for place, word in enumerate(text.words):
            document.add_posting(word, place)
        document.add_value(0, " ".join(text.themes))
        base.add_document(document)

    def ask(*asked: object) -> None:
        enquire, spy = xapian.Enquire(base), xapian.ValueCountMatchSpy(0)
        enquire.set_query(xapian.Query(*asked))
        enquire.add_matchspy(spy)
        enquire.get_mset(0, SHOWN, len(given)), list(spy.values())

    return {
        "mots": lambda query: ask(xapian.Query.OP_OR, query.split()),
        "expression": lambda query: ask(xapian.Query.OP_PHRASE, query.split()),
        "début": lambda query: ask(xapian.Query.OP_WILDCARD, query),
    }


def whoosh_peer(given: Sequence[Text]) -> Asks | None:
    """The same with Whoosh by itself; it is slow to build, and left out of large sizes."""
    if len(given) > MOST_BY_WHOOSH:
        return None
    fields = import_module("whoosh.fields")
    cut = import_module("whoosh.analysis").SpaceSeparatedTokenizer()
    made = fields.Schema(text=fields.TEXT(analyzer=cut), theme=fields.KEYWORD(stored=True))
    index = import_module("whoosh.filedb.filestore").RamStorage().create_index(made)
    writer = index.writer()
    for text in given:
        writer.add_document(text=" ".join(text.words), theme=" ".join(text.themes))
    writer.commit()
    searcher, asked = index.searcher(), import_module("whoosh.query")
    facet = import_module("whoosh.sorting").FieldFacet("theme", allow_overlap=True)

    def ask(query: object) -> None:
        searcher.search(query, limit=SHOWN, groupedby={"theme": facet}).groups("theme")

    return {
        "mots": lambda query: ask(asked.Or([asked.Term("text", word) for word in query.split()])),
        "expression": lambda query: ask(asked.Phrase("text", query.split())),
        "début": lambda query: ask(asked.Prefix("text", query)),
    }


PEERS: dict[str, Callable[[Sequence[Text]], Asks | None]] = {
    "SQLite FTS5": fts5,
    "tantivy": tantivy_peer,
    "bm25s": bm25s_peer,
    "Xapian": xapian_peer,
    "Whoosh": whoosh_peer,
}

if __name__ == "__main__":
    main()

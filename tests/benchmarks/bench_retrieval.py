"""Retrieval beside ready-made engines, on the same judged collections, in one run.

Prints nDCG@10 and recall@100 for each collection, nDCG@10 by length of the query, and what is
left of it when the typography of the queries changes. Collections are BEIR folders: those of
../shared/eval/retrieval, or the folders given on the command line.
"""

import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from whoosh import fields as whoosh_fields
from whoosh import index, query, scoring
from whoosh.analysis import LanguageAnalyzer, SpaceSeparatedTokenizer, StandardAnalyzer

from corpus.typography import fold
from indexer.french import load_french
from indexer.tokens import tokens
from search.evaluation import Collection, Run, ndcg, read_collection, recall, run_of

SHARED = Path(__file__).parents[3] / "shared" / "eval" / "retrieval"
DEPTH = 100
Engine = Callable[[Collection], Run]
LENGTHS = {"1-2 mots": (1, 2), "3-4 mots": (3, 4), "5 et plus": (5, 99)}
TYPOGRAPHY: dict[str, Callable[[str], str]] = {
    "telles quelles": str,
    "sans accents": fold,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "en capitales": str.upper,
    "apostrophes courbes": lambda text: text.replace("'", "’"),
}


def whoosh_peer(analyser: Callable[[str], list[str]]) -> Engine:
    """Whoosh with BM25F as it comes, any word enough, over the terms that an analyser gives."""

    def answer(collection: Collection) -> Run:
        schema = whoosh_fields.Schema(
            id=whoosh_fields.STORED, text=whoosh_fields.TEXT(analyzer=SpaceSeparatedTokenizer())
        )
        with tempfile.TemporaryDirectory() as folder:
            built = index.create_in(folder, schema)
            writer = built.writer()
            for name, line in collection.documents.items():
                terms = " ".join(analyser(f"{line.get('title', '')} {line['text']}"))
                writer.add_document(id=name, text=terms)
            writer.commit()
            with built.searcher(weighting=scoring.BM25F()) as searcher:
                return {
                    name: [
                        hit["id"]
                        for hit in searcher.search(
                            query.Or([query.Term("text", term) for term in set(analyser(text))]),
                            limit=DEPTH,
                            optimize=False,
                        )
                    ]
                    for name, text in collection.queries.items()
                }

    return answer


def fts5_peer(collection: Collection) -> Run:
    """SQLite FTS5 with its own tokenizer and bm25(), any word enough."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text)")
    rows = [(n, f"{d.get('title', '')} {d['text']}") for n, d in collection.documents.items()]
    database.executemany("INSERT INTO texts VALUES (?, ?)", rows)
    run: Run = {}
    for name, text in collection.queries.items():
        words = re.findall(r"\w+", text) or ["x"]
        asked = " OR ".join(f'"{word}"' for word in words)
        found = database.execute(
            "SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?", (asked, DEPTH)
        )
        run[name] = [row[0] for row in found]
    return run


def standard(text: str) -> list[str]:
    return [token.text for token in STANDARD(text)]


def whoosh_french(text: str) -> list[str]:
    return [token.text for token in FRENCH(text)]


def spacy_lemmas(text: str) -> list[str]:
    (words,) = load_french()([text])
    return [w.lemma.replace(" ", "_") for w in words if w.pos not in {"PUNCT", "SPACE"}]


STANDARD, FRENCH = StandardAnalyzer(), LanguageAnalyzer("fr")
ENGINES: dict[str, Engine] = {
    "SQLite FTS5": fts5_peer,
    "Whoosh standard": whoosh_peer(standard),
    "Whoosh français": whoosh_peer(whoosh_french),
    "lemmes spaCy tels quels": whoosh_peer(spacy_lemmas),
    "Verbathèque": run_of,
}


def main() -> None:
    """Print the three tables."""
    folders = [Path(name) for name in sys.argv[1:]] or sorted(SHARED.glob("*/corpus.jsonl"))
    folders = [path.parent if path.is_file() else path for path in folders]
    if not folders:
        print("Aucune collection jugée : donnez des dossiers BEIR.")
        return
    collections = {folder.name: read_collection(folder, "dev") for folder in folders}
    runs = {
        (engine, name): answer(collection)
        for engine, answer in ENGINES.items()
        for name, collection in collections.items()
    }
    _print_quality(collections, runs)
    _print_lengths(collections, runs)
    _print_typography(collections)


def _print_quality(collections: dict[str, Collection], runs: dict[tuple[str, str], Run]) -> None:
    print(
        f"{'nDCG@10 / rappel@100':<26}"
        + "".join(f"{name:>16}" for name in [*collections, "moyenne"])
    )
    for engine in ENGINES:
        cells = [
            (mean_of(ndcg, c, runs[engine, name]), mean_of(recall, c, runs[engine, name]))
            for name, c in collections.items()
        ]
        cells.append((fmean(n for n, _ in cells), fmean(r for _, r in cells)))
        print(f"{engine:<26}" + "".join(f"{f'{n:.3f} / {r:.3f}':>16}" for n, r in cells))


def _print_lengths(collections: dict[str, Collection], runs: dict[tuple[str, str], Run]) -> None:
    for name, collection in collections.items():
        print(f"\n{f'nDCG@10, {name}':<26}" + "".join(f"{label:>16}" for label in LENGTHS))
        for engine in ENGINES:
            cells = [
                mean_of(ndcg, _of_length(collection, *span), runs[engine, name])
                for span in LENGTHS.values()
            ]
            print(f"{engine:<26}" + "".join(f"{cell:>16.3f}" for cell in cells))


def _of_length(collection: Collection, low: int, high: int) -> Collection:
    kept = {
        name: text
        for name, text in collection.queries.items()
        if low <= len(list(tokens(text))) <= high
    }
    return Collection(collection.documents, kept, collection.judgements)


def _print_typography(collections: dict[str, Collection]) -> None:
    print(f"\n{'nDCG@10 moyen, requêtes':<26}" + "".join(f"{name:>20}" for name in TYPOGRAPHY))
    for engine in ("Whoosh français", "Verbathèque"):
        means = []
        for change in TYPOGRAPHY.values():
            changed = [
                Collection(c.documents, {n: change(t) for n, t in c.queries.items()}, c.judgements)
                for c in collections.values()
            ]
            means.append(fmean(mean_of(ndcg, c, ENGINES[engine](c)) for c in changed))
        print(f"{engine:<26}" + "".join(f"{mean:>20.3f}" for mean in means))


def mean_of(measure: Callable[..., float], collection: Collection, run: Run) -> float:
    """What a run is worth, over the queries of a collection."""
    values = [measure(run[name], collection.judgements[name]) for name in collection.queries]
    return fmean(values) if values else 0.0


if __name__ == "__main__":
    main()

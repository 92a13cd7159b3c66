"""What the French model said of each text, kept from build to build in one file."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.french import Tagged, Tagger


@contextmanager
def open_cache(path: Path, version: str) -> Iterator["AnalysisCache"]:
    """Open the cache; `version` names all that could change an analysis. Damaged: made anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connection(path)
    except sqlite3.DatabaseError:
        path.unlink()
        connection = _connection(path)
    with closing(connection):
        yield AnalysisCache(connection, version)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS analysis (key TEXT PRIMARY KEY, words TEXT)")
    return connection


class AnalysisCache:
    """Analyses by the hash of the text."""

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self._connection = connection
        self._version = version

    def tagged(
        self,
        texts: Sequence[str],
        load: Callable[[], Tagger],
        progress: Callable[[int, int], None],
    ) -> list[list[Tagged]]:
        """The analysis of each text. `load` is called only when one of them is new."""
        known = {text: words for text in texts if (words := self._known(text)) is not None}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            for done, (text, words) in enumerate(zip(fresh, load()(fresh), strict=True), 1):
                known[text] = words
                self._store(text, words)
                progress(done, len(fresh))
            self._connection.commit()
        return [known[text] for text in texts]

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._version}\x1f{text}".encode()).hexdigest()

    def _known(self, text: str) -> list[Tagged] | None:
        row = self._connection.execute(
            "SELECT words FROM analysis WHERE key = ?", (self._key(text),)
        ).fetchone()
        return [Tagged(*word) for word in json.loads(row[0])] if row else None

    def _store(self, text: str, words: list[Tagged]) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO analysis VALUES (?, ?)",
            (self._key(text), json.dumps(words, ensure_ascii=False)),
        )

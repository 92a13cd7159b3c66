"""What the French model said of each text, kept from build to build in one file.

Only an accelerator: damaged, it is set aside and made anew; unwritable, it is done without.
"""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from indexer.french import Tagged

_log = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS analysis (key TEXT PRIMARY KEY, words TEXT, seal TEXT)"

Analysed = dict[str, list[Tagged]]
Tagging = Callable[[Sequence[str]], AbstractContextManager[Iterator[list[Tagged]]]]
Progress = Callable[[int, int], None]


class AnalysisCache:
    """Analyses by the hash of the text; `version` names all that could change one."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version

    @contextmanager
    def analyses(
        self, texts: Sequence[str], tagging: Tagging
    ) -> Iterator[Callable[[Progress], list[list[Tagged]]]]:
        """Have the new texts tagged; what the block is given waits for the analysis of each."""
        known = self._known(texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        with tagging(fresh) as answers:

            def finished(progress: Progress) -> list[list[Tagged]]:
                for done, (text, words) in enumerate(zip(fresh, answers, strict=True), 1):
                    known[text] = words
                    progress(done, len(fresh))
                self._keep(fresh, known)
                return [known[text] for text in texts]

            yield finished

    def _known(self, texts: Iterable[str]) -> Analysed:
        """What is kept and sound of these texts."""
        keys = {self._key(text): text for text in texts}
        try:
            with _opened(self._path) as connection:
                rows = connection.execute("SELECT key, words, seal FROM analysis").fetchall()
        except sqlite3.DatabaseError:
            self._set_aside()
            return {}
        sound = (
            (keys[key], words) for key, words, seal in rows if key in keys and _seal(words) == seal
        )
        return {text: [Tagged(*word) for word in json.loads(words)] for text, words in sound}

    def _keep(self, fresh: Iterable[str], known: Analysed) -> None:
        """Store the new analyses and drop those of texts that the site no longer says."""
        rows = [(self._key(text), json.dumps(known[text], ensure_ascii=False)) for text in fresh]
        try:
            with _opened(self._path) as connection, connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO analysis VALUES (?, ?, ?)",
                    [(key, words, _seal(words)) for key, words in rows],
                )
                used = {(self._key(text),) for text in known}
                stored = set(connection.execute("SELECT key FROM analysis"))
                connection.executemany("DELETE FROM analysis WHERE key = ?", stored - used)
        except sqlite3.DatabaseError as error:
            _log.warning("the analyses were not kept for the next build: %s", error)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._version}\x1f{text}".encode()).hexdigest()

    def _set_aside(self) -> None:
        """Keep one damaged file for whoever wants to know why."""
        try:
            self._path.replace(self._path.with_suffix(".damaged"))
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError as error:
            _log.warning("the damaged analyses stay: %s", error)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(_TABLE)
        yield connection


def _seal(words: object) -> str:
    """The file itself does not see a changed letter: each row is sealed."""
    return hashlib.blake2b(str(words).encode("utf-8", "replace"), digest_size=8).hexdigest()

"""What was read of write-ups, kept beside the index: a file that is the same is not read again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path

from corpus.problems import Problem, problem_from
from corpus.records import Webinar
from corpus.writeups.rows import row_of, webinar_of

FILE = "writeups.sqlite3"
_TABLE = "CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, seal TEXT, told TEXT)"

Told = tuple[Webinar, list[Problem]]


class KnownWriteups:
    """What was told by each file of a folder, as long as its bytes and our code are the same.

    Whatever is wrong with the file that keeps it, write-ups are read as if nothing was known.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._met = connection, set[str]()

    def told(self, name: str, content: bytes) -> Told | None:
        """What a file told that has this name and these bytes; None when it is another."""
        row = None
        with suppress(sqlite3.Error):
            asked = "SELECT seal, told FROM known WHERE name = ?"
            row = self._connection.execute(asked, (name,)).fetchone()
        if not row or row[0] != seal_of(content, row[1]):
            return None
        self._met.add(name)
        webinar, problems = json.loads(row[1])
        return webinar_of(webinar), [*map(problem_from, problems)]

    def learn(self, name: str, content: bytes, webinar: Webinar, problems: list[Problem]) -> None:
        """Keep what a file tells."""
        self._met.add(name)
        told = json.dumps([row_of(webinar), [*map(asdict, problems)]], ensure_ascii=False)
        with suppress(sqlite3.Error):
            row = name, seal_of(content, told), told
            self._connection.execute("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", row)

    def forget_others(self) -> None:
        """Keep nothing of files that were not met."""
        with suppress(sqlite3.Error):
            names = {name for (name,) in self._connection.execute("SELECT name FROM known")}
            gone = [(name,) for name in names - self._met]
            self._connection.executemany("DELETE FROM known WHERE name = ?", gone)


@contextmanager
def known_writeups(derived: Path) -> Iterator[KnownWriteups]:
    """What is known of the write-ups of a site, from the folder of what is made of them."""
    where = derived / FILE if derived.is_dir() else ":memory:"
    with closing(_opened(where)) as connection:
        known = KnownWriteups(connection)
        yield known
        known.forget_others()
        with suppress(sqlite3.Error):
            connection.commit()


def _opened(where: Path | str) -> sqlite3.Connection:
    try:
        return _prepared(sqlite3.connect(where, timeout=0))
    except sqlite3.OperationalError:  # locked, or where nothing can be written
        return _prepared(sqlite3.connect(":memory:"))
    except sqlite3.DatabaseError:  # damaged: write-ups say all that it said
        Path(where).unlink()
        return _opened(where)


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA secure_delete = ON")  # what somebody withdrew is not left there
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def seal_of(content: bytes, told: object) -> str:
    """Tells that these bytes told this, to this code: no letter of a verbatim changes on a disk."""
    return sha256(_code() + content + str(told).encode("utf-8", "replace")).hexdigest()


@cache
def _code() -> bytes:
    """What reads write-ups: a new version reads them all again."""
    here = Path(__file__).parent
    files = [*sorted(here.glob("*.py")), here.parent / "records.py", here.parent / "typography.py"]
    return b"".join(sha256(path.read_bytes()).digest() for path in files)

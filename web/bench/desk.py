"""What the pages of the bench share: the site, the write-ups that are open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from flask import current_app

from corpus.bench.workbook import Workbook


@dataclass
class Desk:
    """One site and one editor, with as many tabs as they like."""

    folder: Path
    _lock: RLock = field(default_factory=RLock)
    _books: dict[str, Workbook] = field(default_factory=dict)

    @contextmanager
    def book(self, name: str) -> Iterator[Workbook]:
        """A write-up and its steps, for one tab at a time; raise `CorpusError` without one."""
        with self._lock:
            if name not in self._books:
                self._books[name] = Workbook.opened(self.folder, name)
            book = self._books[name]
            book.look()
            yield book

    def close(self) -> None:
        """Open every write-up anew: what was kept of them may have gone."""
        with self._lock:
            self._books.clear()


def current_desk() -> Desk:
    """The desk of the application at hand."""
    desk: Desk = current_app.extensions["desk"]
    return desk

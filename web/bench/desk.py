"""What the pages of the bench share: the site, the write-ups that are open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from threading import RLock
from typing import Any

from flask import current_app

from corpus.bench.workbook import Workbook
from corpus.files import replace_file
from corpus.problems import CorpusError
from web.bench.given import Given

_LISTS = {"ideas", "verbatims", "removed"}


@dataclass
class Desk:
    """One site and one editor, with as many tabs as they like."""

    folder: Path
    given: Given | None = None  # a page about which something is asked
    _lock: RLock = field(default_factory=RLock)
    _books: dict[str, Workbook] = field(default_factory=dict)
    _views: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    @contextmanager
    def book(self, name: str) -> Iterator[Workbook]:
        """A write-up and its steps, for one tab at a time; raise `CorpusError` without one."""
        with self._lock:
            if name not in self._books:
                self._books[name] = Workbook.opened(self.folder, name)
            book = self._books[name]
            book.look()
            yield book

    def view(self, name: str, stamp: str, now: dict[str, Any]) -> dict[str, Any]:
        """What a tab does not show yet; `stamp` names what it was told last."""
        known, before = self._views.get(name, ("", {}))
        self._views[name] = fresh, _ = token_urlsafe(9), now
        return {"stamp": fresh} | (changed_since(before, now) if stamp and stamp == known else now)

    def close(self) -> None:
        """Open every write-up anew: what was kept of them may have gone."""
        with self._lock:
            self._books.clear()
            self._views.clear()


def changed_since(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """What differs between two views of a write-up; in a list, an id stands for what stays."""
    told = {key: value for key, value in now.items() if before.get(key) != value}
    for name in _LISTS & told.keys():
        known = {part["id"]: part for part in before[name]}
        told[name] = [p["id"] if known.get(p["id"]) == p else p for p in now[name]]
    return told


def current_desk() -> Desk:
    """The desk of the application at hand."""
    desk: Desk = current_app.extensions["desk"]
    return desk


def rewrite(name: str, change: Callable[[str], str]) -> None:
    """Change a file of the site that an editor keeps: its settings, a list."""
    path = current_desk().folder / name
    try:
        text = path.read_text("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise CorpusError(f"«\u00a0{name}\u00a0» n’est pas en UTF-8.") from error
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    replace_file(path, change(text).encode("utf-8"), mode)

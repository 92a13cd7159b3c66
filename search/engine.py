"""The only module that asks Whoosh: what matches, with what score, and what was stored.

An `Engine` may be shared; what `asking` gives belongs to one thread at a time (a searcher used
by two threads gives wrong answers).
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
from whoosh import index, query, scoring
from whoosh.searching import Searcher

from indexer import fields
from indexer.fields import StoredRecord
from search.terms import Adjacent, Look

Scores = npt.NDArray[np.float64]  # one score a document; 0: no match

# Robertson and Zaragoza, 2009; B measured on short French texts.
_WEIGHTING = scoring.BM25F(B=0.9, K1=1.2)
_SLOP = 1


class Engine:
    """One generation of the index, opened."""

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder), readonly=True)
        self._idle: list[Searcher] = []

    @contextmanager
    def asking(self) -> Iterator["Asking"]:
        """Take a searcher for the length of a block; it serves again afterwards."""
        try:
            searcher = self._idle.pop()
        except IndexError:
            searcher = self._index.searcher(weighting=_WEIGHTING)
        try:
            yield Asking(searcher)
        finally:
            self._idle.append(searcher)

    def close(self) -> None:
        """Free the files; call when nobody asks any more."""
        for searcher in self._idle:
            searcher.close()
        self._index.close()


class Asking:
    """Questions to one searcher. Documents are numbered from 0, in the order of the write-ups."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.size = int(searcher.doc_count_all())

    def scores(self, looks: Iterable[Look]) -> Scores:
        """Sum, for each document, what each look is worth in it (BM25F, field by field)."""
        total = np.zeros(self.size)
        for look in looks:
            matcher = _query(look).matcher(self._searcher, self._searcher.context())
            while matcher.is_active():
                total[matcher.id()] += matcher.score()
                matcher.next()
        return total

    def where(self, field: str, value: str) -> list[int]:
        """The documents whose `field` is exactly `value`."""
        matcher = query.Term(field, value).matcher(self._searcher)
        return list(matcher.all_ids())

    def record(self, number: int) -> StoredRecord:
        """What was stored of a document."""
        stored = self._searcher.stored_fields(number)[fields.RECORD]
        return cast(StoredRecord, json.loads(stored))


def _query(look: Look) -> query.Query:
    if isinstance(look, Adjacent):
        return query.Phrase(look.field, list(look.texts), slop=_SLOP, boost=look.boost)
    return query.Term(look.field, look.text, boost=look.boost)

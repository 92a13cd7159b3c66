"""The only module that asks Whoosh: phrases, lookups and what was stored; words score on arrays.

The idf is that of Lucene's classic similarity, log(N / (n + 1)) + 1, flatter than Robertson's:
it ranks short French texts better (measured on the development collections).

An `Engine` may be shared; what `asking` gives belongs to one thread at a time (a searcher used
by two threads gives wrong answers).
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
from whoosh import index, query
from whoosh.searching import Searcher

from indexer import fields
from indexer.fields import StoredRecord
from indexer.postings import FieldPostings, Postings
from search.capacity import Deadline
from search.columns import Floats, Mask
from search.looks import Adjacent, Look, Term

K1 = 1.2
B = 0.9  # short texts: their length says much

Impacts = tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]  # documents, and their scores

_NOWHERE: Impacts = (np.zeros(0, dtype=np.int32), np.zeros(0))


def documents_saying(
    postings: FieldPostings, term: str
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """The documents that say a term, each once, and how often; none when nobody does."""
    row = postings.terms.get(term)
    here = slice(0, 0) if row is None else slice(postings.starts[row], postings.starts[row + 1])
    return postings.documents[here], postings.counts[here]


def impacts(postings: FieldPostings, term: str) -> Impacts:
    """The documents that say a term, each once, with what it is worth there."""
    documents, said = documents_saying(postings, term)
    if not len(documents):
        return _NOWHERE
    counts = said.astype(np.float64)
    size = len(postings.lengths)
    mean = float(postings.lengths.sum()) / size
    norms = K1 * (1 - B + B * postings.lengths[documents] / mean)
    idf = math.log(size / (len(documents) + 1)) + 1
    return documents, idf * counts * (K1 + 1) / (counts + norms)


_SLOP = 1


class Engine:
    """One generation of the index, opened, with the copy of its postings."""

    def __init__(self, folder: Path, postings: Postings) -> None:
        self._index = index.open_dir(str(folder), readonly=True)
        self._postings = postings
        self._idle: list[Searcher] = []

    @contextmanager
    def asking(self) -> Iterator["Asking"]:
        """Take a searcher for the length of a block; it serves again afterwards."""
        try:
            searcher = self._idle.pop()
        except IndexError:
            searcher = self._index.searcher()
        try:
            yield Asking(searcher, self._postings)
        finally:
            self._idle.append(searcher)

    def close(self) -> None:
        """Free the files; call when nobody asks any more."""
        for searcher in self._idle:
            searcher.close()
        self._index.close()


class Asking:
    """Questions to one searcher. Documents are numbered from 0, in the order of the write-ups.

    What a search finds at a term is kept: its ranking, its explanation and the shorter questions
    that are counted in its place look there again.
    """

    def __init__(self, searcher: Searcher, postings: Postings) -> None:
        self._searcher = searcher
        self._postings = postings
        self.size = int(searcher.doc_count_all())
        self.deadline = Deadline()
        self._looked: dict[tuple[str, str | tuple[str, ...]], Impacts] = {}

    def scores(self, looks: Iterable[Look]) -> Floats:
        """Sum, for each document, what each look is worth in it, field by field."""
        total = np.zeros(self.size)
        for look in looks:
            self.deadline.check()
            documents, worth = self._impacts(look)
            total[documents] += look.boost * worth
        return total

    def worth(self, looks: Iterable[Look], number: int) -> float:
        """The same sum for one document."""
        total = 0.0
        for look in looks:
            documents, worth = self._impacts(look)
            place = int(np.searchsorted(documents, number))
            if place < len(documents) and documents[place] == number:
                total += look.boost * float(worth[place])
        return total

    def holding(self, looks: Iterable[Look]) -> Mask:
        """The documents in which one of the looks finds something."""
        held = np.zeros(self.size, dtype=np.bool_)
        for look in looks:
            self.deadline.check()
            held[self._impacts(look)[0]] = True
        return held

    def _impacts(self, look: Look) -> Impacts:
        key = look.field, look.texts if isinstance(look, Adjacent) else look.text
        if key not in self._looked:
            self._looked[key] = self._looked_up(look)
        return self._looked[key]

    def _looked_up(self, look: Look) -> Impacts:
        postings = self._postings[look.field]
        if not isinstance(look, Adjacent):
            return impacts(postings, look.text)
        together = self._together(look)
        if not len(together):
            return _NOWHERE
        worth = np.zeros(self.size)
        for text in look.texts:
            documents, scores = self._impacts(Term(look.field, text))
            worth[documents] += scores
        return together, worth[together]

    def _together(self, look: Adjacent) -> npt.NDArray[np.int32]:
        """The documents in which the terms follow one another.

        Whoosh is slow on a word that is repeated, and is only asked where it may find something.
        """
        if not self._says_all(look).any():
            return np.zeros(0, dtype=np.int32)
        phrase = query.Phrase(look.field, list(look.texts), slop=_SLOP)
        return np.fromiter(phrase.docs(self._searcher), dtype=np.int32)

    def _says_all(self, look: Adjacent) -> Mask:
        """Which documents say each term as often as it stands in a phrase."""
        postings = self._postings[look.field]
        held = np.ones(self.size, dtype=np.bool_)
        for text, times in Counter(look.texts).items():
            documents, counts = documents_saying(postings, text)
            said = np.zeros(self.size, dtype=np.bool_)
            said[documents[counts >= times]] = True
            held &= said
        return held

    def where(self, field: str, value: str) -> list[int]:
        """The documents whose `field` is exactly `value`."""
        return list(query.Term(field, value).docs(self._searcher))

    def record(self, number: int) -> StoredRecord:
        """What was stored of a document."""
        stored = self._searcher.stored_fields(number)[fields.RECORD]
        return cast(StoredRecord, json.loads(stored))

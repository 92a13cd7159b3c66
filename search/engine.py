"""The only module that asks Whoosh: phrases, lookups and what was stored; words score on arrays.

An `Engine` may be shared; what `asking` gives belongs to one thread at a time (a searcher used
by two threads gives wrong answers).
"""

import json
import math
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial, reduce
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
from whoosh import index, query
from whoosh.searching import Searcher

from indexer import fields
from indexer.fields import StoredRecord
from indexer.postings import K1, Postings
from search.capacity import Deadline
from search.looks import Adjacent, Look, Term

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]


class Impacts:
    """The documents in which a look finds something, in order, and what it is worth in each."""

    def __init__(self, documents: Numbers, worths: Callable[[], Scores]) -> None:
        self.documents = documents
        self._worths = worths

    @cached_property
    def worths(self) -> Scores:
        """Computed when a score is asked for: what is only counted has none."""
        return self._worths()


def impacts(postings: Postings, field: str, term: str) -> Impacts:
    """The documents that say a term, each once."""
    here = _place_of(postings, field, term)
    return Impacts(postings.arrays["documents"][here], lambda: _worths(postings, field, here))


def counts(postings: Postings, field: str, term: str) -> Scores:
    """How often each of these documents says it."""
    here = _place_of(postings, field, term)
    said: Scores = postings.ways[field][0][postings.arrays["codes"][here]]
    return said


def _place_of(postings: Postings, field: str, term: str) -> slice:
    """Where the postings of a term are: its hash tells the row, its letters that it is that one."""
    key = f"{field} {term}".encode()
    hashed = zlib.crc32(key)
    row, hashes = bisect_left(postings.hashes, hashed), postings.hashes
    ends, keys, starts = (postings.arrays[name] for name in ("ends", "keys", "starts"))
    while row < len(hashes) and hashes[row] == hashed:
        if keys[ends[row] : ends[row + 1]].tobytes() == key:
            return slice(starts[row], starts[row + 1])
        row += 1
    return slice(0, 0)


def _worths(postings: Postings, field: str, here: slice) -> Scores:
    """What a term is worth in each of its documents.

    The idf is that of Lucene's classic similarity, log(N / (n + 1)) + 1, flatter than Robertson's:
    it ranks short French texts better (measured on the development collections).
    """
    codes = postings.arrays["codes"][here]
    said, norms = postings.ways[field]
    idf = math.log(postings.size / (len(codes) + 1)) + 1
    if len(codes) < len(said):
        said, norms = said[codes], norms[codes]
        return np.asarray(idf * said * (K1 + 1) / norms)
    return np.asarray((idf * said * (K1 + 1) / norms)[codes])


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

    def scores(self, looks: Iterable[Look]) -> Scores:
        """Sum, for each document, what each look is worth in it, field by field."""
        found = [(look.boost, self._impacts(look)) for look in looks]
        found = [(boost, impact) for boost, impact in found if len(impact.documents)]
        if not found:
            return np.zeros(self.size)
        documents = np.concatenate([impact.documents for _, impact in found])
        worths = np.concatenate([boost * impact.worths for boost, impact in found])
        return np.asarray(np.bincount(documents, worths, self.size), dtype=np.float64)

    def worth(self, looks: Iterable[Look], number: int) -> float:
        """The same sum for one document."""
        total = 0.0
        for look in looks:
            found = self._impacts(look)
            place = int(np.searchsorted(found.documents, number))
            if place < len(found.documents) and found.documents[place] == number:
                total += look.boost * float(found.worths[place])
        return total

    def holding(self, looks: Iterable[Look]) -> Mask:
        """The documents in which one of the looks finds something."""
        held = np.zeros(self.size, dtype=np.bool_)
        for look in looks:
            held[self._impacts(look).documents] = True
        return held

    def is_held(self, looks: Iterable[Look]) -> bool:
        """Say whether one of the looks finds something anywhere."""
        return any(len(self._impacts(look).documents) for look in looks)

    def _impacts(self, look: Look) -> Impacts:
        self.deadline.check()
        key = look.field, look.texts if isinstance(look, Adjacent) else look.text
        if key not in self._looked:
            self._looked[key] = self._looked_up(look)
        return self._looked[key]

    def _looked_up(self, look: Look) -> Impacts:
        if not isinstance(look, Adjacent):
            return impacts(self._postings, look.field, look.text)
        terms = [self._impacts(Term(look.field, text)) for text in look.texts]
        together = self._together(look, terms)

        def worths() -> Scores:
            total = np.zeros(len(together))
            for term in terms:
                total += term.worths[np.searchsorted(term.documents, together)]
            return total

        return Impacts(together, worths)

    def _together(self, look: Adjacent, terms: Sequence[Impacts]) -> Numbers:
        """The documents in which the terms follow one another.

        Whoosh is slow on a word that is repeated, and is only asked where it may find something.
        """
        nowhere = np.zeros(0, dtype=np.int32)
        if not all(len(term.documents) for term in terms) or not self._says_all(look):
            return nowhere
        phrase = query.Phrase(look.field, list(look.texts), slop=_SLOP)
        return np.fromiter(phrase.docs(self._searcher), dtype=np.int32)

    def _says_all(self, look: Adjacent) -> bool:
        """Whether a document says each term as often as it stands in a phrase."""
        saying: list[Numbers] = []
        for text, times in Counter(look.texts).items():
            documents = self._impacts(Term(look.field, text)).documents
            saying.append(documents[counts(self._postings, look.field, text) >= times])
        return bool(len(reduce(partial(np.intersect1d, assume_unique=True), saying)))

    def where(self, field: str, value: str) -> list[int]:
        """The documents whose `field` is exactly `value`."""
        return list(query.Term(field, value).docs(self._searcher))

    def record(self, number: int) -> StoredRecord:
        """What was stored of a document."""
        stored = self._searcher.stored_fields(number)[fields.RECORD]
        return cast(StoredRecord, json.loads(stored))

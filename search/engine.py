"""Words and phrases looked up on the arrays of an index: where they are, what they are worth."""

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, reduce
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from indexer import fields
from indexer.fields import StoredRecord
from indexer.postings import (
    K1,
    Postings,
    documents_saying,
    hash_of,
    key_of,
    order_of,
    place_of,
    places_of,
)
from indexer.stored import Records
from search.capacity import Deadline
from search.looks import Adjacent, Look

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.signedinteger[Any]]
WordEnds = Mapping[str, Numbers]  # by field: where the words of each text end


_FEW = 4_000  # postings: what so few are worth is computed for all of them together


class Impacts:
    """The documents in which a look finds something, in order; its `terms` tell the worth."""

    def __init__(self, documents: Numbers, terms: Sequence["Impacts"] = ()) -> None:
        self.documents, self._terms = documents, terms

    def worths(self, boost: float) -> Scores:
        """What it is worth in each document, times a boost."""
        total = np.zeros(len(self.documents))
        for term in self._terms:
            total += term.worths(1.0).take(np.searchsorted(term.documents, self.documents))
        return boost * total


class TermImpacts(Impacts):
    """Those of a term of a field: `codes` tell the way in which each document says it.

    The idf is that of Lucene's classic similarity, log(N / (n + 1)) + 1, flatter than Robertson's:
    it ranks short French texts better (measured on the development collections).
    """

    def __init__(self, postings: Postings, field: str, here: slice) -> None:
        super().__init__(postings.arrays["documents"][here])
        self.codes = postings.arrays["codes"][here]
        self.field, self._ways = field, postings.ways[field]
        self.idf = math.log((postings.size or 1) / (len(self.codes) + 1)) + 1

    def worths(self, boost: float) -> Scores:
        """What it is worth in each document, times a boost."""
        said, norms = self._ways
        if len(self.codes) < len(said):
            said, norms = said.take(self.codes), norms.take(self.codes)
            return np.asarray(boost * (self.idf * said * (K1 + 1) / norms))
        return np.asarray((boost * (self.idf * said * (K1 + 1) / norms)).take(self.codes))


def impacts(postings: Postings, field: str, term: str) -> TermImpacts:
    """The documents that say a term, each once."""
    return TermImpacts(postings, field, place_of(postings, field, term))


def told_together(found: Sequence[tuple[float, TermImpacts]], postings: Postings) -> Scores:
    """What several terms are worth times their boosts, one after the other."""
    sizes = [len(term.codes) for _, term in found]
    first = dict(zip(fields.WORD_FIELDS, postings.arrays["first"].tolist(), strict=False))
    ways = np.repeat([first[term.field] for _, term in found], sizes)
    ways += np.concatenate([term.codes for _, term in found])
    worths = np.repeat([term.idf for _, term in found], sizes)
    worths *= postings.arrays["said"].take(ways)
    worths *= K1 + 1
    worths /= postings.arrays["norms"].take(ways)
    worths *= np.repeat([boost for boost, _ in found], sizes)
    return worths


def counts(postings: Postings, field: str, term: str) -> Scores:
    """How often each of these documents says it."""
    here = place_of(postings, field, term)
    said: Scores = postings.ways[field][0][postings.arrays["codes"][here]]
    return said


def following(hashes: Sequence[int], documents: Numbers, order: Any, ends: Numbers) -> Numbers:
    """The documents, among some, in which words follow one another; they say all of them.

    `order` has the words of all texts as hashes; `ends` where those of each text end, from 0.
    """
    starts, sizes = ends[documents], ends[documents + 1] - ends[documents]
    words, ends = order[places_of(starts, sizes)], np.cumsum(sizes)
    places = np.flatnonzero(words[: len(words) + 1 - len(hashes)] == hashes[0])
    for after, hashed in enumerate(hashes[1:], 1):
        places = places[words[places + after] == hashed]
    owners = np.searchsorted(ends, places, side="right")
    return documents[np.unique(owners[places + len(hashes) <= ends[owners]])]


class Asking:
    """Questions of one reading. Documents are numbered from 0, in the order of the write-ups.

    What a search finds at a phrase is kept: its ranking, its explanation and the shorter questions
    that are counted in its place look there again. `term` tells what is found at a term of a field.
    """

    def __init__(
        self,
        postings: Postings,
        records: Records,
        ends: WordEnds,
        term: Callable[[str, str], TermImpacts],
    ) -> None:
        self._postings, self._records, self._ends = postings, records, ends
        self._term = term
        self.size = postings.size
        self.deadline = Deadline()
        self._looked: dict[tuple[str, tuple[str, ...]], Impacts] = {}

    def scores(self, looks: Iterable[Look]) -> Scores:
        """Sum, for each document, what each look is worth in it, field by field."""
        self.deadline.check()
        found = [(look.boost, self._impacts(look)) for look in looks]
        found = [(boost, impact) for boost, impact in found if len(impact.documents)]
        sums = np.zeros(self.size)
        terms = [(boost, impact) for boost, impact in found if isinstance(impact, TermImpacts)]
        if terms and len(terms) == len(found) and sum(len(t.codes) for _, t in terms) < _FEW:
            documents = np.concatenate([term.documents for _, term in terms])
            np.add.at(sums, documents, told_together(terms, self._postings))
        else:
            for boost, impact in found:
                np.add.at(sums, impact.documents.astype(np.intp), impact.worths(boost))
        return sums

    def worth(self, looks: Iterable[Look], number: int) -> float:
        """The same sum for one document."""
        total = 0.0
        for look in looks:
            found = self._impacts(look)
            place = int(np.searchsorted(found.documents, number))
            if place < len(found.documents) and found.documents[place] == number:
                total += float(found.worths(look.boost)[place])
        return total

    def holding(self, looks: Iterable[Look]) -> Mask:
        """The documents in which one of the looks finds something."""
        self.deadline.check()
        held = np.zeros(self.size, dtype=np.bool_)
        for look in looks:
            held[self._impacts(look).documents.astype(np.intp)] = True  # as it is fastest
        return held

    def is_held(self, looks: Iterable[Look]) -> bool:
        """Say whether one of the looks finds something anywhere."""
        return any(len(self._impacts(look).documents) for look in looks)

    def _impacts(self, look: Look) -> Impacts:
        if not isinstance(look, Adjacent):
            return self._term(look.field, look.text)
        key = look.field, look.texts
        if key not in self._looked:
            self.deadline.check()
            terms = [self._term(look.field, text) for text in look.texts]
            self._looked[key] = Impacts(self._together(look, terms), terms)
        return self._looked[key]

    def _together(self, look: Adjacent, terms: Sequence[Impacts]) -> Numbers:
        """The documents in which the terms follow one another."""
        if not all(len(term.documents) for term in terms):
            return np.zeros(0, dtype=np.int32)
        hashes = [hash_of(key_of(look.field, text)) for text in look.texts]
        order, ends = self._postings.arrays[order_of(look.field)], self._ends[look.field]
        return following(hashes, self._saying_all(look), order, ends)

    def _saying_all(self, look: Adjacent) -> Numbers:
        """The documents that say each term as often as it stands in a phrase."""
        saying: list[Numbers] = []
        for text, times in Counter(look.texts).items():
            documents = self._term(look.field, text).documents
            saying.append(documents[counts(self._postings, look.field, text) >= times])
        return reduce(partial(np.intersect1d, assume_unique=True), saying)

    def where(self, field: str, value: str) -> list[int]:
        """The documents whose `field` is exactly `value`."""
        found: list[int] = documents_saying(self._postings, field, value).tolist()
        return found

    def record(self, number: int) -> StoredRecord:
        """What was stored of a document."""
        volume = bisect_right(self._records.starts, number) - 1
        (whole, ends), place = self._records.volumes[volume], number - self._records.starts[volume]
        return cast(StoredRecord, json.loads(whole[int(ends[place]) : int(ends[place + 1])]))

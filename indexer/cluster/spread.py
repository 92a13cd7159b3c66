"""In how many texts each term is, however many terms: those that memory does not hold are put away.

They are put away sorted, and all that was put away is merged when it is asked for.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice, pairwise
from operator import itemgetter
from typing import Any

from corpus.kept import Kept

Term = tuple[str, str]  # a field, and a word of it

_IN_MEMORY = 100_000
_TOGETHER = 1_000


def _read(rows: Any) -> list[tuple[Term, int]]:
    return [((field, term), count) for (field, term), count in rows]


class Spread:
    """Counts of terms, given in the order of the terms; they can be asked for again and again."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._counts = Counter[Term]()
        self._put_away = Kept[list[tuple[Term, int]]](list, _read)
        self._ends = [0]

    def add(self, field: str, terms: Iterable[str]) -> None:
        """Count the terms of a field of one text, each once."""
        self._counts.update((field, term) for term in set(terms))
        if len(self._counts) > self._in_memory:
            rows = iter(sorted(self._counts.items()))
            while some := list(islice(rows, _TOGETHER)):
                self._put_away.append(some)
            self._ends.append(len(self._put_away))
            self._counts.clear()

    def __iter__(self) -> Iterator[tuple[Term, int]]:
        runs = [map(self._put_away.__getitem__, range(*ends)) for ends in pairwise(self._ends)]
        counted = (chain.from_iterable(run) for run in runs)
        merged = heapq.merge(*counted, sorted(self._counts.items()))
        for term, rows in groupby(merged, key=itemgetter(0)):
            yield term, sum(count for _, count in rows)

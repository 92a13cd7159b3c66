"""Quotes that say in other words what is asked, where an encoder is installed and made the vectors.

A text means what it says, what its key idea says and what its page says, as a whole that is made
with the index. Signs are compared first, a bit each: only what agrees best is measured. Tables are
mapped from their files, so the processes of a machine share them.
"""

import logging
from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from indexer.encoder import Encoder
from indexer.fields import KINDS, MEANINGS_FILE, WHOLES_FILE, Catalogue
from indexer.vectors import Table, Vector, Wholes, load_table, unit, vectors_of
from search.columns import Columns, Floats, Ints, Mask

MOST = 10  # quotes that are added to an answer
NEAR = 0.18  # of likeness: below, a quote has nothing to do with the question
MEASURED = 500  # texts, when there are more: the others are only guessed at
_FAR = np.uint16(1 << 15)  # more than all signs
_FEW = 256  # vectors that are measured at once: they stay near the processor

_log = logging.getLogger(__name__)


class Meaning:
    """What the texts of a generation mean, each by itself and as a whole.

    A question is given as its vector; `quotes` are the texts that may be near to it.
    """

    def __init__(self, table: Table, wholes: Wholes, quotes: Ints) -> None:
        self._table, self._codes = np.asarray(table), np.asarray(wholes["code"])
        self._steps = np.array(wholes["step"])
        self._quotes = quotes
        self._signs = np.ascontiguousarray(_signs(self._codes)[quotes].T)  # one row a word

    def likeness(self, asked: Vector, numbers: Ints) -> Floats:
        """How close some texts are as a whole, 1 being the same."""
        asked = unit(asked)
        products = [self._codes[some].astype(np.float32) @ asked for some in _few(numbers)]
        return np.asarray(np.concatenate(products) * self._steps[numbers], dtype=np.float64)

    def near(self, number: int, others: Ints) -> Floats:
        """How close others are to a text, by what each says."""
        (one,) = vectors_of(self._table[[number]])
        return np.asarray(vectors_of(self._table[others]) @ one, dtype=np.float64)

    def nearest(self, asked: Vector, among: Mask) -> tuple[Ints, Floats]:
        """The few quotes that are near enough, closest first, with how close they are."""
        differing = self._differing(asked) + ~among.take(self._quotes) * _FAR

        def count(most: int) -> int:
            return int(np.count_nonzero(differing <= most))

        bound = bisect_left(range(self._codes.shape[1] + 1), MEASURED, key=count)
        numbers = self._quotes[differing <= bound]
        likeness = self.likeness(asked, numbers)
        order = np.argsort(-likeness, kind="stable")[:MOST]
        order = order[likeness[order] >= NEAR]
        return numbers[order], likeness[order]

    def _differing(self, asked: Vector) -> npt.NDArray[np.uint16]:
        """In how many signs each quote differs."""
        count = np.zeros(self._signs.shape[1], dtype=np.uint16)
        for word, sign in zip(self._signs, _signs(asked[None, :])[0], strict=True):
            count += np.bitwise_count(word ^ sign)
        return count


def _signs(vectors: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """One bit a dimension, in whole words."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)


def _few(numbers: Ints) -> list[Ints]:
    """The same, a few at a time."""
    return [numbers[at : at + _FEW] for at in range(0, max(len(numbers), 1), _FEW)]


def usable(encoder: Encoder | None, catalogue: Catalogue) -> Encoder | None:
    """The encoder that made the vectors of an index; None when this program has another."""
    made_by = catalogue.get("encoder")
    if not made_by or encoder is None:
        return None
    if encoder.identity != made_by:
        _log.warning("l’index a été fait par un autre encodeur : les recherches vont par les mots")
        return None
    encoder.get_ready()  # a second, that no search must wait for
    return encoder


def load_meaning(folder: Path, columns: Columns) -> Meaning:
    """The meaning of the texts of an index, the first rows of its table.

    From then on this process makes its products in one thread: they are small, and on a machine
    that serves others too, threads wait for one another four times as long as they work.
    """
    threadpool_limits(1, user_api="blas")
    table, wholes = load_table(folder / MEANINGS_FILE), load_table(folder / WHOLES_FILE)
    quotes = np.flatnonzero(columns.kinds == KINDS.index("verbatim")).astype(np.int32)
    return Meaning(table[: columns.size], wholes, quotes)

"""Quotes that say in other words what is asked, where an encoder is installed and made the vectors.

A text means what it says, what its key idea says and what its page says. The signs of the three
together are compared first, a bit each: only what agrees best is measured. A table is mapped from
its file, so the processes of a machine share it.
"""

import logging
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from indexer.encoder import Encoder
from indexer.fields import Catalogue
from indexer.vectors import AROUND, BACKED, Table, Vector, Vectors, load_table, unit
from search.columns import Columns, Floats, Ints, Mask

MOST = 10  # quotes that are added to an answer
NEAR = 0.18  # of likeness: below, a quote has nothing to do with the question
UNLIKE = 0.1  # what a score keeps when a text means nothing of the question
MEASURED = 500  # texts, when there are more: the others are only guessed at
RANKED = 1_000  # hits, the best by words: all that people leaf through
_BLOCK = 256  # vectors read at once
_WORD = 64  # signs
_FEW = 256  # vectors that are measured at once: they stay near the processor

_log = logging.getLogger(__name__)


class Meaning:
    """What the texts of a generation mean; a question is given as its vector.

    `ideas` tells the key idea that each text backs, -1 for none; `webinars` its page. The texts of
    a page stand together.
    """

    def __init__(self, table: Table, ideas: Ints, webinars: Ints) -> None:
        self._codes, self._ideas, self._webinars = np.asarray(table["code"]), ideas, webinars
        count, size = self._codes.shape
        self._lengths = np.zeros(count, dtype=np.float32)
        self._signs = np.zeros((-(-size // _WORD), count), dtype=np.uint64)  # one row a word
        self._pages = np.zeros((webinars.max(initial=-1) + 1, size), dtype=np.float32)
        blocks = [slice(at, at + _BLOCK) for at in range(0, count, _BLOCK)]
        for here in blocks:
            self._read(here)
        counts = np.bincount(webinars, minlength=1)[: len(self._pages), None]
        self._pages /= np.maximum(counts, 1).astype(np.float32)
        for here in blocks:
            self._signs[:, here] = _signs(self._meant(here)).T

    def _read(self, here: slice) -> None:
        """Read some vectors: their lengths, what they add to the mean of each page."""
        vectors = self._codes[here].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        self._lengths[here] = np.maximum(lengths, 1)
        vectors /= self._lengths[here, None]
        webinars = self._webinars[here]
        starts = np.flatnonzero(np.diff(webinars, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(webinars)]):
            self._pages[webinars[start]] += vectors[start:end].sum(axis=0)

    def _meant(self, here: slice) -> Vectors:
        """What some texts mean with their key ideas and their pages."""
        own, ideas = self._units(here), self._ideas[here]
        numbers = np.arange(here.start, here.start + len(ideas))
        own *= 1 - BACKED
        own += BACKED * self._units(np.where(ideas < 0, numbers, ideas))  # itself, if it backs none
        own *= 1 - AROUND
        own += AROUND * self._pages[self._webinars[here]]
        return own

    def _units(self, rows: Ints | slice) -> Vectors:
        units = self._codes[rows].astype(np.float32)
        units /= self._lengths[rows, None]
        return units

    def likeness(self, asked: Vector, numbers: Ints) -> Floats:
        """How close some texts are, 1 being the same: by what is said, its key idea, its page."""
        asked, ideas = unit(asked), self._ideas[numbers]
        near, backing = self._cosines(asked, numbers), ideas >= 0
        each, places = np.unique(ideas[backing], return_inverse=True)
        of_ideas = self._cosines(asked, each)[places]
        near[backing] = (1 - BACKED) * near[backing] + BACKED * of_ideas
        each, places = np.unique(self._webinars[numbers], return_inverse=True)
        of_pages = np.concatenate([self._pages[some] @ asked for some in _few(each)])[places]
        return (1 - AROUND) * near + AROUND * of_pages

    def near(self, number: int, others: Ints) -> Floats:
        """How close others are to a text, by what each says."""
        return self._cosines(unit(self._codes[number].astype(np.float32)), others)

    def _cosines(self, asked: Vector, numbers: Ints) -> Floats:
        """How close some texts are to a vector of length 1."""
        products = [self._codes[some].astype(np.float32) @ asked for some in _few(numbers)]
        return np.asarray(np.concatenate(products) / self._lengths[numbers], dtype=np.float64)

    def nearest(self, asked: Vector, among: Mask) -> tuple[Ints, Floats]:
        """The few that are near enough, closest first, with how close they are."""
        numbers: Ints = np.flatnonzero(among).astype(np.int32)
        if len(numbers) > MEASURED:
            differing = self._differing(asked).take(numbers)
            bound = np.searchsorted(np.bincount(differing).cumsum(), MEASURED)
            numbers = numbers[differing <= bound]
        likeness = self.likeness(asked, numbers)
        order = np.argsort(-likeness, kind="stable")[:MOST]
        order = order[likeness[order] >= NEAR]
        return numbers[order], likeness[order]

    def _differing(self, asked: Vector) -> npt.NDArray[np.uint16]:
        """In how many signs each text differs."""
        count = np.zeros(self._signs.shape[1], dtype=np.uint16)
        for word, sign in zip(self._signs, _signs(asked[None, :])[0], strict=True):
            count += np.bitwise_count(word ^ sign)
        return count

    def raised(self, asked: Vector, scores: Floats, numbers: Ints) -> Floats:
        """Score x (0.1 + likeness) for some texts, each with its score.

        Only so many are measured.
        """
        raised, likely = UNLIKE * scores, np.arange(len(numbers))
        if len(numbers) > RANKED:
            likely = np.argpartition(-scores, RANKED)[:RANKED]
        near = self.likeness(asked, numbers[likely])
        raised[likely] += scores[likely] * np.maximum(near, 0)
        return raised


def _signs(vectors: Vectors) -> npt.NDArray[np.uint64]:
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


def load_meaning(path: Path, columns: Columns) -> Meaning:
    """The meaning of the texts of an index, the first rows of its table.

    From then on this process makes its products in one thread: they are small, and on a machine
    that serves others too, threads wait for one another four times as long as they work.
    """
    threadpool_limits(1, user_api="blas")
    return Meaning(load_table(path)[: columns.size], columns.ideas, columns.webinars)

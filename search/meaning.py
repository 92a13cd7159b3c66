"""Quotes that say in other words what is asked, where an encoder is installed and made the vectors.

Vectors are compared by their signs first, a bit each: only what agrees best is measured. A table
is mapped from its file, so the processes of a machine share it.
"""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.encoder import Encoder
from indexer.fields import Catalogue
from indexer.vectors import Table, Vector, load_table, unit
from search.columns import Floats, Ints, Mask

MOST = 10  # quotes that are added to an answer
NEAR = 0.2  # of likeness: below, a quote has nothing to do with the question
WORDS = 0.6  # what words weigh in the mixed order; meaning is the rest
MEASURED = 2_000  # vectors, when there are more: the others are only guessed at
_BLOCK = 4_096  # vectors read at once

_log = logging.getLogger(__name__)


class Meaning:
    """What the texts of a generation mean; a question is given as its vector."""

    def __init__(self, table: Table) -> None:
        self._codes = table["code"]
        blocks = [self._codes[at : at + _BLOCK] for at in range(0, max(len(table), 1), _BLOCK)]
        self._signs = np.ascontiguousarray(np.concatenate([_signs(block) for block in blocks]).T)
        self._lengths = np.concatenate([_lengths(block) for block in blocks])

    def likeness(self, asked: Vector, numbers: Ints) -> Floats:
        """How close some texts are, 1 being the same: the cosine of the vectors."""
        near = self._codes[numbers].astype(np.float32) @ unit(asked)
        return np.asarray(near / self._lengths[numbers], dtype=np.float64)

    def nearest(self, asked: Vector, among: Mask) -> tuple[Ints, Floats]:
        """The few that are near enough, closest first, with how close they are."""
        numbers: Ints = np.flatnonzero(among).astype(np.int32)
        if len(numbers) > MEASURED:
            agreeing = np.argpartition(self._differing(asked)[numbers], MEASURED)[:MEASURED]
            numbers = numbers[np.sort(agreeing)]
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

    def mixed(self, asked: Vector, scores: Floats, numbers: Ints) -> Floats:
        """For some texts, words and meaning, each as a share of its best; 0 for the others.

        Only the best by words are measured.
        """
        words, likeness = scores[numbers], np.zeros(len(numbers))
        best = np.argsort(-words, kind="stable")[:MEASURED]
        likeness[best] = np.maximum(self.likeness(asked, numbers[best]), 0)
        mixed = np.zeros(len(scores))
        mixed[numbers] = WORDS * _share(words) + (1 - WORDS) * _share(likeness)
        return mixed


def _share(values: Floats) -> Floats:
    return values / (values.max(initial=0.0) or 1)


def _signs(codes: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """One bit a dimension, in whole words."""
    bits = np.packbits(codes > 0, axis=1)
    return np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)


def _lengths(codes: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
    return np.asarray(np.maximum(np.linalg.norm(codes.astype(np.float32), axis=1), 1))


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


def load_meaning(path: Path, size: int) -> Meaning:
    """The meaning of the texts of an index, the first rows of its table."""
    return Meaning(load_table(path)[:size])

"""The texts closest to one: same themes, same rare words. Pure: arrays in, numbers out."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.fields import KINDS
from search.columns import Columns, Floats, Ints, Mask

MOST = 5
_RAREST = 12  # words of a text that tell what it is about
_COMMON = 0.1  # said in a larger share of the texts, a word tells nothing
MIN_WORDS = 2  # rare words shared: one is a coincidence
MIN_OVERLAP = 0.25  # of what the rarest words weigh
MIN_LIKENESS = 0.5  # cosine of the affinities


def closest(
    number: int, said: Mapping[str, Mask], but: Sequence[int], columns: Columns
) -> list[int]:
    """The quotes closest to a text, at most five; none when nothing is really close.

    `said` tells, for each of its lemmas, which texts say it too.
    """
    overlap, shared = _overlap(said, columns.affinities, number)
    likeness = _likeness(columns.affinities, number)
    close = (overlap >= MIN_OVERLAP) & (shared >= MIN_WORDS) & (likeness >= MIN_LIKENESS)
    close &= columns.kinds == KINDS.index("verbatim")
    close[[number, *but]] = False
    found: list[int] = _others_first(close, overlap * (0.5 + likeness), columns, number).tolist()
    return found[:MOST]


def _overlap(said: Mapping[str, Mask], affinities: Floats, number: int) -> tuple[Floats, Ints]:
    """For each document, the share of the rarest words of a text that it says, and how many.

    A word weighs its idf, times how much the other texts that say it are about the same themes.
    """
    size = len(affinities)
    spread = {lemma: int(places.sum()) for lemma, places in said.items()}
    rarest = rarest_of(spread, size)
    overlap, shared, most = np.zeros(size), np.zeros(size, dtype=np.int32), 0.0
    for lemma in rarest:
        others = said[lemma] & (np.arange(size) != number)
        alike = float(affinities[others].mean(axis=0) @ affinities[number]) if others.any() else 0.0
        weight = alike * math.log(size / spread[lemma])
        overlap += said[lemma] * weight
        shared += said[lemma]
        most += weight
    return overlap / (most or 1), shared


def rarest_of(spread: Mapping[str, int], size: int) -> list[str]:
    """The words that tell what a text is about, of those that so many texts say: not one alone."""
    telling = [lemma for lemma in spread if 2 <= spread[lemma] <= max(2, _COMMON * size)]
    return sorted(telling, key=lambda lemma: (spread[lemma], lemma))[:_RAREST]


def _likeness(affinities: Floats, number: int) -> Floats:
    """The cosine of the themes of each document with those of one."""
    norms = np.linalg.norm(affinities, axis=1) * np.linalg.norm(affinities[number])
    cosine: Floats = np.divide(
        affinities @ affinities[number], norms, out=np.zeros(len(norms)), where=norms > 0
    )
    return cosine


def _others_first(close: Mask, worth: Floats, columns: Columns, number: int) -> Ints:
    """Other people first, then the closest; ties keep the order of the write-ups."""
    numbers: Ints = np.flatnonzero(close).astype(np.int32)
    speaker = columns.speakers[number]
    is_same = (columns.speakers[numbers] == speaker) & (speaker >= 0)
    return numbers[np.lexsort((numbers, -worth[numbers], is_same))]

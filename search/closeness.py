"""The texts closest to one: same themes, rare words, meaning. Pure: arrays in, numbers out.

Where meaning is known, one rare word shared and close in meaning is as near as several words
shared; both limits were chosen by the themes of the judged texts that are brought together.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from indexer.fields import KINDS
from search.columns import Columns, Floats, Ints, Mask

MOST = 5
_RAREST = 12  # words of a text that tell what it is about
_COMMON = 0.1  # said in a larger share of the texts, a word tells nothing
MIN_WORDS = 2  # rare words shared: one is a coincidence, unless meaning agrees
MIN_OVERLAP = 0.25  # of what the rarest words weigh
MIN_LIKENESS = 0.5  # cosine of the affinities
MIN_MEANT = 0.15  # of overlap, where meaning tells the rest
MIN_AGREEMENT = 0.55  # of overlap and cosine of the meanings together
WEIGHED = 200  # texts of which meaning is asked: those that share most

Near = Callable[[Ints], Floats]  # how close in meaning some texts are to one, 1 being the same


def closest(
    number: int,
    said: Mapping[str, Mask],
    but: Sequence[int],
    columns: Columns,
    near: Near | None = None,
) -> list[int]:
    """The quotes closest to a text, at most five; none when nothing is really close.

    `said` tells, for each of its lemmas, which texts say it too.
    """
    overlap, shared = _overlap(said, columns.affinities, number)
    likeness = likeness_of(columns.affinities, columns.affinities[number])
    close = (likeness >= MIN_LIKENESS) & (columns.kinds == KINDS.index("verbatim"))
    close &= overlap >= MIN_MEANT if near else (overlap >= MIN_OVERLAP) & (shared >= MIN_WORDS)
    close[[number, *but]] = False
    numbers: Ints = np.flatnonzero(close).astype(np.int32)
    speaker = columns.speakers[number]
    is_same = (columns.speakers == speaker) & (speaker >= 0)
    if near:
        numbers = numbers[np.argsort(-overlap[numbers], kind="stable")[:WEIGHED]]
        meant = near(numbers)
        return agreeing(numbers, overlap[numbers], meant, likeness[numbers], is_same[numbers])
    return others_first(numbers, worth_of(overlap, likeness)[numbers], is_same[numbers])


def agreeing(
    numbers: Ints, overlap: Floats, meant: Floats, likeness: Floats, is_same: Mask
) -> list[int]:
    """Those that words and meaning together bring near enough, best first."""
    agreement = overlap + meant
    kept = agreement >= MIN_AGREEMENT
    worth = worth_of(agreement, likeness)
    return others_first(numbers[kept], worth[kept], is_same[kept])


def worth_of(agreement: Floats, likeness: Floats) -> Floats:
    """What two texts have in common, worth more under the same themes."""
    return agreement * (0.5 + likeness)


def others_first(numbers: Ints, worth: Floats, is_same: Mask) -> list[int]:
    """Other people first, then the closest; ties keep the order of the write-ups."""
    first: list[int] = numbers[np.lexsort((numbers, -worth, is_same))][:MOST].tolist()
    return first


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


def likeness_of(affinities: Floats, one: Floats) -> Floats:
    """The cosine of the themes of each text with those of one."""
    norms = np.linalg.norm(affinities, axis=1) * np.linalg.norm(one)
    cosine: Floats = np.divide(affinities @ one, norms, out=np.zeros(len(norms)), where=norms > 0)
    return cosine

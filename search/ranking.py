"""The order of the hits. Pure: arrays in, arrays out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from search.columns import Floats, Ints
from search.query import Order

_ROUNDED = 1.0 + 1e-6  # more than what sums lose
_HEAP = 16  # keys
BEST = 20  # hits that tell what the query is about
UNTHEMED = 0.5  # what a score keeps far from the themes of the query
QUESTION = 3  # full words: a key idea that says one answers; of two, it must say both
UNLIKE = 0.1  # what a score keeps when a text means nothing of the question
RANKED = 1_000  # hits, the best by words: all that people leaf through
BACKED = 0.8  # what the score of a key idea is worth for the quotes that back it


def query_themes(numbers: Ints, scores: Floats, affinities: Floats) -> Floats:
    """The themes that a query is about, summing to 1: those of its best hits, by their scores."""
    best = _highest(scores, BEST)
    best = best[np.lexsort((numbers[best], -scores[best]))][:BEST]
    weights = scores[best] @ affinities[numbers[best]]
    total = weights.sum()
    themes: Floats = weights / total if total > 0 else np.zeros(affinities.shape[1])
    return themes


def first_by_themes(
    numbers: Ints, scores: Floats, affinities: Floats, strongest: Floats, themes: Floats, most: int
) -> tuple[Ints, Floats]:
    """The `most` best documents and their scores x (0.5 + affinity to the themes of the query).

    These sum to 1, so that no document is nearer to them than to its `strongest` theme: what
    cannot be among the best is not computed.
    """
    likely = _highest(scores, 4 * most)
    if len(likely) < len(scores):
        raised = themed_scores(scores[likely], affinities[numbers[likely]], themes)
        bound = np.partition(raised, -most)[-most]
        highest = scores * (UNTHEMED + _ROUNDED * strongest.take(numbers))
        likely = np.flatnonzero(highest >= bound)
    numbers = numbers[likely]
    raised = themed_scores(scores[likely], affinities[numbers], themes)
    first = np.lexsort((numbers, -raised))[:most]
    return numbers[first], raised[first]


def themed_scores(scores: Floats, affinities: Floats, themes: Floats) -> Floats:
    """Score x (0.5 + affinity to the themes of the query)."""
    ranked: Floats = scores * (UNTHEMED + np.einsum("ij,j->i", affinities, themes))
    return ranked


def backed_scores(scores: Floats, places: Ints, ideas: Ints) -> Floats:
    """Scores at some places, with what the key idea that answers there is worth (-1: none)."""
    raised, backing = scores.take(places), ideas >= 0
    raised[backing] += BACKED * scores.take(ideas[backing])
    return raised


def meant_scores(scores: Floats, numbers: Ints, likeness: Callable[[Ints], Floats]) -> Floats:
    """Score x (0.1 + likeness) for some texts, each with its score.

    Only so many are measured.
    """
    raised, likely = UNLIKE * scores, _likely(scores, RANKED)
    if len(likely) > RANKED:
        likely = likely[np.argpartition(-scores.take(likely), RANKED)[:RANKED]]
    raised[likely] += scores[likely] * np.maximum(likeness(numbers[likely]), 0)
    return raised


def first_of(numbers: Ints, scores: Floats, days: Ints, order: Order, most: int) -> Ints:
    """The places of the best (or latest) documents; ties keep the order of the write-ups."""
    keys = days[numbers] if order == "date" else scores
    likely = _highest(keys, most)
    later = -days[numbers[likely]] if order == "date" else np.zeros(len(likely))
    return likely[np.lexsort((numbers[likely], -scores[likely], later))][:most]


def _highest(keys: npt.NDArray[Any], most: int) -> Ints:
    """The places of the `most` highest keys, with all that are equal to the last of them."""
    places = _likely(keys, most)
    if len(places) <= most:
        return places
    likely = keys.take(places)
    found: Ints = places[likely >= np.partition(likely, len(likely) - most)[len(likely) - most]]
    return found


def _likely(keys: npt.NDArray[Any], most: int) -> Ints:
    """Few places, among which are the `most` highest keys: only the highest of some are sorted.

    Of keys put in heaps, `most` tops are as high as the last of these tops: no lower key counts.
    """
    tops = keys[: len(keys) // _HEAP * _HEAP].reshape(_HEAP, -1).max(axis=0)
    if len(tops) <= most:
        return np.arange(len(keys))
    return np.flatnonzero(keys >= np.partition(tops, len(tops) - most)[len(tops) - most])


def one_of_each(numbers: Ints, speakers: Ints) -> Ints:
    """The places of the first document of each speaker; those that nobody signs are left."""
    signed = np.flatnonzero(speakers[numbers] >= 0)
    _, first = np.unique(speakers[numbers[signed]], return_index=True)
    return signed[np.sort(first)]

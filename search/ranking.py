"""The order of the hits. Pure: arrays in, arrays out."""

from typing import Any

import numpy as np
import numpy.typing as npt

from search.columns import Floats, Ints
from search.query import Order

_ROUNDED = 1.0 + 1e-6  # more than what sums lose
BEST = 20  # hits that tell what the query is about
UNTHEMED = 0.5  # what a score keeps far from the themes of the query
QUESTION = 3  # full words: a key idea that says one answers; of two, it must say both
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


def first_of(numbers: Ints, scores: Floats, days: Ints, order: Order, most: int) -> Ints:
    """The places of the best (or latest) documents; ties keep the order of the write-ups."""
    keys = days[numbers] if order == "date" else scores
    likely = _highest(keys, most)
    later = -days[numbers[likely]] if order == "date" else np.zeros(len(likely))
    return likely[np.lexsort((numbers[likely], -scores[likely], later))][:most]


def _highest(keys: npt.NDArray[Any], most: int) -> Ints:
    """The places of the `most` highest keys, with all that are equal to the last of them."""
    if len(keys) <= most:
        return np.arange(len(keys))
    return np.flatnonzero(keys >= np.partition(keys, len(keys) - most)[len(keys) - most])


def one_of_each(numbers: Ints, speakers: Ints) -> Ints:
    """The places of the first document of each speaker; those that nobody signs are left."""
    signed = np.flatnonzero(speakers[numbers] >= 0)
    _, first = np.unique(speakers[numbers[signed]], return_index=True)
    return signed[np.sort(first)]

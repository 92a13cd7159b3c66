"""The order of the hits. Pure: arrays in, arrays out."""

import numpy as np

from search.columns import Columns, Floats, Ints
from search.query import Order

BEST = 20  # hits that tell what the query is about
UNTHEMED = 0.5  # what a score keeps far from the themes of the query
QUESTION = 3  # full words: a key idea that says one answers; of two, it must say both
BACKED = 0.8  # what the score of a key idea is worth for the quotes that back it


def query_themes(scores: Floats, affinities: Floats) -> Floats:
    """The themes that a query is about, summing to 1: those of its best hits, by their scores."""
    best = np.argsort(-scores, kind="stable")[:BEST]
    weights = scores[best] @ affinities[best]
    total = weights.sum()
    themes: Floats = weights / total if total > 0 else np.zeros(affinities.shape[1])
    return themes


def themed_scores(scores: Floats, affinities: Floats, themes: Floats) -> Floats:
    """Score x (0.5 + affinity to the themes of the query)."""
    ranked: Floats = scores * (UNTHEMED + affinities @ themes)
    return ranked


def backed_scores(scores: Floats, ideas: Ints) -> Floats:
    """Add to each quote what the key idea that answers for it is worth; -1: none does."""
    raised, backing = scores.copy(), ideas >= 0
    raised[backing] += BACKED * scores[ideas[backing]]
    return raised


def ordered(numbers: Ints, scores: Floats, columns: Columns, order: Order) -> Ints:
    """Sort documents, best (or latest) first; ties keep the order of the write-ups."""
    days = -columns.days[numbers] if order == "date" else np.zeros(len(numbers))
    return numbers[np.lexsort((numbers, -scores[numbers], days))]


def one_of_each(numbers: Ints, speakers: Ints) -> Ints:
    """The first document of each speaker, in the same order; those that nobody signs are left."""
    signed = numbers[speakers[numbers] >= 0]
    _, first = np.unique(speakers[signed], return_index=True)
    return signed[np.sort(first)]

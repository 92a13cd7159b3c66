"""The order of the hits, and their grouping by theme. Pure: arrays in, arrays out."""

from collections.abc import Sequence

import numpy as np

from indexer.fields import MIN_AFFINITY
from search.answer import Hit, ThemeGroup
from search.columns import Columns, Floats, Ints
from search.engine import Scores
from search.query import Order

BEST = 20  # hits that tell what the query is about
UNTHEMED = 0.5  # what a score keeps far from the themes of the query
QUESTION = 3  # full words: a key idea that says one answers; of two, it must say both
BACKED = 0.8  # what the score of a key idea is worth for the quotes that back it
NO_THEME = "Autres"


def query_themes(scores: Scores, affinities: Floats) -> Floats:
    """The themes that a query is about, summing to 1: those of its best hits, by their scores."""
    best = np.argsort(-scores, kind="stable")[:BEST]
    weights = scores[best] @ affinities[best]
    total = weights.sum()
    themes: Floats = weights / total if total > 0 else np.zeros(affinities.shape[1])
    return themes


def themed_scores(scores: Scores, affinities: Floats, themes: Floats) -> Scores:
    """Score x (0.5 + affinity to the themes of the query)."""
    ranked: Scores = scores * (UNTHEMED + affinities @ themes)
    return ranked


def backed_scores(scores: Scores, ideas: Ints) -> Scores:
    """Add to each quote what the key idea that answers for it is worth; -1: none does."""
    raised, backing = scores.copy(), ideas >= 0
    raised[backing] += BACKED * scores[ideas[backing]]
    return raised


def ordered(numbers: Ints, scores: Scores, columns: Columns, order: Order) -> Ints:
    """Sort documents, best (or latest) first; ties keep the order of the write-ups."""
    days = -columns.days[numbers] if order == "date" else np.zeros(len(numbers))
    return numbers[np.lexsort((numbers, -scores[numbers], days))]


def one_of_each(numbers: Ints, speakers: Ints) -> Ints:
    """The first document of each speaker, in the same order; those that nobody signs are left."""
    signed = numbers[speakers[numbers] >= 0]
    _, first = np.unique(speakers[signed], return_index=True)
    return signed[np.sort(first)]


def groups_of(hits: Sequence[Hit], themes: Sequence[dict[str, str]]) -> tuple[ThemeGroup, ...]:
    """Share hits by their main theme. A theme is as strong as its best hit; none comes last."""
    labels = {theme["id"]: theme["label"] for theme in themes}
    members: dict[str, list[Hit]] = {}
    for hit in hits:
        main = hit.document.themes[0] if hit.document.themes else None
        slug = main.slug if main and main.affinity >= MIN_AFFINITY else ""
        members.setdefault(slug, []).append(hit)
    groups = [
        ThemeGroup(slug, labels.get(slug, NO_THEME), max(h.score for h in found), tuple(found))
        for slug, found in members.items()
    ]
    return tuple(sorted(groups, key=lambda g: (not g.slug, -g.score, g.label)))

"""Only the first hits are put in order: they are those that a whole ordering would give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from search.query import Order
from search.ranking import BEST, first_by_themes, first_of, query_themes, themed_scores

few_values = st.sampled_from([0.0, 0.25, 1.0, 2.5, 7.0])  # many ties
scores = st.integers(1, 400).flatmap(lambda size: arrays(np.float64, size, elements=few_values))
seeds = st.integers(0, 1_000)


def texts(size: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers in order, the day and the affinities of each text."""
    draw = np.random.default_rng(seed)
    numbers = np.sort(draw.choice(2 * size, size, replace=False))
    affinities = draw.choice([0.0, 0.5, 1.0], (2 * size, 3))
    return numbers, draw.integers(0, 4, 2 * size), affinities


@given(scores, seeds, st.integers(1, 20), st.sampled_from(["pertinence", "date"]))
def test_the_first_are_those_of_a_whole_ordering(
    scores: np.ndarray, seed: int, most: int, order: Order
) -> None:
    numbers, days, _ = texts(len(scores), seed)
    keys = [
        (-int(days[n]) if order == "date" else 0, -score, n)
        for n, score in zip(numbers.tolist(), scores.tolist(), strict=True)
    ]
    whole = sorted(range(len(keys)), key=keys.__getitem__)
    assert first_of(numbers, scores, days, order, most).tolist() == whole[:most]


@given(scores, seeds, st.integers(1, 20), st.integers(0, 2))
def test_nothing_that_its_themes_would_raise_is_forgotten(
    scores: np.ndarray, seed: int, most: int, theme: int
) -> None:
    numbers, _, affinities = texts(len(scores), seed)
    themes = np.eye(3)[theme]
    raised = themed_scores(scores, affinities[numbers], themes)
    whole = np.lexsort((numbers, -raised))[:most]
    first, found = first_by_themes(
        numbers, scores, affinities, affinities.max(axis=1), themes, most
    )
    assert first.tolist() == numbers[whole].tolist()
    assert found.tolist() == raised[whole].tolist()


@given(scores, seeds)
def test_the_best_hits_tell_the_themes(scores: np.ndarray, seed: int) -> None:
    numbers, _, affinities = texts(len(scores), seed)
    best = np.lexsort((numbers, -scores))[:BEST]
    weights = scores[best] @ affinities[numbers[best]]
    expected = weights / weights.sum() if weights.sum() else np.zeros(3)
    assert query_themes(numbers, scores, affinities) == pytest.approx(expected)

"""The first hits told from the best by words are those of all hits, ranked one by one."""

import base64
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.cluster.foremost import foremost
from search.ranking import UNTHEMED

THEMES = 4


def hit(number: int, words: float, about: Any) -> dict[str, Any]:
    shown = base64.b64encode(about.astype(np.float32).tobytes()).decode()
    return {"sort": [words, number], "fields": {"about": [shown]}}


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 60), st.floats(0, 3))
def test_the_first_are_those_of_all(seed: int, size: int, read: int, steepness: float) -> None:
    draw = np.random.default_rng(seed)
    words = np.round(np.sort(draw.random(size) ** steepness * 9 + 0.1)[::-1], 1)  # some are equal
    about = draw.dirichlet(np.full(THEMES, 0.3), size) * draw.integers(0, 2, (size, 1))
    themes = draw.dirichlet(np.ones(THEMES))
    numbers = draw.permutation(size)
    order = np.lexsort((numbers, -words))[:read]
    hits = [hit(int(numbers[one]), float(words[one]), about[one]) for one in order]
    last = min(5, size)
    found = foremost(hits, read >= size, themes, last)
    exact = (words * (UNTHEMED + about.astype(np.float32) @ themes)).astype(np.float32)
    whole = np.lexsort((numbers, -exact))[:last]
    assert found is None or [number for number, _ in found] == numbers[whole].tolist()
    assert found or read < size


def test_steep_scores_are_told_from_a_few() -> None:
    about = np.full(THEMES, 1 / THEMES)
    hits = [hit(number, 10 / (number + 1), about) for number in range(8)]
    found = foremost(hits, are_all=False, themes=np.full(THEMES, 1 / THEMES), last=3)
    assert found
    assert [number for number, _ in found] == [0, 1, 2]
    flat = [hit(number, 1.0, about) for number in range(8)]
    assert foremost(flat, are_all=False, themes=np.full(THEMES, 1 / THEMES), last=3) is None

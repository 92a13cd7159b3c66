"""The first hits by words and themes, told from the best by words: no text is ranked twice.

The affinities of a text sum to 1 at most, so that no text is nearer to the themes of a question
than the strongest of them: what is worth little by its words cannot come first.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.cluster.asking import affinities_in
from search.columns import Floats
from search.ranking import UNTHEMED

LIKELY = 100  # hits that are read for a page
_ROUNDED = 1.0 + 1e-5  # more than what floats of the cluster lose


def foremost(
    hits: Sequence[Any], are_all: bool, themes: Floats, last: int
) -> list[tuple[int, float]] | None:
    """The first hits until the `last`, with their scores; None where others may come before.

    `hits`: the best by words; `are_all`: there are no others.
    """
    about = affinities_in(hits, len(themes))
    words = np.array([hit["sort"][0] for hit in hits])
    numbers = np.array([hit["sort"][1] for hit in hits], dtype=np.intp)
    scores = (words * (UNTHEMED + about @ themes)).astype(np.float32)  # as the cluster rounds them
    first = np.lexsort((numbers, -scores))[:last]
    if not are_all:
        highest = words.min() * (UNTHEMED + themes.max(initial=0.0)) * _ROUNDED
        if len(first) < last or scores[first[-1]] <= highest:
            return None
    return list(zip(numbers[first].tolist(), scores[first].tolist(), strict=True))

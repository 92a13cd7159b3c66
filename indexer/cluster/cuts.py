"""How a text is cut into words, kept beside it: reading it again is most of what a page costs.

For each word, how many letters stand between it and the one before, then its length; after these,
the words that are not their letters in lower case (« élu·e·s », « 12,50 € »), each with its place.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from indexer.tokens import Token

Kept = list[Any]


def kept_cut(text: str, cut: Sequence[Token]) -> Kept:
    """The cut of a text, as it is kept."""
    bounds = [0, *(place for _, *span in cut for place in span)]
    steps = [after - before for before, after in pairwise(bounds)]
    forms = enumerate(zip(cut, _spelt(text, bounds[1::2], bounds[2::2]), strict=True))
    return [steps, [[place, token.form] for place, (token, form) in forms if token.form != form]]


def cut_from(text: str, kept: Kept) -> tuple[list[str], list[int], list[int]]:
    """The words of a text again, where they start and where they end."""
    steps, others = kept
    bounds = list(accumulate(steps))
    starts, ends = bounds[0::2], bounds[1::2]
    forms = _spelt(text, starts, ends)
    for place, form in others:
        forms[place] = form
    return forms, starts, ends


def _spelt(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """Some letters of a text in lower case."""
    return [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]

"""The beginning of a quote that is too long for its card; what is left out is shown as « […] »."""

import re
from bisect import bisect_right
from collections.abc import Callable

LEFT_OUT = " […]"
_LEAST_SENTENCES = 0.6  # of what fits: under it, a whole sentence would waste the card


def excerpt(text: str, fits: Callable[[str], bool]) -> str:
    """The text if it fits, else as many of its sentences, or else words, as do."""
    if fits(text):
        return text
    ends = [word.end() for word in re.finditer(r"\S+", text)]
    kept = bisect_right(ends, False, key=lambda end: not fits(_cut(text, end)))
    end = ends[max(0, kept - 1)]
    sentences = [stop.end() for stop in re.finditer(r"[.!?…](?=\s)", text[: end + 1])]
    if sentences and sentences[-1] >= end * _LEAST_SENTENCES:
        end = sentences[-1]
    return _cut(text, end)


def _cut(text: str, end: int) -> str:
    return re.sub(r"[\s,;:–—«(-]+$", "", text[:end]) + LEFT_OUT

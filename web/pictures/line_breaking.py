"""Lines of even length, broken where French allows it; nothing is lost but the spaces between."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

Measure = Callable[[str], float]  # how wide a text is

# A sign that never begins a line holds to the word before it, « to the word after it.
_BREAKS = re.compile(r"(?<!«)(?<![–—]) +(?![»:;!?%€])")


def broken(text: str, measure: Measure, width: float) -> list[str]:
    """The fewest lines that hold in `width`, of lengths as even as can be."""
    lines: list[str] = []
    for paragraph in re.split(r"\s*\n\s*", text):
        words = list(_pieces(paragraph, measure, width))
        lines.extend(_even(words, measure, width))
    return lines


def _pieces(paragraph: str, measure: Measure, width: float) -> Iterator[str]:
    """The words; one that no line holds (an address) is cut."""
    for word in _BREAKS.split(paragraph.strip(" ")):
        while measure(word) > width and len(word) > 1:
            too_long = bisect_right(range(len(word)), width, key=lambda n: measure(word[:n]))
            end = max(1, too_long - 1)
            yield word[:end]
            word = word[end:]
        yield word


def _even(words: list[str], measure: Measure, width: float) -> list[str]:
    """Break after the words that make the sum of the squared gaps at line ends least.

    The last line counts as the others do: no word is left alone there if it can be helped.
    """
    widths = [measure(word) for word in words]
    space = measure(" ")
    # For each number of words from the first: fewest lines, least sum, where the last line begins.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = []
        length = -space
        for start in range(end - 1, -1, -1):
            length += widths[start] + space
            if length > width and start < end - 1:
                break
            lines, gaps, _ = best[start]
            choices.append((lines + 1, gaps + (width - length) ** 2, start))
        best.append(min(choices))
    cuts = [len(words)]
    while cuts[-1] > 0:
        cuts.append(best[cuts[-1]][2])
    return [" ".join(words[start:end]) for end, start in pairwise(cuts)][::-1]

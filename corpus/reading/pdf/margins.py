"""What stands at the edges of the pages of a PDF: running heads, page numbers, notes."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from corpus.reading.pdf.lines import NOTE_SIZE, Line

_NOTE = re.compile(r"(?:\[?\d{1,3}\]?|\*{1,3}|†)[ .)]*\D")
_EDGE = 3  # lines at the top and at the foot of a page that may stand there on others
_PRINTED = re.compile(
    r"(?:https?|file)://.*\d+/\d+|\d\d?/\d\d?/\d{2,4},? \d\d?:\d\d.*"
)  # by a browser
_OFTEN = 0.3  # of the pages: heads may differ on the left and on the right
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|sur|of)\s*\d{1,4})?\s*[-–—|]?", re.I
)


def without_margins(lines: Sequence[Line]) -> list[Line]:
    """Leave out running heads, page numbers and the notes at the foot of pages."""
    pages = [list(page) for _, page in groupby(lines, lambda line: line.page)]
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(2, math.ceil(len(pages) * _OFTEN))
    body = body_height(lines)
    kept: list[Line] = []
    for page in pages:
        heads = {id(line) for line in _edges(page) if seen[_key(line)] >= least}
        outer = (min(page, key=attrgetter("base")), max(page, key=attrgetter("base")))
        heads |= {id(line) for line in outer if _is_stamp(line.text)}
        shown = [line for line in page if id(line) not in heads]
        notes = {id(line) for line in _notes_of(shown, body)}
        kept += [line for line in shown if id(line) not in notes]
    return kept


def _is_stamp(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text))


def _edges(page: Sequence[Line]) -> list[Line]:
    ordered = sorted(page, key=attrgetter("base"))
    return ordered[:_EDGE] + ordered[-_EDGE:] if len(ordered) > 2 * _EDGE else ordered


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.base / 5)


def body_height(lines: Iterable[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.height, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _notes_of(page: Sequence[Line], body: float) -> list[Line]:
    """The small lines at the foot, from the first that has the number of a note."""
    small = [line for line in page if line.height <= NOTE_SIZE * body]
    plain = [line for line in page if line.height > NOTE_SIZE * body]
    foot = [
        line for line in small if not any(p.base < line.base and overlap(p, line) for p in plain)
    ]
    opening = [line for line in foot if line.opens_note or _NOTE.match(line.text)]
    return [
        line
        for line in foot
        if plain and any(line.base <= first.base and overlap(line, first) for first in opening)
    ]


def overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right

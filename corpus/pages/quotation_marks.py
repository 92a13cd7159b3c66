"""Quotation marks: which opens, which closes, and what stands between."""

import re
from dataclasses import dataclass
from enum import Enum

MAX_LINES = 12  # a speech may run over several paragraphs, but not over the rest of the page
MAX_MARKS = 200  # keeps a page made of stray marks from taking forever

_MARK = re.compile(r"<<|>>|[«»“”„‟\"″]")
_LINE_HEAD = re.compile(r"^[ (_*–—-]*", re.MULTILINE)
_FAMILY = {"<<": "«", ">>": "«", "»": "«", "”": "“", "„": "“", "‟": "“", "″": '"'}


class _Side(Enum):
    OPENS = 1
    CLOSES = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    side: _Side
    begins_line: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """Outermost words between marks: `text[start:end]`; `opening:closing` takes in the marks."""

    start: int
    end: int
    opening: int
    closing: int
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Pairing:
    """The quotations of a text in order, and the marks that pair with none."""

    quotations: tuple[Quotation, ...]
    strays: tuple[int, ...]


def pairing_of(text: str) -> Pairing:
    """Pair the marks of a text whose paragraphs are its lines.

    A speech that is never closed ends with its line and is not `is_closed`; any other mark
    that is alone is a stray.
    """
    heads = {head.end() for head in _LINE_HEAD.finditer(text)}
    marks = [_mark(text, found, heads) for found in _MARK.finditer(text)]
    quotations: list[Quotation] = []
    strays: list[int] = []
    at = 0
    while at < len(marks):
        mark = marks[at]
        closing = None if mark.side is _Side.CLOSES else _closing_of(text, marks, at)
        if closing is not None:
            quotations.append(_quotation(text, mark, marks[closing].start, marks[closing].end))
            at = closing + 1
        elif mark.side is not _Side.CLOSES and _begins_speech(text, mark):
            end = _line_end(text, mark.end)
            quotations.append(_quotation(text, mark, end, end, is_closed=False))
            at = next((i for i in range(at, len(marks)) if marks[i].start >= end), len(marks))
        else:
            strays.append(mark.start)
            at += 1
    return Pairing(tuple(q for q in quotations if q.start < q.end), tuple(strays))


def begins_with_mark(text: str) -> bool:
    """Say whether a quotation opens the line."""
    return _MARK.match(text) is not None and not text.startswith(("»", ">>"))


def has_mark(text: str) -> bool:
    """Say whether a quotation mark stands in the text."""
    return _MARK.search(text) is not None


def _mark(text: str, found: re.Match[str], heads: set[int]) -> _Mark:
    sign, begins_line = found.group(), found.start() in heads
    side = _Side.OPENS if begins_line else _side(sign, *_neighbours(text, found))
    if sign in {"»", ">>"}:
        side = _Side.CLOSES
    return _Mark(found.start(), found.end(), _FAMILY.get(sign, sign), side, begins_line)


def _neighbours(text: str, found: re.Match[str]) -> tuple[bool, bool]:
    """Say whether the place before may precede an opening mark, and whether words follow."""
    before = text[max(0, found.start() - 1) : found.start()]
    after = text[found.end() : found.end() + 1]
    # Not only spaces: « l'"école" », « ("dit-il") ».
    return not before or before.isspace() or before in "([{'’/–—_*", bool(after.strip())


def _side(sign: str, after_gap: bool, before_words: bool) -> _Side:
    if sign in {"«", "<<", "„", "‟"}:
        return _Side.OPENS
    if after_gap and before_words:
        # « ” » opens when badly typed; « " » opens.
        return _Side.EITHER if sign == "”" else _Side.OPENS
    if not after_gap:
        return _Side.EITHER if sign == "“" and before_words else _Side.CLOSES
    return {"“": _Side.OPENS, "”": _Side.CLOSES}.get(sign, _Side.EITHER)


def _closing_of(text: str, marks: list[_Mark], at: int) -> int | None:
    """The mark that closes another: one of its own family, or else (« … ") any that closes."""
    strict = _scan(text, marks, at, strict=True)
    return strict if strict is not None else _scan(text, marks, at, strict=False)


def _scan(text: str, marks: list[_Mark], at: int, *, strict: bool) -> int | None:
    stack = [marks[at].family]
    for index in range(at + 1, min(len(marks), at + MAX_MARKS)):
        mark = marks[index]
        lines = text.count("\n", marks[at].end, mark.start)
        # A paragraph that opens a quotation of its own ends the wait of the one before.
        if lines and ((mark.begins_line and mark.side is _Side.OPENS) or lines > MAX_LINES):
            return None
        if not strict and lines:
            return None  # two marks that do not match are not held to be a pair from afar
        if mark.side is _Side.OPENS or (mark.side is _Side.EITHER and mark.family not in stack):
            stack.append(mark.family)
        elif mark.family in stack:
            del stack[len(stack) - 1 - stack[::-1].index(mark.family) :]
        elif not strict:
            stack.pop()
        if not stack:
            return index
    return None


def _begins_speech(text: str, mark: _Mark) -> bool:
    line = text[mark.end : _line_end(text, mark.end)]
    return bool(line.strip()) and (
        mark.begins_line or text[max(0, mark.start - 3) : mark.start].rstrip().endswith(":")
    )


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _quotation(
    text: str, mark: _Mark, end: int, closing: int, *, is_closed: bool = True
) -> Quotation:
    words = text[mark.end : end]
    start = mark.end + len(words) - len(words.lstrip())
    return Quotation(start, start + len(words.strip()), mark.start, closing, is_closed)

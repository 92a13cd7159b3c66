"""Marks: the numbers before key ideas, the quotation marks around words."""

import re
from dataclasses import dataclass
from enum import Enum

from corpus.typography import fold

_NOUN = (
    r"(?:(?:idée|point|enseignement|constat|message|leçon|conviction|levier|principe|axe|piste"
    r"|conseil|étape|repère|clé|clef|condition|ingrédient|recommandation)s?"
    r"(?:[ -](?:clé|clef|fort|force|majeur|phare)e?s?)?|(?:à|ce qu[’']il faut) retenir)"
)
_FIGURES = r"(?:n\s?°\s?|n[o°]\.?\s*|#\s?)?[(\[]?(?P<number>\d{1,2})(?:\ufe0f?\u20e3)?"
_NUMBER_MARK = r"(?P<mark>[.)\]/:°|]{1,2}|[–—-](?=\s)|(?<=\u20e3))"
_ARABIC = re.compile(
    rf"(?P<noun>(?:{_NOUN}\s*)?){_FIGURES}\s?{_NUMBER_MARK}\s*[–—:-]?\s*(?=\D)(?P<text>\S.*)", re.I
)
_NAMED = re.compile(
    rf"(?P<noun>{_NOUN}|(?=#|n\s?°))\s*{_FIGURES}(?P<mark>)(?:\s*[–—:.-])?\s+(?=[^\W\d_])(?P<text>\S.*)",
    re.I,
)
_ROMAN = re.compile(
    rf"(?P<noun>(?i:{_NOUN}\s*)?)(?P<number>[IVX]{{1,5}})\s?(?P<mark>[.)/:]|[–—-])\s+(?P<text>\S.*)"
)
_CIRCLED = re.compile(
    r"(?P<number>[\u2460-\u2473\u2776-\u2793])\s*(?P<mark>)[.:–—-]?\s*(?P<text>\S.*)"
)
_ORDINALS = (
    "premi deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme"
)
_ORDINAL = re.compile(
    rf"(?P<number>[^\W\d_]{{5,10}})\s+(?P<noun>{_NOUN})\s*(?P<mark>[:–—-])\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
# A full stop after a letter is mostly that of an initial: only a heading may have one.
_LETTER = re.compile(r"(?P<number>[A-Ha-h])(?P<mark>[)/]|\s[–—-](?=\s))\s*(?P<text>\S.*)")
_HEADING_LETTER = re.compile(r"(?P<number>[A-H])(?P<mark>\.)\s+(?P<text>\S+(?:\s\S+){2,})")
_BARE = re.compile(r"(?P<number>0?\d{1,2})(?P<mark>)\s+(?P<text>[A-ZÀ-Þ«].*)")
_ALONE = re.compile(rf"(?P<noun>(?:{_NOUN}\s*)?){_FIGURES}\s?[.)\]/:°–—-]?", re.IGNORECASE)
# Arrows, shapes and pictures before the number, not the figures in circles.
_ORNAMENTS = re.compile(
    "(?:[\u2190-\u21ff\u25a0-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]\\s*)+"
)
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number of a line, how it is written, and the words after it."""

    number: int
    style: str
    text: str


def numbering_of(line: str, *, is_heading: bool = False) -> Numbering | None:
    """Read the number that a line begins with; a heading may have one without any sign."""
    ornaments = _ORNAMENTS.match(line)
    line = line[ornaments.end() :] if ornaments else line
    for kind, pattern in _PATTERNS.items():
        found = pattern.fullmatch(line) if is_heading or "heading" not in kind else None
        if found and (number := _value(kind, found["number"])):
            noun = fold(found.groupdict().get("noun") or "").strip()
            return Numbering(number, f"{kind}{noun}{found['mark']}", found["text"].strip())
    return None


def lone_number(line: str) -> Numbering | None:
    """A number that has a line to itself, above the words it counts: « 2 », « Idée n°2 »."""
    found = _ALONE.fullmatch(line.strip())
    number = int(found["number"]) if found else 0
    return (
        Numbering(number, f"alone{fold(found['noun']).strip()}", "") if found and number else None
    )


_PATTERNS = {
    "roman": _ROMAN,
    "arabic": _ARABIC,
    "named": _NAMED,
    "circled": _CIRCLED,
    "ordinal": _ORDINAL,
    "letter": _LETTER,
    "letter in a heading": _HEADING_LETTER,
    "bare in a heading": _BARE,
}


def _value(kind: str, written: str) -> int:
    match kind:
        case "roman":
            return next((i for i, r in enumerate(_ROMANS.split(), 1) if r == written), 0)
        case "circled":
            code = ord(written)
            return code - 0x245F if code <= 0x2473 else (code - 0x2776) % 10 + 1
        case "letter" | "letter in a heading":
            return ord(written.upper()) - ord("A") + 1
        case "ordinal":
            folded = fold(written).replace("second", "deuxieme")
            named = (i for i, stem in enumerate(_ORDINALS.split(), 1) if folded.startswith(stem))
            return next(named, 0)
    return int(written)


MAX_LINES = 12  # a speech may run over several paragraphs, but not over the rest of the page
MAX_MARKS = 200  # keeps a page made of stray marks from taking forever

_MARK = re.compile(r"<<|>>|[«»“”„‟\"″]")
_GOES_ON = re.compile(r"(?![,;:)\]]|[.!?](?!\.))\S")
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
    # Not only spaces: « l'"école" », « ("dit-il") ».
    after_gap = not before or before.isspace() or before in "([{'’/–—_*"
    return after_gap, _GOES_ON.match(text, found.end()) is not None


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

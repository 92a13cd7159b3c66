"""Key ideas: the numbered lines of a page that its quotations stand under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.contact_data import has_contact_data
from corpus.pages.quotation_marks import begins_with_mark, has_mark, pairing_of

_ARABIC = re.compile(
    r"(?P<style>(?:(?:idée|point|enseignement|constat|message|leçon|clé"
    r"|clef)s?(?:[ -](?:clé|clef|fort)s?)?\s*)?)"
    r"(?:n\s?°\s?|n[o°]\s*|#\s?)?(?P<number>\d{1,2})\s?"
    r"(?P<mark>[.)/:°]|[–—-](?=\s))\s*[–—-]?\s*(?=\D)(?P<text>\S.*)",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:idée|point|enseignement|constat|message|leçon|clé|clef|conseil)"
    r"(?:[ -](?:clé|clef|fort)s?)?"
)
_ORDINALS = ("prem", "deux", "trois", "quatr", "cinq", "six", "sept", "huit", "neuv", "dix")
_OTHERS = {
    "keycap": re.compile(r"(?P<number>\d)\ufe0f?\u20e3\s*[.:)–—-]?\s*(?P<text>\S.*)"),
    "#": re.compile(r"(?:#\s?|n\s?°\s?)(?P<number>\d{1,2})\s+(?P<text>[^\W\d].*)", re.IGNORECASE),
    "()": re.compile(r"\((?P<number>\d{1,2})\)\s*(?P<text>[^\W\d].*)"),
    "ordinal": re.compile(
        r"(?P<number>premier|première|deuxième|seconde?|troisième|quatrième|cinquième|sixième"
        rf"|septième|huitième|neuvième|dixième)\s{_NOUN}\s*[:–—-]\s*(?P<text>\S.*)",
        re.IGNORECASE,
    ),
}
_IN_HEADING = re.compile(r"(?P<number>\d{1,2})\s+(?P<text>[A-ZÀ-Þ«“\"].*)")
# « Idée clé n° 1 », whose text is the next line.
_ALONE = re.compile(rf"{_NOUN}\s*(?:n\s?°\s?|#\s?)?(?P<number>\d{{1,2}})\s*[:.–—-]?", re.IGNORECASE)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,5})\s?(?P<mark>[.)/:]|[–—-])\s+(?P<text>\S.*)")
_ANNOUNCED = re.compile(
    r"(?:idées?|points?|messages?)[ -](?:clés?|clefs?|forts?)|à retenir|enseignements",
    re.IGNORECASE,
)
_LONGEST = 60  # words: beyond, it is a paragraph of a numbered text
_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """A numbered line; `lines` are those of the page that it takes up."""

    number: int
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Numbered:
    index: int
    number: int
    text: str
    style: str
    height: int = 1  # in blocks


def key_ideas_of(blocks: Sequence[Block]) -> tuple[FoundIdea, ...]:
    """The numbered series that has most quotations under it; none where there is no link."""
    items = list(_numbered(blocks))
    series = list(_series_of(items))
    if not series:
        return ()
    ends = [item.index for item in items] + [len(blocks)]
    backing = [sum(_quotes_under(blocks, item, ends) for item in run) for run in series]
    best = max(range(len(series)), key=lambda i: (backing[i], len(series[i]), -i))
    announced = any(_ANNOUNCED.search(block.text) for block in blocks)
    if not backing[best] and not (announced and len(series[best]) > 1):
        return ()
    return tuple(_found(blocks, item) for item in series[best])


def missing_numbers(ideas: Sequence[FoundIdea]) -> list[int]:
    """Numbers that the series skips."""
    numbers = {idea.number for idea in ideas}
    return [n for n in range(1, max(numbers, default=0)) if n not in numbers]


def _numbered(blocks: Sequence[Block]) -> Iterator[_Numbered]:
    for index, block in enumerate(blocks):
        if has_contact_data(block.text):
            continue
        below = blocks[index + 1].text if index + 1 < len(blocks) else ""
        item = _alone(index, block, below) or _in_line(index, block)
        if item and item.number and not _is_too_much(item.text):
            yield item


def _is_too_much(text: str) -> bool:
    return len(text.split()) > _LONGEST or _is_numbered_quote(text)


def _alone(index: int, block: Block, below: str) -> _Numbered | None:
    found = _ALONE.fullmatch(block.text)
    if not found or not below or begins_with_mark(below):
        return None
    return _Numbered(index, int(found["number"]), below.strip(), "alone", height=2)


def _in_line(index: int, block: Block) -> _Numbered | None:
    roman, arabic = _ROMAN.fullmatch(block.text), _ARABIC.fullmatch(block.text)
    if roman:
        style = f"roman{roman['mark']}"
        return _Numbered(index, _roman_value(roman["number"]), roman["text"].strip(), style)
    if arabic:
        style = f"{arabic['style'].strip().casefold()}{arabic['mark']}"
        return _Numbered(index, int(arabic["number"]), arabic["text"].strip(), style)
    shapes = {**_OTHERS, "heading": _IN_HEADING} if block.kind is BlockKind.HEADING else _OTHERS
    for style, shape in shapes.items():
        found = shape.fullmatch(block.text)
        if found:
            return _Numbered(index, _value(found["number"]), found["text"].strip(), style)
    return None


def _value(number: str) -> int:
    """« 2 », « deuxième » and « second » are 2."""
    if number.isdigit():
        return int(number)
    word = number.casefold()
    stem = "deux" if word.startswith("second") else word
    return next(n for n, ordinal in enumerate(_ORDINALS, start=1) if stem.startswith(ordinal))


def _series_of(items: list[_Numbered]) -> Iterator[list[_Numbered]]:
    """Runs of rising numbers of one style; one that starts again is another run."""
    for style in dict.fromkeys(item.style for item in items):
        run: list[_Numbered] = []
        for item in items:
            if item.style != style:
                continue
            if item.number == 1 or (run and item.number <= run[-1].number):
                # A list inside an idea counts from 1 too: only a run of its own if it goes on.
                if run and item.number != 1:
                    continue
                if run:
                    yield run
                run = [item]
            elif not run or item.number - run[-1].number <= 3:
                run.append(item)
        if run:
            yield run


def _quotes_under(blocks: Sequence[Block], item: _Numbered, ends: list[int]) -> int:
    """How many blocks hold quotations between a numbered line and the next one."""
    end = min(end for end in ends if end > item.index)
    below = blocks[item.index + item.height : end]
    return sum(has_mark(block.text) or block.group > 0 for block in below)


def _found(blocks: Sequence[Block], item: _Numbered) -> FoundIdea:
    """A numbered line, with the lines below that finish its sentence."""
    below = item.index + item.height
    text, lines = item.text, [block.line for block in blocks[item.index : below]]
    for block in blocks[below:]:
        follows = block.line == lines[-1] + 1 and block.text[0].islower()
        if not follows or text.endswith((".", "!", "?", ":")):
            break
        text, lines = f"{text} {block.text}", [*lines, block.line]
    return FoundIdea(item.number, text, tuple(lines))


def _is_numbered_quote(text: str) -> bool:
    if not begins_with_mark(text):
        return False
    quotations = pairing_of(text).quotations
    return bool(quotations) and len(text[quotations[0].start : quotations[0].end].split()) >= 6


def _roman_value(numeral: str) -> int:
    total = 0
    for sign, following in zip(numeral, [*numeral[1:], None], strict=True):
        value = _VALUES[sign]
        total += -value if following and _VALUES[following] > value else value
    return total

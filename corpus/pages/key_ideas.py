"""Key ideas: the numbered lines of a page that its quotations stand under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pages.blocks import Block
from corpus.pages.contact_data import has_contact_data
from corpus.pages.quotation_marks import begins_with_mark, has_mark, pairing_of

_ARABIC = re.compile(
    r"(?P<style>(?:(?:idée|point|enseignement|constat|message|leçon|clé"
    r"|clef)s?(?:[ -](?:clé|clef|fort)s?)?\s*)?)"
    r"(?:n\s?°\s?|n[o°]\s*|#\s?)?(?P<number>\d{1,2})\s?"
    r"(?P<mark>[.)/:°]|[–—-](?=\s))\s*[–—-]?\s*(?=\D)(?P<text>\S.*)",
    re.IGNORECASE,
)
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
        roman = _ROMAN.fullmatch(block.text)
        arabic = roman or _ARABIC.fullmatch(block.text)
        if (
            not arabic
            or len(arabic["text"].split()) > _LONGEST
            or _is_numbered_quote(arabic["text"])
        ):
            continue
        number = _roman_value(arabic["number"]) if roman else int(arabic["number"])
        word = "" if roman else arabic["style"].strip().casefold()
        style = f"{'roman' if roman else word}{arabic['mark']}"
        if number:
            yield _Numbered(index, number, arabic["text"].strip(), style)


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
    return sum(has_mark(block.text) for block in blocks[item.index + 1 : end])


def _found(blocks: Sequence[Block], item: _Numbered) -> FoundIdea:
    """A numbered line, with the lines below that finish its sentence."""
    text, lines = item.text, [blocks[item.index].line]
    for block in blocks[item.index + 1 :]:
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

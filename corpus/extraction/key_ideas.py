"""Key ideas: the lines of a page, numbered or not, that its quotations stand under."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.boilerplate import may_quote
from corpus.extraction.contacts import has_contact_data
from corpus.extraction.extracted import ExtractedIdea
from corpus.extraction.marks import (
    begins_with_mark,
    has_mark,
    lone_number,
    numbering_of,
    pairing_of,
)
from corpus.extraction.names import begins_with_name
from corpus.reading.blocks import Block, BlockKind

_ANNOUNCED = re.compile(
    r"(?:idées?|points?|messages?)[ -](?:clés?|clefs?|forts?|forces?)|à retenir|enseignements"
    r"|ce qu(?:e nous|e l[’']on|[’']on|[’']il faut)\s(?:en\s)?(?:a\s|avons\s)?reten",
    re.IGNORECASE,
)
_LONGEST = 60  # words: beyond, it is a paragraph of a numbered text
_HEADING_WORDS = 30
_LABEL_WORDS = 12
_PLAIN = 10  # the rank of a line that nothing sets apart
# A picture or an arrow, « Idée clé : ».
_SIGN = re.compile(
    "(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+ ?|(?:idée|point|message|enseignement)"
    "(?:[ -]cl(?:é|ef))? ?: )+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A line that may be an idea: the words are in the block at `index`."""

    index: int
    number: int
    text: str
    style: str
    is_below: bool = False  # the number has the line above to itself


def key_ideas_of(blocks: Sequence[Block], title: str = "") -> tuple[ExtractedIdea, ...]:
    """The series that has most quotations under it; none where there is no link.

    Lines without numbers count where the page says that it tells what to remember, or where
    speeches and nothing else stand right under three of them.
    """
    items = list(_numbered(blocks))
    series = list(_series_of(items))
    titled = _ANNOUNCED.search(title) is not None
    announced = 0 if titled else next((i for i, b in enumerate(blocks) if _announces(b)), None)
    ends = [item.index for item in items] + [len(blocks)]
    backing = [[_quotes_under(blocks, item.index, ends) for item in run] for run in series]
    if series:
        best = max(range(len(series)), key=lambda i: (sum(backing[i]), len(series[i]), -i))
        backed = sum(map(bool, backing[best]))
        if backed * 2 >= len(series[best]) or (announced is not None and len(series[best]) > 1):
            return tuple(_found(blocks, item) for item in series[best])
    return tuple(_found(blocks, item) for item in _unnumbered(blocks, announced))


def _announces(block: Block) -> bool:
    """Say whether a heading, or a line that is no more than this, tells that ideas follow."""
    is_short = block.kind is BlockKind.HEADING or len(block.text.split()) <= _LABEL_WORDS
    return (is_short or block.text.endswith(":")) and _ANNOUNCED.search(block.text) is not None


def missing_numbers(ideas: Sequence[ExtractedIdea]) -> list[int]:
    """Numbers that the series skips."""
    numbers = {idea.number for idea in ideas}
    return [n for n in range(1, max(numbers, default=0)) if n not in numbers]


def _numbered(blocks: Sequence[Block]) -> Iterator[_Item]:
    for index, block in enumerate(blocks):
        if has_contact_data(block.text):
            continue
        is_heading = block.kind is BlockKind.HEADING or block.is_strong
        found = numbering_of(block.text, is_heading=is_heading)
        lettered = None if found else numbering_of(block.text, is_heading=True)
        if lettered and lettered.style.startswith("letter"):
            found = lettered
        if found and _may_be_idea(found.text):
            yield _Item(index, found.number, found.text, found.style)
            continue
        alone = None if found else lone_number(block.text)
        below = blocks[index + 1] if alone and index + 1 < len(blocks) else None
        if alone and below and _may_be_idea(below.text) and len(below.text.split()) > 1:
            yield _Item(index + 1, alone.number, below.text, alone.style, is_below=True)


def _may_be_idea(text: str) -> bool:
    is_note = text.startswith("↑") or len(text.split()) > _LONGEST
    return not (is_note or _is_numbered_quote(text) or has_contact_data(text))


def _series_of(items: list[_Item]) -> Iterator[list[_Item]]:
    """Runs of rising numbers of one style; one that starts again is another run."""
    for style in dict.fromkeys(item.style for item in items):
        run: list[_Item] = []
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
        # One letter alone is more often an initial or a note.
        if run and (len(run) > 1 or not style.startswith("letter")):
            yield run


def _unnumbered(blocks: Sequence[Block], announced_at: int | None) -> list[_Item]:
    """The lines of one look that have most speeches under them, from the first to the last."""
    looks: dict[int, list[int]] = {}
    announced = announced_at is not None
    for index, block in enumerate(blocks[announced_at or 0 :], start=announced_at or 0):
        rank = _rank(block)
        if rank is not None and (announced or rank < _PLAIN):
            looks.setdefault(rank, []).append(index)
    best: list[int] = []
    most = 1 if announced else 2  # one heading over all the quotations is no idea
    for rank, indexes in sorted(looks.items()):
        stops = sorted(i for other, found in looks.items() if other <= rank for i in found)
        ends = [*stops, len(blocks)]
        is_loose = announced and rank < _PLAIN
        backed = [i for i in indexes if _is_backed(blocks, i, ends, is_loose)]
        if len(backed) <= most:
            continue
        between = [i for i in indexes if backed[0] <= i <= backed[-1]]
        if rank == _PLAIN:
            best, most = backed, len(backed)
        elif announced or len(backed) * 4 >= len(between) * 3:
            best, most = between, len(backed)
    return [_Item(i, n, _bare(blocks[i].text), "") for n, i in enumerate(best, start=1)]


def _rank(block: Block) -> int | None:
    """The level of what may be an idea; a line in bold or with a sign ranks below headings."""
    text = _bare(block.text)
    if (
        not 1 < len(text.split()) <= _HEADING_WORDS
        or text.endswith(("?", ":"))
        or block.kind in {BlockKind.QUOTE, BlockKind.TABLE_ROW}
        or begins_with_name(text)
        or begins_with_mark(text)
        or _ANNOUNCED.search(text)
        or has_contact_data(text)
    ):
        return None
    if block.kind is BlockKind.HEADING:
        return block.level
    if text != block.text or (block.is_strong and not block.group):
        return _PLAIN - 1
    return None if has_mark(text) else _PLAIN


def _bare(text: str) -> str:
    """The words of an idea, without the sign or the « Idée clé : » before them."""
    return text[found.end() :] if (found := _SIGN.match(text)) else text


def _is_backed(blocks: Sequence[Block], index: int, ends: Sequence[int], is_loose: bool) -> bool:
    """Say whether speeches stand under a line: anywhere, or right below it."""
    if is_loose:
        return _quotes_under(blocks, index, ends) > 0
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return below is not None and (below.kind is BlockKind.QUOTE or begins_with_mark(below.text))


def _quotes_under(blocks: Sequence[Block], index: int, ends: Sequence[int]) -> int:
    """How many blocks hold quotations between an idea and the next of the sorted `ends`."""
    end = ends[bisect_right(ends, index)]
    return sum(may_quote(block) for block in blocks[index + 1 : end])


def _found(blocks: Sequence[Block], item: _Item) -> ExtractedIdea:
    """An idea, with the lines below that finish its sentence."""
    text, lines = item.text, [blocks[item.index].line]
    for block in blocks[item.index + 1 :]:
        follows = block.line == lines[-1] + 1 and block.text[0].islower()
        if not follows or text.endswith((".", "!", "?", ":")) or has_contact_data(block.text):
            break
        text, lines = f"{text} {block.text}", [*lines, block.line]
    if item.is_below:
        lines.insert(0, blocks[item.index - 1].line)
    return ExtractedIdea(item.number, text, tuple(lines))


def _is_numbered_quote(text: str) -> bool:
    if not begins_with_mark(text):
        return False
    quotations = pairing_of(text).quotations
    return bool(quotations) and len(text[quotations[0].start : quotations[0].end].split()) >= 6

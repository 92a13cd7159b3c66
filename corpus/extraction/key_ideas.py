"""Key ideas: the lines of a page, numbered or not, that its quotations stand under."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.boilerplate import has_contact_data
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


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """A key idea; `lines` are those of the page that it takes up."""

    number: int
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A line that may be an idea: the words are in the block at `index`."""

    index: int
    number: int
    text: str
    style: str
    is_below: bool = False  # the number has the line above to itself


def key_ideas_of(blocks: Sequence[Block], title: str = "") -> tuple[FoundIdea, ...]:
    """The series that has most quotations under it; none where there is no link.

    Headings without numbers count where the page says that it tells what to remember.
    """
    items = list(_numbered(blocks))
    series = list(_series_of(items))
    announced = any(_ANNOUNCED.search(text) for text in (title, *(b.text for b in blocks)))
    ends = [item.index for item in items] + [len(blocks)]
    backing = [sum(_quotes_under(blocks, item, ends) for item in run) for run in series]
    if series:
        best = max(range(len(series)), key=lambda i: (backing[i], len(series[i]), -i))
        if backing[best] or (announced and len(series[best]) > 1):
            return tuple(_found(blocks, item) for item in series[best])
    headings = _headings(blocks) if announced else []
    return tuple(_found(blocks, item) for item in headings)


def missing_numbers(ideas: Sequence[FoundIdea]) -> list[int]:
    """Numbers that the series skips."""
    numbers = {idea.number for idea in ideas}
    return [n for n in range(1, max(numbers, default=0)) if n not in numbers]


def _numbered(blocks: Sequence[Block]) -> Iterator[_Item]:
    for index, block in enumerate(blocks):
        if has_contact_data(block.text):
            continue
        is_heading = block.kind is BlockKind.HEADING or block.is_strong
        found = numbering_of(block.text, is_heading=is_heading)
        if found and _may_be_idea(found.text):
            yield _Item(index, found.number, found.text, found.style)
            continue
        alone = None if found else lone_number(block.text)
        below = blocks[index + 1] if alone and index + 1 < len(blocks) else None
        if alone and below and _may_be_idea(below.text) and len(below.text.split()) > 1:
            yield _Item(index + 1, alone.number, below.text, alone.style, is_below=True)


def _may_be_idea(text: str) -> bool:
    too_long = len(text.split()) > _LONGEST
    return not (too_long or _is_numbered_quote(text) or has_contact_data(text))


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


def _headings(blocks: Sequence[Block]) -> list[_Item]:
    """Headings of one rank, or lines in bold, from the first that speeches back to the last."""
    ranks: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        rank = _rank(block)
        if rank is not None:
            ranks.setdefault(rank, []).append(index)
    best: list[_Item] = []
    most = 1  # one heading over all the quotations is no idea
    for rank, indexes in sorted(ranks.items()):
        stops = sorted(i for other, found in ranks.items() if other <= rank for i in found)
        items = [_Item(index, 1, blocks[index].text, "") for index in indexes]
        backed = [i for i in items if _quotes_under(blocks, i, [*stops, len(blocks)])]
        if len(backed) > most:
            between = (i for i in items if backed[0].index <= i.index <= backed[-1].index)
            best, most = list(between), len(backed)
    return [_Item(item.index, n, item.text, "") for n, item in enumerate(best, start=1)]


def _rank(block: Block) -> int | None:
    """The level of what may be an idea; a bold line ranks below every heading."""
    text = block.text
    if (
        not (block.kind is BlockKind.HEADING or (block.is_strong and not block.group))
        or not 1 < len(text.split()) <= _HEADING_WORDS
        or text.endswith(("?", ":"))
        or begins_with_name(text)
        or begins_with_mark(text)
        or _ANNOUNCED.search(text)
        or has_contact_data(text)
    ):
        return None
    return block.level if block.kind is BlockKind.HEADING else 9


def _quotes_under(blocks: Sequence[Block], item: _Item, ends: Sequence[int]) -> int:
    """How many blocks hold quotations between an idea and the next of the sorted `ends`."""
    end = ends[bisect_right(ends, item.index)]
    return sum(_may_quote(block) for block in blocks[item.index + 1 : end])


def _may_quote(block: Block) -> bool:
    return has_mark(block.text) or bool(block.group) or block.kind is BlockKind.QUOTE


def _found(blocks: Sequence[Block], item: _Item) -> FoundIdea:
    """An idea, with the lines below that finish its sentence."""
    text, lines = item.text, [blocks[item.index].line]
    for block in blocks[item.index + 1 :]:
        follows = block.line == lines[-1] + 1 and block.text[0].islower()
        if not follows or text.endswith((".", "!", "?", ":")) or has_contact_data(block.text):
            break
        text, lines = f"{text} {block.text}", [*lines, block.line]
    if item.is_below:
        lines.insert(0, blocks[item.index - 1].line)
    return FoundIdea(item.number, text, tuple(lines))


def _is_numbered_quote(text: str) -> bool:
    if not begins_with_mark(text):
        return False
    quotations = pairing_of(text).quotations
    return bool(quotations) and len(text[quotations[0].start : quotations[0].end].split()) >= 6

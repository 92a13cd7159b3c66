"""What may be somebody's words on a page: five ways to find some, none of which decides.

Words between marks; words set apart by layout; a line without marks; what a label opens
(« Léa : »); what stands below a heading.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.extraction.body import ADDRESS, I_SAY, Body
from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.labels import Label, labels_of, stands_as_name
from corpus.extraction.marks import Quotation, begins_with_mark, has_mark, pairing_of
from corpus.extraction.roster import Roster
from corpus.extraction.speech import ENDINGS, asks, begins_with_speech_verb
from corpus.reading.blocks import Block, BlockKind

_MOSTLY = 0.6  # of the letters between marks: what holds them is only their frame
_SIGNATURE_WORDS = 25
_LISTED_WORDS = 3
_INCISE_WORDS = 15
_SIGNED = re.compile(
    r"(?P<gap>\s*(?:[–—]|--?\s|\s-|[(\[])\s*|(?<=[.!?…»”\"])\s+)"
    r"(?P<who>[@A-ZÀ-Þ«][^.!?…\n]{1,150}|(?:l['’]|une?\s|la\s|le\s)[^.!?…\n]{3,80})[)\]]?[.\s]*$"
)
_CREDIT = re.compile(
    r"(?:propos|entretien|interview|témoignages?)\s+(?:recueillis?|réalisée?s?|menée?|par)\b"
    r"|par (?-i:[A-ZÀ-Þ][a-zà-ÿ-]+ (?:[A-ZÀ-Þ]|le \d))"
    r"|(?:photos?|crédits?|illustrations?|légende)\s*:"
    r"|(?:toutes )?les (?:photos|images|illustrations)\b[^.:]{0,60}\bfournies\b"
    r"|(?:pour )?(?:aller plus loin|en savoir plus)\b"
    r"|(?:lire|voir|retrouvez)\b",
    re.IGNORECASE,
)


def candidates_of(body: Body, roster: Roster) -> list[Candidate]:
    """All of them, in order; those of one kind never overlap."""
    marked = list(_marked(body, roster))
    asked = _plain_questions(body)
    others = [
        *_set_apart(body),
        *_labelled(body, roster, asked),
        *_lines(body, asked),
        *_sections(body, asked),
    ]
    openings = [m.opening for m in marked]
    labelled = {c.opening for c in others if c.kind is Kind.TURN}
    # A label never stays in the words.
    bare = [c for c in others if c.kind is Kind.TURN or c.opening not in labelled]
    unframed = [c for c in bare if not _is_frame(c, marked, openings)]
    return sorted([*marked, *unframed], key=lambda c: (c.opening, c.closing))


def _is_frame(candidate: Candidate, marked: list[Candidate], openings: list[int]) -> bool:
    """Say whether marks inside hold most of the words: then they are what was said."""
    first = max(0, bisect_left(openings, candidate.opening) - 1)
    near = marked[first : bisect_left(openings, candidate.closing)]
    inside = [m for m in near if candidate.overlaps(m)]
    letters = sum(min(m.end, candidate.end) - max(m.start, candidate.start) for m in inside)
    return letters > _MOSTLY * (candidate.end - candidate.start)


def _marked(body: Body, roster: Roster) -> Iterator[Candidate]:
    for _, blocks in body.sections():
        if not blocks:
            continue
        start, end = body.starts[blocks[0]], body.bounds(blocks[-1])[1]
        text = body.text[start:end]
        joined: Candidate | None = None
        items = any(body.blocks[i].kind is BlockKind.LIST_ITEM for i in blocks)
        quotations = pairing_of(text).quotations
        for run in ([one] for one in quotations) if items else _runs(quotations, text):
            found = _between_marks(run, text, start)
            if joined and _goes_on(body.text, joined, found):
                gap = (joined.end, found.start)
                joined = replace(
                    joined, end=found.end, closing=found.closing, gaps=(*joined.gaps, gap)
                )
                continue
            if joined:
                yield joined
            joined = found
        if joined:
            yield joined


def _runs(quotations: Iterable[Quotation], text: str) -> Iterator[list[Quotation]]:
    """A mark opens each paragraph of a speech and closes the last: those are one run."""
    run: list[Quotation] = []
    for quotation in quotations:
        if run and not _opens_again(run[-1], quotation, text):
            yield from ([one] for one in run)
            run = []
        run.append(quotation)
        if quotation.is_closed:
            yield run
            run = []
    yield from ([one] for one in run)


def _opens_again(before: Quotation, after: Quotation, text: str) -> bool:
    """Say whether marks open the next paragraph, and nothing signs the one that they left open."""
    signed = _SIGNED.search(text, before.start, before.end)
    is_next = not text[before.closing : after.opening].strip()
    return is_next and not (signed and signed["gap"].strip())


def _between_marks(run: list[Quotation], text: str, offset: int) -> Candidate:
    first, last = run[0], run[-1]
    end, closing, signature = last.end, last.closing, ""
    signed = None if last.is_closed else _SIGNED.search(text, last.start, last.end)
    if signed and signed.start() > last.start:
        end, closing, signature = signed.start(), signed.start(), signed["who"]
    return Candidate(
        Kind.MARKS,
        first.start + offset,
        end + offset,
        first.opening + offset,
        closing + offset,
        signature=signature,
        is_closed=last.is_closed,
        gaps=tuple((one.end + offset, other.start + offset) for one, other in pairwise(run)),
    )


def _goes_on(text: str, first: Candidate, second: Candidate) -> bool:
    """Say whether marks close and open again around an incise: « A », dit-il, « et b »."""
    words, between = text[first.start : first.end], text[first.closing : second.opening]
    clause = between.strip(" ,_*\u00a0")
    return (
        between.rstrip(" _*\u00a0").endswith(",")
        and text[second.start].islower()
        and not words.endswith((*ENDINGS, ";"))
        and not re.search(r"[.!?;:\n]", clause)
        and len(clause.split()) <= _INCISE_WORDS
        and begins_with_speech_verb(clause)
    )


def _set_apart(body: Body) -> Iterator[Candidate]:
    """Blockquotes and lines in italics, without the lines that say whose they are."""
    for group, numbered in groupby(enumerate(body.blocks), lambda item: item[1].group):
        indexes = [index for index, _ in numbered if not body.is_head(index)]
        if not group or not indexes:
            continue
        first, last = indexes[0], indexes[-1]
        start, closing = body.starts[first], body.bounds(last)[1]
        signature, end, tail = "", closing, body.blocks[last].text
        if last > first and _is_signature(tail):
            signature, end = tail.lstrip("–—- "), body.bounds(last - 1)[1]
        elif signed := _signed(body, end):
            signature, end = signed
        if start < end:
            yield Candidate(Kind.LAYOUT, start, end, start, closing, "", signature)


def _is_signature(text: str) -> bool:
    if len(text.split()) > _SIGNATURE_WORDS:
        return False
    if text.startswith(("–", "—", "- ", "--")):
        return not begins_with_mark(text.lstrip("–—- "))
    return not (has_mark(text) or re.search(r"[.!?…](?:\s|$)", text))


def _signed(body: Body, end: int) -> tuple[str, int] | None:
    """The name at the end of a block, and where the words before it end."""
    start = body.starts[body.index_at(end - 1)]
    found = _SIGNED.search(body.text, start, end)
    if found is None or found.start() <= start or not found["gap"].strip():
        return None
    return found["who"].rstrip(" )]."), found.start()


def _lines(body: Body, asked: set[int]) -> Iterator[Candidate]:
    """Items of lists, and paragraphs that a name ends or stands beside, without any mark.

    An item that asks, as others of the page do, is what its answer stands below.
    """
    for index, block in enumerate(body.blocks):
        start, end = body.bounds(index)
        is_item = block.kind is BlockKind.LIST_ITEM
        is_left = index in asked if is_item else has_mark(block.text)
        if block.group or body.is_head(index) or is_left:
            continue
        signed = _signed(body, end)
        beside = index + 1 < len(body.blocks) and stands_as_name(body.blocks[index + 1].text)
        if len(block.text.split()) < _LISTED_WORDS or not (is_item or signed or beside):
            continue
        signature, until = signed or ("", end)
        yield Candidate(Kind.LINE, start, until, start, end, "", signature)


def _labelled(body: Body, roster: Roster, asked: set[int]) -> Iterator[Candidate]:
    """What follows a name and a colon, or a name that has a line to itself, down to the next."""
    labels = labels_of(body.blocks, body.heads, roster)
    opened = {label.index for label in labels} | asked
    for label in labels:
        if label.asks:
            continue
        first = last = _opening_of(body, label)
        block = body.blocks[label.index]
        is_alone = label.end >= len(block.text)
        if block.kind is not BlockKind.LIST_ITEM or is_alone or _is_lone_item(body, label.index):
            while _continues(body, last + 1, opened):
                last += 1
        # What follows may go on with the turn, or tell what happened next.
        shortest = min(first + is_alone, last)
        while shortest < last and _is_next_line(body, shortest + 1):
            shortest += 1
        for until in {shortest, last}:
            start = (
                body.starts[first] + label.end if first == label.index else body.bounds(first)[1]
            )
            end = body.bounds(until)[1]
            start += len(body.text[start:end]) - len(body.text[start:end].lstrip())
            if start < end:
                yield Candidate(Kind.TURN, start, end, body.starts[label.index], end, label.who)


def _opening_of(body: Body, label: Label) -> int:
    """The last block of what opens a turn: a message may begin with the one that it answers."""
    last = label.index
    while label.is_dated and last + 1 < len(body.blocks) and body.blocks[last + 1].group:
        last += 1
    return last


def _is_next_line(body: Body, index: int) -> bool:
    """Say whether only a line break stands before a block."""
    return body.blocks[index].line - body.blocks[index - 1].line == 1


def _continues(body: Body, index: int, opened: set[int]) -> bool:
    if index >= len(body.blocks) or index in opened or body.is_head(index):
        return False
    block = body.blocks[index]
    return not (block.group or _CREDIT.match(block.text) or begins_with_mark(block.text))


def _plain_questions(body: Body) -> set[int]:
    """The blocks that ask and are no headings; where headings ask, those that speak to somebody."""
    heads = [head for head, blocks in body.sections() if head is not None and blocks]
    asked = [body.blocks[head] for head in heads if asks(body.blocks[head].text)]
    plain = [i for i, b in enumerate(body.blocks) if _is_plain_question(body, i, b)]
    if sum(block.is_strong or block.kind is BlockKind.HEADING for block in asked) > 1:
        return {i for i in plain if _asks_somebody(body.blocks[i].text)}
    return set(_like(body, plain)) if len(plain) + len(asked) > 1 else set()


def _asks_somebody(text: str) -> bool:
    return ADDRESS.search(text) is not None and not I_SAY.search(text)


def _sections(body: Body, cuts: set[int]) -> Iterator[Candidate]:
    """What stands below each heading, and below each question that is none."""
    for head, blocks in body.sections():
        opener, start = head, blocks.start
        for i in [*blocks, blocks.stop]:
            if i == blocks.stop or i in cuts:
                if opener is not None:
                    yield from _below(body, opener, range(start, i), is_asked=opener in cuts)
                opener, start = (i, i + 1) if i < blocks.stop else (None, i)


def _below(body: Body, head: int, blocks: range, *, is_asked: bool) -> Iterator[Candidate]:
    kept = list(blocks)
    told = [i for i in kept if body.blocks[i].kind is not BlockKind.LIST_ITEM]
    if told and _CREDIT.match(body.blocks[told[-1]].text):  # « En savoir plus : » and its list
        kept = kept[: kept.index(told[-1])]
    while kept and _CREDIT.match(body.blocks[kept[-1]].text):
        kept.pop()
    if kept:
        start, end = body.starts[kept[0]], body.bounds(kept[-1])[1]
        label = body.blocks[head].text
        asked = is_asked or "?" in label
        yield Candidate(Kind.SECTION, start, end, start, end, label, asks=asked)


def _like(body: Body, plain: list[int]) -> list[int]:
    """The questions; where most are items alone in their list, each of those is one."""
    lone = [index for index in range(len(body.blocks)) if _is_lone_item(body, index)]
    return [*plain, *lone] if 2 * len(set(plain).intersection(lone)) > len(plain) else plain


def _is_lone_item(body: Body, index: int) -> bool:
    return _items_around(body, index) == [body.blocks[index]]


def _asks_alone(body: Body, index: int) -> bool:
    """Say whether an item asks, and those beside it do not: « – Où ? », « – En mer. »"""
    asking = [block for block in _items_around(body, index) if asks(block.text)]
    return asking == [body.blocks[index]]


def _items_around(body: Body, index: int) -> list[Block]:
    """The items of lists among a block and the two beside it."""
    around = body.blocks[max(0, index - 1) : index + 2]
    return [block for block in around if block.kind is BlockKind.LIST_ITEM]


def _is_plain_question(body: Body, index: int, block: Block) -> bool:
    return (
        (block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE} or _asks_alone(body, index))
        and asks(block.text)
        and not begins_with_mark(block.text)
        and not body.is_head(index)
        and index + 1 < len(body.blocks)
        and not body.is_head(index + 1)
    )

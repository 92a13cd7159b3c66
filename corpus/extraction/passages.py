"""Stretches of a page that one quotation may run through, and what stands around each."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum

from corpus.extraction.boilerplate import has_contact_data
from corpus.extraction.head import is_publication_line
from corpus.extraction.key_ideas import FoundIdea
from corpus.extraction.marks import Pairing, Quotation, has_mark
from corpus.extraction.names import begins_with_name, mentions_in
from corpus.extraction.people import KEPT_IN_MIND
from corpus.extraction.roles import is_role
from corpus.extraction.speech import ENDINGS, has_speech_verb
from corpus.reading.blocks import Block, BlockKind
from corpus.records import Speaker

_HEADING_WORDS = 12
_STRONG_WORDS = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring blocks read as one text, a line each, under one idea or heading."""

    blocks: tuple[Block, ...]
    key_idea: int | None = None
    section: str | None = None
    text: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts, at = [], 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + 1
        object.__setattr__(self, "text", "\n".join(block.text for block in self.blocks))
        object.__setattr__(self, "_starts", tuple(starts))

    def index_at(self, offset: int) -> int:
        """Which block holds the offset."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, index: int) -> tuple[int, int]:
        """Where a block begins and ends in the text."""
        start = self._starts[index]
        return start, start + len(self.blocks[index].text)


def passages_of(blocks: Iterable[Block], ideas: Iterable[FoundIdea]) -> Iterator[Passage]:
    """Cut the blocks at each key idea and each heading, which belong to no passage."""
    numbers = {line: idea for idea in ideas for line in idea.lines}
    gathered: list[Block] = []
    number: int | None = None
    section: str | None = None
    before: Block | None = None
    blocks = list(blocks)
    has_headings = any(block.kind is BlockKind.HEADING for block in blocks)
    for block in blocks:
        idea = numbers.get(block.line)
        if idea or _is_heading(block, before, by_shape=not has_headings):
            if gathered:
                yield Passage(tuple(gathered), number, section)
            gathered = []
            number = idea.number if idea else number
            section = idea.text if idea else block.text.rstrip(" \u00a0:")
        elif gathered and _goes_on_name(gathered[-1], block):
            name = gathered.pop()
            gathered.append(Block(name.kind, f"{name.text}, {block.text}", name.line))
        else:
            gathered.append(block)
        before = block
    if gathered:
        yield Passage(tuple(gathered), number, section)


def _is_heading(block: Block, before: Block | None, *, by_shape: bool) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    if block.is_strong and block.kind is BlockKind.PARAGRAPH:
        return (
            len(block.text.split()) <= _STRONG_WORDS
            and not has_mark(block.text)
            and not _names_somebody(block.text)
        )
    if not by_shape:
        return False
    # Plain text has no headings: a short line set apart, which is neither a sentence nor a name.
    return (
        block.kind is BlockKind.PARAGRAPH
        and (before is None or block.line - before.line > 1)
        and 1 < len(block.text.split()) <= _HEADING_WORDS
        and block.text[0].isupper()
        and not block.text.endswith((".", ",", ";", "!", "…", ")"))
        and not (has_mark(block.text) or is_publication_line(block.text))
        and not has_contact_data(block.text)
        and not _names_somebody(block.text)
    )


def _names_somebody(text: str) -> bool:
    """Say whether the line may sign or announce a quotation: a name, a role, « elle ajoute : »."""
    return begins_with_name(text) or is_role(text) or (text.endswith(":") and has_speech_verb(text))


def _goes_on_name(name: Block, block: Block) -> bool:
    """Say whether a line with a role stands right under the name it belongs to."""
    alone = [mention.end == len(name.text) for mention in mentions_in(name.text)]
    return (
        alone == [True]
        and begins_with_name(name.text)
        and block.line == name.line + 1
        and is_role(block.text)
        and not has_mark(block.text)
    )


class Evidence(IntEnum):
    """How surely the page says that these are somebody's words."""

    NONE = 0
    CARRIED = 1  # the quotation before it on the line has a speaker
    ANNOUNCED = 2  # a colon or a verb of speech, nobody named
    SIGNED = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a quotation: on its line up to its neighbours, and the lines beside."""

    before: str
    after: str
    line_before: str = ""
    line_after: str = ""
    inside: str = ""
    line_so_far: str = ""
    followed: bool = False  # another quotation comes later on the same line


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, if it can be told; `doubt` is a French sentence for the editor."""

    speaker: Speaker | None = None
    evidence: Evidence = Evidence.NONE
    doubt: str = ""


NOBODY = Attribution()


def surroundings_of(
    passage: Passage, pairing: Pairing, at: int, quotation: Quotation, held: frozenset[int]
) -> Surroundings:
    """The words around a quotation; `held` are the blocks that hold one (`holding`)."""
    first, last = passage.index_at(quotation.opening), passage.index_at(quotation.closing)
    start, end = passage.bounds(first)[0], passage.bounds(last)[1]
    near = max(start, quotation.opening - KEPT_IN_MIND)
    end = min(end, quotation.closing + KEPT_IN_MIND)
    previous = pairing.quotations[at - 1] if at else None
    following = pairing.quotations[at + 1] if at + 1 < len(pairing.quotations) else None
    followed = following is not None and following.opening < end
    around = Surroundings(
        before=passage.text[max(near, previous.closing if previous else 0) : quotation.opening],
        after=passage.text[quotation.closing : min(end, following.opening if following else end)],
        inside=passage.text[quotation.start : quotation.end],
        line_so_far=passage.text[near : quotation.opening],
        followed=followed,
    )
    return replace(
        around,
        line_before=_line_beside(passage, held, first - 1, first),
        line_after=_line_beside(passage, held, last + 1, last),
    )


def _line_beside(passage: Passage, held: frozenset[int], index: int, own: int) -> str:
    """The line above or below a quotation, if it is nearer to it than to any other."""
    if not 0 <= index < len(passage.blocks):
        return ""
    if index in held:
        # One name may stand above several quotations.
        above = index < own and _holds_names_above(passage, held)
        return _line_beside(passage, held, index - 1, index) if above else ""
    other = index + (index - own)
    gap = abs(passage.blocks[index].line - passage.blocks[own].line)
    text = passage.blocks[index].text
    if 0 <= other < len(passage.blocks) and other in held:
        other_gap = abs(passage.blocks[index].line - passage.blocks[other].line)
        told = begins_with_name(text) and text.endswith(tuple(ENDINGS)) and has_speech_verb(text)
        introduces = text.endswith(":") or told or _holds_names_above(passage, held)
        belongs = index < own if introduces else index > own
        if other_gap < gap or (other_gap == gap and not belongs):
            return ""
    return text


def _holds_names_above(passage: Passage, held: frozenset[int]) -> bool:
    """Say whether the passage begins with somebody, not a quotation, as when names stand above."""
    first = passage.blocks[0].text
    return (
        0 not in held
        and len(first.split()) <= 12
        and (begins_with_name(first) or is_role(first) or first.endswith(":"))
    )


def holding(passage: Passage, pairing: Pairing) -> frozenset[int]:
    """Which blocks hold a quotation, or a part of one."""
    return frozenset(
        index
        for q in pairing.quotations
        for index in range(passage.index_at(q.opening), passage.index_at(q.closing - 1) + 1)
    )

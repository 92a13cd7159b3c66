"""Stretches of a page that one quotation may run through: what stands under one heading."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.contact_data import has_contact_data
from corpus.pages.key_ideas import FoundIdea
from corpus.pages.names import begins_with_name, mentions_in
from corpus.pages.page_dates import is_publication_line
from corpus.pages.quotation_marks import has_mark
from corpus.pages.roles import is_role
from corpus.pages.speech import has_speech_verb

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

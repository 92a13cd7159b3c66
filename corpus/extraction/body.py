"""The words of a page as one text, a line for each block, and the headings they stand under."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.cards import signing_heads
from corpus.extraction.contacts import has_contact_data
from corpus.extraction.datelines import is_publication_line, poster_of
from corpus.extraction.extracted import ExtractedIdea
from corpus.extraction.marks import has_mark
from corpus.extraction.names import opens_with_name
from corpus.extraction.roles import is_role
from corpus.extraction.speech import asks, has_speech_verb
from corpus.reading.blocks import Block, BlockKind

# Words that speak to somebody.
ADDRESS = re.compile(r"\b(?:vous|votre|vos|tu|te|ta|ton|tes|toi)\b|\bt['’]", re.IGNORECASE)
# Words of one who speaks alone.
I_SAY = re.compile(r"\bje\b|\b[jm]['’]|\bmoi\b", re.IGNORECASE)
# « Et vous ? Moi, depuis dix ans. »
_ASKED = re.compile(r"(?:[A-ZÀ-Þ][^.!?:;«»“”]{8,300}\?\s+)+(?=[A-ZÀ-Þ«“\"].{5})")
_MANY_ASKED = 3
_HEADING_WORDS = 12
_STRONG_WORDS = 30


@dataclass(frozen=True, slots=True)
class Body:
    """`text` joins the blocks with line ends; `heads[i]` is the index of the heading above block i.

    A heading stands under itself; `ideas[i]` is the number of the key idea above.
    """

    blocks: tuple[Block, ...]
    text: str
    starts: tuple[int, ...]
    heads: tuple[int | None, ...]
    ideas: tuple[int | None, ...]
    titles: tuple[str, ...]

    def index_at(self, offset: int) -> int:
        """Which block holds the offset."""
        return bisect_right(self.starts, offset) - 1

    def bounds(self, index: int) -> tuple[int, int]:
        """Where a block begins and ends in the text."""
        return self.starts[index], self.starts[index] + len(self.blocks[index].text)

    def is_head(self, index: int) -> bool:
        """Say whether a block is a heading, or looks like one."""
        return self.heads[index] == index

    def section(self, index: int) -> str | None:
        """The words of the heading above a block."""
        head = self.heads[index]
        return self.titles[head] if head is not None else None

    def sections(self) -> Iterator[tuple[int | None, range]]:
        """Each heading with the blocks below it, down to the next."""
        start = 0
        for at in range(1, len(self.blocks) + 1):
            if at == len(self.blocks) or self.is_head(at):
                head = self.heads[start]
                yield head, range(start + (head == start), at)
                start = at


def body_of(blocks: Sequence[Block], ideas: Iterable[ExtractedIdea]) -> Body:
    """Lay out the blocks of a page, whose key ideas are headings too."""
    numbers = {line: idea for idea in ideas for line in idea.lines}
    blocks = _answered(blocks, numbers)
    signing = signing_heads(blocks)
    by_shape = not any(block.kind is BlockKind.HEADING for block in blocks)
    starts, heads, above, titles = [], [], [], []
    at, head, number = 0, None, None
    for index, block in enumerate(blocks):
        starts.append(at)
        at += len(block.text) + 1
        idea = numbers.get(block.line)
        before = blocks[index - 1] if index else None
        if idea or (index not in signing and _is_heading(block, before, by_shape=by_shape)):
            head, number = index, idea.number if idea else number
        heads.append(head)
        above.append(number)
        titles.append(idea.text if idea else block.text.rstrip(" \u00a0:"))
    text = "\n".join(block.text for block in blocks)
    return Body(tuple(blocks), text, tuple(starts), tuple(heads), tuple(above), tuple(titles))


def _answered(blocks: Sequence[Block], ideas: Collection[int]) -> Sequence[Block]:
    """Part questions from their answers where a page puts both on one line, time and again."""
    ends = [_end_of_question(block) if block.line not in ideas else 0 for block in blocks]
    if sum(map(bool, ends)) < max(_MANY_ASKED, sum(asks(block.text) for block in blocks)):
        return blocks
    parted = []
    for block, end in zip(blocks, ends, strict=True):
        texts = [block.text[:end].rstrip(), block.text[end:]] if end else []
        parted += [replace(block, kind=BlockKind.PARAGRAPH, text=t) for t in texts] or [block]
    return parted


def _end_of_question(block: Block) -> int:
    """Where the answer begins in a line that asks, then answers; 0 in any other."""
    is_plain = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and not block.group
    asked = _ASKED.match(block.text) if is_plain else None
    return asked.end() if asked else 0


def _is_heading(block: Block, before: Block | None, *, by_shape: bool) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    words = len(block.text.split())
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    if block.is_strong and ("?" in block.text or ADDRESS.search(block.text)):
        return True
    if has_mark(block.text) or _leads_in(block.text):
        return False
    if block.is_strong:
        return words <= _STRONG_WORDS
    # Plain text has no headings: a short line set apart, which is neither a sentence nor a name.
    return (
        by_shape
        and (before is None or (block.line - before.line > 1 and not poster_of(before.text)))
        and 1 < words <= _HEADING_WORDS
        and block.text[0].isupper()
        and not block.text.endswith((".", ",", ";", "!", "…", ")"))
        and not (is_publication_line(block.text) or has_contact_data(block.text))
    )


def _leads_in(text: str) -> bool:
    """Say whether the line may sign or announce words: a name, a role, « elle ajoute : »."""
    is_named = opens_with_name(text) or is_role(text) or bool(poster_of(text))
    return is_named or (text.endswith(":") and has_speech_verb(text))

"""What surrounds a write-up on its page: menus, share links, contact data and cards."""

import re
from collections.abc import Sequence

from corpus.extraction.cards import is_quote, is_set_apart
from corpus.extraction.contacts import has_contact_data
from corpus.extraction.marks import has_mark, numbering_of
from corpus.extraction.names import WORDS, begins_with_name
from corpus.extraction.speech import ENDINGS
from corpus.reading.blocks import Block

_FURNITURE = re.compile(WORDS["furniture"], re.IGNORECASE | re.VERBOSE)
_CONTACT_BLOCK = re.compile(WORDS["contact_blocks"], re.IGNORECASE | re.VERBOSE)
_AFTERWORD = re.compile(WORDS["afterwords"], re.IGNORECASE | re.VERBOSE)
_SPACES = re.compile(r"\s+")


def content_from(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are the write-up: no menu, no share link, no contact person."""
    end = min(_contact_block(blocks), _afterword(blocks))
    kept = [block for block in blocks[:end] if not is_furniture(block.text)]
    # Words that somebody said are not dropped here: the extractor reports them.
    told = [not has_mark(block.text) and has_contact_data(block.text) for block in kept]
    private = {i for i, is_told in enumerate(told) if is_told}
    for i in sorted(private):
        # The name over a phone number is that of the contact person.
        if i and _is_name_card(kept[i - 1], kept[i]) and not is_quote(kept[max(0, i - 2)]):
            private.add(i - 1)
    return tuple(block for i, block in enumerate(kept) if i not in private)


def is_furniture(text: str) -> bool:
    """Say whether a line belongs to the site rather than to the write-up."""
    words = _SPACES.sub(" ", text)
    return bool(_FURNITURE.fullmatch(words) or _CONTACT_BLOCK.fullmatch(words))


def _contact_block(blocks: Sequence[Block]) -> int:
    """Where the contact block at the end of the page begins: no speech comes after it."""
    end = len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        text = _SPACES.sub(" ", blocks[i].text)
        if is_quote(blocks[i]):
            break
        # A first line is a menu or a title, never the end of a page.
        if i and _CONTACT_BLOCK.fullmatch(text) and i > len(blocks) // 3:
            end = i
    return end


def _afterword(blocks: Sequence[Block]) -> int:
    """Where the site goes on about other pages: no idea and few speeches come after it."""
    quotes = sum(map(may_quote, blocks))
    end, below = len(blocks), 0
    # From the foot up, so that a page of a thousand such lines takes no longer.
    for i in range(len(blocks) - 1, len(blocks) // 3 - 1, -1):
        if numbering_of(blocks[i].text) or below * 3 > quotes + 1:
            break
        if _AFTERWORD.fullmatch(_SPACES.sub(" ", blocks[i].text)):
            end = i
        below += may_quote(blocks[i])
    return end


def _is_name_card(block: Block, below: Block) -> bool:
    is_spoken = block.text.endswith(tuple(ENDINGS))  # « Prénom Nom : une phrase. »
    is_near = below.line - block.line <= 2 and not is_spoken
    return is_near and begins_with_name(block.text) and not has_mark(block.text)


def may_quote(block: Block) -> bool:
    """Say whether a block holds words that somebody may have said."""
    return has_mark(block.text) or is_set_apart(block)

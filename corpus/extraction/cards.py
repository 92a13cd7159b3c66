"""Blocks that are somebody's words, and headings that are names and stand under them: cards."""

from collections.abc import Sequence
from itertools import groupby

from corpus.extraction.marks import begins_with_mark
from corpus.extraction.names import opens_with_name
from corpus.reading.blocks import Block, BlockKind

_WORDS = 6  # of somebody, at least
_ROLE_WORDS = 8


def signing_heads(blocks: Sequence[Block]) -> frozenset[int]:
    """The headings that sign what stands above them, where all that name somebody do.

    Then words come before the first, and none after the last.
    """
    grouped = groupby(range(len(blocks)), lambda at: blocks[at].kind is BlockKind.HEADING)
    runs = [list(run) for is_heading, run in grouped if is_heading]
    named = [run for run in runs if any(opens_with_name(blocks[at].text) for at in run)]
    if len(named) < 2 or not all(run[0] for run in named):
        return frozenset()
    above = [blocks[run[0] - 1] for run in named]
    end = next((run[0] for run in runs if run > named[-1]), len(blocks))
    below = blocks[named[-1][-1] + 1 : end]
    if all(map(is_quote, above)):
        signs = not any(map(is_quote, below))
    else:
        are_words = all(len(block.text.split()) >= _WORDS for block in above)
        signs = are_words and all(len(block.text.split()) <= _ROLE_WORDS for block in below)
    return frozenset(at for run in named for at in run) if signs else frozenset()


def is_set_apart(block: Block) -> bool:
    """Say whether the page itself sets a block apart from its narration."""
    return block.kind is BlockKind.QUOTE or bool(block.group)


def is_quote(block: Block) -> bool:
    """Say whether a block opens with words between marks, or is set apart, and is no title."""
    opens = is_set_apart(block) or begins_with_mark(block.text)
    return opens and len(block.text.split()) >= _WORDS

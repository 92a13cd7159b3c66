"""Reader of plain text: every line that holds words becomes a block."""

import re
import unicodedata

from corpus.pages.blocks import Block, BlockKind, Page
from corpus.pages.encoding import decoded

_LINE_END = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"(?:[•·▪◦‣●○■➢→►▸✔✓❖]\s*|[-*–]\s+)(?=\S)")


def page_from_text(data: bytes) -> Page:
    """One block a line, with its number; words are kept as they are, bullets and outer spaces go.

    A control character (a tab, mostly) becomes one space: a record cannot hold it.
    """
    blocks = []
    for number, line in enumerate(_LINE_END.split(decoded(data)), start=1):
        words = "".join(_printable(c) for c in line).strip()
        bullet = BULLET.match(words)
        if bullet:
            blocks.append(Block(BlockKind.LIST_ITEM, words[bullet.end() :], number))
        elif words:
            blocks.append(Block(BlockKind.PARAGRAPH, words, number))
    return Page(tuple(blocks))


def _printable(character: str) -> str:
    return " " if unicodedata.category(character) == "Cc" else character

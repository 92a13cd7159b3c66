"""The rows of a table: what its columns are, and what of each row is somebody's words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.extraction.marks import has_mark, numbering_of
from corpus.extraction.speech import asks
from corpus.reading.blocks import Block, BlockKind

_SAID = re.compile(r"citation|verbatim|propos\b|parole|\bdit\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:intervenante?s?|nom|prénom|qui|auteur|autrice|fonction|qualité|structure|organisme"
    r"|organisation|idées?(?: clés?| clefs?)?|points?(?: clés?| clefs?)?|thème)\b.*",
    re.IGNORECASE,
)
_LABEL_WORDS = 4

Cell = list[Block]


def columns_of(cells: Sequence[Cell], *, is_header: bool) -> list[str]:
    """What the first row says of each column; nothing where it is a row like the others."""
    shown = [cell for cell in cells if cell]
    labels = [cell[0].text for cell in shown]
    short = all(len(cell) == 1 and len(cell[0].text.split()) <= _LABEL_WORDS for cell in shown)
    tells = any(_SAID.search(label) for label in labels) and all(
        _SAID.search(label) or _COLUMN.match(label) for label in labels
    )
    return labels if is_header or (short and len(labels) > 1 and tells) else []


def row_blocks(
    cells: Sequence[Cell], columns: Sequence[str], above: Sequence[Cell], group: int
) -> list[Block]:
    """One block for a row that only names; else its pieces, words said being a quotation.

    `group` numbers that quotation; an idea that the row above already told is not told again.
    """
    shown = [cell for at, cell in enumerate(cells) if cell and not _is_told_again(cell, above, at)]
    pieces = [block for cell in shown for block in cell]
    said = [i for i, name in enumerate(columns) if _SAID.search(name)]
    if len(cells) > 1 and len(cells) == len(columns) and said and len(cells[said[0]]) == 1:
        words = cells[said[0]][0]
        quote = replace(words, kind=BlockKind.QUOTE, group=group)
        return [quote if block is words else block for block in pieces]
    is_asked = len(shown) == 2 and asks(shown[0][-1].text)
    is_flat = len(shown) > 1 and len(pieces) == len(shown)
    if is_flat and not is_asked and not any(map(_speaks, pieces)):
        text = ", ".join(block.text for block in pieces)
        return [Block(BlockKind.TABLE_ROW, text, pieces[0].line)]
    if is_asked or len(pieces) > len(shown):  # a table that lays out a page
        is_row = BlockKind.TABLE_ROW
        return [replace(b, kind=BlockKind.PARAGRAPH) if b.kind is is_row else b for b in pieces]
    return pieces


def _is_told_again(cell: Cell, above: Sequence[Cell], at: int) -> bool:
    text = cell[0].text
    same = at < len(above) and len(cell) == 1 and [b.text for b in above[at]] == [text]
    return same and numbering_of(text) is not None


def _speaks(block: Block) -> bool:
    return block.kind is BlockKind.QUOTE or has_mark(block.text)

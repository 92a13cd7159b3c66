"""From the lines of a PDF to blocks: headings, items, rows of tables, words cut at line ends."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise

from corpus.reading.blocks import Block, BlockKind
from corpus.reading.pdf.lines import ALIGNED, NOTE_SIZE, NUMBERED, Line
from corpus.reading.pdf.margins import body_height, overlap
from corpus.reading.plain_text import BULLET
from corpus.reading.word import StyledBody

_HEADING, _HEADING_WORDS = 1.12, 40
_LEADING = 1.3  # of the usual distance between two lines: beyond, a paragraph ends
_INDENT = 0.8
_CAPTION = re.compile(
    r"(?:figure|fig\.|photos?|illustration|tableau|graphique|carte|crédits?)\b", re.I
)
_ENDS = re.compile(r"[.!?…:;][\s»”\")]*$|»$")
_DASH = re.compile(r"[-–—]")


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    layout = _Layout(lines)
    body = _Body(layout)
    rows = _rows_of_tables(lines)
    for is_table, found in groupby(lines, lambda line: id(line) in rows):
        if is_table:
            yield from body.table(found)
        else:
            for paragraph in layout.paragraphs(found):
                yield from body.paragraph(paragraph)


def _rows_of_tables(lines: Sequence[Line]) -> set[int]:
    """The lines whose cells stand under those of a neighbour."""
    rows: set[int] = set()
    for above, below in pairwise(lines):
        are_rows = above.page == below.page and len(above.cells) == len(below.cells) > 1
        if are_rows and not above.is_bulleted and _is_aligned(above, below):
            rows |= {id(above), id(below)}
    return rows


def _is_aligned(above: Line, below: Line) -> bool:
    """Say whether the cells of two lines begin, end or are centred at the same places."""
    nearest = (
        min(abs(a - c), abs(b - d), abs(a + b - c - d) / 2)
        for a, b, c, d in zip(above.lefts, above.rights, below.lefts, below.rights, strict=True)
    )
    return all(distance < ALIGNED * below.height for distance in nearest)


class _Layout:
    """How a document is set: the size of its text, its margins, the distance of its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.body = body_height(lines)
        self._rights: dict[tuple[int, int], list[float]] = {}
        for line in lines:
            self._rights.setdefault((line.page, round(line.left / 3)), []).append(line.right)
        for rights in self._rights.values():
            rights.sort()
        self._in_columns = {
            below.page
            for above, below in pairwise(lines)
            if above.page == below.page and below.base > above.base + above.height
        }

    @cached_property
    def _leading(self) -> dict[float, float]:
        """The usual distance between two lines of a size, the first of which is full."""
        seen: dict[float, Counter[float]] = {}
        for above, below in pairwise(self._lines):
            distance = above.base - below.base
            is_next = above.page == below.page and 0 < distance < 2.2 * above.height
            if is_next and above.right > self._margin(above) - 4 * above.height:
                seen.setdefault(round(above.height, 1), Counter())[round(distance * 2) / 2] += 1
        return {height: found.most_common(1)[0][0] for height, found in seen.items()}

    @cached_property
    def heights(self) -> list[float]:
        """The sizes of headings, the biggest first."""
        found = {round(line.height) for line in self._lines if line.height >= _HEADING * self.body}
        return sorted(found, reverse=True)

    @cached_property
    def hyphens(self) -> "_Hyphens":
        return _Hyphens([line.text for line in self._lines])

    def paragraphs(self, lines: Iterable[Line]) -> Iterator[list[Line]]:
        """The lines of each paragraph, over columns and pages."""
        current: list[Line] = []
        for line in lines:
            if current and not self._goes_on(current, line):
                yield current
                current = []
            current.append(line)
        if current:
            yield current

    def _goes_on(self, current: list[Line], line: Line) -> bool:
        last = current[-1]
        is_other = abs(line.height - last.height) > 0.06 * self.body
        if is_other or line.is_strong != last.is_strong:
            return False
        ends = _ENDS.search(last.text) is not None or self._ends_short(last, line)
        if last.text.endswith("-"):
            return not self._is_apart(last, line)
        if line.is_bulleted and (ends or not _DASH.match(line.text)):
            return False
        if NUMBERED.match(line.text) and (ends or self._is_next_number(current[0], line)):
            return False
        if line.page == last.page and line.base < last.base and overlap(last, line):
            return self._is_next(current, line) and not self._ends_short(last, line)
        if last.height >= _HEADING * self.body:
            return False
        text = "".join(each.text for each in current)
        return text.count("«") > text.count("»") or not ends

    def _is_apart(self, last: Line, line: Line) -> bool:
        """Say whether a line stands lower than a word that was cut may go on."""
        distance = last.base - line.base
        return line.page == last.page and distance > 2 * _LEADING * line.height

    def _is_next_number(self, first: Line, line: Line) -> bool:
        is_below = abs(line.left - first.left) < ALIGNED * line.height
        return is_below and NUMBERED.match(first.text) is not None

    def _is_next(self, current: list[Line], line: Line) -> bool:
        """Say whether a line stands just below the last one, where it was expected."""
        first, last = current[0], current[-1]
        usual = self._leading.get(round(line.height, 1), 1.25 * line.height)
        if last.base - line.base > _LEADING * max(usual, line.height):
            return False
        shift = (line.left - last.text_left) / line.height
        if len(current) == 1:
            hangs = first.is_bulleted or NUMBERED.match(first.text)
            return shift < (4 if hangs else _INDENT) and shift > (-_INDENT if hangs else -5)
        return abs(shift) < _INDENT

    def _ends_short(self, last: Line, line: Line) -> bool:
        """Say whether the next word had its place on a line, and may begin a paragraph."""
        first = line.text.split()[0]
        width = (line.right - line.left) / max(len(line.text), 1) * (len(first) + 1)
        is_fresh = not first[0].islower()
        return is_fresh and last.right + width < self._margin(last)

    def _margin(self, line: Line) -> float:
        """How far the lines go that begin where this one does; one in ten may cross columns."""
        rights = self._rights[line.page, round(line.left / 3)]
        return (
            rights[math.ceil(0.8 * (len(rights) - 1))]
            if line.page in self._in_columns
            else rights[-1]
        )


class _Body(StyledBody):
    """Makes blocks of paragraphs and tables."""

    def __init__(self, layout: _Layout) -> None:
        super().__init__()
        self._layout = layout

    def paragraph(self, lines: Sequence[Line]) -> Iterator[Block]:
        """The block of a paragraph."""
        self._line += 1
        text = self._layout.hyphens.joined([line.text for line in lines])
        kind, level = self._kind_of(lines[0], text)
        if kind is BlockKind.LIST_ITEM:
            text = BULLET.sub("", text, count=1)
        emphasis = all(line.is_strong for line in lines), all(line.is_slanted for line in lines)
        yield from self.pieces([text], (kind, level), "", emphasis)

    def _kind_of(self, first: Line, text: str) -> tuple[BlockKind, int]:
        height, body = first.height, self._layout.body
        if height >= _HEADING * body and len(text.split()) <= _HEADING_WORDS:
            return BlockKind.HEADING, min(self._layout.heights.index(round(height)) + 1, 6)
        if first.is_bulleted and not _DASH.match(text):
            return BlockKind.LIST_ITEM, 0
        is_caption = height <= NOTE_SIZE * body and _CAPTION.match(text)
        return (BlockKind.CAPTION if is_caption else BlockKind.PARAGRAPH), 0

    def table(self, lines: Iterable[Line]) -> Iterator[Block]:
        """The blocks of the rows of a table."""
        plain = BlockKind.PARAGRAPH, 0
        yield from self.rows(
            ([self.pieces([cell], plain, "", (False, False)) for cell in line.cells], False)
            for line in lines
        )


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=-$)")
_OFTEN_CUT = 0.03  # of the lines: a document that cuts words cuts more
_HEADS = frozenset(
    ["rendez", "peut", "celui", "celle", "ceux", "celles", "vice", "demi", "semi", "quasi"]
)
_SUBJECTS = frozenset(["il", "elle", "on", "ils", "elles"])  # « fait-/il »: no syllable of French
_AFTER_VERBS = frozenset(
    [
        *("je", "tu", "nous", "vous", "ce", "moi", "toi", "lui", "le", "la", "les", "leur"),
        *("y", "en", "ci", "là", "même", "mêmes", "être", "t"),
    ]
)


class _Hyphens:
    """Tells « ingé-/nierie » from « tiers-/lieux » by the other words of the document."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._known: set[str] = set()
        cut = 0
        for above, text in zip(["", *lines], lines, strict=False):
            inner = text.partition(" ")[2] if above.endswith("-") else text
            if text.endswith("-"):
                cut += 1
                inner = inner.rpartition(" ")[0]
            self._known.update(map(_singular, _WORD.findall(inner)))
        self._cuts = cut > _OFTEN_CUT * len(lines)

    def joined(self, lines: Sequence[str]) -> str:
        """The lines of a paragraph as one, words that were cut made whole."""
        text = ""
        for line in lines:
            last, first = _LAST.search(text), _WORD.match(line)
            if not text or not text.endswith("-"):
                text += f" {line}" if text else line
            elif last and first and not self._is_compound(last[0], first[0]):
                text = text[:-1] + line
            else:
                text += line
        return text

    def _is_compound(self, left: str, right: str) -> bool:
        is_known = [_singular(word) in self._known for word in (left, right)]
        if _singular(left + right) in self._known:
            return False
        if _singular(f"{left}-{right}") in self._known or right[0].isupper():
            return True
        tail = left.rpartition("-")[2]
        if (left != tail and len(tail) <= 2) or left.casefold() in _HEADS:
            return True
        if right.casefold() in _SUBJECTS:
            return True
        if right.casefold() in _AFTER_VERBS and (is_known[0] or left != tail):
            return True
        return all(is_known) and not self._cuts


def _singular(word: str) -> str:
    return word.casefold().rstrip("sx")

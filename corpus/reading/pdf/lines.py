"""The lines of a page of a PDF, in the order of reading: words side by side, columns parted."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

import pypdfium2

from corpus.reading.markup import is_note_call
from corpus.reading.pdf.letters import Sheet, Word
from corpus.reading.plain_text import BULLET
from corpus.reading.word import clean

_SPACES = re.compile(r" {2,}")
_SPACE = 0.15
_GAP = 1.0  # of the height of a letter: a space that is wider parts two cells, or two columns
_SAME_BASE = 0.5
_RAISED, _SMALL = 0.15, 0.85  # how far above the line, how small: a call of a note
ALIGNED = 0.5
NOTE_SIZE = 0.93  # of the size of the text
_BULLETS = re.compile(r"[\ue000-\uf8ff§]|o(?= )")  # as the fonts of signs write them
NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table where it has several `cells`."""

    page: int
    cells: tuple[str, ...]
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    base: float
    height: float
    is_strong: bool
    is_slanted: bool
    opens_note: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    @property
    def left(self) -> float:
        return self.lefts[0]

    @property
    def right(self) -> float:
        return self.rights[-1]

    @property
    def is_bulleted(self) -> bool:
        return BULLET.match(self.text) is not None

    @property
    def text_left(self) -> float:
        """Where the words begin, after a bullet that stands apart."""
        return self.lefts[1] if self.is_bulleted and len(self.lefts) > 1 else self.left


def lines_on(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []  # one page that cannot be read does not lose the others
    words = list(Sheet(page).words())
    page.close()
    looks = Counter((w.look.is_shown, w.look.turn) for w in words if isinstance(w, Word))
    # What is hidden behind a picture counts where nothing else is: a scan that was recognised.
    usual = max(looks, key=lambda look: (look[0], looks[look]), default=None)
    kept = (w for w in words if isinstance(w, str) or (w.look.is_shown, w.look.turn) == usual)
    pieces = [list(piece) for piece in _pieces(kept)]
    lines = [_line_of(group, number) for group in _side_by_side(pieces)]
    if usual is not None and usual[1]:
        lines.sort(
            key=attrgetter("base"), reverse=True
        )  # the library turns the order of such lines around
    return _by_columns([line for line in lines if line.text])


_Piece = list[Word | str]


def _pieces(words: Iterable[Word | str]) -> Iterator[_Piece]:
    """What follows on a line without a wide space."""
    piece: _Piece = []
    last: Word | None = None
    for word in words:
        if isinstance(word, Word):
            if last is not None and not _follows(last, word):
                yield piece
                piece = []
            elif last is not None and piece[-1] is last and _is_apart(last, word):
                piece.append(" ")
            last = word
        if last is not None:
            piece.append(word)
    if last is not None:
        yield piece


def _follows(last: Word, word: Word) -> bool:
    height = max(last.look.height, word.look.height)
    gap = word.left - last.right
    return abs(word.base - last.base) < _SAME_BASE * height and -height < gap < _GAP * height


def _is_apart(last: Word, word: Word) -> bool:
    """Say whether a space that was not written stands between two words."""
    return word.left - last.right > _SPACE * max(last.look.height, word.look.height)


def _words_in(piece: _Piece) -> list[Word]:
    return [word for word in piece if isinstance(word, Word)]


def _side_by_side(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces of one line, from left to right as they were written."""
    group: list[_Piece] = []
    for piece in pieces:
        first = _words_in(piece)[0]
        last = _words_in(group[-1])[-1] if group else first
        height = max(last.look.height, first.look.height)
        is_beside = abs(first.base - last.base) < 0.2 * height and first.left >= last.right - height
        if group and not is_beside:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _line_of(pieces: list[_Piece], page: int) -> Line:
    words = [word for piece in pieces for word in _words_in(piece)]
    places: Counter[tuple[float, float]] = Counter()
    for word in words:
        places[word.look.height, word.base] += len(word.text)
    (height, base), _ = places.most_common(1)[0]
    told = [(_text_of(piece, height, base), _words_in(piece)) for piece in pieces]
    cells = [(text, found) for text, found in told if text] or told[:1]
    return Line(
        page,
        tuple(text for text, _ in cells),
        tuple(found[0].left for _, found in cells),
        tuple(found[-1].right for _, found in cells),
        base,
        height,
        all(word.look.is_strong for word in words),
        all(word.look.is_slanted for word in words),
        opens_note=_is_raised(words[0], height, base) and not words[0].text.isalpha(),
    )


def _is_raised(word: Word | str, height: float, base: float) -> bool:
    if isinstance(word, str):
        return False
    return word.look.height < _SMALL * height and word.base > base + _RAISED * height / 2


def _text_of(piece: _Piece, height: float, base: float) -> str:
    """The words of a piece, without the raised figures that call a note."""
    text = ""
    for raised, run in groupby(piece, lambda at: _is_raised(at, height, base)):
        written = "".join(each.text if isinstance(each, Word) else each for each in run)
        if not (raised and is_note_call(written, text)):
            text += written
    text = clean(_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return _BULLETS.sub("•", text, count=1) if _BULLETS.match(text) else text


_COLUMN_LINES, _COLUMN_WORDS = 5, 3.5  # at least, on average: shorter pieces are those of a table


def _by_columns(lines: list[Line]) -> list[Line]:
    """Columns that were written line after line, each read to its end."""
    ordered: list[Line] = []
    at = 0
    while at < len(lines):
        end, gutter = _columns_end(lines, at)
        found = lines[at:end]
        ordered += _parted(found, gutter) if end > at + 1 else found
        at = end
    return ordered


def _columns_end(lines: Sequence[Line], start: int) -> tuple[int, float]:
    """Where two columns that begin on a line end, and the place between them."""
    gutter, end = 0.0, start + 1
    both: list[Line] = []
    for at, line in enumerate(lines[start:], start=start + 1):
        if len(line.cells) == 2 and not line.is_bulleted:
            is_elsewhere = both and abs(line.lefts[1] - gutter) > line.height
            if is_elsewhere or line.rights[0] > line.lefts[1]:
                break
            gutter = gutter or line.lefts[1]
            both.append(line)
            end = at
        elif not both or len(line.cells) > 2 or line.left < gutter - 3 < line.right:
            break
    while both and end < len(lines) and _is_under(both[0], lines[end - 1], lines[end], gutter):
        end += 1
    words = sum(len(line.text.split()) for line in both)
    is_prose = len(both) >= _COLUMN_LINES and words >= _COLUMN_WORDS * 2 * len(both)
    return (end, gutter) if is_prose else (start + 1, 0.0)


def _is_under(first: Line, last: Line, line: Line, gutter: float) -> bool:
    """Say whether the left column goes on where the right one has ended."""
    is_left = abs(line.left - first.left) < ALIGNED * line.height and line.right < gutter
    return is_left and 0 < last.base - line.base < 2 * line.height


def _parted(lines: Sequence[Line], gutter: float) -> list[Line]:
    cells = [
        replace(line, cells=(words,), lefts=(left,), rights=(right,))
        for line in lines
        for words, left, right in zip(line.cells, line.lefts, line.rights, strict=True)
    ]
    return [c for c in cells if c.left < gutter - 3] + [c for c in cells if c.left >= gutter - 3]

"""Reader of PDF documents: letters with their place and size become lines, then paragraphs.

Running heads, page numbers and notes are left out. Nothing that a PDF would run, fetch or open is.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.problems import CorpusError
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.declared import Sign, VideoLink, is_video, replay_among
from corpus.reading.formats import looks_like
from corpus.reading.markup import is_note_call
from corpus.reading.plain_text import BULLET
from corpus.reading.word import StyledBody, clean

MAX_PAGES = 100  # half of the time that reading has, on a busy machine
_MAX_LETTERS = 50_000  # on a page: no page that is read holds as many
_COPY_TEXT = "recopiez-en le texte utile dans un fichier .txt"


def page_from_pdf(data: bytes) -> Page:
    """Read a document; what is encrypted, scanned, broken or too long is refused in French."""
    if not looks_like(data, ".pdf"):
        raise CorpusError("ce fichier n’est pas un PDF malgré son nom.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(error) from error
    if len(document) > MAX_PAGES:
        raise CorpusError(
            f"ce PDF a {len(document)} pages (limite {MAX_PAGES}) : imprimez les pages utiles "
            "dans un autre PDF."
        )
    lines = [line for number in range(len(document)) for line in _lines_on(document, number)]
    _require_letters(lines)
    replay_url, problems = replay_among(_videos(document))
    return Page(
        tuple(_blocks_of(_without_margins(lines))),
        title=_title_of(document),
        is_title_weak=True,
        replay_url=replay_url,
        problems=problems,
    )


def _not_opened(error: pypdfium2.PdfiumError) -> CorpusError:
    if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return CorpusError("ce PDF est protégé par un mot de passe : ôtez-le d’abord.")
    return CorpusError(
        "ce PDF est abîmé, ou n’a pas de page : enregistrez-le à nouveau depuis son logiciel."
    )


def _require_letters(lines: Sequence["_Line"]) -> None:
    letters = "".join(line.text for line in lines)
    if not letters:
        raise CorpusError(
            "ce PDF n’a pas de texte, sans doute parce qu’il a été numérisé : faites-y reconnaître "
            f"les caractères (OCR), ou {_COPY_TEXT}."
        )
    unknown = sum(unicodedata.category(c) in {"Co", "Cn"} or c == "\ufffd" for c in letters)
    if unknown * 3 > len(letters):
        raise CorpusError(f"les lettres de ce PDF ne se laissent pas reconnaître : {_COPY_TEXT}.")


_PROGRAM = re.compile(
    r"^(?:Microsoft \w+ - .*|untitled|\(anonymous\)|sans titre|document\d*|.*\.(?:docx?|odt|pdf"
    r"|indd|pptx?|rtf))$",
    re.IGNORECASE,
)


def _title_of(document: pypdfium2.PdfDocument) -> str:
    title = clean(document.get_metadata_value("Title"))
    return "" if _PROGRAM.search(title) else title


def _videos(document: pypdfium2.PdfDocument) -> Iterator[VideoLink]:
    """Where the links of the pages lead that are films."""
    buffer = ctypes.create_string_buffer(2_000)
    for number in range(len(document)):
        page, at, link = document[number], ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, at, link):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
            url = buffer.value.decode("ascii", "replace") if 0 < size <= len(buffer) else ""
            if is_video(url):
                yield VideoLink(url, Sign.LINKED)
        page.close()


# --- Letters -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """What letters look like: their size, and by how many quarters they are turned."""

    height: float
    is_strong: bool
    is_slanted: bool
    is_shown: bool
    turn: int


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters of one look, from `left` to `right` on their baseline."""

    text: str
    left: float
    right: float
    base: float
    look: _Look


class _Place(NamedTuple):
    """From where to where a letter goes, on which baseline."""

    left: float
    right: float
    base: float


_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CUTS = {0x02, 0xFFFE}  # what the library makes of a hyphen at the end of a line
_HYPHENS = dict.fromkeys([0x02, 0xAD, 0x2010, 0x2011, 0xFFFE], "-")
_UNBREAKABLE = {0xA0: "\u00a0", 0x202F: "\u202f"}
_LAST_CONTROL = 0x1F
_BLANKS = dict.fromkeys([0x09, 0x20, 0x2007, 0x2009], " ") | _UNBREAKABLE
_SIGNS = _LIGATURES | _HYPHENS
_STRONG = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SLANTED = re.compile(r"ital|obli", re.IGNORECASE)
_INVISIBLE = 3  # how a scanned page holds the letters that a machine has read
_BOLD = 600


class _Sheet:
    """A page while its letters are read."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text = page.get_textpage()
        self._font = ctypes.create_string_buffer(200)
        self._flags = ctypes.c_int()
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium.FS_MATRIX()

    def words(self) -> Iterator["_Word | str"]:
        """Letters of one look that follow each other, and the spaces between them.

        Only their first and last ones are asked for their place: it takes as long as reading.
        """
        count = pdfium.FPDFText_CountChars(self._text)
        if count > _MAX_LETTERS:
            raise CorpusError(f"une page de ce PDF a trop de signes : {_COPY_TEXT}.")
        signs: list[str] = []
        start, size = 0, 0.0
        for at in range(count):
            code = pdfium.FPDFText_GetUnicode(self._text, at)
            is_sign = (code > _LAST_CONTROL and code not in _BLANKS) or code in _SIGNS
            found = pdfium.FPDFText_GetFontSize(self._text, at) if is_sign else 0.0
            if signs and found != size:
                yield from self._words(start, signs, size)
                signs = []
            if is_sign:
                start, size = at if not signs else start, found
                signs.append(_SIGNS.get(code) or chr(code))
                if code in _CUTS:  # the line ends here without another sign
                    size = 0.0
            elif code in _BLANKS:
                yield _BLANKS[code]
        if signs:
            yield from self._words(start, signs, size)

    def _words(self, first: int, signs: list[str], size: float) -> Iterator[_Word]:
        """One word; or several, where the letters go on elsewhere without a sign of it."""
        look = self._look(first)
        places = [self._place(at, look.turn) for at in (first, first + len(signs) - 1)]
        if abs(places[0].base - places[1].base) < 1 and places[0].left <= places[1].right:
            yield _Word("".join(signs), places[0].left, places[1].right, places[0].base, look)
            return
        for at, sign in enumerate(signs, start=first):
            place = self._place(at, look.turn)
            yield _Word(sign, place.left, place.right, place.base, look)

    def _place(self, at: int, turn: int) -> "_Place":
        """Where a letter begins, stands and ends, on a page that may lie on its side."""
        pdfium.FPDFText_GetLooseCharBox(self._text, at, self._box)
        pdfium.FPDFText_GetCharOrigin(self._text, at, self._x, self._y)
        box, x, y = self._box, self._x.value, self._y.value
        match turn:
            case 1:
                return _Place(-box.top, -box.bottom, x)
            case 2:
                return _Place(-box.right, -box.left, -y)
            case 3:
                return _Place(box.bottom, box.top, -x)
        return _Place(box.left, box.right, y)

    def _look(self, at: int) -> _Look:
        """How a word looks, by its first letter."""
        pdfium.FPDFText_GetFontInfo(self._text, at, self._font, len(self._font), self._flags)
        name = self._font.value.decode("latin-1")
        weight = pdfium.FPDFText_GetFontWeight(self._text, at)
        written = pdfium.FPDFText_GetTextObject(self._text, at)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(written) if written else 0
        angle = pdfium.FPDFText_GetCharAngle(self._text, at)
        pdfium.FPDFText_GetMatrix(self._text, at, self._matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, at) * math.hypot(
            self._matrix.c, self._matrix.d
        )
        return _Look(
            size or 1.0,
            _STRONG.search(name) is not None or weight >= _BOLD,
            _SLANTED.search(name) is not None,
            mode != _INVISIBLE,
            round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0,
        )


# --- Lines ---------------------------------------------------------------------------------------

_SPACES = re.compile(r" {2,}")
_SPACE = 0.15
_GAP = 1.0  # of the height of a letter: a space that is wider parts two cells, or two columns
_SAME_BASE = 0.5
_RAISED, _SMALL = 0.15, 0.85  # how far above the line, how small: a call of a note
_ALIGNED = 0.5
_NOTE_SIZE = 0.93  # of the size of the text
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?|\*{1,3}|†)[ .)]*\D")
_BULLETS = re.compile(r"[\ue000-\uf8ff§]|o(?= )")  # as the fonts of signs write them
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S")


@dataclass(frozen=True, slots=True)
class _Line:
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


def _lines_on(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []  # one page that cannot be read does not lose the others
    words = list(_Sheet(page).words())
    page.close()
    looks = Counter((w.look.is_shown, w.look.turn) for w in words if isinstance(w, _Word))
    # What is hidden behind a picture counts where nothing else is: a scan that was recognised.
    usual = max(looks, key=lambda look: (look[0], looks[look]), default=None)
    kept = (w for w in words if isinstance(w, str) or (w.look.is_shown, w.look.turn) == usual)
    pieces = [list(piece) for piece in _pieces(kept)]
    lines = [_line_of(group, number) for group in _side_by_side(pieces)]
    if usual is not None and usual[1]:
        lines.sort(key=_base, reverse=True)  # the library turns the order of such lines around
    return _by_columns([line for line in lines if line.text])


_Piece = list["_Word | str"]


def _pieces(words: Iterable["_Word | str"]) -> Iterator[_Piece]:
    """What follows on a line without a wide space."""
    piece: _Piece = []
    last: _Word | None = None
    for word in words:
        if isinstance(word, _Word):
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


def _follows(last: _Word, word: _Word) -> bool:
    height = max(last.look.height, word.look.height)
    gap = word.left - last.right
    return abs(word.base - last.base) < _SAME_BASE * height and -height < gap < _GAP * height


def _is_apart(last: _Word, word: _Word) -> bool:
    """Say whether a space that was not written stands between two words."""
    return word.left - last.right > _SPACE * max(last.look.height, word.look.height)


def _words_in(piece: _Piece) -> list[_Word]:
    return [word for word in piece if isinstance(word, _Word)]


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


def _line_of(pieces: list[_Piece], page: int) -> _Line:
    words = [word for piece in pieces for word in _words_in(piece)]
    places: Counter[tuple[float, float]] = Counter()
    for word in words:
        places[word.look.height, word.base] += len(word.text)
    (height, base), _ = places.most_common(1)[0]
    told = [(_text_of(piece, height, base), _words_in(piece)) for piece in pieces]
    cells = [(text, found) for text, found in told if text] or told[:1]
    return _Line(
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


def _is_raised(word: "_Word | str", height: float, base: float) -> bool:
    if isinstance(word, str):
        return False
    return word.look.height < _SMALL * height and word.base > base + _RAISED * height / 2


def _text_of(piece: _Piece, height: float, base: float) -> str:
    """The words of a piece, without the raised figures that call a note."""
    text = ""
    for raised, run in groupby(piece, lambda at: _is_raised(at, height, base)):
        written = "".join(each.text if isinstance(each, _Word) else each for each in run)
        if not (raised and is_note_call(written, text)):
            text += written
    text = clean(_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return _BULLETS.sub("•", text, count=1) if _BULLETS.match(text) else text


_COLUMN_LINES, _COLUMN_WORDS = 5, 3.5  # at least, on average: shorter pieces are those of a table


def _by_columns(lines: list[_Line]) -> list[_Line]:
    """Columns that were written line after line, each read to its end."""
    ordered: list[_Line] = []
    at = 0
    while at < len(lines):
        end, gutter = _columns_end(lines, at)
        found = lines[at:end]
        ordered += _parted(found, gutter) if end > at + 1 else found
        at = end
    return ordered


def _columns_end(lines: Sequence[_Line], start: int) -> tuple[int, float]:
    """Where two columns that begin on a line end, and the place between them."""
    gutter, end = 0.0, start + 1
    both: list[_Line] = []
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


def _is_under(first: _Line, last: _Line, line: _Line, gutter: float) -> bool:
    """Say whether the left column goes on where the right one has ended."""
    is_left = abs(line.left - first.left) < _ALIGNED * line.height and line.right < gutter
    return is_left and 0 < last.base - line.base < 2 * line.height


def _parted(lines: Sequence[_Line], gutter: float) -> list[_Line]:
    cells = [
        replace(line, cells=(words,), lefts=(left,), rights=(right,))
        for line in lines
        for words, left, right in zip(line.cells, line.lefts, line.rights, strict=True)
    ]
    return [c for c in cells if c.left < gutter - 3] + [c for c in cells if c.left >= gutter - 3]


# --- Pages ---------------------------------------------------------------------------------------

_EDGE = 3  # lines at the top and at the foot of a page that may stand there on others
_PRINTED = re.compile(
    r"(?:https?|file)://.*\d+/\d+|\d\d?/\d\d?/\d{2,4},? \d\d?:\d\d.*"
)  # by a browser
_OFTEN = 0.3  # of the pages: heads may differ on the left and on the right
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|sur|of)\s*\d{1,4})?\s*[-–—|]?", re.I
)


def _without_margins(lines: Sequence[_Line]) -> list[_Line]:
    """Leave out running heads, page numbers and the notes at the foot of pages."""
    pages = [list(page) for _, page in groupby(lines, lambda line: line.page)]
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(2, math.ceil(len(pages) * _OFTEN))
    body = _body_height(lines)
    kept: list[_Line] = []
    for page in pages:
        heads = {id(line) for line in _edges(page) if seen[_key(line)] >= least}
        outer = (min(page, key=_base), max(page, key=_base))
        heads |= {id(line) for line in outer if _is_stamp(line.text)}
        shown = [line for line in page if id(line) not in heads]
        notes = {id(line) for line in _notes_of(shown, body)}
        kept += [line for line in shown if id(line) not in notes]
    return kept


def _is_stamp(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text))


def _base(line: _Line) -> float:
    return line.base


def _edges(page: Sequence[_Line]) -> list[_Line]:
    ordered = sorted(page, key=_base)
    return ordered[:_EDGE] + ordered[-_EDGE:] if len(ordered) > 2 * _EDGE else ordered


def _key(line: _Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.base / 5)


def _body_height(lines: Iterable[_Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.height, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 1.0


def _notes_of(page: Sequence[_Line], body: float) -> list[_Line]:
    """The small lines at the foot, from the first that has the number of a note."""
    small = [line for line in page if line.height <= _NOTE_SIZE * body]
    plain = [line for line in page if line.height > _NOTE_SIZE * body]
    foot = [
        line for line in small if not any(p.base < line.base and _overlap(p, line) for p in plain)
    ]
    opening = [line for line in foot if line.opens_note or _NOTE.match(line.text)]
    return [
        line
        for line in foot
        if plain and any(line.base <= first.base and _overlap(line, first) for first in opening)
    ]


def _overlap(one: _Line, other: _Line) -> bool:
    return one.left < other.right and other.left < one.right


# --- Paragraphs ----------------------------------------------------------------------------------

_HEADING, _HEADING_WORDS = 1.12, 40
_LEADING = 1.3  # of the usual distance between two lines: beyond, a paragraph ends
_INDENT = 0.8
_CAPTION = re.compile(
    r"(?:figure|fig\.|photos?|illustration|tableau|graphique|carte|crédits?)\b", re.I
)
_ENDS = re.compile(r"[.!?…:;][\s»”\")]*$|»$")
_DASH = re.compile(r"[-–—]")


def _blocks_of(lines: Sequence[_Line]) -> Iterator[Block]:
    layout = _Layout(lines)
    body = _Body(layout)
    rows = _rows_of_tables(lines)
    for is_table, found in groupby(lines, lambda line: id(line) in rows):
        if is_table:
            yield from body.table(found)
        else:
            for paragraph in layout.paragraphs(found):
                yield from body.paragraph(paragraph)


def _rows_of_tables(lines: Sequence[_Line]) -> set[int]:
    """The lines whose cells stand under those of a neighbour."""
    rows: set[int] = set()
    for above, below in pairwise(lines):
        are_rows = above.page == below.page and len(above.cells) == len(below.cells) > 1
        if are_rows and not above.is_bulleted and _is_aligned(above, below):
            rows |= {id(above), id(below)}
    return rows


def _is_aligned(above: _Line, below: _Line) -> bool:
    """Say whether the cells of two lines begin, end or are centred at the same places."""
    nearest = (
        min(abs(a - c), abs(b - d), abs(a + b - c - d) / 2)
        for a, b, c, d in zip(above.lefts, above.rights, below.lefts, below.rights, strict=True)
    )
    return all(distance < _ALIGNED * below.height for distance in nearest)


class _Layout:
    """How a document is set: the size of its text, its margins, the distance of its lines."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self.body = _body_height(lines)
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

    def paragraphs(self, lines: Iterable[_Line]) -> Iterator[list[_Line]]:
        """The lines of each paragraph, over columns and pages."""
        current: list[_Line] = []
        for line in lines:
            if current and not self._goes_on(current, line):
                yield current
                current = []
            current.append(line)
        if current:
            yield current

    def _goes_on(self, current: list[_Line], line: _Line) -> bool:
        last = current[-1]
        is_other = abs(line.height - last.height) > 0.06 * self.body
        if is_other or line.is_strong != last.is_strong:
            return False
        ends = _ENDS.search(last.text) is not None or self._ends_short(last, line)
        if last.text.endswith("-"):
            return not self._is_apart(last, line)
        if line.is_bulleted and (ends or not _DASH.match(line.text)):
            return False
        if _NUMBERED.match(line.text) and (ends or self._is_next_number(current[0], line)):
            return False
        if line.page == last.page and line.base < last.base and _overlap(last, line):
            return self._is_next(current, line) and not self._ends_short(last, line)
        if last.height >= _HEADING * self.body:
            return False
        text = "".join(each.text for each in current)
        return text.count("«") > text.count("»") or not ends

    def _is_apart(self, last: _Line, line: _Line) -> bool:
        """Say whether a line stands lower than a word that was cut may go on."""
        distance = last.base - line.base
        return line.page == last.page and distance > 2 * _LEADING * line.height

    def _is_next_number(self, first: _Line, line: _Line) -> bool:
        is_below = abs(line.left - first.left) < _ALIGNED * line.height
        return is_below and _NUMBERED.match(first.text) is not None

    def _is_next(self, current: list[_Line], line: _Line) -> bool:
        """Say whether a line stands just below the last one, where it was expected."""
        first, last = current[0], current[-1]
        usual = self._leading.get(round(line.height, 1), 1.25 * line.height)
        if last.base - line.base > _LEADING * max(usual, line.height):
            return False
        shift = (line.left - last.text_left) / line.height
        if len(current) == 1:
            hangs = first.is_bulleted or _NUMBERED.match(first.text)
            return shift < (4 if hangs else _INDENT) and shift > (-_INDENT if hangs else -5)
        return abs(shift) < _INDENT

    def _ends_short(self, last: _Line, line: _Line) -> bool:
        """Say whether the next word had its place on a line, and may begin a paragraph."""
        first = line.text.split()[0]
        width = (line.right - line.left) / max(len(line.text), 1) * (len(first) + 1)
        is_fresh = not first[0].islower()
        return is_fresh and last.right + width < self._margin(last)

    def _margin(self, line: _Line) -> float:
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

    def paragraph(self, lines: Sequence[_Line]) -> Iterator[Block]:
        """The block of a paragraph."""
        self._line += 1
        text = self._layout.hyphens.joined([line.text for line in lines])
        kind, level = self._kind_of(lines[0], text)
        if kind is BlockKind.LIST_ITEM:
            text = BULLET.sub("", text, count=1)
        emphasis = all(line.is_strong for line in lines), all(line.is_slanted for line in lines)
        yield from self.pieces([text], (kind, level), "", emphasis)

    def _kind_of(self, first: _Line, text: str) -> tuple[BlockKind, int]:
        height, body = first.height, self._layout.body
        if height >= _HEADING * body and len(text.split()) <= _HEADING_WORDS:
            return BlockKind.HEADING, min(self._layout.heights.index(round(height)) + 1, 6)
        if first.is_bulleted and not _DASH.match(text):
            return BlockKind.LIST_ITEM, 0
        is_caption = height <= _NOTE_SIZE * body and _CAPTION.match(text)
        return (BlockKind.CAPTION if is_caption else BlockKind.PARAGRAPH), 0

    def table(self, lines: Iterable[_Line]) -> Iterator[Block]:
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

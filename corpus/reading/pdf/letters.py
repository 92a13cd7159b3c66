"""The letters of a page of a PDF, with their place, size and look, put together to words."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.problems import CorpusError

_MAX_LETTERS = 50_000  # on a page: no page that is read holds as many
COPY_TEXT = "recopiez-en le texte utile dans un fichier .txt"


@dataclass(frozen=True, slots=True)
class _Look:
    """What letters look like: their size, and by how many quarters they are turned."""

    height: float
    is_strong: bool
    is_slanted: bool
    is_shown: bool
    turn: int


@dataclass(frozen=True, slots=True)
class Word:
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


class Sheet:
    """A page while its letters are read."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text = page.get_textpage()
        self._font = ctypes.create_string_buffer(200)
        self._flags = ctypes.c_int()
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium.FS_MATRIX()

    def words(self) -> Iterator[Word | str]:
        """Letters of one look that follow each other, and the spaces between them.

        Only their first and last ones are asked for their place: it takes as long as reading.
        """
        count = pdfium.FPDFText_CountChars(self._text)
        if count > _MAX_LETTERS:
            raise CorpusError(f"une page de ce PDF a trop de signes : {COPY_TEXT}.")
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

    def _words(self, first: int, signs: list[str], size: float) -> Iterator[Word]:
        """One word; or several, where the letters go on elsewhere without a sign of it."""
        look = self._look(first)
        places = [self._place(at, look.turn) for at in (first, first + len(signs) - 1)]
        if abs(places[0].base - places[1].base) < 1 and places[0].left <= places[1].right:
            yield Word("".join(signs), places[0].left, places[1].right, places[0].base, look)
            return
        for at, sign in enumerate(signs, start=first):
            place = self._place(at, look.turn)
            yield Word(sign, place.left, place.right, place.base, look)

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

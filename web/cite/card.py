"""A quote as a picture: broken into lines, shortened if it must be, laid out on a card.

Newsreader, regular and semi-bold, Latin letters only; licence in `fonts/OFL.txt`. The library that
draws is loaded when the first picture is asked for, never before.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.typography import THIN
from search.answer import Document, WebinarReference
from web.typography import date_in_words, quoted

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weight = Literal["Regular", "SemiBold"]

FINER = 2  # drawn that much larger, then reduced: letters stand at half pixels

_FOLDER = Path(__file__).parent / "fonts"

# Signs that look like another one: the font has the second only.
_STAND_INS = str.maketrans(
    dict.fromkeys("\u202f\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", "\u00a0")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", "")
)
_COVERED = (
    "0020-007E 00A0-0131 0134-0148 014A-017E 018F 0192 01A0-01A1 01AF-01B0 01C4-01CC 01E6-01E7 "
    "01EA-01EB 01FA-021B 022A-022D 0230-0233 0237 0259 02B9-02BA 02BC 02C6-02C7 02DA 02DC-02DD "
    "0300-0301 0303-0304 0308-0309 0323 1E80-1E85 1E9E 1EA0-1EF9 2013-2014 2018-201A 201C-201E "
    "2020 2022 2026 2032-2033 2039-203A 2044 20A1 20A3-20A4 20A6-20A7 20A9 20AB-20AD 20B1-20B2 "
    "20B5 20B9-20BA 20BC-20BD 2122 2212 2215"
)


def is_drawable(text: str) -> bool:
    """Say whether the fonts have every sign of a text."""
    return all(ord(sign) in _covered() for sign in drawn(text) if sign != "\n")


def drawn(text: str) -> str:
    """The same text in signs that the fonts have, when there is one that looks the same."""
    return unicodedata.normalize("NFC", text).translate(_STAND_INS)


@cache
def _covered() -> frozenset[int]:
    spans = (span.partition("-") for span in _COVERED.split())
    return frozenset(
        code for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1)
    )


@lru_cache(maxsize=100)
def font(weight: Weight, size: int) -> "FreeTypeFont":
    """A font at one size in pixels, as it is drawn: larger, to be reduced."""
    from PIL import ImageFont

    path = _FOLDER / f"Newsreader-{weight}.ttf"
    return ImageFont.truetype(path, size * FINER, layout_engine=ImageFont.Layout.BASIC)


def measure(weight: Weight, size: int) -> Callable[[str], float]:
    """How wide texts are, in pixels, when they are drawn at that size.

    Not in proportion to the size: each letter keeps to whole pixels.
    """

    def width(text: str) -> float:
        return _width(weight, size, text)

    return width


@lru_cache(maxsize=4000)
def _width(weight: Weight, size: int, text: str) -> float:
    return font(weight, size).getlength(drawn(text)) / FINER


Measure = Callable[[str], float]  # how wide a text is

# A sign that never begins a line holds to the word before it, « to the word after it.
_BREAKS = re.compile(r"(?<!«)(?<![–—]) +(?![»:;!?%€])")


def broken(text: str, measure: Measure, width: float) -> list[str]:
    """The fewest lines that hold in `width`, of lengths as even as can be."""
    lines: list[str] = []
    for paragraph in re.split(r"\s*\n\s*", text):
        words = list(_pieces(paragraph, measure, width))
        lines.extend(_even(words, measure, width))
    return lines


def _pieces(paragraph: str, measure: Measure, width: float) -> Iterator[str]:
    """The words; one that no line holds (an address) is cut."""
    for word in _BREAKS.split(paragraph.strip(" ")):
        while measure(word) > width and len(word) > 1:
            too_long = bisect_right(range(len(word)), width, key=lambda n: measure(word[:n]))
            end = max(1, too_long - 1)
            yield word[:end]
            word = word[end:]
        yield word


def _even(words: list[str], measure: Measure, width: float) -> list[str]:
    """Break after the words that make the sum of the squared gaps at line ends least.

    The last line counts as the others do: no word is left alone there if it can be helped.
    """
    widths = [measure(word) for word in words]
    space = measure(" ")
    # For each number of words from the first: fewest lines, least sum, where the last line begins.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = []
        length = -space
        for start in range(end - 1, -1, -1):
            length += widths[start] + space
            if length > width and start < end - 1:
                break
            lines, gaps, _ = best[start]
            choices.append((lines + 1, gaps + (width - length) ** 2, start))
        best.append(min(choices))
    cuts = [len(words)]
    while cuts[-1] > 0:
        cuts.append(best[cuts[-1]][2])
    return [" ".join(words[start:end]) for end, start in pairwise(cuts)][::-1]


LEFT_OUT = " […]"
_LEAST_SENTENCES = 0.6  # of what fits: under it, a whole sentence would waste the card


def excerpt(text: str, fits: Callable[[str], bool]) -> str:
    """The text if it fits, else as many of its sentences, or else words, as do."""
    if fits(text):
        return text
    ends = [word.end() for word in re.finditer(r"\S+", text)]
    kept = bisect_right(ends, False, key=lambda end: not fits(_cut_at(text, end)))
    end = ends[max(0, kept - 1)]
    sentences = [stop.end() for stop in re.finditer(r"[.!?…](?=\s)", text[: end + 1])]
    if sentences and sentences[-1] >= end * _LEAST_SENTENCES:
        end = sentences[-1]
    return _cut_at(text, end)


def _cut_at(text: str, end: int) -> str:
    return re.sub(r"[\s,;:–—«(-]+$", "", text[:end]) + LEFT_OUT


PAPER, INK, SOFT, ACCENT = "#fdfdfb", "#1b1f20", "#4a5153", "#0f5f5c"
SMALLEST = 26  # pixels, for the words: smaller ones cannot be read on a telephone
_STEP = 2
_LEADING = 1.3  # from line to line, in sizes
_RISE = 0.68  # from the baseline to the top of the capitals, in sizes
_FOOT_LEADING = 1.42
_ROLE_LINES = 2


@dataclass(frozen=True, slots=True)
class Format:
    """The size of a picture, and of what stands on it, in pixels."""

    width: int
    height: int
    margin: int
    largest: int
    small: int

    @property
    def measure(self) -> int:
        """How wide a line may be."""
        return self.width - 2 * self.margin


WIDE = Format(1200, 630, margin=88, largest=72, small=26)
SQUARE = Format(1080, 1080, margin=96, largest=84, small=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `x` is where it begins, `y` its baseline."""

    text: str
    x: float
    y: float
    size: int
    colour: str = INK
    weight: Weight = "Regular"

    @property
    def width(self) -> float:
        return measure(self.weight, self.size)(self.text)


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle in the accent colour."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Card:
    """A picture to draw, and the same in one sentence for who cannot see it."""

    format: Format
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    title: str


def card_from(said: Document, site_title: str, form: Format = WIDE) -> Card:
    """Lay a quote out, in the largest letters that let it hold whole; see `excerpt`."""
    foot = _foot(said, site_title, form)
    rule = Bar(form.margin, foot[0].y - 2.1 * foot[0].size, 56, 4)
    top, bottom = form.margin * 0.95, rule.y - form.small * 1.3
    shown, size = _sized(said.text, form, bottom - top)
    notice = _notice(form) if shown != said.text else []
    return Card(
        form,
        bars=(Bar(0, 0, form.width, 12), rule),
        lines=(*notice, *_quote(shown, size, form, top, bottom), *foot),
        title=f"{quoted(shown, THIN)} — {_speaker(said)}",
    )


def _sized(text: str, form: Format, height: float) -> tuple[str, int]:
    """What is shown, and the size of its letters."""
    sizes = range(SMALLEST, form.largest + 1, _STEP)
    fitting = bisect_right(sizes, height, key=lambda size: _height(text, size, form))
    if fitting:
        return text, sizes[fitting - 1]
    shown = excerpt(text, lambda part: _height(part, SMALLEST, form) <= height)
    return shown, SMALLEST


def _height(text: str, size: int, form: Format) -> float:
    return ((len(_lines(text, size, form)) - 1) * _LEADING + _RISE) * size


def _lines(text: str, size: int, form: Format) -> list[str]:
    return broken(f"{text}{THIN}»", measure("Regular", size), form.measure)


def _quote(text: str, size: int, form: Format, top: float, bottom: float) -> list[Line]:
    """The words, centred between top and bottom, their opening mark hung in the margin."""
    first = top + (bottom - top - _height(text, size, form)) / 2 + _RISE * size
    mark = f"«{THIN}"
    hung = form.margin - measure("Regular", size)(mark)
    lines = _lines(text, size, form)
    return [
        Line(mark + line if place == 0 else line, form.margin if place else hung, y, size)
        for place, line in enumerate(lines)
        for y in [first + place * _LEADING * size]
    ]


def _foot(said: Document, site_title: str, form: Format) -> list[Line]:
    """Who, what they do, where and when, from the name down; then the name of the site."""
    small, tiny, left = form.small, form.small - 4, form.margin
    role = ", ".join(part for part in (said.role, said.organisation) if part)
    bottom = form.height - form.margin * 0.72
    site = _site(site_title, tiny, form, bottom)
    room = site.x - left - 2 * tiny
    rows = [
        Line(_cut(_speaker(said), small + 6, form.measure), left, 0, small + 6, INK, "SemiBold"),
        *(Line(line, left, 0, small) for line in _role_lines(role, small, form.measure)),
        Line(_where(said.webinar, tiny, room), left, 0, tiny, SOFT),
    ]
    below = [sum(line.size for line in rows[place + 1 :]) for place in range(len(rows))]
    placed = (
        replace(line, y=bottom - under * _FOOT_LEADING)
        for line, under in zip(rows, below, strict=True)
    )
    return [*placed, site]


def _site(title: str, size: int, form: Format, y: float) -> Line:
    shown = _cut(title, size, form.measure * 0.4)
    x = form.width - form.margin - measure("SemiBold", size)(shown)
    return Line(shown, x, y, size, ACCENT, "SemiBold")


def _where(webinar: WebinarReference, size: int, width: float) -> str:
    """The webinar and its day; a title that is too long ends with « … », the day stays."""
    when = f", {date_in_words(webinar.held_on)}" if webinar.held_on else ""
    return _cut(webinar.title, size, width - measure("Regular", size)(when)) + when


def _role_lines(role: str, size: int, width: float) -> Iterable[str]:
    """A role in two lines at most; a longer one ends with « … »."""
    lines = broken(role, measure("Regular", size), width) if role else []
    if len(lines) <= _ROLE_LINES:
        return lines
    return [*lines[: _ROLE_LINES - 1], _cut(" ".join(lines[_ROLE_LINES - 1 :]), size, width)]


def _cut(text: str, size: int, width: float) -> str:
    """The text in one line, its end replaced with « … » when it is too wide."""
    wide = measure("SemiBold", size)
    if wide(text) <= width:
        return text
    end = next(n for n in range(len(text) - 1, -1, -1) if wide(text[:n] + "…") <= width)
    word_end = text.rfind(" ", 0, end + 1)
    end = word_end if word_end > end / 2 else end  # a long address has no words
    return text[:end].rstrip(" ,;:") + "…"


def _speaker(said: Document) -> str:
    return said.speaker or "Une personne non nommée"


def _notice(form: Format) -> list[Line]:
    size = form.small - 4
    text = "Extrait"
    x = form.width - form.margin - measure("SemiBold", size)(text)
    return [Line(text, x, form.margin * 0.66, size, ACCENT, "SemiBold")]

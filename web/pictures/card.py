"""Where everything stands on the picture of a quote: lines of text, with their place and size."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.counting import THIN
from search.answer import Document, WebinarReference
from web.pictures.excerpt import excerpt
from web.pictures.fonts import Weight, measure
from web.pictures.line_breaking import broken
from web.typography import date_in_words, quoted

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

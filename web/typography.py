"""French display: dates, counts, times and marked words, as the templates show them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from corpus.counting import NBSP as NBSP
from corpus.records import Span

WORDS_PER_MINUTE = 200

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def date_in_words(day: date) -> str:
    """« 12 mars 2024 », « 1er mai 2021 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def percent(share: float) -> str:
    """A share of one, « 12 % »; what is small yet there is never nothing: « < 1 % »."""
    rounded = f"{share * 100:.0f}{NBSP}%"
    return f"<{NBSP}1{NBSP}%" if 0 < share < 0.005 else rounded


def clock(seconds: int) -> str:
    """A moment of a replay: « 12:04 », « 1:02:33 »."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def reading_time(words: int) -> str:
    """« 5 min de lecture », never less than one."""
    return f"{max(1, -(-words // WORDS_PER_MINUTE))}{NBSP}min de lecture"


def quoted(text: str, space: str = NBSP) -> str:
    """Put French quotation marks around an untouched text."""
    return f"«{space}{text}{space}»"


def asked(question: str) -> str:
    """A question between quotation marks, unless it is one whole phrase between them already."""
    return question if re.fullmatch("«[^«»]*»", question) else quoted(question)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, parted by empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def marked_parts(text: str, highlights: Iterable[Span] = ()) -> Iterator[tuple[str, bool]]:
    """Yield (piece, is_marked) so that joining the pieces gives `text` back."""
    cursor = 0
    for span in sorted(highlights, key=lambda span: (span.start, span.end)):
        end = min(span.end, len(text))
        if span.start < cursor or end <= span.start:
            continue  # overlapping, empty or outside: the first one wins
        if cursor < span.start:
            yield text[cursor : span.start], False
        yield text[span.start : end], True
        cursor = end
    if cursor < len(text):
        yield text[cursor:], False

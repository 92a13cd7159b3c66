"""French display: dates, counts, times, marked words, words of other languages, a cited line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from corpus.records import Span
from corpus.settings import ForeignWords
from corpus.typography import MONTHS, counted, in_sentence
from corpus.typography import NBSP as NBSP
from search.answer import Document

_LETTER = r"[\w\u0300-\u036f]"  # a combining accent belongs to its word
_ALIKE = {" ": r"\s+", "'": "['’]", "’": "['’]", "-": "[-\u2010\u2011]"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: whether it is marked, and its language ("": French)."""

    text: str
    is_marked: bool
    language: str = ""


def pieces_of(text: str, highlights: Iterable[Span], words: ForeignWords) -> Iterator[Piece]:
    """Cut a text at each mark and each change of language; joining the pieces gives it back.

    A mark may cover a part of a foreign expression: each piece says its language for itself.
    """
    foreign = list(_foreign(text, words))
    edges = sorted({edge for span, _ in foreign for edge in (span.start, span.end)})
    start = 0
    for part, is_marked in marked_parts(text, highlights):
        end = start + len(part)
        for left, right in pairwise([start, *(e for e in edges if start < e < end), end]):
            languages = (code for span, code in foreign if span.start <= left < span.end)
            yield Piece(text[left:right], is_marked, next(languages, ""))
        start = end


def _foreign(text: str, words: ForeignWords) -> Iterator[tuple[Span, str]]:
    """Where foreign expressions stand, and the code of their language."""
    pattern, codes = _pattern(words)
    for found in pattern.finditer(text) if pattern else ():
        yield Span(*found.span()), codes[(found.lastindex or 1) - 1]


@cache
def _pattern(words: ForeignWords) -> tuple[re.Pattern[str] | None, list[str]]:
    """What finds the expressions as whole words, the longest first, and the language of each."""
    listed = [(one.strip(), code) for code, those in asdict(words).items() for one in those]
    listed = sorted(filter(lambda pair: pair[0], listed), key=lambda pair: -len(pair[0]))
    if not listed:
        return None, []
    ways = "|".join(f"({''.join(map(_written, one))})" for one, _ in listed)
    pattern = re.compile(f"(?<!{_LETTER})(?:{ways})(?!{_LETTER})", re.IGNORECASE)
    return pattern, [code for _, code in listed]


def _written(character: str) -> str:
    """All the ways in which a character is typed: spaces, apostrophes and hyphens have several."""
    return _ALIKE.get(character, re.escape(character))


WORDS_PER_MINUTE = 200


def date_in_words(day: date) -> str:
    """« 12 mars 2024 », « 1er mai 2021 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1][0]} {day.year}"


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


def found_in_words(total: int, by_kind: Mapping[str, int]) -> str:
    """« 9 citations », or « 29 résultats : 21 citations et 8 idées clés » where there are both."""
    verbatims = counted(by_kind.get("verbatim", 0), "citation")
    ideas = counted(by_kind.get("idee", 0), "idée clé", "idées clés")
    if sum(by_kind.values()) != total:
        return counted(total, "résultat")
    if not by_kind.get("idee"):
        return verbatims
    if not by_kind.get("verbatim"):
        return ideas
    return f"{counted(total, 'résultat')}{NBSP}: {verbatims} et {ideas}"


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


# What XML 1.0 cannot hold, whichever way it is written; none of it belongs to a spoken word.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    """The text with « \ufffd » in the place of each sign that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def citation_line(document: Document, address: str) -> str:
    """One line to paste elsewhere: the untouched words, who said them, where and when."""
    author = ", ".join(
        part
        for part in (document.speaker, in_sentence(document.role), document.organisation)
        if part
    )
    held_on = document.webinar.held_on
    place = f"webinaire {quoted(document.webinar.title)}"
    place += f" du {date_in_words(held_on)}" if held_on else ""
    source = f"{author}, {place}" if author else place
    words = quoted(document.text) if document.kind == "verbatim" else document.text
    return f"{words} — {source}. {address.rstrip('/')}{document.path}"

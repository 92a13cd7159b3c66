"""Words of another language, so that what reads a page aloud says them as they are said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise

from corpus.records import Span
from corpus.settings import ForeignWords
from web.typography import marked_parts

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

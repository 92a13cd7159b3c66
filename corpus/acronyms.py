"""Acronyms that a text explains: « économie sociale et solidaire (ESS) », or the other way round.

After Schwartz and Hearst, 2003 (A simple algorithm for identifying abbreviation definitions):
the letters of the acronym are looked for from right to left in the words before it. Theirs asks
only the first letter to begin a word; French acronyms are made of first letters, so all must.
"""

import re
from collections.abc import Iterator

from corpus.typography import fold

_WORD = r"[^\W\d_][\w’'-]*"
_SHORT = r"[A-ZÀ-Ý][A-ZÀ-Ýa-z]{0,6}[A-ZÀ-Ýi]"
_LONG_FIRST = re.compile(rf"((?:{_WORD}\s+){{0,12}}{_WORD})[»”\"]?\s*\(({_SHORT})\)")
_MIN_WORDS = 2
_SHORT_FIRST = re.compile(rf"\b({_SHORT})\s*\(((?:{_WORD}\s+){{1,12}}{_WORD})\)")


def acronyms_in(text: str) -> Iterator[tuple[str, str]]:
    """Each acronym of a text with the words that it stands for."""
    if "(" not in text:  # most texts
        return
    for found in _LONG_FIRST.finditer(text):
        if _is_acronym(found[2]) and (words := _explained(found[2], found[1])):
            yield found[2], words
    for found in _SHORT_FIRST.finditer(text):
        words = _explained(found[1], found[2]) if _is_acronym(found[1]) else ""
        if words and fold(words) == fold(found[2]):
            yield found[1], words


def _is_acronym(short: str) -> bool:
    return sum(letter.isupper() for letter in short) >= 2


def _explained(short: str, before: str) -> str:
    """The shortest end of `before` whose words hold the letters of the acronym, in order."""
    letters, text = fold(short), fold(before)
    if len(text) != len(before):
        return ""  # a ligature was unfolded: places would no longer agree
    place = len(text)
    for letter in reversed(letters):
        place -= 1
        while place >= 0 and not (text[place] == letter and _begins_a_word(text, place)):
            place -= 1
        if place < 0:
            return ""
    words = before[place:]
    return words if _MIN_WORDS <= len(words.split()) <= len(letters) + 5 else ""


def _begins_a_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()

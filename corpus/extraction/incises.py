"""Clauses inside somebody's words that say who speaks: « On plante, explique Léa Morin, et … »."""

import re
from collections.abc import Iterator

from corpus.extraction.roles import is_indefinite, is_role
from corpus.extraction.roster import Roster
from corpus.extraction.speech import begins_with_speech_verb

_LONGEST = 200  # characters
_START = re.compile(r"[ \u00a0]?,\s+(?=[a-zà-ÿ])")
_INVERTED = re.compile(r"(?:\S+\s){0,2}?\S+-(?:t-)?(?:il|elle|on|ils|elles|je)\b")
_SUBJECT = re.compile(
    r"(?:(?:s['’]|se\s)?\S+)\s+(?:\w+ment\s+|encore\s+|aussi\s+)?"
    r"(?:celui|celle|ceux|un|une|l['’]un|le|la|l['’]|les|des|cet|cette|M\.|Mme)(?=[\s\w])"
)
_VERB = re.compile(r"(?:s['’]|se\s)?\S+\s+(?:\w+ment\s+|encore\s+|aussi\s+)?$")
_GOES_ON = re.compile(
    r"(?:qui|dont|à la tête|(?:l['’]une?|une?|le|la|lui|elle)\b[^,;.]{0,60},)", re.IGNORECASE
)
_PLAIN_VERB = re.compile(
    r"(?:s['’]|se\s)?(?!(?:avec|par|pour|dans|sur|chez|sous|que|qui|des|les|une|dont|mais|puis)\s)"
    r"[a-zà-ÿ]{3,}\s+(?=[A-ZÀ-Þ])"
)

Span = tuple[int, int]


def incises_in(text: str, roster: Roster) -> Iterator[Span]:
    """Where they stand, commas taken in, from left to right."""
    at = 0
    for comma in _START.finditer(text):
        if comma.start() < at:
            continue
        reach = text[comma.end() : comma.end() + _LONGEST].split("\n", 1)[0]
        if not (begins_with_speech_verb(reach) or _PLAIN_VERB.match(reach)):
            continue
        known = _said_until(reach, roster)
        end = _end(reach, known) if known else None
        if end is not None:
            at = comma.end() + end
            yield comma.start(), at


def _said_until(reach: str, roster: Roster) -> int | None:
    """Where the one who speaks is named, a pronoun or a role being enough."""
    inverted = _INVERTED.match(reach)
    if inverted:
        return inverted.end()
    people = roster.namings_in(reach)
    named = next((n for n in people if _VERB.fullmatch(reach[: n.start])), None)
    if named:
        return named.end
    subject = _SUBJECT.match(reach)
    if subject is None:
        return None
    rest = re.sub(r"^\S+\s+", "", reach)
    if not (is_role(rest) or re.match(r"(?:celui|celle|ceux|l['’]une?|cette?|une?)\b", rest)):
        return None
    later = [n.end for n in people if "." not in reach[: n.start]]
    return later[0] if later else subject.end()


def _end(reach: str, start: int) -> int | None:
    """The comma or full stop that ends the clause, brackets and appositions taken in."""
    depth = 0
    for at in range(start, len(reach)):
        sign = reach[at]
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > 0 or sign not in ",.;:":
            continue
        rest = reach[at + 1 :].lstrip()
        if sign == "," and _goes_on(rest):
            continue
        return at + 1
    return None


def _goes_on(rest: str) -> bool:
    """Say whether what follows a comma still tells who speaks: « , qui … », « , une voisine. »"""
    tells = is_role(rest) or is_indefinite(rest)
    return bool(_GOES_ON.match(rest) or (tells and re.search(r"[,.;]", rest)))

"""Incises: « …, explique Léa Morin, … » are words of the page inside somebody's words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.pages.antecedents import begins_with_description
from corpus.pages.names import is_first_name, mentions_in
from corpus.pages.roles import is_role
from corpus.pages.roster import Roster
from corpus.pages.speech import begins_with_speech_verb

_LONGEST = 200  # characters
_START = re.compile(r"[ \u00a0]?,\s+(?=[a-zà-ÿ])")
_INVERTED = re.compile(r"(?:\S+\s){0,2}?\S+-(?:t-)?(?:il|elle|on|ils|elles|je)\b")
_SUBJECT = re.compile(
    r"(?:(?:s['’]|se\s)?\S+)\s+(?:\w+ment\s+|encore\s+|aussi\s+)?"
    r"(?:celui|celle|ceux|un|une|l['’]un|le|la|l['’]|les|des|cet|cette|M\.|Mme)(?=[\s\w])"
)
_VERB = re.compile(r"(?:s['’]|se\s)?\S+\s+(?:\w+ment\s+|encore\s+|aussi\s+)?$")
_FIRST_NAME = re.compile(r"(?:s['’]|se\s)?[^\W\d_]+\s(?P<name>[A-ZÀ-Þ][\w-]+)(?=[,. ])")
_GOES_ON = re.compile(r"(?:l['’]une?|le|la|les|un|une|qui|dont|lui|elle)\b", re.IGNORECASE)
_PLAIN_VERB = re.compile(
    r"(?:s['’]|se\s)?(?!(?:avec|par|pour|dans|sur|chez|sous|que|qui|des|les|une|dont|mais|puis)\s)"
    r"[a-zà-ÿ]{3,}\s+(?=[A-ZÀ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Incise:
    """`text[start:end]` with its commas; `clause` is what it says."""

    start: int
    end: int
    clause: str


def incises_of(text: str, roster: Roster) -> Iterator[Incise]:
    """The clauses that say who speaks, from left to right."""
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
            yield Incise(comma.start(), at, reach[:end].rstrip(" ,.;"))


def without_incises(text: str, roster: Roster) -> str:
    """The words alone: their pieces, joined by one space."""
    pieces, at = [], 0
    for incise in incises_of(text, roster):
        pieces.append(text[at : incise.start].strip())
        at = incise.end
    return " ".join([*pieces, text[at:].strip()]).rstrip() if pieces else text


def _said_until(reach: str, roster: Roster) -> int | None:
    """Where the one who speaks is named, a pronoun or a role being enough."""
    inverted = _INVERTED.match(reach)
    if inverted:
        return inverted.end()
    people = [*roster.mentions(reach), *mentions_in(reach)]
    named = next((m for m in people if _VERB.fullmatch(reach[: m.start])), None)
    if named:
        return named.end
    alone = _FIRST_NAME.match(reach)
    if alone and is_first_name(alone["name"]) and begins_with_speech_verb(reach):
        return alone.end()
    subject = _SUBJECT.match(reach)
    if subject is None:
        return None
    rest = re.sub(r"^\S+\s+", "", reach)
    is_somebody = is_role(rest) or begins_with_description(rest)
    if not (is_somebody or re.match(r"(?:celui|celle|ceux|l['’]une?)\b", rest)):
        return None
    later = [m.end for m in people if "." not in reach[: m.start]]
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
        if sign == "," and rest.startswith(("qui ", "dont ", "à la tête ")):
            continue
        if sign == "," and (is_role(rest) or _GOES_ON.match(rest)) and re.search(r"[,.;]", rest):
            one_of = rest.startswith(("l'un", "l’un", "un des", "une des"))
            named = one_of or is_role(rest) or begins_with_description(rest)
            if named:
                continue
        return at + 1
    return None

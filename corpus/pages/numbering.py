"""The numbers before the key ideas of a page: « 1. », « II - », « Point-clé n°3 : », « ④ »."""

import re
from dataclasses import dataclass

from corpus.typography import fold

_NOUN = (
    r"(?:(?:idée|point|enseignement|constat|message|leçon|conviction|levier|principe|axe|piste"
    r"|conseil|étape|repère|clé|clef|condition|ingrédient|recommandation)s?"
    r"(?:[ -](?:clé|clef|fort|force|majeur|phare)e?s?)?|(?:à|ce qu[’']il faut) retenir)"
)
_FIGURES = r"(?:n\s?°\s?|n[o°]\.?\s*|#\s?)?[(\[]?(?P<number>\d{1,2})(?:\ufe0f?\u20e3)?"
_MARK = r"(?P<mark>[.)\]/:°|]{1,2}|[–—-](?=\s)|(?<=\u20e3))"
_ARABIC = re.compile(
    rf"(?P<noun>(?:{_NOUN}\s*)?){_FIGURES}\s?{_MARK}\s*[–—:-]?\s*(?=\D)(?P<text>\S.*)", re.I
)
_NAMED = re.compile(
    rf"(?P<noun>{_NOUN}|(?=#|n\s?°))\s*{_FIGURES}(?P<mark>)(?:\s*[–—:.-])?\s+(?=[^\W\d_])(?P<text>\S.*)",
    re.I,
)
_ROMAN = re.compile(
    rf"(?P<noun>(?i:{_NOUN}\s*)?)(?P<number>[IVX]{{1,5}})\s?(?P<mark>[.)/:]|[–—-])\s+(?P<text>\S.*)"
)
_CIRCLED = re.compile(
    r"(?P<number>[\u2460-\u2473\u2776-\u2793])\s*(?P<mark>)[.:–—-]?\s*(?P<text>\S.*)"
)
_ORDINALS = (
    "premi deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme"
)
_ORDINAL = re.compile(
    r"(?P<number>premi(?:er|ère)|second|seconde|deuxième|troisième|quatrième|cinquième|sixième"
    rf"|septième|huitième|neuvième|dixième)\s+(?P<noun>{_NOUN})\s*(?P<mark>[:–—-])\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
# A full stop after a letter is mostly that of an initial: only a heading may have one.
_LETTER = re.compile(r"(?P<number>[A-H])(?P<mark>[)/]|\s[–—-](?=\s))\s*(?P<text>\S.*)")
_HEADING_LETTER = re.compile(r"(?P<number>[A-H])(?P<mark>\.)\s+(?P<text>\S+(?:\s\S+){2,})")
_BARE = re.compile(r"(?P<number>0?\d{1,2})(?P<mark>)\s+(?P<text>[A-ZÀ-Þ«].*)")
_ALONE = re.compile(rf"(?P<noun>(?:{_NOUN}\s*)?){_FIGURES}\s?[.)\]/:°–—-]?", re.IGNORECASE)
# Arrows, shapes and pictures before the number, not the figures in circles.
_ORNAMENTS = re.compile(
    "(?:[\u2190-\u21ff\u25a0-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]\\s*)+"
)
_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number of a line, how it is written, and the words after it."""

    number: int
    style: str
    text: str


def numbering_of(line: str, *, is_heading: bool = False) -> Numbering | None:
    """Read the number that a line begins with; a heading may have one without any sign."""
    ornaments = _ORNAMENTS.match(line)
    line = line[ornaments.end() :] if ornaments else line
    for kind, pattern in _PATTERNS.items():
        found = pattern.fullmatch(line) if is_heading or "heading" not in kind else None
        if found and (number := _value(kind, found["number"])):
            noun = fold(found.groupdict().get("noun") or "").strip()
            return Numbering(number, f"{kind}{noun}{found['mark']}", found["text"].strip())
    return None


def lone_number(line: str) -> Numbering | None:
    """A number that has a line to itself, above the words it counts: « 2 », « Idée n°2 »."""
    found = _ALONE.fullmatch(line.strip())
    number = int(found["number"]) if found else 0
    return (
        Numbering(number, f"alone{fold(found['noun']).strip()}", "") if found and number else None
    )


_PATTERNS = {
    "roman": _ROMAN,
    "arabic": _ARABIC,
    "named": _NAMED,
    "circled": _CIRCLED,
    "ordinal": _ORDINAL,
    "letter": _LETTER,
    "letter in a heading": _HEADING_LETTER,
    "bare in a heading": _BARE,
}


def _value(kind: str, written: str) -> int:
    match kind:
        case "roman":
            return _roman(written)
        case "circled":
            code = ord(written)
            return code - 0x245F if code <= 0x2473 else (code - 0x2776) % 10 + 1
        case "letter" | "letter in a heading":
            return ord(written) - ord("A") + 1
        case "ordinal":
            folded = fold(written)
            stems = _ORDINALS.split()
            second = 2 if folded.startswith("second") else 0
            return second or next(i for i, s in enumerate(stems, 1) if folded.startswith(s))
    return int(written)


def _roman(numeral: str) -> int:
    total = 0
    for sign, following in zip(numeral, [*numeral[1:], None], strict=True):
        value = _VALUES[sign]
        total += -value if following and _VALUES[following] > value else value
    return total

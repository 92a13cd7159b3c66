"""Names of people, by their shape, and the gender of a first name."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from corpus.typography import CALENDAR, fold

WORDS: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def words(kind: str) -> frozenset[str]:
    """The words of one kind that the file beside this one lists."""
    return frozenset(WORDS[kind].split())


UPPER = "A-ZÀ-ÖØ-ÞŒŸŠŽ"
LOWER = "a-zß-öø-ÿœšž"
_INNER = rf"['’][{LOWER}]+|[{UPPER}][{LOWER}]+"  # « Prigent’huy », « McEwan »
_PART = rf"(?:[{UPPER}]['’])?[{UPPER}](?:[{LOWER}]+(?:{_INNER})?|[{UPPER}]+(?:['’][{UPPER}]+)?|\.)"
_WORD = rf"(?:(?:[{UPPER}]\.){{2,3}}|{_PART}(?:-{_PART}){{0,3}})"
_PARTICLES = (
    r"(?:(?:de|du|des|le|la|van|von|ben|el|al|da|di|dos|den|der|DE|DU|LE|LA)[ \u00a0]|d['’]){0,2}"
)
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?:[ \u00a0]{_PARTICLES}{_WORD}){{1,3}}(?![\w-])")
_CIVILITY = re.compile(r"\b(?:M\.|Mr|Monsieur|Mme|Madame|Mlle|Mademoiselle)[ \u00a0]$")
_NOUN = re.compile(r"(?:[tsx]ion|ment|age|ité|(?<!Fl)eur|isme|logie|erie|graphie)s?$")
_ACRONYM = 4  # letters
_FIRST_NAME = re.compile(rf"[{UPPER}][{LOWER}]{{2,}}(?:-[{UPPER}][{LOWER}]+)?")
# An article makes it a thing or a place: « la Loi Fabre », « au Moulin de Rives », « rue Fabre ».
_THING = re.compile(
    r"(?:\b(?:la|le|les|du|des|au|aux|une?|cette|ce|espace|rue|avenue|boulevard|place|quai|square"
    r"|salle|stade|gymnase|parc|quartier|résidence|tour|pont|gare|aéroport|hôpital|théâtre|lycée"
    r"|collège)\s|\bl['’])$",
    re.IGNORECASE,
)
_STYLED = re.compile(r"(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Dr|Pr|Maître|Dr\.|Pr\.)[ \u00a0]+")

_OPENERS = words("openers")
_BODIES = CALENDAR | words("bodies")
# « Pauline Le Nouveau » is somebody: what a last name may be, behind a first name.
_BODIES_OF_NAMED = _BODIES - {"grand", "haut", "nouveau", "petite"}


class Gender(Enum):
    """`UNKNOWN` agrees with both."""

    FEMININE = "f"
    MASCULINE = "m"
    UNKNOWN = "?"

    def agrees_with(self, other: "Gender") -> bool:
        """Say whether the same person may have both."""
        return self is other or Gender.UNKNOWN in (self, other)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands, the first name first; the gender is what « Mme » before it tells."""

    start: int
    end: int
    name: str
    gender: Gender = Gender.UNKNOWN


def mentions_in(text: str) -> Iterator[Mention]:
    """Everything that is shaped like the name of a person, from left to right."""
    for found in _NAME.finditer(text):
        start, words = found.start(), found.group().replace("\u00a0", " ").split(" ")
        while words and _is_before_name(words, text[max(0, start - 4) : start]):
            start += len(words.pop(0)) + 1
        # « Départ d’Oscar Brun »
        if start > found.start() and words and words[0][:2] in {"d'", "d’"}:
            start, words[0] = start + 2, words[0][2:]
        # « d’Or » is one word, so a name without a space left is a single word.
        if (
            len(words) > 1
            and _is_human(words)
            and not _THING.search(text[max(0, start - 12) : start])
        ):
            yield Mention(start, found.end(), _in_order(words), gender_before(text, start))


def gender_before(text: str, start: int) -> Gender:
    """What « Mme » or « Monsieur » before a name tells, the name being in full or not."""
    title = _CIVILITY.search(text, max(0, start - 12), start)
    if title is None:
        return Gender.UNKNOWN
    is_man = fold(title.group()).startswith(("m.", "mr", "mon"))
    return Gender.MASCULINE if is_man else Gender.FEMININE


def _is_before_name(words: list[str], before: str) -> bool:
    """Say whether the first word only begins a sentence: « Hier Léa Morin », not « LE GAL Léa »."""
    if len(words) > 2 and words[0].isupper() and words[1].isupper() and _is_last_name_first(words):
        return False
    is_noun = len(words) > 2 and not is_known_first_name(words[0]) and words[0][-1] != "."
    begins = not before.rstrip() or before.rstrip()[-1] in '.!?…:«“"–—-'
    second = re.sub(r"^d['’]", "", words[1]) if is_noun else ""  # « Accompagnés d’Angèle Lantin »
    is_glued = is_noun and begins and not words[0].isupper() and is_known_first_name(second)
    return _opens_sentence(words[0]) or is_glued


def _is_last_name_first(words: list[str]) -> bool:
    """Say whether only the last word is a first name: « MORIN Léa »."""
    return (
        all(word.isupper() and len(word) > 1 and word[-1] != "." for word in words[:-1])
        and is_known_first_name(words[-1])
        and not is_known_first_name(words[0])
    )


def _in_order(words: list[str]) -> str:
    return " ".join([words[-1], *words[:-1]] if _is_last_name_first(words) else words)


def _opens_sentence(word: str) -> bool:
    """« M. », « Q. » and « A » are no part of a name; « A. » is an initial."""
    bare = fold(word)
    is_initial = len(bare) == 2 and bare.endswith(".") and bare not in {"m.", "q."}
    is_adverb = bare.endswith("ment") and not is_known_first_name(word)
    return not is_initial and (is_adverb or bare.rstrip(".") in _OPENERS)


def begins_with_name(text: str) -> bool:
    """Say whether a name, perhaps after « Mme » or a dash, opens the text."""
    bare = without_style(text)
    return next((mention.start == 0 for mention in mentions_in(bare)), False)


def opens_with_name(text: str) -> bool:
    """Say whether a name, or a first name alone, opens a line: « Léa, bénévole »."""
    called = re.match(r"[\w-]+(?=,\s|\s\(|\s[–—-]\s|$)", text)
    return begins_with_name(text) or (called is not None and is_known_first_name(called[0]))


def without_style(text: str) -> str:
    """Leave out the dash, the bracket and the « Mme » before a name."""
    return _STYLED.sub("", text.lstrip(" \u00a0\u202f–—-([,.;:"), count=1)


def is_name_like(words: list[str]) -> bool:
    """Say whether a signature of one or a few words may be a name: « Leïla », « Collectif Sud »."""
    first = words[0]
    return first[0].isalpha() and first[0].isupper() and not _opens_sentence(first)


def is_first_name(word: str) -> bool:
    """Say whether one word may be the name of a person: « Lise », « Jean-Luc », never « ONU »."""
    return _FIRST_NAME.fullmatch(word) is not None and not (
        fold(word) in _OPENERS or _BODIES.intersection(_folded_parts([word]))
    )


def is_body_word(word: str) -> bool:
    """Say whether a word is that of a body, a place or a month: « mairie », « collectif »."""
    return not _BODIES.isdisjoint(_folded_parts([word]))


def _is_human(words: list[str]) -> bool:
    if fold(words[-1]) in {"le", "la", "les", "un", "une"}:
        return False  # « Documentaire Le … » goes on with a title
    first, last = words[0], words[-1]
    bodies = _BODIES_OF_NAMED if is_known_first_name(first) else _BODIES
    if len({fold(word) for word in words}) < 2 or not bodies.isdisjoint(_folded_parts(words)):
        return False
    if first[-1] == "." and _opens_sentence(last):
        return False  # « chez Génération.S. Nous … »
    if is_known_first_name(first) or _is_last_name_first(words) or first[-1] == ".":
        return True
    # « AREC Occitanie », « CAF de LEZENNES » and « TABLE RONDE »; « Formateur EPI » and
    # « Réglementation Nouvelle ».
    ends_as_body = last.isupper() and last[-1] != "." and len(last) <= _ACRONYM
    return not (first.isupper() or ends_as_body or _NOUN.search(first))


def _folded_parts(words: list[str]) -> Iterator[str]:
    for word in words:
        # « Marie-France » is no country.
        yield from [fold(word)] if is_known_first_name(word) else fold(word).split("-")


_FEMININE_ROLE = re.compile(
    r"(?:\S+[ -])?(?:\w+(?:trice|euse|iere|ienne|onne|ante|ente|esse|ee)|adjointe|chargee|elue"
    r"|cheffe|autrice|maitresse|agente|habitante|avocate|consultante|experte|retraitee)(?!\w)"
)
_MASCULINE_ROLE = re.compile(
    r"(?:\S+[ -])?(?:\w+(?:teur|eur|ier|ien|ant|ent)|adjoint|charge|elu|chef|delegue|depute|associe"
    r"|avocat|expert|artisan|apprenti|retraite|referent)(?!\w)"
)
_STYLES = dict.fromkeys(("mme", "madame", "mlle", "soeur"), Gender.FEMININE)
_STYLES |= dict.fromkeys(("m.", "m", "monsieur", "mgr", "frere", "abbe", "pere"), Gender.MASCULINE)
_MEN, _WOMEN, _BOTH = words("men"), words("women"), words("both")
_FEMININE_ENDING = re.compile(r"(?:[^o]a|elle|ette|ine|ene|enne|lie|ise|otte|ande|iane)$")


def is_known_first_name(name: str) -> bool:
    """Say whether everybody knows it for a first name; many others are."""
    first = fold(name).split("-")[0]
    return first in _MEN or first in _WOMEN or first in _BOTH


def gender_of(name: str, role: str) -> Gender:
    """From a first name that everybody knows, from the role, or else from the ending of the name.

    The role comes second: a woman may be « ingénieur ».
    """
    first = re.split(r"[ -]", fold(name), maxsplit=1)[0]
    role = fold(role)
    if first in _STYLES:
        return _STYLES[first]
    if first in _MEN or first in _WOMEN:
        return Gender.MASCULINE if first in _MEN else Gender.FEMININE
    if _FEMININE_ROLE.match(role):
        return Gender.FEMININE
    if _MASCULINE_ROLE.match(role):
        return Gender.MASCULINE
    is_feminine = first not in _BOTH and _FEMININE_ENDING.search(first)
    return Gender.FEMININE if is_feminine else Gender.UNKNOWN


def gender_of_word(word: str) -> Gender:
    """« elle », « cette » and « la » are feminine, « l’ » may be both."""
    folded = fold(word)
    if folded in {"elle", "la", "cette", "celle"}:
        return Gender.FEMININE
    if folded in {"il", "lui", "le", "ce", "cet", "celui"}:
        return Gender.MASCULINE
    return Gender.UNKNOWN

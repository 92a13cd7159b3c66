"""Who the verb beside words has for subject, where it is no name: « elle », « la mairie »."""

import re

from corpus.extraction.names import Gender, gender_of_word, is_body_word
from corpus.extraction.persons import Persons
from corpus.extraction.roles import is_indefinite, is_role
from corpus.extraction.roster import Roster
from corpus.extraction.speech import begins_with_speech_verb, has_speech_verb
from corpus.extraction.surroundings import Surroundings

_PRONOUN_AFTER = re.compile(
    r"(?:s['’]|se\s)?[a-zà-ÿ’']+-(?:t-)?(?P<pronoun>il|elle)\b(?!-même)", re.IGNORECASE
)
_PRONOUN_BEFORE = re.compile(
    r"^(?:[^,]{0,40},\s)?(?P<pronoun>il|elle|ce dernier|cette dernière)\b"
    r"|\b(?:selon|pour|d['’]après) (?P<tonic>lui|elle)\b"
    r"|-(?:t-)?(?P<inverted>il|elle)\b",
    re.IGNORECASE,
)
_ARTICLED = re.compile(
    r"(?<![\w’'])(?:(?P<article>le|la|celui|celle|cet|cette|ce)\s|l['’])(?P<noun>[\w-]*)",
    re.IGNORECASE,
)
_MASCULINE = re.compile(r"[\w-]*(?:[éu]|eur|ant|ent|ier|ien|ain)$")
_FEMININE = re.compile(r"[\w-]*(?:ée|ue|euse|rice|ante|ente|ière|ienne|aine)$")
_INDEFINITE = re.compile(
    r"\W*(?:[\w’'-]+\s+){0,3}?"
    r"(?:une?|des|certaine?s|plusieurs|les|leurs?|ses?|son|sa|nos|d['’]autres|l['’]une?)\s[a-zà-ÿ]"
)


class Subjects:
    """Tells what the verb beside words has for subject, where nobody is named there."""

    def __init__(self, roster: Roster, persons: Persons, names_stand: str) -> None:
        self._roster = roster
        self._persons = persons
        self._names_stand = names_stand

    def gender(self, around: Surroundings) -> Gender:
        """What « dit-elle », « Elle raconte : » and « la jeune femme » tell of who speaks."""
        before, after = around.clause_before, around.clause_after
        pronoun = pronoun_after(after.lstrip(" ,.!?"))
        if pronoun:
            return gender_of_word(pronoun)
        if begins_with_speech_verb(after) and not self._persons.people_in(after):
            found = _ARTICLED.search(after)
            return _gender_articled(found) if found else Gender.UNKNOWN
        told = gender_of_pronoun_in(before)
        if told and (has_speech_verb(before) or before.endswith(":")):
            return Gender.UNKNOWN if self._persons.people_in(before) else told
        return Gender.UNKNOWN

    def noun(self, around: Surroundings) -> str:
        """What the verb after the words has for subject: "body", "role", "noun", or "" if none."""
        clause = around.clause_after
        if not begins_with_speech_verb(clause) or self._persons.people_in(clause):
            return ""
        found = _ARTICLED.search(clause)
        if found is None or not found["noun"]:
            return ""
        if self._roster.with_role(clause[found.start("noun") :]):
            return ""
        if is_body_word(found["noun"]):
            return "body"
        return "role" if is_role(found["noun"]) else "noun"

    def is_another(self, around: Surroundings) -> bool:
        """Say whether the page tells who speaks, and it is nobody with a name."""
        after = around.after.lstrip(" ,–—-(_*")
        told = begins_with_speech_verb(around.after) and is_unnamed(around.clause_after)
        if self._names_stand != "above" and is_indefinite(around.below):
            return True
        if is_indefinite(after) or self.noun(around) == "body":
            return True
        return told and not self._persons.people_in(around.clause_after)


def pronoun_after(clause: str) -> str:
    """The « il » or « elle » of a verb right after words, if any: « dit-elle »."""
    found = _PRONOUN_AFTER.match(clause)
    return found["pronoun"] if found else ""


def gender_of_pronoun_in(clause: str) -> Gender | None:
    """That of « Elle raconte », « selon lui », « a-t-il dit » before words, if any."""
    found = _PRONOUN_BEFORE.search(clause)
    if found is None:
        return None
    word = next(w for w in found.groups() if w).lower()
    return gender_of_word("elle" if word.startswith(("elle", "cette")) else "il")


def is_unnamed(clause: str) -> bool:
    """Say whether a clause opens with people who stay unnamed: « dit une mère », « des élus »."""
    return _INDEFINITE.match(clause) is not None


def _gender_articled(found: re.Match[str]) -> Gender:
    """That of « le … », « cette … », and of « l’élue » by its ending."""
    if found["article"]:
        return gender_of_word(found["article"])
    for ending, word in ((_MASCULINE, "il"), (_FEMININE, "elle")):
        if ending.match(found["noun"]):
            return gender_of_word(word)
    return Gender.UNKNOWN

"""Whom « elle », « ce dernier » or « l’élue » means: somebody named a little earlier."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.extraction.names import (
    Gender,
    Mention,
    gender_of,
    gender_of_word,
    is_body_word,
    mentions_in,
)
from corpus.extraction.people import KEPT_IN_MIND, Roster
from corpus.extraction.roles import is_role, role_head
from corpus.records import Speaker
from corpus.typography import fold

_SENTENCES = 6
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\sa-zà-ÿ])|\n+")
_PRONOUN = re.compile(
    r"-(?:t-)?(?P<pronoun>il|elle)\b|\b(?P<plain>il|elle)\b"
    r"|\b(?P<that>celui|celle)[ -](?:qui|ci|là)\b"
    r"|\b(?P<own>ses (?:dires|mots|propos)|son (?:témoignage|constat|analyse))\b"
    r"|\b(?:selon|pour|d['’]après) (?P<tonic>lui|elle)\b",
    re.IGNORECASE,
)
_LATTER = re.compile(r"\b(?P<latter>ce dernier|cette dernière)\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?<![\w’'])(?:(?P<article>le|la|cet|cette|ce|notre)\s|(?P<elided>l['’]))(?P<noun>[^,;.:]{3,60})",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:une?\s|le\s|la\s|cett?e?\s|ce\s|l['’])", re.IGNORECASE)
_HUMAN = re.compile(
    r"""(?:(?:jeune|ancien(?:ne)?|future?|nouve(?:au|lle)|grande?|petite?|big)\ )?
    (?:femme|homme|fille|garcon|dame|monsieur|mere|pere|maman|papa|(?:tren|quaran|cinquan|quadra
    |quinqua|sexa|septua|octo)\w*naire|scientifique|sporti(?:f|ve)|parlementaire|interessee?|boss
    |patronn?e?|militante?|laureate?|candidate?|champion(?:ne)?|chante(?:ur|use)|locataire
    |proprietaire|voisine?|invitee?|ora(?:teur|trice)|passionnee?|professionnel(?:le)?|praticien(?:ne)?
    |soignante?|capitaine|colonel|commandante?|docteure?|doyen(?:ne)?|edile|eleve|epou(?:x|se)
    |native?|internaute|lyceen(?:ne)?|collegien(?:ne)?|musicien(?:ne)?|mecene|neerlandaise?
    |premiere?\ (?:magistrate?|ministre)|pretre|rabbin|imam|eveque|pasteure?|romanci(?:er|ere)
    |poete|quebecoise?|parisien(?:ne)?|benjamine?|aine?e?|cade?t?te?|octogenaire|jeune\ \w+
    |\w+(?:iste|trice|euse|logue))(?!\w)""",
    re.VERBOSE,
)
# Whoever speaks is somebody: « témoigne la correspondante » needs no list of trades,
_SPEAKING = re.compile(
    r"[\s,]*(?:(?:s['’]|se\s)?[^\W\d_]+\s){1,2}?(?:(?P<article>le|la|cet?|cette)\s|(?P<elided>l['’]))"
    r"(?P<noun>[a-zà-ÿ-]+)"
)
# but bodies and writings speak too.
_THINGS = """
    affiche armee article avis banque bande-annonce brochure chaine charte circulaire code
    commune communique compte courrier depeche document dossier dicton enquete enseigne
    entourage equipe etude exposition famille film foule gouvernement guide hebdomadaire hopital
    intercommunalite journal justice legende lettre livre loi magazine marque media mensuel
    message note notice ong organisation organisme ouvrage page panneau plateforme police presse
    prospectus proverbe public publication quotidien radio rapport reglement revue rumeur site
    slogan startup structure tele television texte titre tract tribune une usine voix autre
    plupart majorite
"""
_SPEAKING_THINGS = frozenset(_THINGS.split())
# Somebody whom the page does not name is nearer than anybody named before.
_UNNAMED = re.compile(
    r"(?<!\w)(?:un|une|son|sa|leur|l['’]une?)\s(?:\w+\s)?"
    r"(?:pere|mere|frere|soeur|fils|fille|mari|femme|epou\w+|ami\w*|collegue|voisine?|homme|eleve"
    r"|enseignante?|conjointe?|compagn\w+|enfants?|jeune|gamine?|fillette|garcon|maman|papa|parent"
    r"|habitante?|riveraine?|passante?|cliente?|usagere?|participante?|retraitee?|touriste|temoin"
    r"|spectat\w+|internaute|dame|monsieur|bricoleu\w+)(?!\w)"
)
_OBJECT = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|sur|contre|dont|sans|entre|vers)\s|\bd['’])"
    r"(?:M\.\s|Mme\s|Dr\s)?(?:[a-zà-ÿ’']+\s){0,3}?$"
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a reader has in mind at a quotation: the words above it, and who spoke last."""

    roster: Roster
    above: str = ""
    last: Speaker | None = None

    def meant_by(self, clause: str) -> Speaker | None:
        """The person that a pronoun or a description of the clause means, if only one may be."""
        latter = _LATTER.search(clause)
        if latter:
            return self._last_named(gender_of_word(latter["latter"].split()[0]))
        pronoun = _PRONOUN.search(clause)
        if pronoun:
            return self.subject(gender_of_word(_word(pronoun)))
        described = next(_descriptions(clause), None)
        if described and not self._is_of_another(described[1]):
            return self.subject(*described)
        return None

    def meant_as_speaking(self, clause: str) -> Speaker | None:
        """Whom « , témoigne la correspondante » means, whatever the noun."""
        speaking = _SPEAKING.match(clause)
        if speaking is None or is_thing_or_body(speaking["noun"]):
            return None
        if self._is_of_another(role_head(speaking["noun"])):
            return None
        return self._subject_above(gender_of_word(speaking["article"] or ""))[0]

    def without_last_sentence(self) -> "Memory":
        """For « Il salue Léa Morin »: whom « il » means stands in the sentences before."""
        cuts = [cut.start() for cut in _SENTENCE.finditer(self.above[-KEPT_IN_MIND:].rstrip())]
        return replace(self, above=self.above[-KEPT_IN_MIND:][: cuts[-1]] if cuts else "")

    def _is_of_another(self, role: str) -> bool:
        """Say whether somebody has the role, whom the page would have called so."""
        return bool(role) and any(role_head(s.role) == role for s in self.roster.speakers if s.role)

    def subject(self, gender: Gender, role: str = "") -> Speaker | None:
        """Whoever the sentences above are about, the nearest first; else who spoke last."""
        person, is_settled = self._subject_above(gender, role)
        return person if is_settled else self._spoken_last(gender, role)

    def _subject_above(self, gender: Gender, role: str = "") -> tuple[Speaker | None, bool]:
        """Whoever the sentences above are about, and whether they settle it."""
        for at, sentence in enumerate(self._sentences()):
            # Who has just been named may have another role too.
            asked = role if at else ""
            people = [p for p in self._people(sentence) if _may_be(p[1], gender, asked)]
            subjects = [p for p in people if not _OBJECT.search(sentence[max(0, p[0] - 60) : p[0]])]
            if not at and len(people) == 1 and not sentence[people[0][2] :].strip(" .:!?…"):
                subjects = people  # « Un avis partagé par Léa Morin. »
            if len(subjects) > 1 and re.fullmatch(r"\s*(?:et|,)\s*", _between(sentence, subjects)):
                return None, True
            if subjects:
                return subjects[0][1], True
            if tells_of_unnamed(sentence):
                return None, True
        return None, False

    def _spoken_last(self, gender: Gender, role: str) -> Speaker | None:
        if self.last and _may_be(self.last, gender, role):
            return self.last
        near = [p[1] for sentence in self._sentences() for p in self._people(sentence)]
        named = {s.name: s for s in near or self.roster.speakers if _may_be(s, gender, role)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _last_named(self, gender: Gender) -> Speaker | None:
        for sentence in self._sentences():
            people = [p[1] for p in self._people(sentence) if _may_be(p[1], gender, "")]
            if people:
                return people[-1]
        return self._spoken_last(gender, "")

    def _sentences(self) -> list[str]:
        parts = [s for s in _SENTENCE.split(self.above[-KEPT_IN_MIND:]) if s.strip(' «»“”".,;')]
        return parts[: -_SENTENCES - 1 : -1]

    def _people(self, sentence: str) -> list[tuple[int, Speaker, int]]:
        known = self.roster.mentions(sentence)
        taken = {m.start for m in known}
        met: list[Mention] = [m for m in mentions_in(sentence) if m.start not in taken]
        everybody = sorted([*known, *met], key=lambda mention: mention.start)
        return [(m.start, self.roster.named(m.name) or Speaker(m.name), m.end) for m in everybody]


def is_reference(clause: str) -> bool:
    """Say whether the clause has a pronoun or a description instead of a name."""
    return bool(
        _LATTER.search(clause) or _PRONOUN.search(clause) or next(_descriptions(clause), None)
    )


def is_thing_or_body(noun: str) -> bool:
    """Say whether what speaks is not one person: « la mairie », « le rapport »."""
    return fold(noun) in _SPEAKING_THINGS or is_body_word(noun)


def tells_of_unnamed(text: str) -> bool:
    """Say whether the text brings in somebody whom nobody names: « son frère », « un voisin »."""
    return _UNNAMED.search(fold(text)) is not None


def begins_with_description(text: str) -> bool:
    """Say whether the text begins with somebody, without a name: « cette mère de famille »."""
    return _HUMAN.match(fold(_DETERMINER.sub("", text[:80], count=1))) is not None


def _descriptions(clause: str) -> Iterator[tuple[Gender, str]]:
    for found in _DESCRIBED.finditer(clause):
        noun = found["noun"]
        if is_role(noun) or _HUMAN.match(fold(noun)):
            yield gender_of_word(found["article"] or ""), role_head(noun) if is_role(noun) else ""


def _may_be(speaker: Speaker, gender: Gender, role: str) -> bool:
    """Say whether gender and role do not speak against somebody."""
    if not gender_of(speaker.name, speaker.role).agrees_with(gender):
        return False
    return not role or not speaker.role or role_head(speaker.role) == role


def _between(sentence: str, people: list[tuple[int, Speaker, int]]) -> str:
    return sentence[people[0][2] : people[1][0]]


def _word(pronoun: re.Match[str]) -> str:
    return next(word for word in pronoun.groups() if word)

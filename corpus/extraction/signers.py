"""Whom a label or a signature means."""

import re

from corpus.extraction.datelines import poster_of
from corpus.extraction.names import is_name_like, without_style
from corpus.extraction.persons import Persons
from corpus.extraction.roles import is_indefinite, is_role, without_article
from corpus.extraction.roster import Roster, initials_of
from corpus.extraction.speech import has_speech_verb, is_sentence
from corpus.records import Speaker
from corpus.typography import fold

_PREPOSITION = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|pour|et|contre|sur)\s|d['’])"
    r"(?:M\.\s|Mme\s)?(?:[a-zà-ÿ’']+\s){0,2}$"
)
_INITIALS = 4  # letters
_BODY = re.compile(
    r"(?:^|(?<![\d\s]\s)(?<=\s)|(?<=['’]))(?:l['’]|la |le |les )?(?P<body>[A-ZÀ-Þ@][\w’'.-]+"
    r"(?:\s(?:(?:de|du|des|d['’]|la|et|en|pour|les)\s?){0,2}"
    r"[A-ZÀ-Þ][\w’'-]+){0,6}(?:\s\([A-Z]{2,8}\))?)"
)
ASKERS = re.compile(
    r"(?:q|question|questions|la redaction|redaction|journaliste|le journaliste|la journaliste"
    r"|animateur|animatrice"
    r"|l['’]animat(?:eur|rice)|interviewe(?:r|ur|use))$"
)
_ANSWERERS = re.compile(r"(?:r|reponse)$")
_PARTICLES = frozenset(
    ["de", "du", "des", "la", "le", "les", "d", "et", "en", "van", "von", "ben", "pour"]
)


class Signers:
    """Tells whom a label or a signature means, by what it says alone."""

    def __init__(self, roster: Roster, persons: Persons) -> None:
        self._roster = roster
        self._persons = persons

    def labelled(self, label: str) -> tuple[str, ...]:
        """Who a label means: a name, a part of one, initials; else the label itself."""
        if is_indefinite(label) or not label.strip("–—"):
            return ()
        if without_article(label) != label and (holder := self._roster.with_role(label)):
            return (holder.name,)
        people = self._spelled_out(label) or self._roster.bearers(label)
        if _ANSWERERS.match(fold(label).strip(" .")) or ASKERS.match(fold(label).strip(" .")):
            return ()
        return tuple(p.name for p in people) or (label.strip(),)

    def _spelled_out(self, label: str) -> tuple[Speaker, ...]:
        """Those whose initials a label is: « S. T. » for Souleymane Traoré."""
        letters = re.sub(r"[^\w]", "", label)
        if not letters.isupper() or len(letters) > _INITIALS:
            return ()
        people = (s for s in self._roster.speakers if initials_of(s.name) == fold(letters))
        return tuple(s for s in people if not re.sub(r"[^\w]", "", s.name).isupper())

    def signing(self, text: str) -> list[tuple[str, ...]]:
        """Who signs, if nothing but a role or an organisation goes with the name."""
        styled = poster_of(text) or text.strip(" .)]")
        who = without_style(styled)
        if not who or is_indefinite(who):
            return []
        namings = self._roster.namings_in(styled)
        if namings and namings[0].start <= len(styled) - len(who):
            return [namings[0].names] if _ends_signature(styled[namings[0].end :].strip()) else []
        holder = self._roster.with_role(who) if is_role(who) else None
        if holder:
            return [(holder.name,)]
        name = re.split(r",|\s\(|\s[–—-]\s", who)[0].strip()
        # « Évidemment, il faut voir. » goes on as a sentence does.
        return [(name,)] if _is_signature(name) and not is_sentence(who[len(name) :]) else []

    def told_by(self, text: str) -> list[tuple[str, ...]]:
        """Whoever a line names first, and not as the object of something."""
        namings = self._roster.namings_in(text)
        subjects = [n for n in namings if not is_object(text[: n.start])]
        return [n.names for n in (subjects or namings)[:1]]


def _ends_signature(rest: str) -> bool:
    """Say whether what follows the name may: a role, an organisation, another name."""
    follows = (
        not rest
        or rest[0] in ",(–—-[/&#"
        or is_role(rest)
        or len(rest.split()) <= 3
        or rest.startswith("et ")
    )
    return follows and not has_speech_verb(rest[:40])


def _is_signature(name: str) -> bool:
    """Say whether it may be the name of somebody whom nothing else on the page names."""
    words = name.split()
    small = [w for w in words if w[:1].islower() and w not in _PARTICLES]
    if is_role(name) or not 0 < len(words) <= 7 or small:
        return False
    return bool(re.match(r"@\w", name)) or is_name_like(words)


def is_object(before: str) -> bool:
    """Say whether what stands before a name makes it the object of something: « avec … »."""
    return _PREPOSITION.search(before) is not None


def bodies_in(clause: str) -> list[str]:
    """What has a capital and is nobody's name: « la CNIL », « Fédération des Rives »."""
    found = (match["body"].rstrip(".,") for match in _BODY.finditer(clause))
    return [
        body
        for body in found
        if is_name_like(body.split()) and not re.search(r"(?:ant|ment)$|^[A-Z]['’][a-zà-ÿ]", body)
    ]

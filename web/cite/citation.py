"""What every form of a citation says: who, when, the words, where they were said, where to read."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.settings import Settings
from corpus.typography import slug_from
from search.answer import Document
from web.links import safe_link

# Before the family name and left behind when it comes first: « Charles de Gaulle » is « Gaulle ».
_LEFT_BEHIND = {"de", "d'", "d’"}
# The beginning of the family name: « Anne Le Goff » is « Le Goff ».
_BEGINNINGS = {
    *("la", "le", "les", "du", "des", "da", "das", "di", "do", "dos", "del", "della", "el", "al"),
    *("ben", "bel", "ibn", "ould", "van", "von", "vom", "der", "den", "ter", "ten", "mac", "saint"),
}
_TITLES = {"m.", "mr", "mme", "mmes", "mlle", "dr", "dr.", "pr", "pr.", "me"}
_ARTICLES = {"un", "une", "des", "le", "la", "les", "l'", "plusieurs", "deux"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts; one that is no first name and last name (« Une habitante ») is all family.

    `particle` is what stays behind the first name when the last name comes first.
    """

    family: str
    given: str = ""
    particle: str = ""

    @property
    def whole_family(self) -> str:
        """The last name after its particle: « de La Tour », « d’Estrac »."""
        gap = "" if not self.particle or self.particle[-1] in "'’" else " "
        return f"{self.particle}{gap}{self.family}"

    @property
    def initials(self) -> str:
        """« Marie-Claire » gives « M.-C. », « Jean Paul » gives « J. P. »."""
        parts = [re.findall(r"\w+", word)[:3] for word in _hyphens(self.given).split()]
        joined = ("-".join(f"{piece[0].upper()}." for piece in part) for part in parts if part)
        return " ".join(joined)


def name_from(text: str) -> PersonName:
    """Part a name as it is written in an article, first name first."""
    words = re.sub(r"\b([dD]['’])(?=\w)", r"\1 ", text).split()
    if words[0].casefold() in _TITLES and len(words) > 1:
        del words[0]
    keys = [word.casefold() for word in words]
    if keys[0] in _ARTICLES or len(words) < 2 or words[-1][0].islower():
        return PersonName(_joined(words))
    start = _family_start(words, keys)
    has_particle = words[start] in _LEFT_BEHIND
    return PersonName(
        family=_joined(words[start + has_particle :]),
        given=_joined(words[:start]),
        particle=words[start] if has_particle else "",
    )


def _joined(words: list[str]) -> str:
    return re.sub(r"\b([dD]['’]) ", r"\1", " ".join(words))


def _family_start(words: list[str], keys: list[str]) -> int:
    """Where the last name begins: at its particle, at its capitals, else at the last word."""
    capitals = [word.isupper() and len(word) > 2 for word in words]
    for place in range(1, len(words) - 1):
        is_shouted = capitals[place] and not capitals[0]
        if keys[place] in _LEFT_BEHIND | _BEGINNINGS or is_shouted:
            return place
    return len(words) - 1


def _hyphens(text: str) -> str:
    return re.sub("[\u2010\u2011]", "-", text)


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote to cite; `words` are untouched. A key idea is said by its organisation.

    `author` is None when nobody is named; `start` is in seconds, `replay` an address or "".
    """

    id: str
    words: str
    is_quote: bool
    author: PersonName | None
    role: str
    organisation: str
    held_on: date | None
    webinar: str
    publisher: str
    address: str
    replay: str
    start: int | None

    @property
    def key(self) -> str:
        """A name for it in a bibliography: « martin-2024-citation1 »."""
        author = slug_from(self.author.family) if self.author else ""
        year = str(self.held_on.year) if self.held_on else "sd"
        return "-".join(part for part in (author[:40].strip("-") or "anonyme", year, self.id))


def citation_from(document: Document, settings: Settings) -> Citation:
    """How a document is cited on this site."""
    is_quote = document.kind == "verbatim"
    organiser = PersonName(settings.organisation) if settings.organisation else None
    said_by = name_from(document.speaker) if document.speaker else None
    return Citation(
        id=document.id,
        words=document.text,
        is_quote=is_quote,
        author=said_by if is_quote else organiser,
        role=document.role,
        organisation=document.organisation,
        held_on=document.webinar.held_on,
        webinar=document.webinar.title,
        publisher=settings.organisation,
        address=settings.adresse.rstrip("/") + document.path,
        replay=safe_link(document.webinar.replay_url),
        start=document.start,
    )

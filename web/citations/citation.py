"""What every form of a citation says: who, when, the words, where they were said, where to read."""

from dataclasses import dataclass
from datetime import date

from corpus.settings import Settings
from corpus.typography import slug_from
from search.answer import Document
from web.citations.names import PersonName, name_from
from web.links import safe_link


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

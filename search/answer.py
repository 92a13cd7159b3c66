"""What a search gives back: hits, themes, facets and notes, as frozen values."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from corpus.records import Span

Kind = Literal["verbatim", "idee"]
Order = Literal["themes", "pertinence", "date"]


@dataclass(frozen=True, slots=True)
class ThemeAffinity:
    """How much a text is about a theme, from 0 to 1, and the seed terms that say so."""

    slug: str
    label: str
    affinity: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebinarReference:
    """The webinar that a hit comes from."""

    id: str
    title: str
    held_on: date | None
    url: str
    replay_url: str


@dataclass(frozen=True, slots=True)
class IdeaReference:
    """The key idea that a verbatim backs (for an idea: itself)."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A verbatim or a key idea as it was published: what every page shows of it.

    `text` is the untouched text. `speaker` is the name, "" when nobody is named (and for a key
    idea); `speaker_id` is its slug for /intervenant/<slug>. `start` is in seconds.
    """

    id: str
    kind: Kind
    text: str
    speaker: str
    speaker_id: str
    role: str
    organisation: str
    webinar: WebinarReference
    key_idea: IdeaReference | None
    start: int | None
    themes: tuple[ThemeAffinity, ...]

    @property
    def path(self) -> str:
        """Its own page on the site."""
        return f"/verbatim/{self.id}" if self.kind == "verbatim" else f"/idee/{self.id}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers a query; `highlights` are spans over its untouched text."""

    document: Document
    score: float
    highlights: tuple[Span, ...] = ()
    matched_all: bool = True


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The hits of one page whose main theme this is; `slug` is "" for hits without a theme."""

    slug: str
    label: str
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value one can filter by, and how many hits it would leave."""

    value: str
    label: str
    count: int
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the hits. `name` is also the name of its parameter in an address."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one query: one page of ranked hits, and what surrounds them.

    `total` counts every hit and `total_all` those that hold all the words. `groups` shares the
    hits of this page by theme, strongest first. `notes` are French sentences for the visitor
    (a word that nobody said, a filter that does not exist).
    """

    query: str
    total: int
    total_all: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    groups: tuple[ThemeGroup, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    repaired: str | None = None
    notes: tuple[str, ...] = ()


def hit_as_json(hit: Hit, address: str) -> dict[str, Any]:
    """A hit as other programs read it; `address` is the public root of the site."""
    found = hit.document
    return {
        **document_as_json(found, address),
        "score": round(hit.score, 4),
        "highlights": [[span.start, span.end] for span in hit.highlights],
    }


def document_as_json(found: Document, address: str) -> dict[str, Any]:
    """A document as other programs read it, its themes strongest first."""
    return {
        "id": found.id,
        "kind": found.kind,
        "text": found.text,
        "speaker": found.speaker or None,
        "role": found.role or None,
        "organisation": found.organisation or None,
        "webinar": _webinar_as_json(found.webinar),
        "key_idea": _idea_as_json(found.key_idea),
        "themes": [{"slug": t.slug, "affinity": round(t.affinity, 4)} for t in found.themes],
        "start": found.start,
        "url": address.rstrip("/") + found.path,
    }


def _webinar_as_json(webinar: WebinarReference) -> dict[str, Any]:
    return {
        "id": webinar.id,
        "title": webinar.title,
        "held_on": webinar.held_on.isoformat() if webinar.held_on else None,
        "url": webinar.url or None,
    }


def _idea_as_json(idea: IdeaReference | None) -> dict[str, Any] | None:
    return {"id": idea.id, "number": idea.number, "text": idea.text} if idea else None


def answer_as_json(answer: Answer, address: str) -> dict[str, Any]:
    """The same object for the command line and for /api/v1/search."""
    return {
        "query": answer.query,
        "total": answer.total,
        "total_all": answer.total_all,
        "page": answer.page,
        "pages": answer.pages,
        "repaired": answer.repaired,
        "notes": list(answer.notes),
        "hits": [hit_as_json(hit, address) for hit in answer.hits],
        "themes": [
            {
                "slug": group.slug,
                "label": group.label,
                "score": round(group.score, 4),
                "hits": [hit.document.id for hit in group.hits],
            }
            for group in answer.groups
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count}
                for value in facet.values
            ]
            for facet in answer.facets
        },
        "took_ms": round(answer.took_ms, 2),
    }

"""An answer as other programs read it: the same object for the command line and for the API."""

from dataclasses import asdict
from typing import Any

from search.answer import Answer, Document, Facet, FacetValue, Hit, IdeaReference, WebinarReference

MOST_VALUES = 20  # told of a facet, the most frequent first; chosen ones come besides


def hit_as_json(hit: Hit, address: str) -> dict[str, Any]:
    """A hit as other programs read it; `address` is the public root of the site."""
    explained = {"explanation": asdict(hit.explanation)} if hit.explanation else {}
    return {
        **document_as_json(hit.document, address),
        "score": round(hit.score, 4),
        "highlights": [[span.start, span.end] for span in hit.highlights],
        **explained,
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
        "webinar": webinar_as_json(found.webinar),
        "key_idea": _idea_as_json(found.key_idea),
        "themes": [{"slug": t.slug, "affinity": round(t.affinity, 4)} for t in found.themes],
        "start": found.start,
        "url": address.rstrip("/") + found.path,
    }


def webinar_as_json(webinar: WebinarReference) -> dict[str, Any]:
    """The webinar of a document; `url` is that of its article."""
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
        "suggestion": asdict(answer.suggestion) if answer.suggestion else None,
        "notes": list(answer.notes),
        "culprits": list(answer.culprits),
        "without": [asdict(shorter) for shorter in answer.without],
        "near_themes": [asdict(theme) for theme in answer.near_themes],
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
                for value in _told(facet)
            ]
            for facet in answer.facets
        },
        "took_ms": round(answer.took_ms, 2),
    }


def _told(facet: Facet) -> list[FacetValue]:
    return [
        value
        for place, value in enumerate(facet.values)
        if place < MOST_VALUES or value.is_selected
    ]

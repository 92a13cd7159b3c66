"""The citation as CSL-JSON, which Zotero, Pandoc and citation processors read."""

from typing import Any

from web.citations.citation import Citation
from web.citations.names import PersonName
from web.typography import clock


def csl(citation: Citation) -> list[dict[str, Any]]:
    """One item. « speech » and not « interview »: words said at an event, nobody asks questions."""
    day = citation.held_on
    fields = {
        "id": citation.key,
        "type": "speech",
        "genre": "Webinaire",
        "title": citation.words,
        "event-title": citation.webinar,
        "container-title": citation.webinar,
        "author": [_author(citation.author)] if citation.author else None,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "publisher": citation.publisher,
        "URL": citation.address,
        "language": "fr-FR",
        "note": f"À {clock(citation.start)}" if citation.start is not None else "",
    }
    return [{name: value for name, value in fields.items() if value}]


def _author(author: PersonName) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    parts = {
        "family": author.family,
        "given": author.given,
        "dropping-particle": author.particle,
    }
    return {name: value for name, value in parts.items() if value}

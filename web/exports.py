"""Quotes to take away: `/export.csv`, `/export.json`, `/export.ndjson`.

With the parameters of a search, its first hits; without any, the whole corpus, line by line.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from corpus.typography import NBSP, number
from search.answer import Document, document_as_json
from search.query import QueryRefused
from web.addresses import arguments_from, query_from
from web.cite.forms import Origin, csv_lines
from web.links import safe_link
from web.reading import current_reading, held_or, keep_reading_for
from web.settings import current_settings

bp = Blueprint("exports", __name__)

MAX_ROWS = 1000  # of a search; the whole corpus has no limit
_BATCH = 100  # lines sent together


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: the documents, and what is said about them as a whole."""

    documents: Iterable[Document]
    head: dict[str, Any]
    origin: Origin


@bp.get("/export.csv")
def as_csv() -> Response:
    """The file for a spreadsheet."""
    return _streamed(_csv_lines, "csv", "text/csv")


@bp.get("/export.json")
def as_json() -> Response:
    return _streamed(_json_pieces, "json", "application/json")


@bp.get("/export.ndjson")
def as_ndjson() -> Response:
    return _streamed(_ndjson_lines, "ndjson", "application/x-ndjson")


def _streamed(pieces: Callable[[Export], Iterator[str]], ending: str, media_type: str) -> Response:
    """Written as it is read: neither the worker nor the visitor waits for the whole."""

    def make() -> Response:
        export = _export_from(request.args)
        response = Response(_batched(pieces(export)), content_type=f"{media_type}; charset=utf-8")
        keep_reading_for(response)
        response.headers["X-Robots-Tag"] = "noindex"
        name = f"citations-{export.origin.built_at[:10]}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        if safe_link(export.origin.licence):
            response.headers["Link"] = f'<{export.origin.licence}>; rel="license"'
        return response

    return held_or(make)


def _export_from(arguments: MultiDict[str, str]) -> Export:
    """What an address asks for; raise `QueryRefused` before anything is sent."""
    reading, settings = current_reading(), current_settings()
    health = reading.health()
    head: dict[str, Any] = {
        "site": settings.titre,
        "url": settings.adresse,
        "licence": settings.licence or None,
        "generation": health.generation,
        "built_at": health.built_at,
    }
    documents: Iterable[Document] = reading.everything()
    query = replace(query_from(arguments, MAX_ROWS), explain=False)
    if query.page > 1:
        raise QueryRefused(
            f"Un export n’a pas de pages{NBSP}: il donne les {number(MAX_ROWS)} premiers "
            "résultats. Précisez la recherche, ou exportez tout."
        )
    if arguments_from(query):
        answer = reading.search(query)
        documents = [hit.document for hit in answer.hits]
        head |= {"query": answer.query, "repaired": answer.repaired, "total": answer.total}
        head["returned"] = len(documents)
    origin = Origin(settings.titre, settings.adresse, settings.licence, health.built_at)
    return Export(documents, head, origin)


def _csv_lines(export: Export) -> Iterator[str]:
    return csv_lines(export.documents, export.origin)


def _json_pieces(export: Export) -> Iterator[str]:
    """One object: what is said of the whole, then `records`."""
    yield json.dumps(export.head, ensure_ascii=False)[:-1] + ', "records": ['
    for place, found in enumerate(export.documents):
        yield (",\n" if place else "\n") + _as_text(document_as_json(found, export.origin.address))
    yield "\n]}\n"


def _ndjson_lines(export: Export) -> Iterator[str]:
    """One object a line, each with its licence and date, as lines are parted and mixed."""
    origin = {"licence": export.head["licence"], "built_at": export.origin.built_at}
    for found in export.documents:
        yield _as_text(document_as_json(found, export.origin.address) | origin) + "\n"


def _as_text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _batched(pieces: Iterator[str]) -> Iterator[str]:
    """Fewer, larger pieces: each one is a write to the network."""
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == _BATCH:
            yield "".join(held)
            held.clear()
    yield "".join(held)

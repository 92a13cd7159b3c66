"""The public API, version 1: read-only JSON, open to every site."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, request

from search.answer_json import answer_as_json, document_as_json
from search.library import Reading
from search.query import PAGE_SIZE, SearchQuery
from search.suggestions import (
    DEFAULT_SUGGESTIONS,
    MAX_SUGGESTIONS,
    Completion,
    SuggestionGroup,
)
from web.reading import current_reading, current_settings
from web.request_query import MAX_LIMIT, default_order, query_from, whole_number
from web.search_links import address_of

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> Response:
    size = whole_number(request.args, "limit", 1, MAX_LIMIT, default=PAGE_SIZE)
    query = query_from(request.args, size)
    address = current_settings().adresse
    return answered(lambda reading: answer_as_json(reading.search(query), address))


@bp.get("/suggest")
def suggest() -> Response:
    text = request.args.get("q", "").lstrip()
    limit = whole_number(request.args, "limit", 1, MAX_SUGGESTIONS, default=DEFAULT_SUGGESTIONS)

    def content(reading: Reading) -> dict[str, Any]:
        groups = [_group_as_json(group) for group in reading.suggest(text, limit)]
        return {"query": text, "groups": groups}

    return answered(content)


def _group_as_json(group: SuggestionGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "label": group.label,
        "suggestions": [
            {
                "value": proposed.value,
                "label": proposed.label,
                "count": proposed.count,
                "url": current_settings().adresse.rstrip("/") + _address(proposed),
            }
            for proposed in group.suggestions
        ],
    }


def _address(proposed: Completion) -> str:
    order = default_order(proposed.text)
    return address_of(SearchQuery(proposed.text, proposed.filters, order))


@bp.get("/verbatims/<document_id>")
def verbatim(document_id: str) -> Response:
    found = current_reading().document(document_id)
    if found is None or found.kind != "verbatim":
        abort(404, "Cette citation n’existe pas, ou n’est plus publiée.")
    return answered(lambda _: document_as_json(found, current_settings().adresse))


def answered(content: Callable[[Reading], dict[str, Any]]) -> Response:
    """Answer from the reading of this request; 304 to whoever holds that answer already.

    The tag is weak, because the time taken differs; asked again each time, as an index changes.
    """
    reading = current_reading()
    tag = _tag(reading)
    is_held = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if is_held else as_json(content(reading))
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _tag(reading: Reading) -> str:
    """One address gives one answer as long as the generation lasts."""
    state = reading.health()
    parts = (
        str(state.generation),
        state.built_at,
        request.full_path,
        current_settings().adresse,
    )
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def as_json(content: dict[str, Any]) -> Response:
    """A compact JSON answer."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/json")

"""The public API, version 1: read-only JSON, open to every site."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from math import ceil
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, request, url_for

from search.answer import (
    Document,
    WebinarReference,
    answer_as_json,
    document_as_json,
    webinar_as_json,
)
from search.live_index import IndexReading
from search.query import MAX_PAGE, PAGE_SIZE, SearchQuery
from search.suggestions import DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS, Completion, SuggestionGroup
from search.views import Entry, IdeaView, SpeakerRole, WebinarEntry
from web.addresses import LIST_SIZE, MAX_LIMIT, address_of, default_order, query_from, whole_number
from web.headers import json_answer
from web.reading import current_reading, published, published_webinar
from web.settings import current_settings

Json = dict[str, Any]
Line = TypeVar("Line")

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

    def content(reading: IndexReading) -> dict[str, Any]:
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
    found = published(document_id, "verbatim")
    return answered(lambda _: document_as_json(found, current_settings().adresse))


def answered(content: Callable[[IndexReading], dict[str, Any]]) -> Response:
    """Answer from the reading of this request; 304 to whoever holds that answer already.

    The tag is weak, because the time taken differs; asked again each time, as an index changes.
    """
    reading = current_reading()
    tag = _tag(reading)
    is_held = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if is_held else json_answer(content(reading))
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _tag(reading: IndexReading) -> str:
    """One address gives one answer as long as the generation lasts."""
    state = reading.health()
    parts = (
        str(state.generation),
        state.built_at,
        request.full_path,
        current_settings().adresse,
    )
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@bp.get("/webinars")
def webinars() -> Response:
    return answered(lambda reading: _page("webinars", reading.overview().webinars, _webinar_line))


@bp.get("/webinars/<webinar_id>")
def webinar(webinar_id: str) -> Response:
    view = published_webinar(webinar_id)
    return answered(
        lambda _: {
            **_named_webinar(view.webinar),
            "published_on": view.published_on.isoformat() if view.published_on else None,
            "introduction": view.introduction or None,
            "words": view.words,
            "speakers": [_role(role) for role in view.speakers],
            "key_ideas": [_idea(each) for each in view.ideas if each.idea],
            "verbatims": [
                _document(said) for each in view.ideas if not each.idea for said in each.verbatims
            ],
        }
    )


@bp.get("/themes")
def themes() -> Response:
    return answered(lambda reading: _page("themes", reading.overview().themes, _theme_line))


@bp.get("/themes/<slug>")
def theme(slug: str) -> Response:
    view = current_reading().theme(slug)
    if view is None:
        abort(404, "Ce thème n’existe pas, ou n’existe plus.")
    return answered(
        lambda _: {
            "slug": view.slug,
            "label": view.label,
            "description": view.description or None,
            "url": _full_address("pages.theme", slug=view.slug),
            "years": [{"year": year.year, "count": year.count} for year in view.years],
            "speakers": [_speaker_line(entry) for entry in view.speakers],
            **_page("verbatims", view.documents, _document),
        }
    )


@bp.get("/speakers")
def speakers() -> Response:
    return answered(lambda reading: _page("speakers", reading.overview().speakers, _speaker_line))


@bp.get("/speakers/<speaker_id>")
def speaker(speaker_id: str) -> Response:
    view = current_reading().speaker(speaker_id)
    if view is None:
        abort(404, "Cette personne n’est pas connue de ce site, ou n’y est plus.")
    return answered(
        lambda _: {
            "id": view.id,
            "name": view.name,
            "url": _full_address("pages.speaker", speaker_id=view.id),
            "roles": [_role(role) for role in view.roles],
            "themes": [_theme_line(entry) for entry in view.themes],
            "homonyms": [_role(role) for role in view.homonyms],
            **_page("verbatims", view.verbatims, _document),
        }
    )


def _page(name: str, lines: Sequence[Line], told: Callable[[Line], Json]) -> Json:
    """One page of a list, with the number of its lines and pages."""
    size = whole_number(request.args, "limit", 1, MAX_LIMIT, default=LIST_SIZE)
    page = whole_number(request.args, "page", 1, MAX_PAGE, default=1)
    return {
        "total": len(lines),
        "page": page,
        "pages": ceil(len(lines) / size),
        name: [told(line) for line in lines[(page - 1) * size : page * size]],
    }


def _webinar_line(entry: WebinarEntry) -> Json:
    return {
        **_named_webinar(entry.webinar),
        "key_ideas": entry.ideas,
        "verbatims": entry.verbatims,
    }


def _named_webinar(webinar: WebinarReference) -> Json:
    """`url` is that of the article, as in a hit; `page_url` that of our page."""
    page = _full_address("pages.webinar", webinar_id=webinar.id)
    return {**webinar_as_json(webinar), "page_url": page}


def _theme_line(entry: Entry) -> Json:
    url = _full_address("pages.theme", slug=entry.id)
    return {"slug": entry.id, "label": entry.label, "count": entry.count, "url": url}


def _speaker_line(entry: Entry) -> Json:
    url = _full_address("pages.speaker", speaker_id=entry.id)
    return {"id": entry.id, "name": entry.label, "count": entry.count, "url": url}


def _role(role: SpeakerRole) -> Json:
    return {
        "id": role.speaker_id,
        "name": role.name,
        "role": role.role or None,
        "organisation": role.organisation or None,
    }


def _idea(view: IdeaView) -> Json:
    assert view.idea is not None  # those without an idea are told apart
    return {
        **_document(view.idea),
        "verbatims": [_document(said) for said in view.verbatims],
    }


def _document(found: Document) -> Json:
    return document_as_json(found, current_settings().adresse)


def _full_address(endpoint: str, **values: Any) -> str:
    return current_settings().adresse.rstrip("/") + url_for(endpoint, **values)

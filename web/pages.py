"""The pages a visitor reads. A view reads its arguments, asks the reading, and renders."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request

from corpus.homonyms import bare_name
from corpus.typography import fold, in_sentence
from search.answer import Document, Hit, WebinarReference
from search.live_index import IndexMissing
from search.query import Filters, SearchQuery
from search.views import Entry, SpeakerRole, WebinarEntry
from web.accessibility import CRITERIA, tally
from web.addresses import SearchLinks, carry_on, is_compact, page_numbers, query_from
from web.examples import examples_from
from web.panorama import chart_from
from web.reading import (
    current_reading,
    held,
    published,
    published_speaker,
    published_theme,
    published_webinar,
)

bp = Blueprint("pages", __name__)
bp.url_defaults(carry_on)

HOME_WEBINARS = 4
HOME_QUOTES = 3
HOME_QUOTE_CHARACTERS = 260


@bp.get("/")
@held
def home() -> str:
    reading = current_reading()
    latest = SearchQuery(filters=Filters(kinds=("verbatim",)), order="date")
    overview = reading.overview()
    return render_template(
        "home.html",
        overview=overview,
        webinars=latest_first(overview.webinars)[:HOME_WEBINARS],
        heard=_worth_reading_first(reading.search(latest).hits),
        examples=examples_from(reading),
    )


def _worth_reading_first(hits: Sequence[Hit]) -> list[Document]:
    """A few quotes that are short enough to be read at a glance, each by somebody else."""
    heard: dict[str, Document] = {}
    for hit in hits:
        found = hit.document
        if found.speaker and len(found.text) <= HOME_QUOTE_CHARACTERS:
            heard.setdefault(found.speaker_id, found)
    return list(heard.values())[:HOME_QUOTES]


def latest_first(webinars: Sequence[WebinarEntry]) -> list[WebinarEntry]:
    """The latest webinar first, those without a date last, in a stable order."""
    by_title = sorted(webinars, key=lambda entry: entry.webinar.title)
    return sorted(by_title, key=lambda entry: str(entry.webinar.held_on or ""), reverse=True)


@bp.get("/recherche")
@held
def results() -> Response:
    query = query_from(request.args)
    answer = current_reading().search(query)
    links = SearchLinks(query)
    page = render_template(
        "results.html",
        query=query,
        answer=answer,
        links=links,
        chips=list(links.chips(answer)),
        compact=is_compact(request.args),
        by_theme={v.value: v.count for f in answer.facets if f.name == "theme" for v in f.values},
        numbers=page_numbers(query.page, answer.pages),
    )
    is_past_the_end = query.page > max(1, answer.pages)
    return make_response(page, HTTPStatus.NOT_FOUND if is_past_the_end else HTTPStatus.OK)


@bp.get("/verbatim/<document_id>")
@held
def verbatim(document_id: str) -> str:
    reading = current_reading()
    found = published(document_id, "verbatim")
    view = reading.idea(found.key_idea.id) if found.key_idea else None
    neighbours = [other for other in view.verbatims if other.id != found.id] if view else []
    related = reading.related(document_id)
    return render_template("verbatim.html", said=found, neighbours=neighbours, related=related)


@bp.get("/idee/<idea_id>")
@held
def idea(idea_id: str) -> str:
    reading = current_reading()
    view = reading.idea(idea_id)
    if view is None or view.idea is None:
        abort(404, "Cette idée clé n’existe pas, ou n’est plus publiée.")
    related = reading.related(idea_id)
    return render_template("idea.html", idea=view.idea, verbatims=view.verbatims, related=related)


@bp.get("/webinaire/<webinar_id>")
@held
def webinar(webinar_id: str) -> str:
    return render_template("webinar.html", view=published_webinar(webinar_id))


@bp.get("/intervenant/<speaker_id>")
@held
def speaker(speaker_id: str) -> str:
    view = published_speaker(speaker_id)
    roles = dict.fromkeys((said.role, said.organisation) for said in view.roles)
    roles.pop(("", ""), None)
    webinars = by_webinar(view.verbatims)
    homonyms = [(other, role_line(other)) for other in view.homonyms]
    return render_template(
        "speaker.html", view=view, roles=roles, webinars=webinars, homonyms=homonyms
    )


def role_line(role: SpeakerRole) -> str:
    """« maire, commune d’Aubrive »: what is known of it."""
    return ", ".join(part for part in (in_sentence(role.role), role.organisation) if part)


@bp.get("/organisation/<slug>")
@held
def organisation(slug: str) -> str:
    view = current_reading().organisation(slug)
    if view is None:
        abort(404, "Aucune citation de cette organisation n’est publiée.")
    return render_template("organisation.html", view=view, webinars=by_webinar(view.verbatims))


def by_webinar(verbatims: Sequence[Document]) -> list[tuple[WebinarReference, list[Document]]]:
    """Quotes that follow each other, under the webinar where they were said."""
    return [(webinar, list(said)) for webinar, said in groupby(verbatims, attrgetter("webinar"))]


@bp.get("/theme/<slug>")
@held
def theme(slug: str) -> str:
    return render_template("theme.html", view=published_theme(slug))


@bp.get("/themes")
@held
def themes() -> str:
    overview = current_reading().overview()
    return render_template("themes.html", themes=overview.themes)


@bp.get("/intervenants")
@held
def speakers() -> str:
    overview = current_reading().overview()
    return render_template("speakers.html", letters=by_letter(overview.speakers), overview=overview)


def by_letter(speakers: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Speakers under the first letter of their last name, its particle aside, as in a directory."""

    def last_name_first(entry: Entry) -> tuple[str, str]:
        first, _, last = fold(bare_name(entry.label)).rpartition(" ")
        return last.removeprefix("d'"), first

    ordered = sorted(speakers, key=last_name_first)
    letters = groupby(ordered, key=lambda entry: last_name_first(entry)[0][:1].upper())
    return [(letter, list(entries)) for letter, entries in letters]


@bp.get("/organisations")
@held
def organisations() -> str:
    return render_template("organisations.html", entries=current_reading().overview().organisations)


@bp.get("/panorama")
@held
def panorama() -> str:
    return render_template("panorama.html", chart=chart_from(current_reading().panorama()))


@bp.get("/webinaires")
@held
def webinars() -> str:
    overview = current_reading().overview()
    years = groupby(
        latest_first(overview.webinars),
        key=lambda entry: entry.webinar.held_on.year if entry.webinar.held_on else None,
    )
    return render_template("webinars.html", years=[(year, list(group)) for year, group in years])


@bp.get("/accessibilite")
def accessibility() -> str:
    return render_template("accessibility.html", criteria=CRITERIA, tally=tally())


@bp.get("/sante")
def health() -> Response:
    """What a monitor asks: which generation is served, and whether all is well."""
    try:
        return _unstored(asdict(current_reading().health()), HTTPStatus.OK)
    except IndexMissing as missing:
        none = {"generation": None, "built_at": None, "records": 0, "degraded": True}
        return _unstored(none | {"detail": str(missing)}, HTTPStatus.SERVICE_UNAVAILABLE)


def _unstored(state: dict[str, Any], status: int) -> Response:
    response = jsonify(state)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response

"""`/flux.atom`: any search as an Atom feed, latest webinars first."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from lxml import etree
from lxml.builder import ElementMaker

from search.answer import Answer, Document
from search.query import SearchQuery
from web.freshness import held_or
from web.links import citation_line
from web.reading import current_reading, current_settings
from web.request_query import arguments_from, query_from
from web.search_links import SearchLinks
from web.typography import asked
from web.xml_answer import legal, xml_answer

bp = Blueprint("feed", __name__)

ENTRIES = 50
MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_UNDATED = date(1970, 1, 1)  # Atom requires a day; an undated quote must not come up as new


@bp.get("/flux.atom")
def feed() -> Response:
    asked_for = query_from(request.args, ENTRIES)
    query = replace(asked_for, order="date", page=1, explain=False)
    return held_or(lambda: xml_answer(_feed(query), MEDIA_TYPE))


def feed_address(query: SearchQuery) -> str:
    """The feed of a search, from its results page."""
    kept = replace(query, page=1, explain=False, order="date")
    pairs = [(name, value) for name, value in arguments_from(kept) if name != "tri"]
    return url_for("feed.feed") + (f"?{urlencode(pairs)}" if pairs else "")


def _feed(query: SearchQuery) -> etree._Element:
    settings, reading = current_settings(), current_reading()
    answer = reading.search(query)
    root = settings.adresse.rstrip("/")
    here = root + feed_address(query)
    return _E.feed(
        {"{http://www.w3.org/XML/1998/namespace}lang": "fr"},
        _E.id(here),
        _E.title(legal(_title(query, answer))),
        _E.updated(reading.health().built_at),
        _E.link(rel="self", type=MEDIA_TYPE, href=here),
        _E.link(rel="alternate", type="text/html", href=root + SearchLinks(query).page(1)),
        _E.author(_E.name(legal(settings.organisation or settings.titre))),
        _E.generator("Verbathèque"),
        *([_E.rights(legal(settings.licence))] if settings.licence else []),
        *(_entry(hit.document, root) for hit in answer.hits),
    )


def _title(query: SearchQuery, answer: Answer) -> str:
    """« Paroles, « vélo », Mobilité »: the site, the words, the filters."""
    words = [asked(query.text)] if query.text else []
    labels = [chip.label for chip in SearchLinks(query).chips(answer)]
    return ", ".join([current_settings().titre, *words, *labels])


def _entry(found: Document, root: str) -> etree._Element:
    address = root + found.path
    said_on = datetime.combine(found.webinar.held_on or _UNDATED, datetime.min.time(), UTC)
    organiser = current_settings().organisation or current_settings().titre
    by = found.speaker or ("Une personne non nommée" if found.kind == "verbatim" else organiser)
    kind = "" if found.kind == "verbatim" else "Idée clé, "
    return _E.entry(
        _E.id(address),
        _E.title(legal(f"{kind}{by}, {found.webinar.title}")),
        _E.updated(said_on.isoformat()),
        _E.author(_E.name(legal(by))),
        _E.link(rel="alternate", type="text/html", href=address),
        _E.content(legal(_content(found, root)), type="html"),
        *(_E.category(term=theme.slug, label=legal(theme.label)) for theme in found.themes),
    )


def _content(found: Document, root: str) -> str:
    """The untouched words, then the line that says where they come from."""
    words = escape(found.text).replace("\n", "<br>")
    if found.kind == "idee":
        return f"<p>{words}</p>"
    source = citation_line(found, root).rpartition(" — ")[2]
    return f"<blockquote><p>{words}</p></blockquote><p>— {escape(source)}</p>"

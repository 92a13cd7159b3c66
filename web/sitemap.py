"""`/sitemap.xml` and `/robots.txt`: every page for search engines, and what they should leave."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from flask import Blueprint, Response, abort, url_for
from lxml import etree
from lxml.builder import ElementMaker

from web.freshness import held_or
from web.reading import current_reading, current_settings
from web.xml_answer import xml_answer

bp = Blueprint("sitemap", __name__)

_LISTS = (
    *("pages.home", "pages.themes", "pages.speakers", "pages.webinars", "pages.accessibility"),
    "embedding.page",
)
MAX_ADDRESSES = 50_000  # of one file, says the protocol
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})

# Searches have endless addresses, and exports are heavy: crawlers have the pages themselves.
ROBOTS = """User-agent: *
Disallow: /recherche
Disallow: /api/
Disallow: /export.
Disallow: /suggestions
Disallow: /flux.atom

Sitemap: {address}
"""


@bp.get("/robots.txt")
def robots() -> Response:
    body = ROBOTS.format(address=_root() + url_for("sitemap.whole"))
    return Response(body, content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
def whole() -> Response:
    """All the pages; the list of the parts when there are too many for one file."""

    def make() -> Response:
        pages = list(_pages())
        if len(pages) <= MAX_ADDRESSES:
            return _answer(pages)
        parts = range(1, -(-len(pages) // MAX_ADDRESSES) + 1)
        addresses = (_root() + url_for("sitemap.part", number=number) for number in parts)
        listed = (_E.sitemap(_E.loc(address)) for address in addresses)
        return xml_answer(_E.sitemapindex(*listed), "application/xml")

    return held_or(make)


@bp.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    def make() -> Response:
        start = (number - 1) * MAX_ADDRESSES
        pages = list(islice(_pages(), max(0, start), max(0, start) + MAX_ADDRESSES))
        if number < 1 or not pages:
            abort(404, "Cette partie du plan du site n’existe pas.")
        return _answer(pages)

    return held_or(make)


Page = tuple[str, date | None]  # an address, and the day of what it shows


def _pages() -> Iterator[Page]:
    """A day is that of the webinar: what was said does not change."""
    reading = current_reading()
    overview = reading.overview()
    for endpoint in _LISTS:
        yield url_for(endpoint), None
    for theme in overview.themes:
        yield url_for("pages.theme", slug=theme.id), None
    for speaker in overview.speakers:
        yield url_for("pages.speaker", speaker_id=speaker.id), None
    for entry in overview.webinars:
        webinar = entry.webinar
        yield url_for("pages.webinar", webinar_id=webinar.id), webinar.held_on
    for found in reading.everything():
        yield found.path, found.webinar.held_on


def _answer(pages: list[Page]) -> Response:
    urls = (
        _E.url(_E.loc(_root() + path), *([_E.lastmod(day.isoformat())] if day else []))
        for path, day in pages
    )
    root: etree._Element = _E.urlset(*urls)
    return xml_answer(root, "application/xml")


def _root() -> str:
    return current_settings().adresse.rstrip("/")

"""What programs follow: an Atom feed of any search, the site map, the engine for browsers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from itertools import islice

from flask import Blueprint, Response, abort, json, request, url_for
from lxml import etree
from lxml.builder import ElementMaker

from corpus.typography import counted
from search.answer import Answer, Document
from search.query import MAX_PAGE, SearchQuery
from search.suggestions import DEFAULT_SUGGESTIONS, Completion
from web.addresses import SearchLinks, address_of, default_order, feed_address, query_from
from web.headers import xml_answer
from web.links import citation_line
from web.reading import current_reading, held, held_or
from web.settings import current_settings
from web.typography import asked, fit_for_xml

bp = Blueprint("feeds", __name__)

ENTRIES = 50  # of a page
MOST = 5_000  # answers of a search, among which the latest come first
MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_A = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
_UNDATED = date(1970, 1, 1)  # Atom requires a day; an undated quote must not come up as new


@bp.get("/flux.atom")
@held
def feed() -> Response:
    query = query_from(request.args, ENTRIES)
    return xml_answer(_feed(replace(query, order="date", explain=False)), MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document, and the day that it came to the site, or else that it was said."""

    document: Document
    day: date


def _entries(answer: Answer) -> list[_Entry]:
    """All that answers, what came last first."""
    reading = current_reading()
    documents = [hit.document for hit in answer.hits]
    entries = [
        _Entry(found, reading.added_on(found.id) or found.webinar.held_on or _UNDATED)
        for found in documents
    ]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _pages_of(query: SearchQuery, root: str, count: int) -> Iterator[etree._Element]:
    """The links from page to page (RFC 5005)."""
    last = min(MAX_PAGE, max(1, -(-count // ENTRIES)))
    if query.page > last:
        abort(404, "Cette page du flux n’existe pas.")
    numbers = {"first": 1, "previous": query.page - 1, "next": query.page + 1, "last": last}
    for rel, number in numbers.items():
        if 1 <= number <= last:
            yield _A.link(rel=rel, type=MEDIA_TYPE, href=root + feed_address(query, number))


def _feed(query: SearchQuery) -> etree._Element:
    settings, reading = current_settings(), current_reading()
    answer = reading.search(replace(query, page=1, size=MOST))
    entries = _entries(answer)
    root = settings.adresse.rstrip("/")
    begin = (query.page - 1) * ENTRIES
    return _A.feed(
        {"{http://www.w3.org/XML/1998/namespace}lang": "fr"},
        _A.id(root + feed_address(query)),
        _A.title(fit_for_xml(_title(query, answer))),
        _A.updated(reading.health().built_at),
        _A.link(rel="self", type=MEDIA_TYPE, href=root + feed_address(query, query.page)),
        *_pages_of(query, root, len(entries)),
        _A.link(rel="alternate", type="text/html", href=root + SearchLinks(query).page(1)),
        _A.author(_A.name(fit_for_xml(settings.organisation or settings.titre))),
        _A.generator("Verbathèque"),
        *([_A.rights(fit_for_xml(settings.licence))] if settings.licence else []),
        *(_entry(entry, root) for entry in entries[begin : begin + ENTRIES]),
    )


def _title(query: SearchQuery, answer: Answer) -> str:
    """« Paroles, « vélo », Mobilité »: the site, the words, the filters."""
    words = [asked(query.text)] if query.text else []
    labels = [chip.label for chip in SearchLinks(query).chips(answer)]
    return ", ".join([current_settings().titre, *words, *labels])


def _entry(entry: _Entry, root: str) -> etree._Element:
    found, address = entry.document, root + entry.document.path
    came_on = datetime.combine(entry.day, datetime.min.time(), UTC)
    organiser = current_settings().organisation or current_settings().titre
    by = found.speaker or ("Une personne non nommée" if found.kind == "verbatim" else organiser)
    kind = "" if found.kind == "verbatim" else "Idée clé, "
    return _A.entry(
        _A.id(address),
        _A.title(fit_for_xml(f"{kind}{by}, {found.webinar.title}")),
        _A.updated(came_on.isoformat()),
        _A.author(_A.name(fit_for_xml(by))),
        _A.link(rel="alternate", type="text/html", href=address),
        _A.content(fit_for_xml(_content(found, root)), type="html"),
        *(_A.category(term=theme.slug, label=fit_for_xml(theme.label)) for theme in found.themes),
    )


def _content(found: Document, root: str) -> str:
    """The untouched words, then the line that says where they come from."""
    words = escape(found.text).replace("\n", "<br>")
    if found.kind == "idee":
        return f"<p>{words}</p>"
    source = citation_line(found, root).rpartition(" — ")[2]
    return f"<blockquote><p>{words}</p></blockquote><p>— {escape(source)}</p>"


MAX_SHORT_NAME = 16  # characters, says the format
MAX_LONG_NAME = 48
MAX_DESCRIPTION = 1024
DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_E = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})


@bp.get("/opensearch.xml")
def description() -> Response:
    settings = current_settings()
    root = settings.adresse.rstrip("/")
    described = _E.OpenSearchDescription(
        _E.ShortName(fit_for_xml(short_name(settings.titre))),
        _E.LongName(fit_for_xml(settings.titre[:MAX_LONG_NAME])),
        _E.Description(fit_for_xml(settings.description[:MAX_DESCRIPTION])),
        _E.InputEncoding("UTF-8"),
        _E.Language("fr"),
        _E.Url(type="text/html", template=f"{root}/recherche?q={{searchTerms}}"),
        _E.Url(type=SUGGESTIONS_TYPE, template=f"{root}/suggestions?q={{searchTerms}}"),
        _E.Url(type="application/atom+xml", template=f"{root}/flux.atom?q={{searchTerms}}"),
        _E.Url(type=DESCRIPTION_TYPE, rel="self", template=f"{root}/opensearch.xml"),
        _E.Image(f"{root}/static/favicon.svg", type="image/svg+xml"),
    )
    return xml_answer(described, DESCRIPTION_TYPE)


def short_name(title: str) -> str:
    """The title, or its first words that hold: « Paroles de territoires » gives « Paroles »."""
    if len(title) <= MAX_SHORT_NAME:
        return title
    words = title[: MAX_SHORT_NAME + 1].rsplit(" ", 1)[0].split()
    while len(words) > 1 and len(words[-1]) <= 3:
        words.pop()
    return " ".join(words)[:MAX_SHORT_NAME]


@bp.get("/suggestions")
def suggestions() -> Response:
    """What browsers read: the text, the completions, what each finds, the address of each."""
    text = request.args.get("q", "").lstrip()

    def make() -> Response:
        groups = current_reading().suggest(text, DEFAULT_SUGGESTIONS)
        proposed = [each for group in groups for each in group.suggestions]
        content = [
            text,
            [each.label for each in proposed],
            [counted(each.count, "résultat") for each in proposed],
            [_address(each) for each in proposed],
        ]
        body = json.dumps(content, ensure_ascii=False)
        return Response(body, content_type=f"{SUGGESTIONS_TYPE}; charset=utf-8")

    return held_or(make)


def _address(proposed: Completion) -> str:
    query = SearchQuery(proposed.text, proposed.filters, default_order(proposed.text))
    return current_settings().adresse.rstrip("/") + address_of(query)


_LISTS = (
    *("pages.home", "pages.themes", "pages.speakers", "pages.organisations", "pages.webinars"),
    *("pages.panorama", "pages.accessibility", "embedding.page", "openapi.page", "proposing.page"),
)
MAX_ADDRESSES = 50_000  # of one file, says the protocol
_SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_S = ElementMaker(namespace=_SITEMAP_NAMESPACE, nsmap={None: _SITEMAP_NAMESPACE})

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
    body = ROBOTS.format(address=_root() + url_for("feeds.sitemap"))
    return Response(body, content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """All the pages; the list of the parts when there are too many for one file."""

    def make() -> Response:
        pages = list(_pages())
        if len(pages) <= MAX_ADDRESSES:
            return _answer(pages)
        parts = range(1, -(-len(pages) // MAX_ADDRESSES) + 1)
        addresses = (_root() + url_for("feeds.part", number=number) for number in parts)
        listed = (_S.sitemap(_S.loc(address)) for address in addresses)
        return xml_answer(_S.sitemapindex(*listed), "application/xml")

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
    for organisation in overview.organisations:
        yield url_for("pages.organisation", slug=organisation.id), None
    for entry in overview.webinars:
        webinar = entry.webinar
        yield url_for("pages.webinar", webinar_id=webinar.id), webinar.held_on
    for found in reading.everything():
        yield found.path, found.webinar.held_on


def _answer(pages: list[Page]) -> Response:
    urls = (
        _S.url(_S.loc(_root() + path), *([_S.lastmod(day.isoformat())] if day else []))
        for path, day in pages
    )
    root: etree._Element = _S.urlset(*urls)
    return xml_answer(root, "application/xml")


def _root() -> str:
    return current_settings().adresse.rstrip("/")

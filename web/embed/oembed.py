"""What a site that is pasted one of our addresses shows in its place (oEmbed 1.0)."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, abort, current_app, json, render_template, request
from lxml.builder import E
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound

from search.answer import Document
from search.query import QueryRefused
from web.addresses import arguments_from, whole_number
from web.basket import Basket, page_with
from web.embed.frames import OF_THE_FRAME, SANDBOX, frame_from
from web.feeds import legal, xml_answer
from web.page_cache import held_or
from web.reading import current_reading, current_settings
from web.typography import NBSP, quoted

bp = Blueprint("oembed", __name__)

FORMATS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}
WIDTH = 600  # pixels, unless the host has less room
SEARCH_HEIGHT = 640
FIELD_HEIGHT = 200
MOST_PIXELS = 100_000
CACHE_AGE = 3600  # seconds: how long a host may show the answer before it asks again


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is shown of an address of ours: the page itself, and the frame in its place."""

    page: str
    frame: str
    title: str
    height: int
    said: Document | None = None


@bp.get("/oembed")
def answer() -> Response:
    address = request.args.get("url", "")
    if not address:
        raise QueryRefused(f"Donnez l’adresse à intégrer{NBSP}: /oembed?url=https://…")
    form = request.args.get("format", "json")
    if form not in FORMATS:
        abort(501, f"Le format {quoted(form[:40])} n’est pas servi. Choisissez json ou xml.")
    width = whole_number(request.args, "maxwidth", 1, MOST_PIXELS, default=WIDTH)
    height = whole_number(request.args, "maxheight", 1, MOST_PIXELS, default=MOST_PIXELS)
    embedded = embedded_at(address)

    def make() -> Response:
        fields = _fields(embedded, min(width, WIDTH), min(height, embedded.height))
        return _as_xml(fields) if form == "xml" else _as_json(fields)

    return held_or(make, max_age=CACHE_AGE)


def discoveries() -> list[tuple[str, str]]:
    """The media types, and where programs read in each how to embed the page on show."""
    root = current_settings().adresse
    page = root + page_with(Basket())
    return [
        (media_type, f"{root}/oembed?{urlencode({'url': page, 'format': form})}")
        for form, media_type in FORMATS.items()
    ]


def embedded_at(address: str) -> Embedded:
    """What stands for a page of this site; 404 for any other address."""
    path, query = _own_path(address)
    try:
        endpoint, values = current_app.url_map.bind("").match(path)
    except HTTPException as none:
        raise _foreign(address) from none
    if endpoint == "pages.verbatim":
        return quote_at(values["document_id"])
    if endpoint == "pages.webinar":
        return webinar_at(values["webinar_id"])
    if endpoint in {"pages.results", "pages.home"}:
        return search_at(query)
    raise _foreign(address)


def _own_path(address: str) -> tuple[str, str]:
    """The path and the query of an address of this site, whichever of its names is used."""
    try:
        asked = urlsplit(address)
    except ValueError as broken:
        raise _foreign(address) from broken
    for root in (current_settings().adresse, request.url_root.rstrip("/")):
        own = urlsplit(root)
        is_own = asked.netloc.lower() == own.netloc.lower() and asked.path.startswith(own.path)
        if asked.scheme in {"http", "https"} and is_own:
            return asked.path.removeprefix(own.path) or "/", asked.query
    raise _foreign(address)


def _foreign(address: str) -> NotFound:
    return NotFound(
        f"{quoted(address[:100])} n’est pas une adresse que l’on peut intégrer{NBSP}: donnez celle "
        "d’une citation, d’un webinaire ou d’une recherche de ce site.",
    )


def quote_at(document_id: str) -> Embedded:
    """One quote."""
    said = current_reading().document(document_id)
    if said is None or said.kind != "verbatim":
        abort(404, "Cette citation n’existe pas, ou n’est plus publiée.")
    title = f"Citation de {said.speaker}" if said.speaker else "Citation"
    frame = f"/embed/verbatim/{said.id}"
    return Embedded(said.path, frame, title, height_of(said.text), said)


def webinar_at(webinar_id: str) -> Embedded:
    """The search of what was said in one webinar."""
    view = current_reading().webinar(webinar_id)
    if view is None:
        abort(404, "Ce webinaire n’existe pas, ou n’est plus publié.")
    frame = "/embed?" + urlencode({"webinaire": view.webinar.id})
    return Embedded(f"/webinaire/{view.webinar.id}", frame, view.webinar.title, SEARCH_HEIGHT)


def search_at(query_string: str) -> Embedded:
    """A search, with the attributes that a host may add to it."""
    pairs = [(n, v) for n, v in parse_qsl(query_string) if n != "page"]
    frame = frame_from(MultiDict(pairs))
    asked = arguments_from(frame.query)
    framed = dict.fromkeys([*asked, *(pair for pair in pairs if pair[0] in OF_THE_FRAME)])
    words = frame.query.text
    return Embedded(
        page=_with("/recherche", asked),
        frame=_with("/embed", list(framed)),
        title=f"{frame.label}{NBSP}: {words}" if words else frame.label,
        height=SEARCH_HEIGHT if frame.is_asked else FIELD_HEIGHT,
    )


def _with(path: str, arguments: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(arguments)}" if arguments else path


def height_of(text: str) -> int:
    """About how high a quote stands in its frame, until the frame says so itself."""
    lines = sum(len(line) // 48 + 1 for line in text.splitlines())
    return min(900, 230 + 34 * lines)


def _fields(embedded: Embedded, width: int, height: int) -> dict[str, str | int]:
    """The fields of the answer, in the order of the specification."""
    settings = current_settings()
    page, frame = settings.adresse + embedded.page, settings.adresse + embedded.frame
    html = render_template(
        "oembed.html",
        embedded=embedded,
        page=page,
        frame=frame,
        sandbox=SANDBOX,
        width=width,
        height=height,
    )
    fields: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": embedded.title,
        "provider_name": settings.titre,
        "provider_url": settings.adresse,
        "cache_age": CACHE_AGE,
        "html": html.strip(),
        "width": width,
        "height": height,
    }
    if embedded.said and embedded.said.speaker:
        fields["author_name"] = embedded.said.speaker
        fields["author_url"] = f"{settings.adresse}/intervenant/{embedded.said.speaker_id}"
    return fields


def _as_json(fields: dict[str, str | int]) -> Response:
    return Response(json.dumps(fields, ensure_ascii=False), mimetype="application/json")


def _as_xml(fields: dict[str, str | int]) -> Response:
    elements = [E(name, legal(str(value))) for name, value in fields.items()]
    return xml_answer(E.oembed(*elements), "text/xml")

"""Pages made to stand in a frame of another site, and how to frame any of ours (oEmbed 1.0)."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    json,
    make_response,
    render_template,
    request,
)
from lxml.builder import E
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound

from search.answer import Document, Kind
from search.query import QueryRefused
from web.addresses import BASKET, EMBEDDED_AS, SearchLinks, address_of, whole_number
from web.basket import basket_from, current_basket
from web.embed.embedded import (
    Embedded,
    basket_at,
    colours_from,
    frame_from,
    narrowed_at,
    pasted_search,
    quote_at,
    webinar_at,
)
from web.headers import xml_answer
from web.reading import (
    current_reading,
    held_or,
    published,
    published_speaker,
    published_theme,
    published_webinar,
    still_published,
)
from web.settings import current_settings
from web.typography import NBSP, fit_for_xml, quoted

bp = Blueprint("frames", __name__)

# A new tab is opened free of the sandbox: what is read there is a page like any other.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-forms"
SCRIPT_AGE = 3600  # seconds
WIDTH = 600  # pixels, unless the host has less room
MOST_PIXELS = 100_000
CACHE_AGE = 3600  # seconds: how long a host may show the answer before it asks again


@bp.get("/embed")
def search() -> Response:
    return held_or(_search_page)


def _search_page() -> Response:
    frame = frame_from(request.args)
    answer = current_reading().search(frame.query) if frame.is_asked else None
    chips = SearchLinks(frame.query).chips(answer) if answer else ()
    page = render_template(
        "embed_search.html",
        frame=frame,
        answer=answer,
        narrowed=", ".join(chip.label for chip in chips),
        whole=address_of(frame.query),
    )
    return make_response(page)


@bp.get("/embed/verbatim/<document_id>", defaults={"kind": "verbatim"})
@bp.get("/embed/idee/<document_id>", defaults={"kind": "idee"})
def verbatim(document_id: str, kind: Kind) -> Response:
    return _shown(quote_at(found := published(document_id, kind)).title, [found])


@bp.get("/embed/panier")
def chosen() -> Response:
    found = still_published(current_basket().ids)
    return _shown(basket_at("", found).title, found)


def _shown(title: str, chosen: Sequence[Document]) -> Response:
    """A page of these quotes; one alone stands larger."""
    shown = {"title": title, "chosen": chosen, "colours": colours_from(request.args)}
    return held_or(lambda: make_response(render_template("embed_quotes.html", **shown)))


@bp.get("/cadre.js")
def host_script() -> Response:
    """The script of the host page, which gives our frames the height that they ask for."""
    response = current_app.send_static_file("cadre.js")
    response.mimetype = "text/javascript"
    response.cache_control.max_age = SCRIPT_AGE
    response.headers["Access-Control-Allow-Origin"] = "*"  # for those who add its integrity
    return response


@bp.get("/oembed")
def oembed() -> Response:
    address = request.args.get("url", "")
    if not address:
        raise QueryRefused(f"Donnez l’adresse à intégrer{NBSP}: /oembed?url=https://…")
    form = request.args.get("format", "json")
    if form not in EMBEDDED_AS:
        abort(501, f"Le format {quoted(form[:40])} n’est pas servi. Choisissez json ou xml.")
    width = whole_number(request.args, "maxwidth", 1, MOST_PIXELS, default=WIDTH)
    height = whole_number(request.args, "maxheight", 1, MOST_PIXELS, default=MOST_PIXELS)
    embedded = embedded_at(address)

    def make() -> Response:
        fields = _fields(embedded, min(width, WIDTH), min(height, embedded.height))
        return _as_xml(fields) if form == "xml" else _as_json(fields)

    return held_or(make, max_age=CACHE_AGE)


def embedded_at(address: str) -> Embedded:
    """What stands for a page of this site; 404 for any other address."""
    path, query = _own_path(address)
    try:
        endpoint, values = current_app.url_map.bind("").match(path)
    except HTTPException as none:
        raise _foreign(address) from none
    if endpoint not in _EMBEDDED:
        raise _foreign(address)
    return _EMBEDDED[endpoint](query, **values)


def _theme_at(_query: str, slug: str) -> Embedded:
    return narrowed_at(f"/theme/{slug}", "theme", slug, published_theme(slug).label)


def _speaker_at(_query: str, speaker_id: str) -> Embedded:
    name = published_speaker(speaker_id).name
    return narrowed_at(f"/intervenant/{speaker_id}", "intervenant", speaker_id, name)


def _basket_at(query: str) -> Embedded:
    basket = basket_from(MultiDict(parse_qsl(query)).getlist(BASKET))
    return basket_at(str(basket), still_published(basket.ids))


# The pages that are shown elsewhere, and what stands for each.
_EMBEDDED: Mapping[str, Callable[..., Embedded]] = {
    "pages.home": pasted_search,
    "pages.results": pasted_search,
    "pages.verbatim": lambda _, document_id: quote_at(published(document_id, "verbatim")),
    "pages.idea": lambda _, idea_id: quote_at(published(idea_id, "idee")),
    "pages.webinar": lambda _, webinar_id: webinar_at(published_webinar(webinar_id).webinar),
    "pages.theme": _theme_at,
    "pages.speaker": _speaker_at,
    "basket.page": _basket_at,
}


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
        "d’une citation, d’une idée, d’un webinaire, d’un thème, d’une personne, d’un panier ou "
        "d’une recherche de ce site.",
    )


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
    elements = [E(name, fit_for_xml(str(value))) for name, value in fields.items()]
    return xml_answer(E.oembed(*elements), "text/xml")

"""Pages made to stand in a frame of another site: a search, and one quote."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from search.query import QueryRefused, SearchQuery
from web.addresses import (
    FILTERS,
    MAX_VALUE_CHARACTERS,
    address_of,
    filter_arguments,
    query_from,
    whole_number,
)
from web.page_cache import held_or
from web.reading import current_reading
from web.typography import NBSP, quoted

bp = Blueprint("frames", __name__)

DEFAULT_SHOWN = 5  # quotes, as in the element
MOST_SHOWN = 20
LABEL = "Rechercher une citation"
COLOURS = ("claires", "sombres")  # said by the host, else the visitor's own
# A new tab is opened free of the sandbox: what is read there is a page like any other.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-forms"
SCRIPT_AGE = 3600  # seconds

# What the host chose, that a new search in the frame keeps.
OF_THE_FRAME = ("tri", "max", "label", "placeholder", "couleurs")
_KEPT = {*FILTERS, "du", "au", *OF_THE_FRAME}


@dataclass(frozen=True, slots=True)
class SearchFrame:
    """A search as a host asked for it: the attributes of the element, in an address."""

    query: SearchQuery
    label: str
    placeholder: str
    colours: str
    kept: tuple[tuple[str, str], ...]

    @property
    def is_asked(self) -> bool:
        """Say whether there is something to answer, and not only a field to fill."""
        return bool(self.query.text or filter_arguments(self.query.filters))


@bp.get("/embed")
def search() -> Response:
    return held_or(_search_page)


def _search_page() -> Response:
    frame = frame_from(request.args)
    answer = current_reading().search(frame.query) if frame.is_asked else None
    whole = address_of(frame.query)
    page = render_template("embed_search.html", frame=frame, answer=answer, whole=whole)
    return make_response(page)


@bp.get("/embed/verbatim/<document_id>")
def verbatim(document_id: str) -> Response:
    found = current_reading().document(document_id)
    if found is None or found.kind != "verbatim":
        abort(404, "Cette citation n’existe pas, ou n’est plus publiée.")
    colours = colours_from(request.args)
    return held_or(
        lambda: make_response(render_template("embed_verbatim.html", said=found, colours=colours))
    )


@bp.get("/cadre.js")
def host_script() -> Response:
    """The script of the host page, which gives our frames the height that they ask for."""
    response = current_app.send_static_file("cadre.js")
    response.mimetype = "text/javascript"
    response.cache_control.max_age = SCRIPT_AGE
    response.headers["Access-Control-Allow-Origin"] = "*"  # for those who add its integrity
    return response


def frame_from(arguments: MultiDict[str, str]) -> SearchFrame:
    """Read what a host asks; raise `QueryRefused`, which says what is allowed."""
    shown = whole_number(arguments, "max", 1, MOST_SHOWN, default=DEFAULT_SHOWN)
    first_page = MultiDict((n, v) for n, v in arguments.items(multi=True) if n != "page")
    kept = ((n, v) for n, v in arguments.items(multi=True) if n in _KEPT and v)
    return SearchFrame(
        query=query_from(first_page, shown),
        label=_words_from(arguments, "label") or LABEL,
        placeholder=_words_from(arguments, "placeholder"),
        colours=colours_from(arguments),
        kept=tuple(kept),
    )


def colours_from(arguments: MultiDict[str, str]) -> str:
    """The colours that the host asks for; "" leaves them to the visitor."""
    value = arguments.get("couleurs", "")
    if value not in ("", *COLOURS):
        allowed = " ou ".join(COLOURS)
        raise QueryRefused(
            f"Les couleurs {quoted(value[:40])} n’existent pas. Choisissez {allowed}."
        )
    return value


def _words_from(arguments: MultiDict[str, str], name: str) -> str:
    value = arguments.get(name, "").strip()
    if len(value) > MAX_VALUE_CHARACTERS:
        raise QueryRefused(
            f"{quoted(name)} est trop long{NBSP}: {MAX_VALUE_CHARACTERS} caractères au plus."
        )
    return value

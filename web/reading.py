"""One request, one reading of the index: opened when first asked for, closed when all is sent.

An answer holds as long as its generation: whoever has it is told so, with 304.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache, wraps
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import ParamSpec, cast

from flask import Response, abort, current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from search.answer import Document, Kind
from search.live_index import IndexMissing, IndexReading, Shelf
from search.views import SpeakerView, ThemeView, WebinarView
from web.page_cache import RecentPages
from web.settings import current_settings

P = ParamSpec("P")
_MAKING = {".py", ".html", ".css", ".js"}  # what our pages are made by


def current_reading() -> IndexReading:
    """The reading of this request; raise `IndexMissing` when nothing is published."""
    if "reading" not in g:
        library = cast(Shelf, current_app.extensions["library"])
        held = ExitStack()
        g.reading = held.enter_context(library.reading())
        g.held_reading = held
    return cast(IndexReading, g.reading)


def published(document_id: str, kind: Kind) -> Document:
    """The document that has this id; 404 when there is none of this kind."""
    found = current_reading().document(document_id)
    if found is None or found.kind != kind:
        what = "citation" if kind == "verbatim" else "idée clé"
        abort(404, f"Cette {what} n’existe pas, ou n’est plus publiée.")
    return found


def still_published(ids: Iterable[str]) -> list[Document]:
    """Those of these documents that are published, in the order of their ids."""
    reading = current_reading()
    return list(filter(None, map(reading.document, ids)))


def published_webinar(webinar_id: str) -> WebinarView:
    """The webinar that has this id; 404 when there is none."""
    view = current_reading().webinar(webinar_id)
    if view is None:
        abort(404, "Ce webinaire n’existe pas, ou n’est plus publié.")
    return view


def published_theme(slug: str) -> ThemeView:
    """The theme that has this address; 404 when there is none."""
    view = current_reading().theme(slug)
    if view is None:
        abort(404, "Ce thème n’existe pas.")
    return view


def published_speaker(speaker_id: str) -> SpeakerView:
    """The person who has this id; 404 when there is none."""
    view = current_reading().speaker(speaker_id)
    if view is None:
        abort(404, "Aucune citation de cette personne n’est publiée.")
    return view


def keep_reading_for(response: Response) -> None:
    """Give the generation back when the response is sent, and not when the view returns.

    For what is written while it is read: the request has ended by then.
    """
    held: ExitStack | None = g.pop("held_reading", None)
    if held:
        response.call_on_close(held.close)


def close_reading(_error: BaseException | None = None) -> None:
    """Give the generation back."""
    g.pop("reading", None)
    held: ExitStack | None = g.pop("held_reading", None)
    if held:
        held.close()


def held_or(make: Callable[[], Response], max_age: int = 0) -> Response:
    """304 when the visitor holds this answer of this generation, else the answer that is made.

    Tags are compared weakly: a proxy that compresses weakens them. `max_age` is in seconds, and
    stays short: a quote that is withdrawn must leave the caches.
    """
    try:
        tag = _tag()
    except IndexMissing:
        return make()  # what needs an index says so itself
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    if response.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        return response
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-cache"
    return response


def held(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """The view of a page that depends on its address, the generation and the settings alone."""

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> Response:
        return held_or(lambda: _made_once(lambda: make_response(view(*args, **kwargs))))

    return page


def _made_once(make: Callable[[], Response]) -> Response:
    try:
        state = current_reading().health()
    except IndexMissing:
        return make()
    recent = cast(RecentPages, current_app.extensions["recent_pages"])
    edition = state.generation, state.built_at
    address = request.script_root, current_settings().adresse, request.full_path
    return recent.page(edition, address, make)


def _tag() -> str:
    """One address gives one answer as long as the generation, the settings and our code last."""
    state = current_reading().health()
    address, settings = request.full_path, repr(current_settings())
    parts = (str(state.generation), state.built_at, address, settings, _edition())
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@cache
def _edition() -> str:
    """What our pages are made by: a new version shows itself at once, on the same index."""
    here = Path(__file__).parent
    files = sorted(path for path in here.rglob("*") if path.suffix in _MAKING)
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()

"""One request, one reading: opened when first asked for, closed when the answer is sent."""

from contextlib import ExitStack
from typing import cast

from flask import Response, abort, current_app, g

from corpus.settings import Settings
from search.answer import Document, Kind
from search.live_index import IndexReading, Shelf
from search.views import WebinarView


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


def published_webinar(webinar_id: str) -> WebinarView:
    """The webinar that has this id; 404 when there is none."""
    view = current_reading().webinar(webinar_id)
    if view is None:
        abort(404, "Ce webinaire n’existe pas, ou n’est plus publié.")
    return view


def keep_reading_for(response: Response) -> None:
    """Give the generation back when the response is sent, and not when the view returns.

    For what is written while it is read: the request has ended by then.
    """
    held: ExitStack | None = g.pop("held_reading", None)
    if held:
        response.call_on_close(held.close)


def current_settings() -> Settings:
    """The settings of the site that is served."""
    return cast(Settings, current_app.extensions["settings"])


def close_reading(_error: BaseException | None = None) -> None:
    """Give the generation back."""
    g.pop("reading", None)
    held: ExitStack | None = g.pop("held_reading", None)
    if held:
        held.close()

"""One request, one reading: opened when first asked for, closed when the answer is sent."""

from contextlib import ExitStack
from typing import cast

from flask import Response, current_app, g

from corpus.settings import Settings
from search.views import Library, Reading


def current_reading() -> Reading:
    """The reading of this request; raise `IndexMissing` when nothing is published."""
    if "reading" not in g:
        library = cast(Library, current_app.extensions["library"])
        held = ExitStack()
        g.reading = held.enter_context(library.reading())
        g.held_reading = held
    return cast(Reading, g.reading)


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

"""One request, one reading: opened when first asked for, closed when the request ends."""

from contextlib import ExitStack
from typing import cast

from flask import current_app, g

from corpus.settings import Settings
from search.library import Library, Reading


def current_reading() -> Reading:
    """The reading of this request; raise `IndexMissing` when nothing is published."""
    if "reading" not in g:
        library = cast(Library, current_app.extensions["library"])
        held = ExitStack()
        g.reading = held.enter_context(library.reading())
        g.held_reading = held
    return cast(Reading, g.reading)


def current_settings() -> Settings:
    """The settings of the site that is served."""
    return cast(Settings, current_app.extensions["settings"])


def close_reading(_error: BaseException | None = None) -> None:
    """Give the generation back."""
    g.pop("reading", None)
    held: ExitStack | None = g.pop("held_reading", None)
    if held:
        held.close()

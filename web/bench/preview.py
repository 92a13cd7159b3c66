"""The public site as it was published last, for who sits at the bench: nobody else is served."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from corpus.settings import Settings
from corpus.site import Site, settings_of
from search.live_index import Shelf, open_library

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NAMES = ("127.0.0.1", "localhost")


class Preview:
    """An application that follows the index and the settings, and answers to this machine."""

    def __init__(self, folder: Path, site_app: Callable[[Shelf, Settings], Flask]) -> None:
        self._folder, self._site_app = folder, site_app
        self._shelf = open_library(Site(folder))
        self._made: tuple[Settings, Flask] | None = None

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as the public site would."""
        self._shelf.look()
        return self._app()(environ, start_response)

    def _app(self) -> Flask:
        settings = settings_of(self._folder)
        if self._made is None or self._made[0] != settings:
            server = replace(settings.serveur, hotes=_NAMES, relais=0)
            here = replace(settings, adresse="", serveur=server)
            self._made = settings, self._site_app(self._shelf, here)
        return self._made[1]

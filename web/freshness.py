"""Answers that hold as long as a generation of the index: whoever has one is told so, with 304."""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import ParamSpec, cast

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from search.library import IndexMissing
from web.reading import current_reading, current_settings
from web.recent_pages import RecentPages

P = ParamSpec("P")
_MAKING = {".py", ".html", ".css", ".js"}


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
    return recent.page(edition, (request.script_root, request.full_path), make)


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

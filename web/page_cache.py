"""Pages made a moment ago, given again; answers that hold as long as a generation: 304."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import ParamSpec, cast

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from search.capacity import IndexMissing
from web.reading import current_reading, current_settings

_MOST = 8_000_000  # bytes in a process
_LONGEST = 400_000  # bytes of a page


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]


class RecentPages:
    """Pages of one edition (a generation of the index) by their address, the oldest go first.

    Threads may share it. Only what was found is kept: never an error, a stream or a redirection.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._edition: Hashable = None
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def page(self, edition: Hashable, address: Hashable, make: Callable[[], Response]) -> Response:
        """The page of an address in an edition; `make` is called when it is not kept."""
        if kept := self._kept(edition, address):
            return Response(kept.body, headers=list(kept.headers))
        response = make()
        if response.status_code == HTTPStatus.OK and response.is_sequence:
            self._keep(edition, address, response)
        return response

    def _kept(self, edition: Hashable, address: Hashable) -> _Page | None:
        with self._lock:
            if edition != self._edition or address not in self._pages:
                return None
            self._pages.move_to_end(address)
            return self._pages[address]

    def _keep(self, edition: Hashable, address: Hashable, response: Response) -> None:
        page = _Page(response.get_data(), tuple(response.headers))
        if len(page.body) > _LONGEST:
            return
        with self._lock:
            if edition != self._edition:  # what was withdrawn leaves the memory too
                self._edition, self._size = edition, 0
                self._pages.clear()
            if former := self._pages.pop(address, None):
                self._size -= len(former.body)
            self._pages[address] = page
            self._size += len(page.body)
            while self._size > self._most:
                self._size -= len(self._pages.popitem(last=False)[1].body)


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

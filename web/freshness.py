"""Answers that hold as long as a generation of the index: whoever has one is told so, with 304."""

from collections.abc import Callable
from hashlib import sha256

from flask import Response, request

from web.reading import current_reading, current_settings


def held_or(make: Callable[[], Response], max_age: int = 0) -> Response:
    """304 when the visitor holds this answer of this generation, else the answer that is made.

    Tags are compared weakly: a proxy that compresses weakens them. `max_age` is in seconds, and
    stays short: a quote that is withdrawn must leave the caches.
    """
    tag = _tag()
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={max_age}" if max_age else "no-cache"
    return response


def _tag() -> str:
    """One address gives one answer as long as the generation and the settings last."""
    state = current_reading().health()
    parts = (str(state.generation), state.built_at, request.full_path, repr(current_settings()))
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]

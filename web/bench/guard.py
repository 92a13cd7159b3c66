"""Who may ask the bench for anything: the person who was given its address, and no other page.

The address holds a secret, drawn at each start, as the first part of every path: no cookie is
needed, and a page of elsewhere cannot guess where to send its visitor. The name in the request is
checked, since a name of elsewhere may be made to lead here; so is the page that asks, when the
browser tells it; and what changes something brings a second secret that only our pages hold.
"""

import hmac
import secrets
from dataclasses import dataclass, field

from flask import Flask, Response, abort, request

from web.headers import CONTENT_SECURITY_POLICY, SECURITY

_SAFE = {"GET", "HEAD"}
_OURS = {None, "none", "same-origin"}  # who asks, as a browser tells it
_HEADERS = SECURITY | {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one run, and the names it answers to."""

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def of_port(cls, port: int) -> "Keys":
        """The loopback only, by its number or by its name."""
        return cls(frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost")))


def guard(app: Flask, keys: Keys) -> None:
    """Refuse what does not come from a page of the bench, before anything is looked for."""

    @app.before_request
    def refuse() -> None:
        if reason := refusal(keys):
            abort(403, reason)

    @app.after_request
    def bind(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response


def refusal(keys: Keys) -> str:
    """Why the request at hand is refused; « » when it is not."""
    headers = request.headers
    if headers.get("Host", "") not in keys.hosts:
        return "host"
    if not _same(request.path.split("/")[1], keys.token):
        return "token"
    if headers.get("Sec-Fetch-Site") not in _OURS:
        return "site"
    if "Origin" in headers and headers["Origin"] != f"http://{headers['Host']}":
        return "origin"
    if request.method in _SAFE:
        return ""
    if request.method != "POST":
        return "method"
    given = headers.get("X-CSRF") or request.form.get("csrf", "")
    return "" if _same(given, keys.csrf) else "csrf"


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode("ascii"))

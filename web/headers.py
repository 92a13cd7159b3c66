"""The headers of every request and response, what a page may load, answers in XML and in JSON."""

import json
from typing import Any

from flask import Response, request
from lxml import etree
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge

from corpus.settings import Settings, site_origin
from web.settings import asked_root, current_settings

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

# A page that other sites show in a frame. In a sandbox its origin is opaque, and WebKit then finds
# nothing over http to be of « self »: the site is also named.
FRAME_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' {site}",
        "style-src 'self' {site}",
        "img-src 'self' {site}",
        "form-action 'self' {site}",
        "base-uri 'none'",
    ]
)

SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}  # one year

TOLD_HEADERS = (
    "ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
)
MAX_QUERY_STRING = 64 * 1024  # longer words than the engine takes still get its own refusal
READ_ONLY = {"GET", "HEAD", "OPTIONS"}


def refuse_too_long() -> None:
    """Raise 414 for an address, 413 for a body that is too long; only `/proposer` reads a body.

    It is told before it is received.
    """
    if len(request.query_string) > MAX_QUERY_STRING:
        raise RequestURITooLarge
    most = request.max_content_length
    if most is not None and (request.content_length or 0) > most:
        raise RequestEntityTooLarge


def security_of(settings: Settings) -> dict[str, str]:
    """The security headers of a site; over TLS, browsers are told to keep to it."""
    return SECURITY | HSTS if settings.adresse.startswith("https://") else SECURITY


def secure(response: Response) -> Response:
    """Add the security headers; a view that set one of them itself keeps it."""
    settings = current_settings()
    if is_frame(request.path):
        response.headers["Content-Security-Policy"] = frame_policy(settings)
    for name, value in security_of(settings).items():
        response.headers.setdefault(name, value)
    return response


def is_frame(path: str) -> bool:
    """Say whether other sites may show this address in a frame."""
    return path == "/embed" or path.startswith("/embed/")


def frame_policy(settings: Settings) -> str:
    """Any site may frame it, or only those that the settings list, and our own pages."""
    sites = settings.integration.sites
    ancestors = " ".join(("'self'", *sites)) if sites else "*"
    own = FRAME_POLICY.format(site=site_origin(asked_root() or settings.root))
    return f"{own}; frame-ancestors {ancestors}"


def share(response: Response) -> Response:
    """Let other sites read the API and the widget, without credentials: both are public.

    Any site, unless the settings list some: then these alone, each named in its answer.
    """
    if not is_shared(request.path) or request.method not in READ_ONLY:
        return response
    sites = current_settings().integration.sites
    origin = request.headers.get("Origin", "")
    if sites:
        response.vary.add("Origin")
    if sites and origin not in sites:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin if sites else "*"
    response.headers["Access-Control-Expose-Headers"] = TOLD_HEADERS
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def is_shared(path: str) -> bool:
    """Say whether other sites may read this address."""
    is_script = path.startswith("/widget") and path.endswith(".js")
    return path.startswith(("/api/", "/export.", "/flux.atom", "/oembed")) or is_script


def xml_answer(root: etree._Element, media_type: str) -> Response:
    """A document of XML, with the type that its readers know it by."""
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, content_type=f"{media_type}; charset=utf-8")


def json_answer(content: dict[str, Any]) -> Response:
    """A compact JSON answer."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/json")

"""The settings of the site that is served."""

from dataclasses import replace
from typing import cast

from flask import current_app, g, has_request_context, request
from werkzeug.exceptions import SecurityError

from corpus.settings import Settings


def current_settings() -> Settings:
    """The settings of the site; its address is that of the request when none is set."""
    settings = cast(Settings, current_app.extensions["settings"])
    if settings.adresse or not has_request_context():
        return settings
    if "settings" not in g:
        g.settings = replace(settings, adresse=asked_root() or settings.root)
    return cast(Settings, g.settings)


def asked_root() -> str:
    """The root of the site as this request names it; "" when it is no name, or none of ours."""
    try:
        return request.url_root.rstrip("/") if request.host else ""
    except SecurityError:
        return ""

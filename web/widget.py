"""The embeddable search: its scripts."""

from flask import Blueprint, Response, abort, request

from web.widget_scripts import newest_release, released, script

bp = Blueprint("widget", __name__)

EVERGREEN_AGE = 3600  # seconds: a new version reaches every site within the hour
PINNED_AGE = 31_536_000  # one year: what a version says never changes


@bp.get("/widget.js", endpoint="script")
@bp.get("/widget-<name>.js", endpoint="script")
def widget_script(name: str = "") -> Response:
    """The latest version without a name; else one file of one version, for ever the same.

    A version that is not released yet may change: browsers then ask each time whether it did.
    """
    pinned = f"-{name}" if name else ""
    content = script(pinned)
    if content is None:
        abort(404, f"Ce site ne sert pas cette version du widget. Prenez {_address_to_take()}.")
    response = Response(content, mimetype="text/javascript")
    response.cache_control.public = True
    if released(pinned) is None:
        response.cache_control.no_cache = True
    else:
        response.cache_control.max_age = PINNED_AGE if name else EVERGREEN_AGE
        response.cache_control.immutable = bool(name)
    response.add_etag()
    response.make_conditional(request)
    return response


def _address_to_take() -> str:
    version = newest_release()
    return f"/widget-{version}.js" if version else "/widget.js"

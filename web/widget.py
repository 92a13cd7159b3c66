"""The embeddable search: its scripts."""

from flask import Blueprint, Response, abort, request

from web.widget_scripts import VERSION, script

bp = Blueprint("widget", __name__)

EVERGREEN_AGE = 3600  # seconds: a new version reaches every site within the hour
PINNED_AGE = 31_536_000  # one year: what a version says never changes


@bp.get("/widget.js", endpoint="script")
@bp.get("/widget-<name>.js", endpoint="script")
def widget_script(name: str = "") -> Response:
    """The latest version without a name; else one file of one version, for ever the same."""
    content = script(f"-{name}" if name else "")
    if content is None:
        abort(404, f"Ce site ne sert pas cette version du widget. Prenez /widget-{VERSION}.js.")
    response = Response(content, mimetype="text/javascript")
    response.cache_control.public = True
    response.cache_control.max_age = PINNED_AGE if name else EVERGREEN_AGE
    response.cache_control.immutable = bool(name)
    response.add_etag()
    response.make_conditional(request)
    return response

"""The home of the bench, and the files that its pages load."""

from pathlib import Path

from flask import Blueprint, Response, abort, render_template, send_from_directory

from web.bench.desk import current_desk
from web.bench.shown import home_of

_SHARED = Path(__file__).parent.parent / "static"  # how the public site looks
_TAKEN = {"site.css", "favicon.svg"}

bp = Blueprint(
    *("home", __name__),
    template_folder="templates",
    static_folder="static",
    static_url_path="/etabli",
)


@bp.get("/")
def page() -> str:
    """What waits: doubts, changes, proposals."""
    return render_template("bench/home.html", home=home_of(current_desk().folder))


@bp.get("/commun/<name>")
def shared(name: str) -> Response:
    """A file of the public site."""
    return send_from_directory(_SHARED, name) if name in _TAKEN else abort(404)

"""The embeddable search: its script, and the page that tells how to embed it."""

from flask import Blueprint, Response, current_app, render_template

bp = Blueprint("widget", __name__)

WIDGET_AGE = 3600  # seconds: a new version reaches every site within the hour


@bp.get("/widget.js")
def script() -> Response:
    response = current_app.send_static_file("widget.js")
    response.mimetype = "text/javascript"
    response.cache_control.max_age = WIDGET_AGE
    return response


@bp.get("/integrer")
def embedding() -> str:
    return render_template("embedding.html")

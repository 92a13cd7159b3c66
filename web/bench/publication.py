"""Publishing, following it, and going back."""

from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.problems import CorpusError
from corpus.site import settings_of
from corpus.typography import spaced
from indexer.generations import BuildRunning
from web.bench.desk import current_desk
from web.bench.publishing import Publisher, rolled_back
from web.bench.shown import home_of

bp = Blueprint("publication", __name__, url_prefix="/publier")


def _publisher() -> Publisher:
    publisher: Publisher = current_app.extensions["publisher"]
    return publisher


@bp.get("/")
def page() -> str:
    """What would change, what is being done, or what came of it."""
    desk = current_desk()
    return render_template(
        "bench/publication.html",
        home=home_of(desk.folder),
        publisher=_publisher(),
        address=settings_of(desk.folder).adresse,
    )


@bp.get("/etat")
def state() -> Response:
    """How far the build is."""
    publisher = _publisher()
    told: dict[str, Any] = {
        "running": publisher.is_running,
        "step": publisher.step,
        "done": publisher.done,
        "total": publisher.total,
    }
    return jsonify(told)


@bp.post("/")
def publish() -> Response:
    """Begin a build; what waits to be saved is not in it."""
    _publisher().start(force=request.form.get("force") == "oui")
    return redirect(url_for("publication.page"))


@bp.post("/revenir")
def go_back() -> Response:
    """Publish the generation before."""
    desk = current_desk()
    try:
        number = rolled_back(desk.folder)
    except BuildRunning as running:
        raise CorpusError(spaced(str(running))) from running
    _publisher().outcome = None
    return redirect(url_for("publication.page", revenu=number))

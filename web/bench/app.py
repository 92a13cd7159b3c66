"""The application of the bench: its pages and no others, for whoever was given its address."""

from pathlib import Path

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.problems import Refused
from corpus.site import settings_of
from corpus.typography import counted, number, spaced
from web.bench import adding, home, lists, publication, review, settings
from web.bench.desk import Desk
from web.bench.guard import Keys, guard
from web.bench.publishing import Publisher
from web.typography import date_in_words

MAX_BODY = 21_000_000  # bytes: a page may have twenty millions
BLUEPRINTS = (home.bp, adding.bp, review.bp, lists.bp, settings.bp, publication.bp)
_SAID = {
    403: "Cette page n’est ouverte qu’à l’adresse donnée par «\u00a0verbatheque edit\u00a0».",
    404: "Cette page n’existe pas.",
    413: "Ce fichier est trop gros.",
}


def create_bench(folder: Path, keys: Keys, preview: str = "") -> Flask:
    """Make the application; `keys` tell who may ask, `preview` is where the site is seen."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.extensions.update(desk=Desk(folder), publisher=Publisher(folder))
    guard(app, keys)
    for blueprint in BLUEPRINTS:
        prefix = "/" + keys.token + (blueprint.url_prefix or "")
        app.register_blueprint(blueprint, url_prefix=prefix)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        counted=counted, date_in_words=date_in_words, number=number, spaced=spaced
    )
    app.jinja_env.globals.update(
        csrf=keys.csrf, preview=preview, site_title=lambda: settings_of(folder).titre
    )
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _fault)
    return app


def _refused(error: Refused) -> tuple[Response | str, int]:
    """What the editor asked for cannot be done: said where it was asked."""
    return _told(spaced(str(error)), 409)


def _fault(error: HTTPException) -> tuple[Response | str, int]:
    code = error.code or 500
    return _told(spaced(_SAID.get(code, "Cette demande n’est pas comprise.")), code)


def _told(message: str, code: int) -> tuple[Response | str, int]:
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return jsonify(error=message), code
    if code == 403:
        return message, code  # the layout holds addresses: nobody else sees it
    return render_template("bench/error.html", message=message), code

"""Reviewing a write-up beside its page: each gesture is one request, answered by both sides."""

from pathlib import PurePath
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from corpus.bench.changes import CHANGES, Time, Times
from corpus.bench.workbook import ChangedOnDisk, Workbook
from corpus.moments.dating import moments_in
from corpus.moments.timing import stretches_from
from corpus.problems import CorpusError
from corpus.site import read_site
from corpus.values import value_from
from corpus.writeups.writing import moment_from
from web.bench.desk import current_desk
from web.bench.given import file_of
from web.bench.shown import people_of, review_as_json

bp = Blueprint("review", __name__, url_prefix="/webinaire/<name>")


@bp.get("/")
def page(name: str) -> str:
    """Both sides; a script fills them."""
    with current_desk().book(name) as book:
        return render_template("bench/review.html", name=name, title=book.webinar.title)


@bp.get("/etat")
def state(name: str) -> Response:
    """Both sides and, once, the lines of the page and the people of the site."""
    site = read_site(current_desk().folder)
    with current_desk().book(name) as book:
        people = [[p.name, p.role, p.organisation] for p in people_of(site)]
        lines = list(book.page.lines)
        return _both(book, stamp="", lines=lines, known=people)


@bp.post("/changer")
def change(name: str) -> Response:
    """One change, by its kind and its fields."""
    sent = _sent()
    kind, fields = CHANGES.get(str(sent.get("kind"))), sent.get("fields")
    try:
        asked = value_from(kind, fields) if kind else None
    except (ValueError, TypeError):
        asked = None
    if asked is None:
        raise CorpusError("ce changement n’est pas compris\u00a0: rechargez la page.")
    with current_desk().book(name) as book:
        book.change(asked)
        return _both(book)


@bp.post("/regler")
def settle(name: str) -> Response:
    """A doubt was looked at."""
    with current_desk().book(name) as book:
        book.settle(str(_sent().get("key", "")))
        return _both(book)


@bp.post("/aller")
def go(name: str) -> Response:
    """Undo, or do again."""
    with current_desk().book(name) as book:
        book.go(-1 if _sent().get("way") == -1 else 1)
        return _both(book)


@bp.post("/enregistrer")
def save(name: str) -> Response:
    """Write the file; what another hand wrote meanwhile is shown first."""
    with current_desk().book(name) as book:
        try:
            book.save(str(_sent().get("over", "")))
        except ChangedOnDisk:
            return _both(book)
        return _both(book)


@bp.post("/prendre")
def take_theirs(name: str) -> Response:
    """Take up what another hand wrote."""
    with current_desk().book(name) as book:
        book.take_theirs()
        return _both(book)


@bp.post("/moments")
def moments(name: str) -> Response:
    """When each verbatim was said: the sure ones are a step, the others are shown."""
    file = request.files.get("fichier")
    if not (file and file.filename):
        raise CorpusError("choisissez un fichier de sous-titres.")
    with file_of(PurePath(file.filename).name, file.read()) as path:
        stretches = stretches_from(path)
    with current_desk().book(name) as book:
        found = moments_in(book.webinar, stretches)
        sure = tuple(Time(m.verbatim.id, moment_from(m.start or 0)) for m in found if m.is_sure)
        book.change(Times(sure))
        doubtful = {
            m.verbatim.id: [moment_from(int(each.start)) for each in m.candidates]
            for m in found
            if not m.is_sure
        }
        return _both(book, found=len(sure), candidates=doubtful)


def _sent() -> dict[str, Any]:
    found = request.get_json()
    return found if isinstance(found, dict) else {}


def _both(book: Workbook, stamp: str | None = None, **more: Any) -> Response:
    """Both sides; to a tab that shows what was told last, only what changed."""
    shown = request.headers.get("X-Shown", "") if stamp is None else stamp
    return jsonify(current_desk().view(book.name, shown, review_as_json(book)) | more)

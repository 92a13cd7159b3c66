"""« Proposer une ressource »: what a visitor may send, received for the editor, never published."""

import logging
from datetime import date
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge

from corpus.proposals import (
    KEPT_DAYS,
    MAX_BYTES,
    MAX_NOTE,
    TOO_BIG,
    Offer,
    OfferRefused,
    StoreFull,
    keep,
    offer_from,
    purge,
)
from corpus.reading.formats import EXTENSIONS
from corpus.typography import spaced
from web.addresses import carry_on
from web.settings import current_settings
from web.typography import NBSP, quoted

bp = Blueprint("proposing", __name__)
bp.url_defaults(carry_on)

MAX_BODY = 2 * MAX_BYTES  # what is a little too big is read, so that its sender gets an answer
MAX_PARTS = 10
TRAP = "complement"  # a field that people do not see; programs fill in all of them
FIELDS = ("texte", "adresse", "note")
_log = logging.getLogger(__name__)


class SentFromElsewhere(OfferRefused):
    """A form of another site, posted to ours by the browser of somebody who visits it."""


class MemoryRequest(Request):
    """Holds uploads in memory: they are small here, and no byte that is refused meets the disk."""

    def _get_file_stream(self, *_args: Any, **_about: Any) -> IO[bytes]:
        return BytesIO()


def receive_proposals(app: Flask, site: Path) -> None:
    """Let the form of an application store what it gets in the folder of its site."""
    app.extensions["proposals"] = site
    app.request_class = MemoryRequest
    try:
        purge(site, date.today())
    except OSError as error:
        _log.warning("propositions périmées non effacées (%s)", error)


def is_open() -> bool:
    """Say whether visitors may send something here."""
    return current_settings().propositions.ouvertes and "proposals" in current_app.extensions


@bp.url_value_preprocessor
def _let_a_page_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Widen the limits of this one address, before anything weighs the request."""
    if endpoint == "proposing.send" and is_open():
        request.max_content_length = MAX_BODY
        request.max_form_memory_size = MAX_BODY
        request.max_form_parts = MAX_PARTS


@bp.get("/proposer")
def page() -> str:
    return _form_page()


@bp.post("/proposer")
def send() -> Response:
    if not is_open():
        raise MethodNotAllowed(
            ["GET", "HEAD", "OPTIONS"], "Ce site ne reçoit pas de proposition par ce formulaire."
        )
    sent: dict[str, str] = {}
    try:
        _refuse_other_sites()
        sent.update({name: request.form.get(name, "") for name in FIELDS})
        offer = _offer(sent)
        settings = current_settings().propositions
        keep(current_app.extensions["proposals"], offer, settings.par_jour, date.today())
    except SentFromElsewhere as refusal:
        return _refused(HTTPStatus.FORBIDDEN, str(refusal), sent)
    except OfferRefused as refusal:
        return _refused(HTTPStatus.BAD_REQUEST, str(refusal), sent)
    except StoreFull as full:
        return _refused(HTTPStatus.TOO_MANY_REQUESTS, f"{full} {_LATER}", sent)
    except OSError as error:
        _log.error("proposition non gardée (%s)", error)  # names the folder, never the visitor
        return _refused(HTTPStatus.SERVICE_UNAVAILABLE, f"{_NOT_KEPT} {_LATER}", sent)
    return cast(Response, redirect(url_for("proposing.thanks"), HTTPStatus.SEE_OTHER))


@bp.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> Response:
    """Raised before the body is received as well as while it is."""
    return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_BIG, {})


@bp.get("/proposer/merci")
def thanks() -> str:
    return render_template("proposed.html", kept_days=KEPT_DAYS)


_NOT_KEPT = f"Le site n’a pas pu garder votre envoi{NBSP}: la faute est de notre côté."
_LATER = "Réessayez demain, ou écrivez-nous."
_ELSEWHERE = "Cet envoi vient d’une autre page que celle-ci. Remplissez le formulaire ci-dessous."


def _refuse_other_sites() -> None:
    """Take what our own page sends, and programs that say nothing of where they are.

    No token in the form: there is no session nor cookie whose rights another site could use, so
    all that is left to it is to make its visitors send us something. Browsers tell that.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = {request.host, urlsplit(current_settings().adresse).netloc}
    if site:
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = origin is None or origin.partition("://")[2] in own - {""}
    if not is_ours:
        raise SentFromElsewhere(_ELSEWHERE)


def _offer(sent: dict[str, str]) -> Offer:
    if request.form.get(TRAP):
        raise OfferRefused(
            f"Le champ {quoted('Laissez ce champ vide')} était rempli{NBSP}: videz-le."
        )
    file = request.files.get("fichier")
    name, content = (file.filename or "", file.read(MAX_BYTES + 1)) if file else ("", b"")
    return offer_from(name, content, sent["texte"], sent["adresse"], sent["note"])


def _refused(status: int, reason: str, sent: dict[str, str]) -> Response:
    """The form again, with the reason and what was typed; a browser does not keep the file."""
    response = make_response(_form_page(reason, sent), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _form_page(reason: str = "", sent: dict[str, str] | None = None) -> str:
    return render_template(
        "proposing.html",
        is_open=is_open(),
        reason=spaced(reason),
        sent=sent or {},
        trap=TRAP,
        extensions=EXTENSIONS,
        max_note=MAX_NOTE,
        max_megabytes=MAX_BYTES // 1_000_000,
        kept_days=KEPT_DAYS,
    )

"""What a visitor or a program reads when something is wrong: calm, French, and what to do."""

import json
import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from corpus.problems import Unreachable
from corpus.typography import counted
from search.capacity import SearchBusy
from search.live_index import IndexMissing
from search.query import QueryRefused
from web.headers import is_frame, refuse_too_long
from web.rate_limit import TooManyRequests
from web.typography import NBSP

_log = logging.getLogger(__name__)

# Status -> what it is called, and what one can do.
SENTENCES = {
    400: ("Demande mal formée", "L’adresse contient une valeur que le site ne comprend pas."),
    403: ("Accès refusé", "Le serveur ne répond pas à cette demande."),
    404: ("Page introuvable", "Cette page n’existe pas, ou n’existe plus."),
    405: ("Action impossible ici", "Cette adresse se lit, elle ne reçoit rien."),
    413: ("Envoi trop lourd", "Ce site ne reçoit pas d’envoi de cette taille."),
    414: ("Adresse trop longue", "Raccourcissez la recherche ou retirez des filtres."),
    417: ("Demande mal formée", "Le serveur n’attend rien de plus que l’adresse."),
    429: (
        "Trop de demandes",
        "Beaucoup de demandes viennent de votre réseau en même temps, et le site garde du temps "
        "pour les autres. Patientez un instant, puis rechargez cette page.",
    ),
    431: ("En-têtes trop longs", "Le navigateur envoie trop d’en-têtes pour ce site."),
    500: (
        "Le site s’est trompé",
        "La faute est de notre côté. Réessayez dans un instant, ou cherchez autre chose.",
    ),
    503: (
        "Le site se prépare",
        f"L’index des citations n’est pas encore publié. Si vous tenez ce site{NBSP}: lancez la "
        "commande «\u00a0verbatheque build\u00a0», puis rechargez cette page.",
    ),
}


def register_errors(app: Flask) -> None:
    """Answer every error of the application in French."""
    app.before_request(refuse_too_long)
    app.register_error_handler(QueryRefused, _answer_refusal)
    app.register_error_handler(IndexMissing, _answer_missing_index)
    app.register_error_handler(SearchBusy, _answer_busy)
    app.register_error_handler(Unreachable, _answer_busy)
    app.register_error_handler(TooManyRequests, _answer_limit)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def error_response(status: int, detail: str = "") -> Response:
    """A page for a visitor, a light one in a frame, `application/problem+json` for programs."""
    is_foreign = isinstance(request.routing_exception, SecurityError)
    if is_foreign:
        detail = "Ce site ne répond pas à ce nom. Vérifiez l’adresse."
    if request.path.startswith("/api/") or request.path == "/oembed":
        body = problem(status, detail)
        return Response(body, status, mimetype="application/problem+json")
    if is_foreign:  # no link can be made
        return Response(bare_page(status, detail), status)
    title, advice = sentence_of(status)
    template = "embed_error.html" if is_frame(request.path) else "error.html"
    page = render_template(template, status=status, title=title, detail=detail or advice)
    return make_response(page, status)


def sentence_of(status: int) -> tuple[str, str]:
    """What a status is called, and what one can do."""
    return SENTENCES.get(status, ("La demande n’a pas abouti", "Reprenez la recherche."))


def problem(status: int, detail: str = "") -> str:
    """A fault told to a program."""
    title, advice = sentence_of(status)
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail or advice}
    return json.dumps(told, ensure_ascii=False)


def bare_page(status: int, detail: str = "") -> str:
    """A page without anything around it, for what is refused before the site is reached."""
    title, advice = sentence_of(status)
    return (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{detail or advice}</p>"
        '<p><a href="/">Revenir à l’accueil</a></p></html>'
    )


def _answer_refusal(error: QueryRefused) -> Response:
    return error_response(HTTPStatus.BAD_REQUEST, str(error))


def _answer_missing_index(_error: IndexMissing) -> Response:
    response = error_response(HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "30"
    return response


def _answer_busy(error: SearchBusy | Unreachable) -> Response:
    response = error_response(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    response.headers["Retry-After"] = "2"
    return response


def _answer_limit(error: TooManyRequests) -> Response:
    _title, advice = sentence_of(HTTPStatus.TOO_MANY_REQUESTS)
    detail = f"{advice} Il vous répondra de nouveau dans {counted(error.wait, 'seconde')}."
    response = error_response(HTTPStatus.TOO_MANY_REQUESTS, detail)
    response.headers["Retry-After"] = str(error.wait)
    return response


def _answer_fault(error: Exception) -> Response:
    """Note where it came from; the visitor reads that the fault is ours."""
    _log.error("erreur interne", exc_info=error)
    return error_response(HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer_http(error: HTTPException) -> Response:
    """Keep the headers of the error (« Allow »), not its English page."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())  # a redirection
    own = error.description if error.description != type(error).description else ""
    response = error_response(status, own or "")
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response

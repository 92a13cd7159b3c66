"""What a visitor or a program reads when something is wrong: calm, French, and what to do."""

import json
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, RequestURITooLarge

from search.library import IndexMissing
from search.query import QueryRefused
from web.headers import SECURITY
from web.typography import NBSP

MAX_QUERY_STRING = 64 * 1024  # longer words than the engine takes still get its own refusal

# Status -> what it is called, and what one can do.
SENTENCES = {
    400: ("Demande mal formée", "L’adresse contient une valeur que le site ne comprend pas."),
    404: ("Page introuvable", "Cette page n’existe pas, ou n’existe plus."),
    405: ("Action impossible ici", "Cette adresse se lit, elle ne reçoit rien."),
    413: ("Envoi trop lourd", "Ce site ne reçoit pas d’envoi de cette taille."),
    414: ("Adresse trop longue", "Raccourcissez la recherche ou retirez des filtres."),
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
    app.before_request(_refuse_long_address)
    app.register_error_handler(QueryRefused, _answer_refusal)
    app.register_error_handler(IndexMissing, _answer_missing_index)
    app.register_error_handler(HTTPException, _answer_http)


def error_response(status: int, detail: str = "") -> Response:
    """A page for a visitor, `application/problem+json` under /api/."""
    title, advice = SENTENCES.get(status, ("La demande n’a pas abouti", "Reprenez la recherche."))
    detail = detail or advice
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps(problem, ensure_ascii=False)
        return Response(body, status, mimetype="application/problem+json")
    page = render_template("error.html", status=status, title=title, detail=detail)
    return make_response(page, status)


def _refuse_long_address() -> None:
    if len(request.query_string) > MAX_QUERY_STRING:
        raise RequestURITooLarge


def _answer_refusal(error: QueryRefused) -> Response:
    return error_response(HTTPStatus.BAD_REQUEST, str(error))


def _answer_missing_index(_error: IndexMissing) -> Response:
    response = error_response(HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "30"
    return response


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


def bare_error_page(status: int, title: str, detail: str) -> bytes:
    """A whole HTTP answer, for a request that the server refused before the application."""
    body = (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{detail}</p>"
        '<p><a href="/">Revenir à l’accueil</a></p></html>'
    ).encode()
    security = "".join(f"{name}: {value}\r\n" for name, value in SECURITY.items())
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n{security}\r\n"
    )
    return head.encode("ascii") + body

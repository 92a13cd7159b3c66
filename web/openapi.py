"""The description of the API: OpenAPI 3.1 for programs, /api for those who write them."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template

from search.query import MAX_CHARACTERS, MAX_PAGE, PAGE_SIZE
from search.suggestions import DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS
from web.api import as_json
from web.api_lists import LIST_SIZE
from web.api_schemas import SCHEMAS, Schema, ref, text
from web.freshness import held_or
from web.reading import current_reading, current_settings
from web.request_query import KINDS, MAX_LIMIT, MAX_VALUE_CHARACTERS, MAX_VALUES, ORDERS
from web.typography import NBSP

bp = Blueprint("openapi", __name__)

API_VERSION = "1.0.0"
REFUSALS = {
    "400": "Une valeur n’est pas admise.",
    "429": "Trop de demandes\u202f; Retry-After dit quand revenir.",
    "503": "Aucun index publié, ou trop de recherches\u202f; Retry-After dit quand revenir.",
}
_YEAR = "[1-9][0-9]{3}"
_MONTH_AND_DAY = "|".join(
    (
        "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])",
        "(0[469]|11)-(0[1-9]|[12][0-9]|30)",
        "02-(0[1-9]|1[0-9]|2[0-8])",
    )
)
MISSING = {"404": "Cela n’existe pas, ou n’est plus publié."}


def described(address: str, title: str, themes: Iterable[str]) -> dict[str, Any]:
    """The document; `address` is the root of the site, `title` its name, `themes` their ids."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}{NBSP}: ce qui s’est dit, mot pour mot",
            "version": API_VERSION,
            "description": "Lecture seule, sans clé. Les réponses ne changent qu’avec l’index, et "
            "leur ETag avec elles. Un paramètre inconnu est ignoré.",
        },
        "servers": [{"url": address.rstrip("/") or "/"}],
        "paths": {
            path: {"get": {"operationId": name, "summary": summary, **operation}}
            for path, (name, summary, operation) in _operations(themes).items()
        },
        "components": {"schemas": SCHEMAS},
    }


def _operations(themes: Iterable[str]) -> dict[str, tuple[str, str, Schema]]:
    """For each path: the name of its operation, what it gives, its parameters and answers."""
    return {
        "/api/v1/search": (
            "search",
            "Chercher dans les citations et les idées clés",
            _operation("Answer", *_search_parameters(themes)),
        ),
        "/api/v1/suggest": (
            "suggest",
            "Compléter ce qui est en train d’être écrit",
            _operation(
                "Suggestions",
                _words(),
                _number("limit", 1, MAX_SUGGESTIONS, DEFAULT_SUGGESTIONS),
            ),
        ),
        "/api/v1/verbatims/{id}": ("verbatim", "Une citation", _one("Document", "id")),
        "/api/v1/webinars": ("webinars", "Les webinaires", _operation("Webinars", *_paging())),
        "/api/v1/webinars/{id}": (
            "webinar",
            "Un webinaire, ses idées clés et ses citations dans l’ordre",
            _one("WebinarPage", "id"),
        ),
        "/api/v1/themes": ("themes", "Les thèmes", _operation("Themes", *_paging())),
        "/api/v1/themes/{slug}": (
            "theme",
            "Un thème, ses citations les plus fortes d’abord",
            _one("Theme", "slug", *_paging()),
        ),
        "/api/v1/speakers": ("speakers", "Les personnes", _operation("Speakers", *_paging())),
        "/api/v1/speakers/{id}": (
            "speaker",
            "Une personne, ses citations les plus récentes d’abord",
            _one("Speaker", "id", *_paging()),
        ),
    }


def _operation(schema: str, *parameters: Schema, missing: bool = False) -> Schema:
    content = {"application/json": {"schema": ref(schema)}}
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    refusals = {**REFUSALS, **(MISSING if missing else {})}
    return {
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "La réponse.", "content": content},
            "304": {"description": "La réponse que vous avez déjà (If-None-Match)."},
            **{
                status: {"description": said, "content": problem}
                for status, said in sorted(refusals.items())
            },
        },
    }


def _one(schema: str, name: str, *parameters: Schema) -> Schema:
    place = {"name": name, "in": "path", "required": True, "schema": text()}
    return _operation(schema, place, *parameters, missing=True)


def _search_parameters(themes: Iterable[str]) -> list[Schema]:
    filters = [
        _parameter(name, {"type": "array", "maxItems": MAX_VALUES, "items": items}, said)
        for name, (items, said) in _filters(themes).items()
    ]
    day = text(pattern=f"^({_YEAR}(-({_MONTH_AND_DAY}))?)?$")
    return [
        _words(),
        *filters,
        _parameter("du", day, "Premier jour, ou première année."),
        _parameter("au", day, "Dernier jour, ou dernière année."),
        _parameter("tri", _choice(ORDERS), "Par thème quand il y a des mots, sinon par date."),
        _switch("tous", "Tous les mots."),
        _switch("exact", "Les mots tels qu’ils sont écrits."),
        _switch("sans_sigles", "Sans les sigles ni les synonymes."),
        _switch("pourquoi", "Dire pour chaque réponse pourquoi elle est là."),
        _switch("une_par_personne", "La première citation de chacun."),
        _number("limit", 1, MAX_LIMIT, PAGE_SIZE),
        _number("page", 1, MAX_PAGE, 1),
    ]


def _filters(themes: Iterable[str]) -> dict[str, tuple[Schema, str]]:
    """The filters, each of which may be given several times: one value or another."""
    known = text(maxLength=MAX_VALUE_CHARACTERS)
    return {
        "theme": (_choice(themes), "Thème, par son identifiant."),
        "intervenant": (known, "Personne, par son identifiant."),
        "organisation": (known, "Organisation, par son identifiant."),
        "webinaire": (known, "Webinaire, par son identifiant."),
        "type": (_choice(KINDS), "Sorte de texte."),
        "annee": (text(pattern=f"^({_YEAR})?$"), "Année."),
    }


def _choice(values: Iterable[str]) -> Schema:
    """One of these; an empty one, as forms send it, counts as none."""
    return {"enum": [*values, ""]}


def _paging() -> list[Schema]:
    return [_number("limit", 1, MAX_LIMIT, LIST_SIZE), _number("page", 1, MAX_PAGE, 1)]


def _words() -> Schema:
    return _parameter("q", text(maxLength=MAX_CHARACTERS), "Les mots cherchés.")


def _switch(name: str, said: str) -> Schema:
    return _parameter(name, _choice(("0", "1")), said)


def _number(name: str, least: int, most: int, usual: int) -> Schema:
    bounds = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    said = "Numéro de page." if name == "page" else "Nombre de lignes."
    return _parameter(name, bounds, said)


def _parameter(name: str, schema: Schema, said: str) -> Schema:
    return {"name": name, "in": "query", "schema": schema, "description": said}


@bp.get("/api/v1/openapi.json")
def document() -> Response:
    return held_or(lambda: as_json(_document()))


@bp.get("/api")
def page() -> Response:
    return held_or(lambda: Response(render_template("api.html", document=_document())))


def _document() -> dict[str, Any]:
    settings = current_settings()
    themes = [theme.id for theme in current_reading().overview().themes]
    return described(settings.adresse, settings.titre, themes)

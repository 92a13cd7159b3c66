"""The description of the API: OpenAPI 3.1 for programs, /api for those who write them."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, render_template

from search.query import MAX_CHARACTERS, MAX_PAGE, PAGE_SIZE
from search.suggestions import DEFAULT_SUGGESTIONS, MAX_SUGGESTIONS
from web.addresses import (
    KINDS,
    LIST_SIZE,
    MAX_LIMIT,
    MAX_VALUE_CHARACTERS,
    MAX_VALUES,
    MEANING,
    ORDERS,
)
from web.headers import json_answer
from web.reading import current_reading, held_or
from web.settings import current_settings
from web.typography import NBSP

Schema = dict[str, Any]


def text(description: str = "", **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def whole(description: str = "", least: int = 0) -> Schema:
    told = {"description": description} if description else {}
    return {"type": "integer", "minimum": least, **told}


def many(items: Schema, said: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": said} if said else {})}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def record(**properties: Schema) -> Schema:
    """An object that has all these properties; later versions of the API may add others."""
    return {"type": "object", "required": list(properties), "properties": properties}


def also(*schemas: Schema) -> Schema:
    return {"allOf": list(schemas)}


NUMBER: Schema = {"type": "number"}
DAY = text("Jour, AAAA-MM-JJ.", format="date")
ADDRESS = text("Adresse absolue.")
SPAN: Schema = {
    "type": "array",
    "items": whole(),
    "minItems": 2,
    "maxItems": 2,
    "description": "Début et fin, en caractères Unicode, d’un passage à surligner dans text.",
}
PAGED = record(
    total=whole("Lignes en tout."),
    page=whole("Cette page.", 1),
    pages=whole("Pages en tout."),
)
PERSON = record(
    id=text("Identifiant de la personne\u202f; vide pour qui n’est pas nommé."),
    name=text(),
    role=maybe(text()),
    organisation=maybe(text()),
)
WEBINAR = record(
    id=text(),
    title=text(),
    held_on=maybe(DAY),
    url=maybe(text("Adresse de l’article.")),
)
WEBINAR_NAMED = also(ref("Webinar"), record(page_url=ADDRESS))
DOCUMENT = record(
    id=text(),
    kind={"enum": ["verbatim", "idee"]},
    text=text("Les mots mêmes, à la lettre près."),
    speaker=maybe(text()),
    role=maybe(text("Fonction de la personne, ce jour-là.")),
    organisation=maybe(text()),
    webinar=ref("Webinar"),
    key_idea={
        "oneOf": [
            record(id=text(), number=whole("", 1), text=text()),
            {"type": "null"},
        ]
    },
    themes=many(record(slug=text(), affinity=NUMBER)),
    start=maybe(whole("Secondes depuis le début de l’enregistrement.")),
    replay_at_moment=maybe(text("La rediffusion, à cette seconde.", format="uri")),
    url=ADDRESS,
)
HIT = also(
    ref("Document"),
    record(
        score=NUMBER,
        highlights=many(SPAN),
        via={
            "enum": ["nom", "fonction", "organisation", "idee", "sens", None],
            "description": "Ce qui répond quand la citation ne dit aucun des mots.",
        },
        par_le_sens={"type": "boolean", "description": "Est-elle là par son seul sens\u202f?"},
    ),
    {"properties": {"explanation": {"type": "object"}}},
)
ANSWER = also(
    PAGED,
    record(
        query=text(),
        total_all=whole("Réponses qui contiennent tous les mots."),
        repaired=maybe(text("La recherche qui a été faite à la place, ou null.")),
        suggestion=maybe({"type": "object"}),
        notes=many(text()),
        culprits=many(text("Un mot qui n’a rien trouvé.")),
        without=many({"type": "object"}),
        near_themes=many({"type": "object"}),
        total_said_by=whole("Citations qui ne répondent que par qui parle, hors du total."),
        said_by=many(record(name=text(), value=text(), label=text(), count=whole())),
        hits=many(ref("Hit")),
        par_le_sens=many(ref("Hit"), "Dix citations proches par le sens, au plus, hors du total."),
        themes=many(record(slug=text(), label=text(), score=NUMBER, hits=many(text()))),
        facets={
            "type": "object",
            "additionalProperties": many(record(value=text(), label=text(), count=whole())),
        },
        took_ms=NUMBER,
    ),
)
SUGGESTIONS = record(
    query=text(),
    groups=many(
        record(
            name=text(),
            label=text(),
            suggestions=many(record(value=text(), label=text(), count=whole(), url=ADDRESS)),
        )
    ),
)
THEME_LINE = record(slug=text(), label=text(), count=whole(), url=ADDRESS)
SPEAKER_LINE = record(id=text(), name=text(), count=whole(), url=ADDRESS)
PROBLEM = record(
    type=text(), title=text(), status=whole("", 400), detail=text("Ce qu’il faut changer.")
)

SCHEMAS: dict[str, Schema] = {
    "Answer": ANSWER,
    "Document": DOCUMENT,
    "Hit": HIT,
    "Problem": PROBLEM,
    "Person": PERSON,
    "Suggestions": SUGGESTIONS,
    "Webinar": WEBINAR,
    "Webinars": also(
        PAGED,
        record(
            webinars=many(also(WEBINAR_NAMED, record(key_ideas=whole(), verbatims=whole()))),
        ),
    ),
    "WebinarPage": also(
        WEBINAR_NAMED,
        record(
            published_on=maybe(DAY),
            introduction=maybe(text()),
            words=whole("Mots à lire."),
            speakers=many(ref("Person")),
            key_ideas=many(also(ref("Document"), record(verbatims=many(ref("Document"))))),
            verbatims=many(ref("Document")),
        ),
    ),
    "Themes": also(PAGED, record(themes=many(THEME_LINE))),
    "Theme": also(
        PAGED,
        record(
            slug=text(),
            label=text(),
            description=maybe(text()),
            url=ADDRESS,
            years=many(record(year=whole(), count=whole())),
            speakers=many(SPEAKER_LINE),
            verbatims=many(ref("Document")),
        ),
    ),
    "Speakers": also(PAGED, record(speakers=many(SPEAKER_LINE))),
    "Speaker": also(
        PAGED,
        record(
            id=text(),
            name=text(),
            url=ADDRESS,
            roles=many(ref("Person")),
            themes=many(THEME_LINE),
            homonyms=many(ref("Person")),
            verbatims=many(ref("Document")),
        ),
    ),
}


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
        _parameter("sens", _choice(MEANING), "Avec ou sans les citations proches par le sens."),
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
    return held_or(lambda: json_answer(_document()))


@bp.get("/api")
def page() -> Response:
    return held_or(lambda: Response(render_template("api.html", document=_document())))


def _document() -> dict[str, Any]:
    settings = current_settings()
    themes = [theme.id for theme in current_reading().overview().themes]
    return described(settings.adresse, settings.titre, themes)

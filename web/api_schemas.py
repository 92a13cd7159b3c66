"""The shapes of what the API answers, as JSON Schema (draft 2020-12, that of OpenAPI 3.1)."""

from typing import Any

Schema = dict[str, Any]


def text(description: str = "", **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def whole(description: str = "", least: int = 0) -> Schema:
    told = {"description": description} if description else {}
    return {"type": "integer", "minimum": least, **told}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


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
    url=ADDRESS,
)
HIT = also(
    ref("Document"),
    record(score=NUMBER, highlights=many(SPAN)),
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
        hits=many(ref("Hit")),
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

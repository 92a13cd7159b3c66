"""Pictures of a quote: `/verbatim/<id>.png` and `.svg`, wide or (`?format=carre`) square."""

from flask import Blueprint, Response, abort, request

from search.answer import Document
from search.query import QueryRefused
from web.citation_files import published
from web.freshness import held_or
from web.pictures.card import SQUARE, WIDE, card_from
from web.pictures.fonts import is_drawable
from web.reading import current_settings
from web.typography import quoted

bp = Blueprint("pictures", __name__)

FORMATS = {"": WIDE, "carre": SQUARE}
MAX_AGE = 3600  # seconds: a picture of a quote that is withdrawn leaves the caches within the hour

_UNDRAWABLE = (
    "Cette citation contient un caractère que l’image PNG ne sait pas écrire. Prenez l’image SVG."
)


@bp.get("/verbatim/<document_id>.<any(png, svg):kind>")
def picture(document_id: str, kind: str) -> Response:
    said = published(document_id, "verbatim")
    asked = request.args.get("format", "")
    if asked not in FORMATS:
        raise QueryRefused(
            f"Le format {quoted(asked[:40])} n’existe pas. Choisissez {quoted('carre')}, "
            "ou retirez-le pour une image large."
        )
    if kind == "png" and not has_png(said):
        abort(404, _UNDRAWABLE)

    def make() -> Response:
        card = card_from(said, current_settings().titre, FORMATS[asked])
        if kind == "svg":
            from web.pictures.svg import svg

            return Response(svg(card), mimetype="image/svg+xml")
        from web.pictures.png import png

        return Response(png(card), mimetype="image/png")

    return held_or(make, MAX_AGE)


def has_png(said: Document) -> bool:
    """Say whether our fonts can write all that the picture of a quote shows."""
    shown = (said.text, said.speaker, said.role, said.organisation, said.webinar.title)
    return all(map(is_drawable, (*shown, current_settings().titre)))

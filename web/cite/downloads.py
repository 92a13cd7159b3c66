"""What one takes away of a quote: its citation in every form, and its picture."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, request

from search.answer import Document, Kind
from search.query import QueryRefused
from web.cite.card import SQUARE, WIDE, card_from, is_drawable
from web.cite.citation import Citation, citation_from
from web.cite.forms import apa, bibtex, csl, ris
from web.reading import held_or, published
from web.settings import current_settings
from web.typography import quoted

bp = Blueprint("downloads", __name__)


def _csl_text(citation: Citation) -> str:
    return json.dumps(csl(citation), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of citation: its name for a visitor, its media type, how it is written."""

    label: str
    media_type: str
    write: Callable[[Citation], str]


FORMS = {
    "txt": Form("APA", "text/plain", lambda citation: apa(citation) + "\n"),
    "bib": Form("BibTeX", "application/x-bibtex", bibtex),
    "ris": Form("RIS", "application/x-research-info-systems", ris),
    "json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", _csl_text),
}
_ANY = f"any({', '.join(FORMS)})"


@bp.get(f"/verbatim/<document_id>.<{_ANY}:form>")
def of_verbatim(document_id: str, form: str) -> Response:
    return _download(document_id, "verbatim", form)


@bp.get(f"/idee/<document_id>.<{_ANY}:form>")
def of_idea(document_id: str, form: str) -> Response:
    return _download(document_id, "idee", form)


def written_forms(document: Document) -> list[tuple[str, Form, str]]:
    """Each form of the citation of a document: its ending, what it is, what it says."""
    citation = citation_from(document, current_settings())
    return [(ending, form, form.write(citation)) for ending, form in FORMS.items()]


def _download(document_id: str, kind: Kind, ending: str) -> Response:
    citation = citation_from(published(document_id, kind), current_settings())
    form = FORMS[ending]

    def make() -> Response:
        # A charset for every type: French text, and clients that guess.
        response = Response(form.write(citation), content_type=f"{form.media_type}; charset=utf-8")
        response.headers["X-Robots-Tag"] = "noindex"  # the page is what should be found
        response.headers["Content-Disposition"] = f'attachment; filename="{citation.key}.{ending}"'
        return response

    return held_or(make)


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
            from web.cite.drawing import svg

            return Response(svg(card), mimetype="image/svg+xml")
        from web.cite.drawing import png

        return Response(png(card), mimetype="image/png")

    return held_or(make, MAX_AGE)


def has_png(said: Document) -> bool:
    """Say whether our fonts can write all that the picture of a quote shows."""
    shown = (said.text, said.speaker, said.role, said.organisation, said.webinar.title)
    return all(map(is_drawable, (*shown, current_settings().titre)))

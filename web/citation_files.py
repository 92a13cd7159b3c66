"""Citations to download: `/verbatim/<id>.bib`, `.ris`, `.json`, `.txt`; the same of an idea."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, abort

from search.answer import Document, Kind
from web.citations.apa import apa
from web.citations.bibtex import bibtex
from web.citations.citation import Citation, citation_from
from web.citations.csl import csl
from web.citations.ris import ris
from web.freshness import held_or
from web.reading import current_reading, current_settings

bp = Blueprint("citations", __name__)


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


def published(document_id: str, kind: Kind) -> Document:
    """The document that has this id; 404 when there is none of this kind."""
    found = current_reading().document(document_id)
    if found is None or found.kind != kind:
        what = "citation" if kind == "verbatim" else "idée clé"
        abort(404, f"Cette {what} n’existe pas, ou n’est plus publiée.")
    return found


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

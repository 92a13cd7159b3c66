"""The page of the basket, and its files to take away."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, abort, render_template

from search.answer import Document
from web.basket import Basket, current_basket
from web.basket_files import csv_of, docx_of, markdown_of
from web.export_rows import Origin
from web.freshness import held
from web.reading import current_reading, current_settings
from web.typography import NBSP

bp = Blueprint("basket", __name__)

FILES: dict[str, tuple[str, Callable[[Sequence[Document], Origin], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_of),
    "csv": ("text/csv; charset=utf-8", csv_of),
    "md": ("text/markdown; charset=utf-8", markdown_of),
}


@bp.get("/panier")
@held
def page() -> str:
    basket = current_basket()
    chosen = _chosen(basket)
    lost = len(basket) - len(chosen)
    return render_template("basket.html", chosen=chosen, lost=lost)


@bp.get(f"/panier.<any({', '.join(FILES)}):kind>")
def file(kind: str) -> Response:
    chosen = _chosen(current_basket())
    if not chosen:
        abort(404, f"Ce panier est vide{NBSP}: ajoutez d’abord des citations.")
    media_type, made = FILES[kind]
    settings, built_at = current_settings(), current_reading().health().built_at
    origin = Origin(settings.titre, settings.adresse, settings.licence, built_at)
    response = Response(made(chosen, origin), content_type=media_type)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = f'attachment; filename="citations.{kind}"'
    return response


def _chosen(basket: Basket) -> list[Document]:
    """The quotes of a basket that are still published, in its order."""
    reading = current_reading()
    found = (reading.document(document_id) for document_id in basket.ids)
    return [document for document in found if document]

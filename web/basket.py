"""The basket: chosen quotes, in the visitor's order, kept in the address; its page, its files."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, abort, g, render_template, request, url_for

from search.answer import Document
from search.query import QueryRefused
from web.addresses import BASKET, carry_on, keep_basket
from web.cite.forms import Origin, csv_lines
from web.reading import current_reading, held
from web.settings import current_settings
from web.typography import NBSP, date_in_words, fit_for_xml, quoted

MOST = 50
_SEPARATOR = "."
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Basket:
    """The ids of the chosen quotes, each once."""

    ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, document_id: str) -> bool:
        return document_id in self.ids

    def __str__(self) -> str:
        return _SEPARATOR.join(self.ids)

    @property
    def is_full(self) -> bool:
        """Say whether no quote can be added."""
        return len(self.ids) >= MOST

    def toggled(self, document_id: str) -> "Basket":
        """With a quote put last, or without it."""
        if document_id in self.ids:
            return Basket(tuple(one for one in self.ids if one != document_id))
        return Basket((*self.ids, document_id))

    def moved(self, document_id: str, step: int) -> "Basket":
        """With a quote a few places further; it stops at either end."""
        others = [one for one in self.ids if one != document_id]
        place = self.ids.index(document_id) + step
        others.insert(max(0, min(len(others), place)), document_id)
        return Basket(tuple(others))


def basket_from(values: Sequence[str]) -> Basket:
    """Read the basket of an address; raise `QueryRefused` when it cannot be one."""
    ids = tuple(dict.fromkeys(one for value in values for one in value.split(_SEPARATOR) if one))
    if len(ids) > MOST:
        raise QueryRefused(f"Un panier tient {MOST} citations au plus.")
    if not all(map(_ID.fullmatch, ids)):
        raise QueryRefused("Ce panier contient un identifiant qui n’en est pas un.")
    return Basket(ids)


def current_basket() -> Basket:
    """The basket of this request."""
    if "basket" not in g:
        g.basket = basket_from(request.args.getlist(BASKET))
    basket: Basket = g.basket
    return basket


def shown_basket() -> Basket:
    """The same for a page of something else: a basket that is none is left to its own page."""
    try:
        return current_basket()
    except QueryRefused:
        return Basket()


def basket_address(basket: Basket, kind: str = "") -> str:
    """The page of a basket, or its file (« docx », « md », « csv »)."""
    held = str(basket) or None
    if kind:
        return url_for("basket.file", kind=kind, panier=held)
    return url_for("basket.page", panier=held)


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])", re.MULTILINE)  # of a list, under a title


def csv_of(documents: Sequence[Document], origin: Origin) -> bytes:
    """The columns of every other export."""
    return "".join(csv_lines(documents, origin)).encode("utf-8", "replace")


def markdown_of(documents: Sequence[Document], origin: Origin) -> bytes:
    """Each quote as a blockquote with its source; marks of Markdown in it are escaped."""
    return "\n".join(_markdown_lines(documents, origin)).encode("utf-8", "replace")


def _markdown_lines(documents: Sequence[Document], origin: Origin) -> Iterator[str]:
    yield f"# {escaped(origin.site)}"
    for document in documents:
        yield ""
        for line in quoted(document.text).splitlines():
            yield f"> {escaped(line)}".rstrip()
        yield ">"
        yield f"> — {escaped(source_of(document))}  "
        yield f"> <{origin.link(document)}>"
    yield ""


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def source_of(document: Document) -> str:
    """Who said it, where and when, on one line."""
    who = ", ".join(filter(None, (document.speaker, document.role, document.organisation)))
    held_on = document.webinar.held_on
    where = quoted(document.webinar.title) + (f", {date_in_words(held_on)}" if held_on else "")
    return f"{who}, {where}" if who else where


def docx_of(documents: Sequence[Document], origin: Origin) -> bytes:
    """A Word document: quotes in the style « Quote », each followed by its source."""
    from docx import Document as WordDocument  # slow to import: only when somebody asks

    file = WordDocument()
    file.core_properties.title = fit_for_xml(origin.site)
    file.core_properties.author = ""
    file.core_properties.language = "fr-FR"
    file.add_heading(fit_for_xml(origin.site), 1)
    for document in documents:
        file.add_paragraph(fit_for_xml(quoted(document.text)), style="Quote")
        file.add_paragraph(fit_for_xml(f"— {source_of(document)}"))
        file.add_paragraph(origin.link(document))
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


bp = Blueprint("basket", __name__)
bp.before_app_request(keep_basket)
bp.url_defaults(carry_on)

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

"""The page of a basket, and its files."""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from flask import Blueprint, Response, abort, render_template

from corpus.typography import in_sentence
from search.answer import Document
from web.addresses import carry_on, keep_basket
from web.basket import current_basket
from web.cite.forms import Origin, csv_lines
from web.reading import current_reading, held, still_published
from web.settings import current_settings
from web.typography import NBSP, date_in_words, fit_for_xml, quoted

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
    said_by = document.speaker, in_sentence(document.role), document.organisation
    who = ", ".join(filter(None, said_by))
    held_on = document.webinar.held_on
    where = quoted(document.webinar.title) + (f" ({date_in_words(held_on)})" if held_on else "")
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
    chosen = still_published(basket.ids)
    lost = len(basket) - len(chosen)
    return render_template("basket.html", chosen=chosen, lost=lost)


@bp.get(f"/panier.<any({', '.join(FILES)}):kind>")
def file(kind: str) -> Response:
    chosen = still_published(current_basket().ids)
    if not chosen:
        abort(404, f"Ce panier est vide{NBSP}: ajoutez d’abord des citations.")
    media_type, made = FILES[kind]
    settings, built_at = current_settings(), current_reading().health().built_at
    origin = Origin(settings.titre, settings.adresse, settings.licence, built_at)
    response = Response(made(chosen, origin), content_type=media_type)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = f'attachment; filename="citations.{kind}"'
    return response

"""A basket as a file: Word, Markdown to paste elsewhere, a table for a spreadsheet."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from search.answer import Document
from web.export_rows import Origin, csv_lines
from web.typography import date_in_words, quoted

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])", re.MULTILINE)  # of a list, under a title
# Characters that XML cannot hold; none belongs to a spoken word.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    file.core_properties.title = _for_xml(origin.site)
    file.core_properties.author = ""
    file.core_properties.language = "fr-FR"
    file.add_heading(_for_xml(origin.site), 1)
    for document in documents:
        file.add_paragraph(_for_xml(quoted(document.text)), style="Quote")
        file.add_paragraph(_for_xml(f"— {source_of(document)}"))
        file.add_paragraph(origin.link(document))
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _for_xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)

"""Which reader reads which format."""

from corpus.pages.blocks import Page, Reader
from corpus.pages.formats import Format
from corpus.pages.html import page_from_html
from corpus.pages.markdown import page_from_markdown
from corpus.pages.plain_text import page_from_text
from corpus.pages.transcript import page_from_srt, page_from_vtt
from corpus.pages.word import page_from_docx

READERS: dict[Format, Reader] = {
    Format.TEXT: page_from_text,
    Format.MARKDOWN: page_from_markdown,
    Format.HTML: page_from_html,
    Format.VTT: page_from_vtt,
    Format.SRT: page_from_srt,
    Format.WORD: page_from_docx,
}


def page_from_bytes(data: bytes, kind: Format) -> Page:
    """Read a page here and now; what comes from outside goes through `confined` instead."""
    return READERS[kind](data)

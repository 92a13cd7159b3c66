"""Reader of PDF documents: letters with their place and size become lines, then paragraphs.

Running heads, page numbers and notes are left out. Nothing that a PDF would run, fetch or open is.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.problems import CorpusError
from corpus.reading.blocks import Page
from corpus.reading.declared import Sign, VideoLink, is_video, replay_among
from corpus.reading.formats import looks_like
from corpus.reading.pdf.letters import COPY_TEXT
from corpus.reading.pdf.lines import Line, lines_on
from corpus.reading.pdf.margins import without_margins
from corpus.reading.pdf.paragraphs import blocks_of
from corpus.reading.word import clean

MAX_PAGES = 100  # half of the time that reading has, on a busy machine


def page_from_pdf(data: bytes) -> Page:
    """Read a document; what is encrypted, scanned, broken or too long is refused in French."""
    if not looks_like(data, ".pdf"):
        raise CorpusError("ce fichier n’est pas un PDF malgré son nom.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(error) from error
    if len(document) > MAX_PAGES:
        raise CorpusError(
            f"ce PDF a {len(document)} pages (limite {MAX_PAGES}) : imprimez les pages utiles "
            "dans un autre PDF."
        )
    lines = [line for number in range(len(document)) for line in lines_on(document, number)]
    _require_letters(lines)
    replay_url, problems = replay_among(_videos(document))
    return Page(
        tuple(blocks_of(without_margins(lines))),
        title=_title_of(document),
        is_title_weak=True,
        replay_url=replay_url,
        problems=problems,
    )


def _not_opened(error: pypdfium2.PdfiumError) -> CorpusError:
    if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return CorpusError("ce PDF est protégé par un mot de passe : ôtez-le d’abord.")
    return CorpusError(
        "ce PDF est abîmé, ou n’a pas de page : enregistrez-le à nouveau depuis son logiciel."
    )


def _require_letters(lines: Sequence[Line]) -> None:
    letters = "".join(line.text for line in lines)
    if not letters:
        raise CorpusError(
            "ce PDF n’a pas de texte, sans doute parce qu’il a été numérisé : faites-y reconnaître "
            f"les caractères (OCR), ou {COPY_TEXT}."
        )
    unknown = sum(unicodedata.category(c) in {"Co", "Cn"} or c == "\ufffd" for c in letters)
    if unknown * 3 > len(letters):
        raise CorpusError(f"les lettres de ce PDF ne se laissent pas reconnaître : {COPY_TEXT}.")


_PROGRAM = re.compile(
    r"^(?:Microsoft \w+ - .*|untitled|\(anonymous\)|sans titre|document\d*|.*\.(?:docx?|odt|pdf"
    r"|indd|pptx?|rtf))$",
    re.IGNORECASE,
)


def _title_of(document: pypdfium2.PdfDocument) -> str:
    title = clean(document.get_metadata_value("Title"))
    return "" if _PROGRAM.search(title) else title


def _videos(document: pypdfium2.PdfDocument) -> Iterator[VideoLink]:
    """Where the links of the pages lead that are films."""
    buffer = ctypes.create_string_buffer(2_000)
    for number in range(len(document)):
        page, at, link = document[number], ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, at, link):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
            url = buffer.value.decode("ascii", "replace") if 0 < size <= len(buffer) else ""
            if is_video(url):
                yield VideoLink(url, Sign.LINKED)
        page.close()

"""Which reader reads which format."""

import codecs
import json
import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import docx

from corpus.extraction.extracted import Reading
from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.blocks import Page, Reader
from corpus.reading.confined import Limits, bind_to
from corpus.reading.feeds import page_from_feed
from corpus.reading.formats import Format
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown
from corpus.reading.odt import page_from_odt
from corpus.reading.pdf.document import page_from_pdf
from corpus.reading.plain_text import garbled, page_from_text
from corpus.reading.transcript import page_from_srt, page_from_vtt, with_turns
from corpus.reading.word import page_from_docx
from corpus.values import json_from

READERS: dict[Format, Reader] = {
    Format.TEXT: page_from_text,
    Format.MARKDOWN: page_from_markdown,
    Format.HTML: page_from_html,
    Format.VTT: page_from_vtt,
    Format.SRT: page_from_srt,
    Format.WORD: page_from_docx,
    Format.ODT: page_from_odt,
    Format.PDF: page_from_pdf,
    Format.FEED: page_from_feed,
}


def page_from_bytes(data: bytes, kind: Format) -> Page:
    """Read a page here and now; what comes from outside goes through `confined` instead."""
    page = READERS[kind](data)
    doubts = garbled((block.line, block.text) for block in page.blocks)
    return with_turns(replace(page, doubts=(*page.doubts, *doubts)))


_MAX_ANSWER = 100_000_000  # bytes

# What the readers load at first use must be there before nothing can be opened any more.
_REHEARSAL = {
    Format.TEXT: "Une rencontre\n\nPublié le mardi 12 mars 2024, à 10 h\n« Une citation. » Ana Lu",
    Format.MARKDOWN: "---\ntitle: T\ndate: 2024-03-12\n---\n# T\n\n> Une citation.\n> — Ana Lu\n",
    Format.HTML: "<h1>T</h1><p>Le 3 avril 2023, « une citation » — Ana Lu</p>",
    Format.VTT: "WEBVTT\n\n00:05.000 --> 00:09.000\n<v Ana Lu>Une phrase.\n",
    Format.FEED: "<rss><channel><item><link>https://a.fr/</link></item></channel></rss>",
    Format.SRT: "1\n00:00:05,000 --> 00:00:09,000\nUne phrase.\n",
}
_BLANK_DOCUMENT = Path(docx.__file__).parent / "templates" / "default.docx"
_CODECS = (
    "cp1252",
    "iso8859_15",
    "mac_roman",
    "cp437",
    "latin-1",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
)


def main() -> None:
    """Answer each request, a line of JSON and the bytes of a page, with a line of JSON."""
    _rehearse()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        data = sys.stdin.buffer.read(request["size"])
        limits = Limits(**request["limits"])
        sys.stdout.buffer.write(_answer(data, Format(request["format"]), limits) + b"\n")
        sys.stdout.buffer.flush()


def _rehearse() -> None:
    for kind, text in _REHEARSAL.items():
        extraction_from(page_from_bytes(text.encode(), kind))
    page_from_bytes(_BLANK_DOCUMENT.read_bytes(), Format.WORD)
    Counter("").most_common(1)  # it imports a module at first use
    for name in _CODECS:
        codecs.lookup(name)


def _answer(data: bytes, kind: Format, limits: Limits) -> bytes:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_end(data, kind, limits, writing)
    os.close(writing)
    with open(reading, "rb") as pipe:
        answer = pipe.read(_MAX_ANSWER)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return _told("killed", os.WTERMSIG(status))
    # One line, whatever was written: the next answer is that of another page.
    return answer.replace(b"\n", b" ") or _told("killed", 0)


def _answer_and_end(data: bytes, kind: Format, limits: Limits, writing: int) -> NoReturn:
    try:
        os.closerange(0, 2)  # the answers are not for it to write, nor the next page to read
        bind_to(limits)
        answer = memoryview(_read(data, kind))
        while answer:
            answer = answer[os.write(writing, answer) :]
    finally:
        os._exit(0)


def _read(data: bytes, kind: Format) -> bytes:
    try:
        page = page_from_bytes(data, kind)
        return b'{"read": ' + json_from(Reading(page, extraction_from(page))) + b"}"
    except CorpusError as error:
        return _told("refused", str(error))
    except MemoryError:
        return _told("memory", "")
    except RecursionError:
        return _told("nested", "")
    except Exception as error:
        return _told("defect", type(error).__name__)


def _told(outcome: str, detail: Any) -> bytes:
    return json.dumps({outcome: detail}).encode("ascii")


if __name__ == "__main__":
    main()

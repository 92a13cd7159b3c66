"""The process where pages from outside are read, started by `corpus.pages.confined`.

It forks for each page. The fork has little memory, little time and no file descriptor to open, so
no file and no connection; it dies with what it read. This process never looks into a page itself.
"""

import codecs
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import docx

from corpus.pages.extracted import Reading
from corpus.pages.extraction import extraction_from
from corpus.pages.formats import Format
from corpus.pages.json_values import json_from
from corpus.pages.limits import Limits, bind_to
from corpus.pages.readers import page_from_bytes
from corpus.problem import CorpusError

_MAX_ANSWER = 100_000_000  # bytes

# What the readers load at first use must be there before nothing can be opened any more.
_REHEARSAL = {
    Format.TEXT: "Une rencontre\n\nPublié le mardi 12 mars 2024, à 10 h\n« Une citation. » Ana Lu",
    Format.MARKDOWN: "---\ntitle: T\ndate: 2024-03-12\n---\n# T\n\n> Une citation.\n> — Ana Lu\n",
    Format.HTML: "<h1>T</h1><p>Le 3 avril 2023, « une citation » — Ana Lu</p>",
    Format.VTT: "WEBVTT\n\n00:05.000 --> 00:09.000\n<v Ana Lu>Une phrase.\n",
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

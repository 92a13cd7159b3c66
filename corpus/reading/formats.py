"""The formats of a page: told by a file's name, by a web site, and by the bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from corpus.problems import CorpusError
from corpus.reading.plain_text import is_text


class Format(StrEnum):
    """What a reader exists for."""

    TEXT = "texte"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    VTT = "WebVTT"
    SRT = "SubRip"
    WORD = "Word"
    ODT = "OpenDocument"
    PDF = "PDF"
    FEED = "flux"  # never a page: only what is followed is read as one


# What is often given a wrong name, and holds no null byte that would betray it.
_FOREIGN = {b"%PDF-": "un PDF", b"{\\rtf": "un document RTF", b"\x1f\x8b": "une archive"}
_COPY = "copiez son texte dans un fichier .txt"
_REMEDY = {
    "un PDF": "enregistrez-le sous un nom en .pdf",
    "un document RTF": "ouvrez-le, puis enregistrez-le en .odt ou en .docx",
}
_ZIP = b"PK\x03\x04"
_BOM = b"\xef\xbb\xbf"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_TAG = re.compile(rb"<(?:!doctype|[a-z][a-z0-9]*)[\s>]", re.IGNORECASE)
_TIMING = re.compile(rb"\d\d:\d\d:\d\d[,.]\d{3}\s*-->")


def _is_plain(data: bytes) -> bool:
    return not data.startswith((*_FOREIGN, _ZIP)) and not _BINARY.search(data)


def _is_html(data: bytes) -> bool:
    return _is_plain(data) and _TAG.search(data) is not None


def _is_vtt(data: bytes) -> bool:
    return _is_plain(data) and data.removeprefix(_BOM).lstrip().startswith(b"WEBVTT")


def _is_srt(data: bytes) -> bool:
    return _is_plain(data) and _TIMING.search(data) is not None


def _is_word(data: bytes) -> bool:
    """The names in a ZIP archive are never compressed: nothing has to be unpacked to see one."""
    return data.startswith(_ZIP) and b"word/document.xml" in data


def _is_odt(data: bytes) -> bool:
    """The type of an OpenDocument stands first in its archive, not compressed."""
    return data.startswith(_ZIP) and _ODT_TYPE.encode() in data[:_NEAR_START]


def _is_pdf(data: bytes) -> bool:
    """Other bytes may stand before: readers look for the mark among the first 1,024."""
    return b"%PDF-" in data[:_NEAR_START]


@dataclass(frozen=True, slots=True)
class _Told:
    """How a format is told: by the end of a name, by what a web site declares, by its bytes."""

    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    looks: Callable[[bytes], bool]


_NEAR_START = 1024  # bytes
_ODT_TYPE = "application/vnd.oasis.opendocument.text"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_TOLD = {
    Format.TEXT: _Told((".txt", ".text"), (), _is_plain),
    Format.MARKDOWN: _Told((".md", ".markdown"), ("text/markdown",), _is_plain),
    Format.HTML: _Told((".html", ".htm"), ("text/html", "application/xhtml+xml"), _is_html),
    Format.VTT: _Told((".vtt",), ("text/vtt",), _is_vtt),
    Format.SRT: _Told((".srt",), ("application/x-subrip",), _is_srt),
    Format.WORD: _Told((".docx",), (f"{_OFFICE}.wordprocessingml.document",), _is_word),
    Format.ODT: _Told((".odt",), (_ODT_TYPE,), _is_odt),
    Format.PDF: _Told((".pdf",), ("application/pdf", "application/x-pdf"), _is_pdf),
}
FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "text/html")
)
_BY_SUFFIX = {suffix: kind for kind, told in _TOLD.items() for suffix in told.suffixes}
_BY_MEDIA_TYPE = {media: kind for kind, told in _TOLD.items() for media in told.media_types}
_BINARIES = {Format.WORD, Format.ODT, Format.PDF}  # their readers judge their bytes
_VAGUE = {"text/plain": Format.TEXT, "application/octet-stream": None}  # the name says more
_TO_CONVERT = {".rtf", ".doc", ".docm", ".dot", ".dotx", ".ott", ".fodt", ".sxw", ".pages"}
EXTENSIONS = tuple(sorted(_BY_SUFFIX))


def looks_like(data: bytes, extension: str) -> bool:
    """Say whether bytes are what a name with one of our extensions says, without parsing them."""
    return _TOLD[_BY_SUFFIX[extension]].looks(data)


def is_readable(path: Path) -> bool:
    """Say whether there is a reader for a file of this name."""
    return path.is_file() and path.suffix.lower() in _BY_SUFFIX and not path.name.startswith(".")


def format_of_name(name: str) -> Format:
    """The format that the end of a name tells."""
    suffix = PurePosixPath(name).suffix.lower()
    found = _BY_SUFFIX.get(suffix)
    if found is None and suffix in _TO_CONVERT:
        raise CorpusError(
            f"« {name} » : ce format n’est pas lu. Ouvrez le document, "
            "puis enregistrez-le en .odt ou en .docx."
        )
    if found is None:
        raise CorpusError(
            f"« {name} » : ce format n’est pas lu. Formats lus : {', '.join(EXTENSIONS)}. "
            "Copiez la page depuis le navigateur dans un fichier .txt."
        )
    return found


def format_of_media(media_type: str, path: str) -> Format | None:
    """The format that a web site declares; the name of the page where that is vague."""
    if media_type in _VAGUE:
        return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower(), _VAGUE[media_type])
    return _BY_MEDIA_TYPE.get(media_type)


def require_plausible(data: bytes, kind: Format, name: str) -> None:
    """Raise `CorpusError` for what cannot be a page of this format, before it is parsed."""
    if not data.strip():
        raise CorpusError(f"« {name} » est vide.")
    if kind in _BINARIES:
        return
    foreign = next((what for magic, what in _FOREIGN.items() if data.startswith(magic)), "")
    if foreign:
        raise CorpusError(
            f"« {name} » est {foreign} malgré son nom : {_REMEDY.get(foreign, _COPY)}."
        )
    if not is_text(data):
        raise CorpusError(f"« {name} » n’est pas un texte (il contient des octets nuls).")

"""The formats of a page: told by a file's name or by a web site, each with its reader."""

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


_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".vtt": Format.VTT,
    ".srt": Format.SRT,
    ".docx": Format.WORD,
}
_BY_MEDIA_TYPE = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/markdown": Format.MARKDOWN,
    "text/vtt": Format.VTT,
    "application/x-subrip": Format.SRT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.WORD,
}
_VAGUE = {"text/plain": Format.TEXT, "application/octet-stream": None}  # the name says more
# What is often given a wrong name, and holds no null byte that would betray it.
_FOREIGN = {b"%PDF-": "un PDF", b"{\\rtf": "un document RTF", b"\x1f\x8b": "une archive"}


def is_readable(path: Path) -> bool:
    """Say whether there is a reader for a file of this name."""
    return path.is_file() and path.suffix.lower() in _BY_SUFFIX and not path.name.startswith(".")


def format_of_name(name: str) -> Format:
    """The format that the end of a name tells."""
    found = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    if found is None:
        known = ", ".join(sorted(_BY_SUFFIX))
        raise CorpusError(
            f"« {name} » : ce format n’est pas lu. Formats lus : {known}. "
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
    if kind is Format.WORD:
        return
    foreign = next((what for magic, what in _FOREIGN.items() if data.startswith(magic)), "")
    if foreign:
        raise CorpusError(
            f"« {name} » est {foreign} malgré son nom : "
            "copiez son texte dans un fichier .txt, ou enregistrez-le en .docx."
        )
    if not is_text(data):
        raise CorpusError(f"« {name} » n’est pas un texte (il contient des octets nuls).")

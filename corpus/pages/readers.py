"""Which reader reads which file."""

from pathlib import Path

from corpus.pages.blocks import Page, Reader
from corpus.pages.html import page_from_html
from corpus.pages.markdown import page_from_markdown
from corpus.pages.plain_text import page_from_text
from corpus.pages.transcript import page_from_srt, page_from_vtt
from corpus.pages.word import page_from_docx
from corpus.problem import CorpusError

_READERS: dict[str, Reader] = {
    ".txt": page_from_text,
    ".text": page_from_text,
    ".md": page_from_markdown,
    ".markdown": page_from_markdown,
    ".html": page_from_html,
    ".htm": page_from_html,
    ".vtt": page_from_vtt,
    ".srt": page_from_srt,
    ".docx": page_from_docx,
}
_BINARY = {".docx"}
MAX_BYTES = 20_000_000


def is_readable(path: Path) -> bool:
    """Say whether there is a reader for a file of this name."""
    return path.is_file() and path.suffix.lower() in _READERS and not path.name.startswith(".")


def page_from_file(path: Path) -> Page:
    """Read a page; raise `CorpusError` when it is missing, empty or of an unknown kind."""
    if not path.is_file():
        raise CorpusError(f"« {path} » n’existe pas ou n’est pas un fichier.")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise CorpusError(
            f"« {path.name} » : ce format n’est pas lu. Formats lus : {known}. "
            "Copiez la page depuis le navigateur dans un fichier .txt."
        )
    if path.stat().st_size > MAX_BYTES:
        raise CorpusError(f"« {path.name} » dépasse {MAX_BYTES // 1_000_000} Mo.")
    data = path.read_bytes()
    if b"\0" in data and path.suffix.lower() not in _BINARY:
        raise CorpusError(f"« {path.name} » n’est pas un texte (il contient des octets nuls).")
    if not data.strip():
        raise CorpusError(f"« {path.name} » est vide.")
    return reader(data)

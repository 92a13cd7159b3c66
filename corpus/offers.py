"""What a visitor offers to the editor: a page, a text or an address, judged without parsing it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from corpus.pages.contact_data import has_contact_data
from corpus.problem import CorpusError

MAX_BYTES = 2_000_000
MAX_NOTE = 500  # characters
TOO_BIG = f"Cet envoi dépasse {MAX_BYTES // 1_000_000} Mo. Ôtez les images, ou collez le texte."
_MAX_ADDRESS = 2000
_BOM = b"\xef\xbb\xbf"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_TELLTALE = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")  # documents that may hold no such byte at all
_TAG = re.compile(rb"<(?:!doctype|[a-z][a-z0-9]*)[\s>]", re.IGNORECASE)
_TIMING = re.compile(rb"\d\d:\d\d:\d\d[,.]\d{3}\s*-->")


class OfferRefused(CorpusError):
    """A French sentence for the visitor: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The bytes as received, the extension they go by, and what was said of them."""

    content: bytes = b""
    extension: str = ""
    address: str = ""
    note: str = ""


def offer_from(
    name: str = "", content: bytes = b"", text: str = "", address: str = "", note: str = ""
) -> Offer:
    """Judge what was sent, or raise `OfferRefused`; of a file's name, only its end is kept."""
    has_text = bool(text.strip())
    if name and has_text:
        raise OfferRefused("Envoyez un fichier ou un texte, pas les deux.")
    if not (name or has_text or address.strip()):
        raise OfferRefused(
            "Il n’y a rien à envoyer : choisissez un fichier, collez un texte ou "
            "donnez l’adresse d’une page."
        )
    pasted = text.replace("\r\n", "\n").encode("utf-8", "replace") if has_text else b""
    return Offer(
        _judged(content, _extension(name)) if name else _judged(pasted, ".txt") if pasted else b"",
        _extension(name) if name else ".txt" if pasted else "",
        _address(address),
        _note(note),
    )


def _extension(name: str) -> str:
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if extension not in EXTENSIONS:
        raise OfferRefused(
            f"Ce type de fichier n’est pas lu. Types lus : {', '.join(EXTENSIONS)}. "
            "Vous pouvez aussi coller le texte."
        )
    return extension


def _judged(content: bytes, extension: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise OfferRefused(TOO_BIG)
    if not content.strip():
        raise OfferRefused("Ce fichier est vide : choisissez-en un autre.")
    if not _LOOKS[extension](content):
        raise OfferRefused(
            f"Ce contenu n’est pas celui d’un fichier {extension} : enregistrez-le dans ce format, "
            "ou collez le texte."
        )
    return content


def _address(text: str) -> str:
    address = text.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    is_plain = address.isprintable() and " " not in address and len(address) <= _MAX_ADDRESS
    if not (is_web and is_plain) or "@" in parts.netloc:
        raise OfferRefused("L’adresse de la page commence par https:// ; copiez-la du navigateur.")
    return address


def _note(text: str) -> str:
    """One printable line: what could steer a terminal, or turn text around, is left out."""
    note = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    if len(note) > MAX_NOTE:
        raise OfferRefused(f"La note tient en {MAX_NOTE} caractères : raccourcissez-la.")
    if has_contact_data(note):
        raise OfferRefused(
            "La note contient un téléphone, un courriel ou une adresse : ôtez-les, ils ne sont "
            "pas gardés."
        )
    return note


def _is_text(content: bytes) -> bool:
    return not content.startswith(_TELLTALE) and not _BINARY.search(content)


def _is_html(content: bytes) -> bool:
    return _is_text(content) and _TAG.search(content) is not None


def _is_vtt(content: bytes) -> bool:
    return _is_text(content) and content.removeprefix(_BOM).lstrip().startswith(b"WEBVTT")


def _is_srt(content: bytes) -> bool:
    return _is_text(content) and _TIMING.search(content) is not None


def _is_docx(content: bytes) -> bool:
    """The names in a ZIP archive are never compressed: nothing has to be unpacked to see one."""
    return content.startswith(b"PK\x03\x04") and b"word/document.xml" in content


_LOOKS: dict[str, Callable[[bytes], bool]] = {
    ".docx": _is_docx,
    ".htm": _is_html,
    ".html": _is_html,
    ".markdown": _is_text,
    ".md": _is_text,
    ".srt": _is_srt,
    ".text": _is_text,
    ".txt": _is_text,
    ".vtt": _is_vtt,
}
EXTENSIONS = tuple(_LOOKS)

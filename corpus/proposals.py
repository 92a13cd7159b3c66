"""The pages that visitors propose: judged, kept for the editor, never parsed here, never published.

One folder each, `propositions/2026-11-23-0007`: the bytes as received under a name of ours, and a
note. Nothing says who sent it.
"""

import fcntl
import html
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from corpus.extraction.contacts import has_contact_data
from corpus.files import HIDDEN, beside, replace_file, sync, write_new
from corpus.problems import CorpusError
from corpus.reading.archives import require_safe_archive
from corpus.reading.confined import read_confined
from corpus.reading.formats import EXTENSIONS, Format, looks_like
from corpus.reading.plain_text import decoded
from corpus.typography import slug_from

MAX_BYTES = 2_000_000
MAX_NOTE = 500  # characters
TOO_BIG = f"Cet envoi dépasse {MAX_BYTES // 1_000_000} Mo. Ôtez les images, ou collez le texte."
_MAX_ADDRESS = 2000


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
    if not looks_like(content, extension):
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


FOLDER = "propositions"
KEPT_DAYS = 90
MAX_KEPT = 100_000_000  # bytes, all proposals together
_COUNTER = ".numero"
_NOTE = "note.json"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(\d{4,9})")


class StoreFull(CorpusError):
    """No more is taken for now: a French sentence that says until when."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one visitor proposed; `file` is None for an address alone."""

    number: int
    day: date
    folder: Path
    file: Path | None
    address: str
    note: str
    size: int


def keep(site: Path, offer: Offer, per_day: int, today: date) -> int:
    """Store an offer durably and give its number, or raise `StoreFull`."""
    folder = site / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with _locked(folder):
        _purge(folder, today)
        kept = proposals_in(site)
        if sum(proposal.day == today for proposal in kept) >= per_day:
            raise StoreFull("Ce site a reçu assez de propositions pour aujourd’hui.")
        if sum(proposal.size for proposal in kept) + len(offer.content) > MAX_KEPT:
            raise StoreFull("Ce site n’a plus de place pour d’autres propositions.")
        number = _next_number(folder, kept)
        _write(folder / f"{today.isoformat()}-{number:04}", number, offer)
    return number


def _write(path: Path, number: int, offer: Offer) -> None:
    """Give the owner all rights, and the group those it has on the folder of proposals.

    So an operator may serve the site under one account and edit it under another.
    """
    shared = path.parent.stat().st_mode & 0o070
    note = json.dumps({"adresse": offer.address, "note": offer.note}, ensure_ascii=False)
    with beside(path) as fresh:
        fresh.mkdir(mode=0o700)
        files = {_NOTE: note.encode("utf-8")}
        if offer.content:
            files[f"proposition-{number}{offer.extension}"] = offer.content
        for name, content in files.items():
            write_new(fresh / name, content, 0o600)
            (fresh / name).chmod(0o600 | shared & 0o060)
        fresh.chmod(0o700 | shared)
        sync(fresh)
        fresh.rename(path)
    sync(path.parent)


def proposals_in(site: Path) -> list[Proposal]:
    """The proposals, oldest first; what is not one of ours is left alone."""
    folder = site / FOLDER
    if not folder.is_dir():
        return []
    found = [_proposal(path) for path in folder.iterdir()]
    return sorted((p for p in found if p), key=lambda proposal: proposal.number)


def proposal_of(site: Path, number: int) -> Proposal:
    """The proposal of that number."""
    for proposal in proposals_in(site):
        if proposal.number == number:
            return proposal
    raise CorpusError(f"il n’y a pas de proposition n° {number}. Liste : verbatheque proposals")


def _proposal(path: Path) -> Proposal | None:
    named = _NAME.fullmatch(path.name)
    if not named or path.is_symlink() or not path.is_dir():
        return None
    try:
        day = date.fromisoformat(named[1])
    except ValueError:
        return None
    number = int(named[2])
    said = _said(path / _NOTE)
    # No link is followed: an editor may read what the account that serves the site may not.
    file = next((f for f in _files(path, number) if f.is_file() and not f.is_symlink()), None)
    size = file.stat().st_size if file else 0
    return Proposal(number, day, path, file, said.get("adresse", ""), said.get("note", ""), size)


def _files(folder: Path, number: int) -> list[Path]:
    return [folder / f"proposition-{number}{extension}" for extension in EXTENSIONS]


def _said(path: Path) -> dict[str, str]:
    """The note, or nothing of it when it was damaged."""
    try:
        said: Any = {} if path.is_symlink() else json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    texts = said.items() if isinstance(said, dict) else ()
    return {key: text for key, text in texts if isinstance(text, str) and text.isprintable()}


def remove(proposal: Proposal) -> None:
    """Delete a proposal and all that was said of it."""
    shutil.rmtree(proposal.folder)


def purge(site: Path, today: date) -> int:
    """Delete what is older than 90 days and what a crash left; say how many proposals went."""
    folder = site / FOLDER
    if not folder.is_dir():
        return 0
    with _locked(folder):
        return _purge(folder, today)


def _purge(folder: Path, today: date) -> int:
    for path in folder.glob(f"{HIDDEN}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    limit = today - timedelta(days=KEPT_DAYS)
    old = [proposal for proposal in proposals_in(folder.parent) if proposal.day < limit]
    for proposal in old:
        remove(proposal)
    return len(old)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder alone, threads and processes alike; the kernel frees it of the dead.

    The folder itself is locked: a lock file of one account might not open for the other.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _next_number(folder: Path, kept: list[Proposal]) -> int:
    """Never one that was given before: who deletes n° 7 means the one that was listed."""
    counter = folder / _COUNTER
    written = counter.read_bytes() if counter.exists() else b""
    number = max([int(written or 0), *(proposal.number for proposal in kept)]) + 1
    replace_file(counter, str(number).encode(), 0o600)
    return number


_MARKUP = re.compile(r"<[^<>]*>")


def proposals_naming(site: Path, name: str) -> list[Proposal]:
    """The proposals that hold the name in any spelling, and those that cannot be read."""
    wanted = slug_from(name)
    return [p for p in proposals_in(site) if wanted and _names(p, f"-{wanted}-")]


def _names(proposal: Proposal, wanted: str) -> bool:
    try:
        texts = (proposal.note, proposal.address, _text(proposal.file) if proposal.file else "")
    except CorpusError:
        return True  # `add` refuses it too: nothing is lost when it goes
    return any(wanted in f"-{slug_from(text)}-" for text in texts)


def _text(file: Path) -> str:
    """All the letters, properties of the document included; a tag parts two words, or does not."""
    content = file.read_bytes()
    if file.suffix == ".pdf":
        page = read_confined(content, Format.PDF).page
        return " ".join([page.title, _declared(content), *(block.text for block in page.blocks)])
    text = _unpacked(content) if file.suffix in {".docx", ".odt"} else decoded(content)
    return html.unescape(f"{_MARKUP.sub('', text)} {_MARKUP.sub(' ', text)}")


_HEX = re.compile(rb"<(?:FEFF|feff)((?:[0-9A-Fa-f]{4})+)>")


def _declared(content: bytes) -> str:
    """What a PDF says outside its pages and does not compress: its author, mostly."""
    wide = (
        bytes.fromhex(found.decode()).decode("utf-16-be", "replace")
        for found in _HEX.findall(content)
    )
    return " ".join([content.replace(b"\0", b"").decode("latin-1"), *wide])


def _unpacked(content: bytes) -> str:
    require_safe_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(decoded(archive.read(name)) for name in archive.namelist())

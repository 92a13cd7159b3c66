"""The pages that visitors propose: kept for the editor, never parsed here, never published.

One folder each, `propositions/2026-11-23-0007`: the bytes as received under a name of ours, and a
note. Nothing says who sent it.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from corpus.durable import HIDDEN, beside, sync, write_new
from corpus.offers import EXTENSIONS, Offer
from corpus.problem import CorpusError

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
    raise CorpusError(f"il n’y a pas de proposition n° {number}. Liste : verbatheque propositions")


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
    with beside(counter) as fresh:
        write_new(fresh, str(number).encode(), 0o600)
        fresh.replace(counter)
    return number

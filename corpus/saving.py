"""Backups on the disk: written beside, made durable, then renamed; whole, or not there."""

import os
from collections.abc import Mapping
from pathlib import Path

from corpus.durable import beside, sync, write_new
from corpus.problem import CorpusError
from corpus.site import WRITEUPS

_OWNER_ONLY = 0o600  # people are named in it


def write_archive(archive: bytes, path: Path, *, over: bool = False) -> None:
    """Write the archive; `over` lets it take the place of another file."""
    if os.path.lexists(path) and not over:
        raise CorpusError(
            f"« {path} » existe déjà : choisissez un autre nom, "
            "ou ajoutez --force pour le remplacer."
        )
    with beside(path) as fresh:
        write_new(fresh, archive, _OWNER_ONLY)
        fresh.replace(path)
    sync(path.absolute().parent)


def write_site(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the sources in a new folder; one that exists is never touched."""
    require_new(folder)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with beside(folder) as fresh:
        (fresh / WRITEUPS).mkdir(parents=True)
        for name, content in files.items():
            write_new(fresh / name, content)
        sync(fresh / WRITEUPS)
        sync(fresh)
        fresh.rename(folder)
    sync(folder.parent)


def require_new(folder: Path) -> None:
    """Raise `CorpusError` when something has that name already."""
    if os.path.lexists(folder):
        raise CorpusError(
            f"« {folder} » existe déjà : donnez le nom d’un nouveau dossier. Rien n’a été écrit."
        )

"""Backups on the disk: written beside, made durable, then renamed; whole, or not there."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

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
    with _beside(path) as fresh:
        _write(fresh, archive, _OWNER_ONLY)
        fresh.replace(path)
    _sync(path.absolute().parent)


def write_site(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the sources in a new folder; one that exists is never touched."""
    require_new(folder)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as fresh:
        (fresh / WRITEUPS).mkdir(parents=True)
        for name, content in files.items():
            _write(fresh / name, content)
        _sync(fresh / WRITEUPS)
        _sync(fresh)
        fresh.rename(folder)
    _sync(folder.parent)


def require_new(folder: Path) -> None:
    """Raise `CorpusError` when something has that name already."""
    if os.path.lexists(folder):
        raise CorpusError(
            f"« {folder} » existe déjà : donnez le nom d’un nouveau dossier. Rien n’a été écrit."
        )


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a hidden name in the same folder, where nothing stays when the work fails."""
    fresh = path.absolute().with_name(f".verbatheque-{secrets.token_hex(8)}")
    try:
        yield fresh
    except OSError as error:  # a full disk names no file, and nobody knows the hidden one
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh)
        else:
            fresh.unlink(missing_ok=True)


def _write(path: Path, content: bytes, mode: int = 0o666) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

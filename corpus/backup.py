"""A backup: the sources of a site as they stood at one moment, in one archive, and its manifest.

An index is never in it: it is made anew from the write-ups. An archive from outside is judged
whole, in memory, before one byte of it is written anywhere; any plain `tar` can open it too.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import time
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.files import beside, replace_file, sync, write_new
from corpus.problems import CorpusError
from corpus.site import DERIVED, SETTINGS_FILE, TABLES, WRITEUPS, writeup_paths
from corpus.typography import slug_from
from corpus.writeups.reading import read_writeup

_PATIENCE = 10.0  # seconds
_PAUSE = 0.05
_SETTLED_NS = 100_000_000  # a clock of the file system may not tell two writes of one instant
_LONGEST_NAME = 255  # bytes

_State = tuple[int, int, int]


def snapshot_of(folder: Path) -> dict[str, bytes]:
    """Read every source by its name; while one changes, read again, and refuse after 10 s."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            before = _states(folder)
            if _has_settled(before):
                contents = {name: (folder / name).read_bytes() for name in before}
                if _states(folder) == before:
                    return contents
        except FileNotFoundError:
            pass  # renamed or removed in between
        time.sleep(_PAUSE)
    raise CorpusError(
        "les fichiers du site changent sans cesse : recommencez dans un moment. Rien n’a été écrit."
    )


def is_source(name: str) -> bool:
    """Whether a site is made of files of that name, written with « / »."""
    folder, slash, file = name.rpartition("/")
    if not slash:
        return name in TABLES
    return (
        folder == WRITEUPS
        and file.endswith(".md")
        and "\\" not in file
        and all(unicodedata.category(letter)[0] != "C" for letter in file)
        and len(file.encode()) <= _LONGEST_NAME
    )


def left_aside(folder: Path) -> list[str]:
    """What lies in the folder and is no source; hidden files are nobody's concern."""
    found = [*folder.iterdir(), *(folder / WRITEUPS).glob("*")]
    names = {f"{path.relative_to(folder).as_posix()}{'/' * path.is_dir()}" for path in found}
    sources = {*_source_paths(folder), f"{WRITEUPS}/", f"{DERIVED}/"}
    return sorted(n for n in names - sources if not Path(n).name.startswith("."))


def _source_paths(folder: Path) -> dict[str, Path]:
    """The sources by their names, in the order of the names."""
    tables = [path for name in TABLES if (path := folder / name).is_file()]
    return {path.relative_to(folder).as_posix(): path for path in (*tables, *writeup_paths(folder))}


def _states(folder: Path) -> dict[str, _State]:
    return {name: _state(path) for name, path in _source_paths(folder).items()}


def _state(path: Path) -> _State:
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_size


def _has_settled(states: dict[str, _State]) -> bool:
    now = time.time_ns()
    return not any(0 <= now - changed < _SETTLED_NS for _, changed, _ in states.values())


MAX_FILES = 20_000
MAX_BYTES = 200_000_000
MAX_RATIO = 100
_SMALL = 1_000_000  # bytes: below, even a high ratio is harmless (a tar is padded with zeros)
_MANIFEST = "verbatheque-sauvegarde.json"
_FORMAT = "sauvegarde de Verbathèque"
_VERSION = 1
_GZIP = b"\x1f\x8b\x08"
_BLOCK = 512  # bytes
_SIZE = re.compile(rb"[0-7]{11}\0")
_LONG_NAME = re.compile(rb"\d+ path=[^\n]+\n")


@dataclass(frozen=True, slots=True)
class Backup:
    """The sources of a site by their names, and what was counted in them then."""

    files: Mapping[str, bytes]
    created: datetime
    webinars: int
    verbatims: int


def backup_from_sources(files: Mapping[str, bytes], created: datetime) -> Backup:
    """Count what the sources hold; refuse a name or a size that could not be restored."""
    for name in files:
        if not is_source(name):
            raise CorpusError(f"« {name!a} » a un nom impossible à restaurer : renommez-le.")
    if len(files) >= MAX_FILES or sum(map(len, files.values())) > MAX_BYTES:
        raise _too_big()
    counts = list(_verbatims_by_webinar(files))
    return Backup(files, created, len(counts), sum(counts))


def _verbatims_by_webinar(files: Mapping[str, bytes]) -> Iterator[int]:
    for name, content in files.items():
        webinar_id = slug_from(name.removeprefix(f"{WRITEUPS}/").removesuffix(".md"))
        if not name.startswith(f"{WRITEUPS}/") or not webinar_id:
            continue
        webinar = read_writeup(content.decode("utf-8", errors="replace"), webinar_id).webinar
        if webinar:
            yield len(webinar.verbatims)


def archive_from(backup: Backup) -> bytes:
    """Write the archive: the manifest, then each file; the same backup gives the same bytes."""
    manifest = {
        "format": _FORMAT,
        "version": _VERSION,
        "created": backup.created.isoformat(timespec="seconds"),
        "webinars": backup.webinars,
        "verbatims": backup.verbatims,
        "files": {name: _digest(content) for name, content in backup.files.items()},
    }
    first = json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8")
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in {_MANIFEST: first, **backup.files}.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), int(backup.created.timestamp())
            tar.addfile(member, io.BytesIO(content))
    return gzip.compress(written.getvalue(), mtime=0)


def backup_from_archive(archive: bytes) -> Backup:
    """Read an archive, or raise `CorpusError` when it is foreign, damaged or dangerous."""
    tar = _decompressed(archive)
    _judge_headers(tar)
    files = _members(tar)
    manifest = _manifest_from(files.pop(_MANIFEST, None))
    digests = manifest["files"]
    for name in sorted(files.keys() | digests.keys()):
        if not is_source(name):
            raise _refusal(f"contient un fichier inattendu, {name!a}")
        if name not in files or name not in digests or _digest(files[name]) != digests[name]:
            raise _refusal(f"est abîmée : « {name} » n’est pas celui qui a été sauvegardé")
    if SETTINGS_FILE not in files:
        raise _refusal(f"n’est pas celle d’un site : il y manque {SETTINGS_FILE}")
    return Backup(
        files, _time_from(manifest.get("created")), manifest["webinars"], manifest["verbatims"]
    )


def _decompressed(archive: bytes) -> bytes:
    if not archive.startswith(_GZIP):
        raise _foreign()
    if len(archive) > MAX_BYTES:
        raise _too_big()
    limit = min(MAX_BYTES, max(_SMALL, len(archive) * MAX_RATIO))
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = stream.decompress(archive, limit + 1)
    except zlib.error as error:
        raise _damaged() from error
    if len(content) > limit:
        raise _too_big()
    if not stream.eof or stream.unused_data:
        raise _refusal("est incomplète, ou suivie d’autre chose")
    return content


def _judge_headers(tar: bytes) -> None:
    """Let in plain files only, and long names: no link, no device, no size that loops or lies.

    Before `tarfile`, which follows all of these, and in some versions of Python for ever.
    """
    if not tar.startswith(_MANIFEST.encode() + b"\0"):
        raise _foreign()
    at = count = 0
    was_long_name = False
    while (header := tar[at : at + _BLOCK]).strip(b"\0"):
        if not _SIZE.fullmatch(header[124:136]):
            raise _damaged()
        size, kind = int(header[124:135], 8), header[156:157]
        body = tar[at + _BLOCK : at + _BLOCK + size]
        is_long_name = kind == tarfile.XHDTYPE and bool(_LONG_NAME.fullmatch(body))
        if (kind != tarfile.REGTYPE and not is_long_name) or (is_long_name and was_long_name):
            raise _refusal("contient autre chose que des fichiers")
        was_long_name = is_long_name
        count += not is_long_name
        if count > MAX_FILES:
            raise _too_big()
        at += _BLOCK + -(-size // _BLOCK) * _BLOCK
    if was_long_name or tar[at:].strip(b"\0"):
        raise _damaged()


def _members(tar: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(tar), mode="r:") as members:
            for member in members:
                content = members.extractfile(member)
                if content is None or member.name in files:
                    raise _refusal("contient deux fois le même fichier")
                files[member.name] = content.read()
    except (tarfile.TarError, ValueError, EOFError, OSError) as error:
        raise _damaged() from error
    return files


def _manifest_from(content: bytes | None) -> dict[str, Any]:
    if content is None:
        raise _foreign()
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _foreign() from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise _foreign()
    if manifest.get("version") != _VERSION:
        raise _refusal("vient d’une autre version de Verbathèque : mettez la vôtre à jour")
    are_counts = all(type(manifest.get(key)) is int for key in ("webinars", "verbatims"))
    if not are_counts or not isinstance(manifest.get("files"), dict):
        raise _damaged()
    return manifest


def _time_from(text: object) -> datetime:
    try:
        created = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise _damaged() from error
    if created.tzinfo is None or not 2000 <= created.year < 9000:
        raise _damaged()
    return created


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refusal(cause: str) -> CorpusError:
    return CorpusError(f"cette sauvegarde {cause}. Rien n’a été écrit ; essayez-en une autre.")


def _damaged() -> CorpusError:
    return _refusal("est abîmée")


def _foreign() -> CorpusError:
    return CorpusError("ce fichier n’est pas une sauvegarde de Verbathèque. Rien n’a été écrit.")


def _too_big() -> CorpusError:
    return CorpusError(
        f"une sauvegarde tient en {MAX_FILES} fichiers et {MAX_BYTES // 1_000_000} Mo, et ne "
        f"gonfle pas plus de {MAX_RATIO} fois. Rien n’a été écrit."
    )


_OWNER_ONLY = 0o600  # people are named in it


def write_archive(archive: bytes, path: Path, *, over: bool = False) -> None:
    """Write the archive; `over` lets it take the place of another file."""
    if os.path.lexists(path) and not over:
        raise CorpusError(
            f"« {path} » existe déjà : choisissez un autre nom, "
            "ou ajoutez --force pour le remplacer."
        )
    replace_file(path, archive, _OWNER_ONLY)


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

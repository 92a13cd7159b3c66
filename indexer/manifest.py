"""What a generation says of itself, sealed, and whether its files are still those written."""

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_SEAL = "seal"


class SealBroken(ValueError):
    """The bytes are not those that were sealed."""


def sealed(content: dict[str, Any]) -> bytes:
    """One line of JSON with its seal."""
    return _line({**content, _SEAL: _digest(content)})


def unsealed(raw: bytes) -> dict[str, Any]:
    """What was sealed; raise `SealBroken` when one byte differs, a space included."""
    try:
        content = json.loads(raw)
        seal = content.pop(_SEAL)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealBroken from error
    if seal != _digest(content) or sealed(content) != raw:
        raise SealBroken
    return dict(content)


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_line(content)).hexdigest()


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8") + b"\n"


MANIFEST = "manifest.json"
_AT_ONCE = 2  # files whose digests are made: more would disturb those who are served

Digests = dict[tuple[int, int, int], str]  # of files: device, inode, when it was written


class DamagedGeneration(RuntimeError):
    """A generation is not as it was written; the message says where, in French."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`facts`: versions, counts and digests of what it was made from; `files`: SHA-256 of each."""

    generation: int
    built_at: str
    facts: dict[str, Any]
    files: dict[str, str]


def write_manifest(folder: Path, number: int, facts: dict[str, Any]) -> Manifest:
    """Seal the files of a folder under their digests."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    digests = {path.name: digest_of(path) for path in sorted(folder.iterdir())}
    manifest = Manifest(number, now, facts, digests)
    (folder / MANIFEST).write_bytes(sealed(asdict(manifest)))
    return manifest


def verified_manifest(
    folder: Path, number: int, digest: str | None = None, read: Digests | None = None
) -> Manifest:
    """Read every byte of a generation, or raise `DamagedGeneration`.

    A file too many is a fault: the engine opens the newest table of contents that it finds.
    What `read` knows, of another generation that links the same file, is not read again.
    """
    known = {} if read is None else read
    try:
        manifest = _manifest(folder / MANIFEST, number, digest)
        names = {path.name for path in folder.iterdir()} - {MANIFEST}

        def verify(name: str) -> None:
            _verify(folder / name, manifest.files.get(name), name in names, known)

        with ThreadPoolExecutor(_AT_ONCE) as pool:  # digests are made outside of the lock of Python
            for _ in pool.map(verify, sorted(names | set(manifest.files))):
                pass
    except OSError as error:
        name = Path(error.filename).name if error.filename else folder.name
        raise DamagedGeneration(f"« {name} » ne peut pas être lu ({error.strerror})") from error
    return manifest


def _manifest(path: Path, number: int, digest: str | None) -> Manifest:
    try:
        raw = path.read_bytes()
        manifest = Manifest(**unsealed(raw))
    except FileNotFoundError as error:
        raise DamagedGeneration("le manifeste manque") from error
    except (SealBroken, TypeError) as error:
        raise DamagedGeneration("le manifeste est endommagé") from error
    if manifest.generation != number or digest not in {None, hashlib.sha256(raw).hexdigest()}:
        raise DamagedGeneration("le manifeste est celui d’une autre génération")
    return manifest


def _verify(path: Path, digest: str | None, is_there: bool, read: Digests) -> None:
    if not is_there:
        raise DamagedGeneration(f"le fichier « {path.name} » manque")
    if digest is None:
        raise DamagedGeneration(f"le fichier « {path.name} » n’est pas de cet index")
    state = path.stat()
    file = state.st_dev, state.st_ino, state.st_mtime_ns
    if file not in read:
        read[file] = digest_of(path)
    if read[file] != digest:
        raise DamagedGeneration(f"le fichier « {path.name} » est endommagé")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

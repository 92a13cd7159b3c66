"""The index as a sequence of immutable generations, and one pointer to the published one.

gens/00000042/   files and their manifest (versions, counts, SHA-256 of each file)
CURRENT          one line of JSON: the generation and the digest of its manifest
BUILD.lock       a lock of the kernel: it falls by itself when the builder dies

A generation is built beside the others, made durable, renamed, then pointed to: at any moment,
after any failure, what is served is the old one or the new one, whole. Nothing is opened whose
digest is not known (the engine's table of contents is a pickle).
"""

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.site import Site

KEPT = 3
MANIFEST = "manifest.json"
_TEMPORARY = ".tmp-"
_RETRIES = 5


class BuildRunning(RuntimeError):
    """Another build holds the lock."""


class NoGeneration(RuntimeError):
    """No generation verifies: none was built, or all are damaged."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; `files` gives the SHA-256 of each."""

    generation: int
    built_at: str
    facts: dict[str, Any]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that verified. `degraded`: the pointed one did not, this is an older one."""

    folder: Path
    manifest: Manifest
    degraded: bool = False


Signature = tuple[int, int, int]


class GenerationStore:
    """The folder of the generations of one site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / "gens"
        self._pointer = root / "CURRENT"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only builder, or raise `BuildRunning`."""
        self._generations.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / "BUILD.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildRunning from error
            self._sweep()
            yield
        finally:
            os.close(descriptor)

    def publish(self, fill: Callable[[Path], dict[str, Any]]) -> Generation:
        """Build a generation and point to it. `fill` writes its files and returns its facts.

        Call under `lock`. When `fill` raises, nothing is left and the old one stays published.
        """
        number = (self._numbers() or [0])[-1] + 1
        temporary = self._generations / f"{_TEMPORARY}{number:08}"
        temporary.mkdir()
        try:
            facts = fill(temporary)
            digests = {path.name: _digest(path) for path in _files(temporary)}
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            manifest = Manifest(number, now, facts, digests)
            content = json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True)
            (temporary / MANIFEST).write_text(content, "utf-8")
            for path in (*_files(temporary), temporary):
                _sync(path)
            temporary.rename(self._folder(number))
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        _sync(self._generations)
        self._point_to(number)
        self._prune(number)
        return Generation(self._folder(number), manifest)

    def signature(self) -> Signature | None:
        """Changes whenever another generation is published; cheap to ask."""
        try:
            state = self._pointer.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size

    def current(self) -> Generation:
        """The published generation, else the newest that verifies, else `NoGeneration`."""
        for _ in range(_RETRIES):  # a builder may prune between the reading and the opening
            try:
                pointed = json.loads(self._pointer.read_text("utf-8"))
                return self._verified(int(pointed["generation"]), str(pointed["manifest"]))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        for number in reversed(self._numbers()):
            try:
                generation = self._verified(number)
            except (OSError, ValueError, KeyError, TypeError):
                continue
            return Generation(generation.folder, generation.manifest, degraded=True)
        raise NoGeneration

    def _verified(self, number: int, manifest_digest: str | None = None) -> Generation:
        """Read every byte of a generation; raise when one differs from what was written."""
        folder = self._folder(number)
        raw = (folder / MANIFEST).read_bytes()
        if manifest_digest not in {None, hashlib.sha256(raw).hexdigest()}:
            raise ValueError("the manifest is not the one that was published")
        manifest = Manifest(**json.loads(raw))
        if manifest.generation != number:
            raise ValueError("the manifest is that of another generation")
        for name, digest in manifest.files.items():
            if _digest(folder / name) != digest:
                raise ValueError(f"{name} is damaged")
        return Generation(folder, manifest)

    def _point_to(self, number: int) -> None:
        digest = _digest(self._folder(number) / MANIFEST)
        fresh = self._pointer.with_suffix(".new")
        fresh.write_text(json.dumps({"generation": number, "manifest": digest}) + "\n", "utf-8")
        _sync(fresh)
        fresh.replace(self._pointer)
        _sync(self.root)

    def _sweep(self) -> None:
        for left in self._generations.glob(f"{_TEMPORARY}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _prune(self, published: int) -> None:
        for number in self._numbers()[:-KEPT]:
            if number != published:
                shutil.rmtree(self._folder(number), ignore_errors=True)

    def _numbers(self) -> list[int]:
        if not self._generations.is_dir():
            return []
        return sorted(int(path.name) for path in self._generations.iterdir() if path.name.isdigit())

    def _folder(self, number: int) -> Path:
        return self._generations / f"{number:08}"


def index_store(site: Site) -> GenerationStore:
    """The generations of a site."""
    return GenerationStore(site.derived / "index")


def _files(folder: Path) -> list[Path]:
    """The files of a generation, without the engine's own lock."""
    return sorted(path for path in folder.iterdir() if "LOCK" not in path.name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

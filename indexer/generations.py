"""The index as a sequence of immutable generations, and one pointer to the published one.

gens/00000042/   files and their manifest (versions, counts, SHA-256 of each file)
CURRENT          one sealed line: the generation and the digest of its manifest
BUILD.lock       a lock of the kernel: it falls by itself when the builder dies

A generation is built beside the others, made durable, renamed, then pointed to: at any moment,
after any failure, what is served is the old one or the new one, whole. Nothing is opened whose
digest is not known (the engine's table of contents is a pickle).
"""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.files import make_folder, sync
from corpus.site import Site
from indexer.disk import (
    BuildRunning,
    Step,
    build_lock,
    disk_full,
    full_disk_said,
    missing_space,
    reached,
)
from indexer.manifest import (
    MANIFEST,
    DamagedGeneration,
    Digests,
    Manifest,
    SealBroken,
    digest_of,
    sealed,
    unsealed,
    verified_manifest,
    write_manifest,
)
from indexer.versions import refuse_two_engines

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pointer:
    """`manifest`: its SHA-256. `set_aside`: digests of the contents that a rollback left."""

    generation: int
    manifest: str
    set_aside: tuple[str, ...] = ()


def read_pointer(path: Path) -> Pointer | None:
    """The pointer; None when there is none, or a damaged one."""
    try:
        content = unsealed(path.read_bytes())
        return Pointer(content["generation"], content["manifest"], tuple(content["set_aside"]))
    except (OSError, SealBroken, KeyError, TypeError):
        return None


def write_pointer(path: Path, pointer: Pointer) -> None:
    """Switch to another generation, at once and for good."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(sealed(asdict(pointer)))
    reached(Step.POINTER_WRITTEN)
    sync(fresh)
    reached(Step.POINTER_SYNCED)
    os.replace(fresh, path)
    reached(Step.POINTER_REPLACED)
    sync(path.parent)
    reached(Step.PUBLISHED)


def pointer_signature(path: Path) -> Signature | None:
    """Changes with every publication, even when the clock is wrong or an inode serves again."""
    try:
        state, content = path.stat(), path.read_bytes()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, zlib.crc32(content)


__all__ = ["BuildRunning", "Generation", "GenerationStore", "NoGeneration", "index_store"]

KEPT = 3
_TEMPORARY = ".tmp-"
_RETIRED = f"{_TEMPORARY}old-"
_MISSING = "L’index n’est pas encore construit. Lancez\u00a0: verbatheque build"
_ALL_DAMAGED = "Aucune génération de l’index n’est intacte. Lancez\u00a0: verbatheque build"


class NoGeneration(RuntimeError):
    """No generation verifies; the message says why and what to do, in French."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that verified. `degraded`: it is not the one that was published last."""

    folder: Path
    manifest: Manifest
    degraded: bool = False


class GenerationStore:
    """The folder of the generations of one site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._generations = root / "gens"
        self._pointer = root / "CURRENT"
        self._read: Digests | None = None  # what the builder that holds the lock has read

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only builder, in a swept folder, or raise `BuildRunning`.

        What it reads of the generations that are kept, it reads once.
        """
        with build_lock(self.root):
            make_folder(self._generations)
            for left in self._generations.glob(f"{_TEMPORARY}*"):
                shutil.rmtree(left, ignore_errors=True)
            reached(Step.SWEPT)
            self._read = {}
            try:
                yield
            finally:
                self._read = None

    def publish(self, fill: Callable[[Path], dict[str, Any]]) -> Generation:
        """Build a generation and point to it. `fill` writes its files and returns its facts.

        Call under `lock`. When anything fails, nothing is left and the old one stays published.
        """
        self._make_room()
        pointed = self.pointer()
        number = max([*self.numbers(), pointed.generation if pointed else 0]) + 1
        temporary = self._generations / f"{_TEMPORARY}{number:08}"
        try:
            with full_disk_said():
                temporary.mkdir()
                reached(Step.CREATED)
                manifest = write_manifest(temporary, number, fill(temporary))
                reached(Step.SEALED)
                self._settle(temporary, number)
                self.point_to(number)
        except BaseException:
            self._discard(temporary, number)
            raise
        self.prune(pointed.generation if pointed else None)
        return Generation(self.folder(number), manifest)

    def _settle(self, temporary: Path, number: int) -> None:
        """Give a whole generation its place, for good."""
        for path in sorted(temporary.iterdir()):
            sync(path)
        reached(Step.FILES_SYNCED)
        sync(temporary)
        reached(Step.FOLDER_SYNCED)
        os.rename(temporary, self.folder(number))
        reached(Step.RENAMED)
        sync(self._generations)
        reached(Step.GENERATIONS_SYNCED)

    def _discard(self, temporary: Path, number: int) -> None:
        """Give back the room of a generation that was not published."""
        shutil.rmtree(temporary, ignore_errors=True)
        pointed = self.pointer()
        if pointed is None or pointed.generation != number:
            shutil.rmtree(self.folder(number), ignore_errors=True)

    def point_to(self, number: int, set_aside: tuple[str, ...] = ()) -> None:
        """Make a generation the published one. Call under `lock`."""
        digest = digest_of(self.folder(number) / MANIFEST)
        write_pointer(self._pointer, Pointer(number, digest, set_aside))

    def pointer(self) -> Pointer | None:
        """What is published; None when nothing is, or when that is no longer known."""
        return read_pointer(self._pointer)

    def signature(self) -> Signature | None:
        """Changes whenever another generation is published; cheap to ask."""
        return pointer_signature(self._pointer)

    def current(self) -> Generation:
        """The published generation, else another that verifies, else `NoGeneration`."""
        asked: Pointer | None = None
        while (pointed := self.pointer()) and pointed != asked:
            try:
                return self.verified(pointed.generation, pointed.manifest)
            except DamagedGeneration:
                asked = pointed  # damaged, or pruned by a builder that has published meanwhile
        return self._fallback(pointed)

    def _fallback(self, pointed: Pointer | None) -> Generation:
        """The newest sound one before the published one, else after it (a rollback left those)."""
        numbers = self.numbers()
        last = pointed.generation if pointed else max(numbers, default=0)
        for number in sorted(numbers, key=lambda n: (n > last, -n)):
            try:
                sound = self.verified(number)
            except DamagedGeneration:
                continue
            return Generation(sound.folder, sound.manifest, degraded=True)
        raise NoGeneration(_ALL_DAMAGED if numbers or pointed else _MISSING)

    def verified(self, number: int, manifest_digest: str | None = None) -> Generation:
        """A generation of which every byte was read, or `DamagedGeneration`."""
        folder = self.folder(number)
        return Generation(folder, verified_manifest(folder, number, manifest_digest, self._read))

    def numbers(self) -> list[int]:
        """The generations that are kept, oldest first."""
        try:
            names = [path.name for path in self._generations.iterdir()]
        except OSError:
            return []
        return sorted(int(name) for name in names if name.isdecimal())

    def folder(self, number: int) -> Path:
        """Where the files of a generation are."""
        return self._generations / f"{number:08}"

    def erased_elsewhere(self, but: int | None = None) -> int | None:
        """Delete what is kept elsewhere than here, one generation left: how many went.

        None: all is here.
        """

    def snapshots(self) -> list[str]:
        """The copies made elsewhere, which may hold what is deleted here."""
        return []

    def _make_room(self) -> None:
        """Keep one older generation only on a nearly full disk; refuse if that is no help."""
        pointed = self.pointer()
        last = self.folder(pointed.generation) if pointed else None
        last = last if last and last.is_dir() else None
        if missing_space(self.root, last):
            self.prune(kept=2)
        if missing := missing_space(self.root, last):
            raise disk_full(missing)

    def prune(self, before: int | None = None, kept: int = KEPT) -> None:
        """Keep the published one, the one `before` it and the newest others, if they are sound.

        Call under `lock`.
        """
        pointed = self.pointer()
        if pointed is None:
            return
        others = [n for n in self.numbers() if n != pointed.generation]
        others.sort(key=lambda n: (n != before, -n))
        sound = [*islice(filter(self._is_sound, others), kept - 1)]
        gone = [number for number in others if number not in sound]
        for number in gone:
            os.rename(self.folder(number), self._generations / f"{_RETIRED}{number:08}")
        reached(Step.RETIRED)
        if gone:
            sync(self._generations)  # a half deleted generation never stands under its number
        reached(Step.RETIRED_SYNCED)
        for number in gone:
            shutil.rmtree(self._generations / f"{_RETIRED}{number:08}", ignore_errors=True)
        reached(Step.PRUNED)

    def _is_sound(self, number: int) -> bool:
        try:
            self.verified(number)
        except DamagedGeneration:
            return False
        return True


def index_store(site: Site) -> GenerationStore:
    """The generations of a site, for builders and readers alike."""
    refuse_two_engines()
    root, asked = site.derived / "index", site.settings.moteur
    if asked.is_cluster:
        store: GenerationStore = import_module("indexer.cluster.store").ClusterStore(root, asked)
        return store
    return GenerationStore(root)

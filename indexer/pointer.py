"""The pointer: one sealed line that says which generation is published."""

import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.durability import Step, reached, sync
from indexer.sealed import SealBroken, sealed, unsealed

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

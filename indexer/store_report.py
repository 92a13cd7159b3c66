"""The state of everything a store keeps: every generation read against its manifest."""

from dataclasses import dataclass

from indexer.generations import GenerationStore
from indexer.manifest import DamagedGeneration, Manifest
from indexer.versions import unreadable_because


@dataclass(frozen=True, slots=True)
class KeptGeneration:
    """A generation. `fault`: how it is damaged; `obstacle`: why this program cannot read it.

    Both in French, "" when there is none; one of another version may wait for that version.
    """

    number: int
    manifest: Manifest | None = None
    fault: str = ""
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class StoreReport:
    """`pointed`: the published one (None: unknown); `serves`: the one that answers (None: none)."""

    pointed: int | None
    serves: int | None
    generations: tuple[KeptGeneration, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether the published generation serves and nothing kept is damaged."""
        faults = any(kept.fault for kept in self.generations)
        return self.serves is not None and self.serves == self.pointed and not faults


def report_on(store: GenerationStore) -> StoreReport:
    """Read every byte that a store keeps."""
    pointer = store.pointer()
    kept = tuple(
        _kept(store, n, pointer.manifest if pointer and n == pointer.generation else None)
        for n in store.numbers()
    )
    sound = [each.number for each in kept if not (each.fault or each.obstacle)]
    pointed = pointer.generation if pointer else None
    if pointed in sound:
        return StoreReport(pointed, pointed, kept)
    before = [number for number in sound if pointed is None or number < pointed]
    return StoreReport(pointed, max(before or sound, default=None), kept)


def _kept(store: GenerationStore, number: int, digest: str | None) -> KeptGeneration:
    try:
        manifest = store.verified(number, digest).manifest
    except DamagedGeneration as error:
        return KeptGeneration(number, fault=str(error))
    return KeptGeneration(number, manifest, obstacle=unreadable_because(manifest.facts))

"""The generations that are kept: their state, going back to an earlier one, erasing them all."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.problems import Refused
from indexer.generations import Generation, GenerationStore
from indexer.manifest import DamagedGeneration, Manifest
from indexer.versions import unreadable_because


class RollbackRefused(Refused):
    """There is nothing to go back to; the message says why, in French."""


def roll_back(store: GenerationStore, number: int | None = None) -> Generation:
    """Publish generation `number`, or the newest sound one before the published one.

    Call under `store.lock`. What is left is noted as set aside, so that a build of an unchanged
    site does not bring it back by itself.
    """
    pointer = store.pointer()
    published = pointer.generation if pointer else None
    chosen = _asked(store, number) if number is not None else _newest_before(store, published)
    if chosen.manifest.generation == published and not store.current().degraded:
        raise RollbackRefused(f"la génération {published} est déjà celle qui est publiée.")
    set_aside = {*(pointer.set_aside if pointer else ()), *_contents(store, published)}
    set_aside.discard(chosen.manifest.facts["digest"])
    store.point_to(chosen.manifest.generation, tuple(sorted(set_aside)))
    return chosen


def _asked(store: GenerationStore, number: int) -> Generation:
    if number not in store.numbers():
        kept = ", ".join(map(str, store.numbers())) or "aucune"
        raise RollbackRefused(f"la génération {number} n’existe pas. Gardées : {kept}.")
    try:
        generation = store.verified(number)
    except DamagedGeneration as error:
        raise RollbackRefused(
            f"la génération {number} est endommagée : {error}. "
            "Voyez celles qui sont saines : verbatheque verify"
        ) from error
    if reason := unreadable_because(generation.manifest.facts):
        raise RollbackRefused(f"la génération {number} ne peut pas servir. {reason}")
    return generation


def _newest_before(store: GenerationStore, published: int | None) -> Generation:
    for number in reversed(store.numbers()):
        if published is None or number < published:
            try:
                return _asked(store, number)
            except RollbackRefused:
                continue
    raise RollbackRefused(
        "aucune génération plus ancienne n’est utilisable. Voyez ce qui est gardé : "
        "verbatheque verify"
    )


def _contents(store: GenerationStore, number: int | None) -> tuple[str, ...]:
    """The digest of what a generation says; nothing of a damaged one: a build must replace it."""
    if number is None:
        return ()
    try:
        return (store.verified(number).manifest.facts["digest"],)
    except DamagedGeneration:
        return ()


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


def erase_the_past(store: GenerationStore) -> tuple[int, bool]:
    """Delete all that builds left but the published generation. Call under `lock`.

    How many generations went, and whether a cache.
    """
    serving = store.current().manifest.generation
    if (gone := store.erased_elsewhere(but=serving)) is not None:
        return gone, _without_caches(store)
    published = store.folder(serving)
    past = [path for path in published.parent.iterdir() if path != published]
    generations, caches = len(store.numbers()) - 1, _caches(store)
    with TemporaryDirectory(prefix=".oubli-", dir=store.root.parent) as away:
        for path in past:
            path.rename(Path(away) / path.name)
    for path in caches:
        path.unlink()
    return generations, bool(caches)


def _without_caches(store: GenerationStore) -> bool:
    """Delete what builds keep beside an index that is elsewhere; whether there was any."""
    caches = _caches(store) if store.root.parent.is_dir() else []
    for path in caches:
        path.unlink()
    return bool(caches)


def _caches(store: GenerationStore) -> list[Path]:
    return [path for path in store.root.parent.iterdir() if path.is_file()]


def erase(store: GenerationStore) -> tuple[int, bool]:
    """Delete all that builds left: how many generations, and whether a cache. Call under `lock`.

    The cache goes whole, not row by row: a database keeps the pages it frees. The index goes in
    one step, with its lock: a server that looks meets all of it or nothing.
    """
    if (gone := store.erased_elsewhere()) is not None:
        return gone, _without_caches(store)
    generations, derived = len(store.numbers()), store.root.parent
    caches = _caches(store)
    for path in caches:
        path.unlink()
    with TemporaryDirectory(prefix=".oubli-", dir=derived) as away:
        store.root.rename(Path(away) / store.root.name)
    return generations, bool(caches)

"""Going back to an earlier generation, by the steps of a publication."""

from indexer.generations import Generation, GenerationStore
from indexer.manifest import DamagedGeneration
from indexer.versions import unreadable_because


class RollbackRefused(RuntimeError):
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

"""Forgetting without a silence: the site answers from a new index before the old ones go."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from corpus.forgetting import Removal, forget
from corpus.problems import CorpusError, Refused
from corpus.site import Site, read_site, settings_of
from corpus.typography import spaced
from indexer.build import BuildRefused, build
from indexer.french import ModelMissing
from indexer.generations import BuildRunning, index_store
from indexer.history import erase, erase_the_past

_PATIENCE = 120.0  # seconds that another build may take


@dataclass(frozen=True, slots=True)
class Erasure:
    """What went; `pages`: where the copies came from. `refused`: why no new index could be made.

    `snapshots`: the copies of the index that its cluster keeps, and that may still hold the words.
    """

    generations: int
    had_cache: bool
    pages: tuple[Path | None, ...]
    refused: str = ""
    snapshots: tuple[str, ...] = ()


def erased(site: Path, removals: Sequence[Removal], name: str) -> Erasure:
    """Rewrite, build what is left, then delete all that held the words.

    Where no index can be made of what is left, none stays: the words go first.
    """
    store = index_store(Site(site, settings_of(site)))
    try:
        with store.lock():
            pages = forget(site, list(removals), name)
    except BuildRunning as running:
        raise CorpusError(
            "une construction est en cours\u00a0: attendez qu’elle finisse. Rien n’a été changé."
        ) from running
    until = monotonic() + _PATIENCE
    while True:
        try:
            return _cleared(site, tuple(pages))
        except BuildRunning:
            if monotonic() > until:
                raise
            sleep(0.5)


def _cleared(site: Path, pages: tuple[Path | None, ...]) -> Erasure:
    store = index_store(Site(site, settings_of(site)))
    is_built = bool(store.numbers())
    refused = _refusal(site) if is_built else ""
    with store.lock():
        if is_built and not refused:
            return Erasure(*erase_the_past(store), pages, snapshots=tuple(store.snapshots()))
        return Erasure(*erase(store), pages, refused, tuple(store.snapshots()))


def _refusal(site: Path) -> str:
    """Publish what is left, whatever golden queries say of it; why it could not be, in French."""
    try:
        build(read_site(site), force=True)
    except (BuildRefused, ModelMissing, Refused) as error:
        return spaced(str(error))
    except OSError as error:
        return spaced(f"impossible d’écrire\u00a0: {error.strerror}.")
    return ""

"""Forgetting without a silence: the site answers from a new index before the old ones go."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from corpus.forgetting import Removal, forget
from corpus.problems import CorpusError
from corpus.site import Site
from indexer.build import silent
from indexer.generations import BuildRunning, index_store
from indexer.history import erase, erase_the_past
from web.bench.publishing import built

_PATIENCE = 120.0  # seconds that another build may take


@dataclass(frozen=True, slots=True)
class Erasure:
    """What went; `pages`: where the copies came from. `refused`: why no new index could be made."""

    generations: int
    had_cache: bool
    pages: tuple[Path | None, ...]
    refused: str = ""


def erased(site: Path, removals: Sequence[Removal], name: str) -> Erasure:
    """Rewrite, build what is left, then delete all that held the words.

    Where no index can be made of what is left, none stays: the words go first.
    """
    store = index_store(Site(site))
    try:
        with store.lock():
            pages = forget(site, list(removals), name)
    except BuildRunning as running:
        raise CorpusError(
            "une construction est en cours : attendez qu’elle finisse. Rien n’a été changé."
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
    store = index_store(Site(site))
    before = len(store.numbers())
    outcome = built(site, force=True, progress=silent) if before else None
    with store.lock():
        if outcome and outcome.summary:
            return Erasure(*erase_the_past(store), pages)
        return Erasure(*erase(store), pages, outcome.refused if outcome else "")

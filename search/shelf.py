"""The library of a site: its published generation, replaced as soon as another is published.

A generation is loaded beside the one that serves, swapped in, and the old one closed when its
last reading ends. One that does not open is refused: the old one goes on serving.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.site import Site
from indexer.generations import Generation, GenerationStore, NoGeneration, index_store
from indexer.versions import unreadable_because
from search.library import Health, IndexMissing
from search.open_generation import OpenGeneration, opened
from search.reading import IndexReading

_LOOK_EVERY = 0.5  # seconds between two looks at the pointer
_CLOSED = "L’index ne s’ouvre pas. Lancez\u00a0: verbatheque build"
_log = logging.getLogger(__name__)


class Shelf:
    """Holds the generation that serves. One for each process; threads may share it."""

    def __init__(self, store: GenerationStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._current: OpenGeneration | None = None
        self._signature: tuple[int, int, int] | None = None
        self._next_look = 0.0
        self._fault = _CLOSED

    @contextmanager
    def reading(self) -> Iterator[IndexReading]:
        """Hold one generation and one searcher until the end of the block."""
        held = self._taken()
        try:
            with held.engine.asking() as asking:
                yield IndexReading(held, asking)
        finally:
            self._release(held)

    def _taken(self) -> OpenGeneration:
        with self._lock:
            if time.monotonic() >= self._next_look:
                self._look()
            if self._current is None:
                raise IndexMissing(self._fault)
            self._current.readings += 1
            return self._current

    def _look(self) -> None:
        """Take up a newly published generation, if there is one and it opens."""
        self._next_look = time.monotonic() + _LOOK_EVERY
        signature = self._store.signature()
        if signature == self._signature and self._current is not None:
            return
        try:
            generation = self._store.current()
            if reason := unreadable_because(generation.manifest.facts):
                self._fault = reason
                return
            fresh = opened(generation.folder, _health(generation))
        except NoGeneration as missing:
            self._fault = str(missing)
            if signature is None:  # taken away on purpose: it may hold what must be forgotten
                self._put(None)
            return
        except Exception:
            _log.exception("the new generation does not open; the old one goes on serving")
            self._signature = signature
            return
        if generation.degraded:
            _log.error("the published generation is damaged; %s serves", generation.folder.name)
        self._signature = signature
        self._put(fresh)

    def _put(self, fresh: OpenGeneration | None) -> None:
        retired, self._current = self._current, fresh
        if retired:
            retired.is_retired = True
            _close_if_done(retired)

    def _release(self, held: OpenGeneration) -> None:
        with self._lock:
            held.readings -= 1
            _close_if_done(held)


def open_library(site: Site) -> Shelf:
    """The library of a site; it opens at the first reading."""
    return Shelf(index_store(site))


def _health(generation: Generation) -> Health:
    manifest = generation.manifest
    documents = int(manifest.facts["documents"])
    return Health(manifest.generation, manifest.built_at, documents, generation.degraded)


def _close_if_done(held: OpenGeneration) -> None:
    if held.is_retired and held.readings == 0:
        held.engine.close()

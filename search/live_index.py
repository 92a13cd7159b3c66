"""The published index of a site, replaced as soon as another is published, and its readings.

A generation is loaded beside the one that serves, swapped in, and the old one closed when its
last reading ends. One that does not open is refused: the old one goes on serving, degraded.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial

from corpus.problems import Refused, Unreachable
from corpus.site import Site
from indexer.encoder import Encoding, installed_encoder
from indexer.generations import Generation, GenerationStore, NoGeneration, Signature, index_store
from indexer.manifest import DamagedGeneration
from indexer.versions import unreadable_because
from search.answer import Answer, Document, ThemeAffinity
from search.answering import answer_to, counting_after
from search.capacity import MAX_SEARCHES, Guard
from search.open_generation import (
    DocumentReader,
    Health,
    OpenGeneration,
    Opening,
    day_or_none,
    opened,
    opening_of,
)
from search.query import SearchQuery, question_from
from search.related import related
from search.static_index import StaticIndex, static_index_of
from search.suggestions import SuggestionGroup, suggest
from search.texts import Texts
from search.views import SiteViews


class IndexMissing(Refused):
    """No generation can be served; the message names the command to run."""


class IndexReading(SiteViews):
    """One generation for the length of a request, and what nobody else asks of it."""

    def __init__(self, generation: OpenGeneration, texts: Texts, guard: Guard) -> None:
        self._reader = DocumentReader(generation, texts)
        self._guard = guard

    def search(self, query: SearchQuery) -> Answer:
        """Raise `QueryRefused` when the query cannot be asked, `SearchBusy` when it cannot now."""
        with self._guarded():
            return answer_to(query, self._reader)

    def suggest(self, text: str, limit: int) -> tuple[SuggestionGroup, ...]:
        """Raise `QueryRefused` when the text is too long, or narrows by what does not exist."""
        question_from(text)
        with self._guarded():
            counting = partial(counting_after, reader=self._reader)
            return suggest(text, limit, self._reader.generation.lists, counting)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._guard.place():
            self._reader.texts.deadline.begin()
            yield

    def document(self, document_id: str) -> Document | None:
        """A verbatim or a key idea."""
        number = self._reader.number(document_id)
        return None if number is None else self._reader.document(number)

    def added_on(self, document_id: str) -> date | None:
        """The day on which a document came into the index; None when it opened with it."""
        if "added" in self._reader.catalogue:
            return day_or_none(self._reader.catalogue["added"].get(document_id))
        number = self._reader.number(document_id)
        if number is None:
            return None
        return day_or_none(self._reader.texts.records([number])[0].added)

    def everything(self) -> Iterator[Document]:
        """All documents in the order of the write-ups, each with its affinity to every theme."""
        for number in range(self._reader.texts.size):
            (row,) = self._reader.texts.records([number])
            yield replace(self._reader.document_of(row), themes=self._reader.affinities_of(row))

    def static_index(self) -> StaticIndex:
        """What a browser needs to answer without a server."""
        return static_index_of(self._reader)

    def related(self, document_id: str) -> tuple[Document, ...]:
        """The quotes closest to a document."""
        number = self._reader.number(document_id)
        return () if number is None else related(self._reader, number)

    def affinities(self, document_id: str) -> tuple[ThemeAffinity, ...]:
        """Every theme with how much a document is about it, strongest first."""
        number = self._reader.number(document_id)
        if number is None:
            return ()
        return self._reader.affinities_of(self._reader.texts.records([number])[0])

    def health(self) -> Health:
        """What a monitor wants to know."""
        return self._reader.generation.health


_LOOK_EVERY = 0.25  # seconds between two looks at the pointer: one is noticed within half a second
_ASK_AGAIN = 5.0  # seconds before what was refused is tried again
_CLOSED = "L’index ne s’ouvre pas. Lancez\u00a0: verbatheque build"
_DAMAGED = "L’index publié est endommagé. Lancez\u00a0: verbatheque build"
_log = logging.getLogger(__name__)


class Shelf:
    """Holds the generation that serves. One for each process; threads may share it."""

    def __init__(
        self,
        store: GenerationStore,
        places: int = MAX_SEARCHES,
        encoding: Encoding = installed_encoder,
        opening: Opening | None = None,
    ) -> None:
        self._store = store
        self._opening = opening
        self._encoding = encoding
        self._guard = Guard(places)
        self._swapping = threading.Lock()  # held for an instant: no reading waits for a loading
        self._looking = threading.Lock()
        self._current: OpenGeneration | None = None
        self._seen: Signature | None = None
        self._next_look = 0.0
        self._fault = _CLOSED

    @contextmanager
    def reading(self) -> Iterator[IndexReading]:
        """Hold one generation until the end of the block."""
        held = self._taken()
        try:
            with held.engine.asking() as texts:
                yield IndexReading(held, texts, self._guard)
        finally:
            self._release(held)

    def look(self) -> None:
        """Take up the published generation, if it is another one and it opens."""
        with self._looking:
            signature, now = self._store.signature(), time.monotonic()
            if signature == self._seen and now < self._next_look:
                return
            try:
                self._swap(self._loaded())
                self._next_look = float("inf")  # until another is published
            except IndexMissing as refused:
                if signature is None:  # taken away on purpose: it may hold what must be forgotten
                    self._swap(None)
                self._refuse(str(refused), is_told=signature == self._seen)
                self._next_look = now + _ASK_AGAIN
            self._seen = signature

    def watch(self) -> None:
        """Look now, then for as long as the process lives: call after the last fork."""
        with suppress(Unreachable):  # visitors are told, until it answers
            self.look()
        threading.Thread(target=self._look_for_good, name="watch", daemon=True).start()

    def _look_for_good(self) -> None:
        is_told = False
        while True:
            time.sleep(_LOOK_EVERY)
            try:
                self.look()
                is_told = False
            except Unreachable as error:
                if not is_told:
                    _log.error("%s", error)
                is_told = True
            except Exception:  # a disk that fails for a moment must not end the watch
                _log.exception("la génération publiée n’a pas pu être regardée")

    def _taken(self) -> OpenGeneration:
        if self._current is None:
            self.look()
        with self._swapping:
            if self._current is None:
                raise IndexMissing(self._fault)
            self._current.readings += 1
            return self._current

    def _loaded(self) -> OpenGeneration:
        """Open the published generation; raise `IndexMissing`, which says why, if it is refused."""
        try:
            found = self._store.current()
            if reason := unreadable_because(found.manifest.facts):
                raise IndexMissing(reason)
            if found.degraded and self._current:  # an older one: what is open is at least as good
                raise IndexMissing(_DAMAGED)
            opening = self._opening or opened
            return opening(found.folder, _health(found), self._encoding)
        except NoGeneration as error:
            raise IndexMissing(str(error)) from error
        except (OSError, ValueError, KeyError, EOFError, DamagedGeneration) as error:
            raise IndexMissing(_DAMAGED) from error

    def _swap(self, fresh: OpenGeneration | None) -> None:
        with self._swapping:
            retired, self._current = self._current, fresh
            if retired:
                retired.is_retired = True
                _close_if_done(retired)
        if fresh is None:
            return
        if fresh.health.degraded:
            _log.error("la génération publiée est endommagée, la %d sert", fresh.health.generation)
        elif retired:
            _log.info("la génération %d sert", fresh.health.generation)

    def _refuse(self, fault: str, *, is_told: bool) -> None:
        self._fault = fault
        held = self._current
        if held:
            held.health = replace(held.health, degraded=True)
        if held and not is_told:
            _log.error(
                "index refusé, la génération %d sert encore. %s", held.health.generation, fault
            )
        elif not is_told:
            _log.error("aucune génération ne sert. %s", fault)

    def _release(self, held: OpenGeneration) -> None:
        with self._swapping:
            held.readings -= 1
            _close_if_done(held)


def open_library(site: Site, encoding: Encoding = installed_encoder) -> Shelf:
    """The library of a site; it opens at the first reading."""
    return Shelf(index_store(site), encoding=encoding, opening=opening_of(site.settings.moteur))


def _health(generation: Generation) -> Health:
    manifest = generation.manifest
    documents = int(manifest.facts["documents"])
    return Health(manifest.generation, manifest.built_at, documents, generation.degraded)


def _close_if_done(held: OpenGeneration) -> None:
    if held.is_retired and held.readings == 0:
        held.engine.close()

"""One reading of the index: searches and pages, all from one generation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from search import views
from search.answer import Answer, Document, ThemeAffinity
from search.answering import advised, documents_holding
from search.columns import Mask
from search.document_reader import DocumentReader
from search.engine import Asking
from search.guard import Guard
from search.library import (
    Health,
    IdeaView,
    OrganisationView,
    Overview,
    Panorama,
    SpeakerView,
    ThemeView,
    WebinarView,
)
from search.open_generation import OpenGeneration
from search.query import SearchQuery
from search.query_language import question_from
from search.related import related
from search.repairing import repaired_answer
from search.static_index import StaticIndex, static_index_of
from search.suggestions import SuggestionGroup, suggest


class IndexReading:
    """`search.library.Reading`, through a searcher that nobody else uses meanwhile."""

    def __init__(self, generation: OpenGeneration, asking: Asking, guard: Guard) -> None:
        self._reader = DocumentReader(generation, asking)
        self._guard = guard

    def search(self, query: SearchQuery) -> Answer:
        """Raise `QueryRefused` when the query cannot be asked, `SearchBusy` when it cannot now."""
        with self._guarded():
            answer = repaired_answer(query, self._reader)
            return answer if answer.total else advised(answer, query, self._reader)

    def suggest(self, text: str, limit: int) -> tuple[SuggestionGroup, ...]:
        """Raise `QueryRefused` when the text is too long, or narrows by what does not exist."""
        question_from(text)
        with self._guarded():
            return suggest(text, limit, self._reader.generation.lists, self._holding)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._guard.place():
            self._reader.asking.deadline.begin()
            yield

    def _holding(self, text: str) -> Mask:
        return documents_holding(text, self._reader)

    def document(self, document_id: str) -> Document | None:
        """A verbatim or a key idea."""
        number = self._reader.number(document_id)
        return None if number is None else self._reader.document(number)

    def everything(self) -> Iterator[Document]:
        """All documents in the order of the write-ups, each with its affinity to every theme."""
        for number in range(self._reader.generation.columns.size):
            yield replace(self._reader.document(number), themes=self._reader.affinities(number))

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
        return () if number is None else self._reader.affinities(number)

    def idea(self, idea_id: str) -> IdeaView | None:
        """A key idea and what backs it."""
        return views.idea_view(self._reader, idea_id)

    def webinar(self, webinar_id: str) -> WebinarView | None:
        """A webinar as one reads it."""
        return views.webinar_view(self._reader, webinar_id)

    def speaker(self, speaker_id: str) -> SpeakerView | None:
        """All that one person said."""
        return views.speaker_view(self._reader, speaker_id)

    def organisation(self, slug: str) -> OrganisationView | None:
        """All that was said for an organisation."""
        return views.organisation_view(self._reader, slug)

    def panorama(self) -> Panorama:
        """The themes of each webinar."""
        return views.panorama(self._reader.generation)

    def theme(self, slug: str) -> ThemeView | None:
        """What was said of a theme."""
        return views.theme_view(self._reader, slug)

    def overview(self) -> Overview:
        """The whole corpus at a glance."""
        return views.overview(self._reader)

    def health(self) -> Health:
        """What a monitor wants to know."""
        return self._reader.generation.health

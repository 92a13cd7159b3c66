"""One reading of the index: searches and pages, all from one generation."""

from search import views
from search.answer import Answer, Document, ThemeAffinity
from search.answering import answer_to
from search.document_reader import DocumentReader
from search.engine import Asking
from search.library import Health, IdeaView, Overview, SpeakerView, ThemeView, WebinarView
from search.open_generation import OpenGeneration
from search.query import SearchQuery


class IndexReading:
    """`search.library.Reading`, through a searcher that nobody else uses meanwhile."""

    def __init__(self, generation: OpenGeneration, asking: Asking) -> None:
        self._reader = DocumentReader(generation, asking)

    def search(self, query: SearchQuery) -> Answer:
        """Raise `QueryRefused` when the query cannot be asked."""
        return answer_to(query, self._reader)

    def document(self, document_id: str) -> Document | None:
        """A verbatim or a key idea."""
        number = self._reader.number(document_id)
        return None if number is None else self._reader.document(number)

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

    def theme(self, slug: str) -> ThemeView | None:
        """What was said of a theme."""
        return views.theme_view(self._reader, slug)

    def overview(self) -> Overview:
        """The whole corpus at a glance."""
        return views.overview(self._reader)

    def health(self) -> Health:
        """What a monitor wants to know."""
        return self._reader.generation.health

"""What the pages of a site can ask of the published index, whatever the engine behind it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from search.answer import Answer, Document, WebinarReference
from search.query import SearchQuery
from search.suggestions import SuggestionGroup


class IndexMissing(RuntimeError):
    """No generation can be served; the message names the command to run."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a theme, a speaker or an organisation, and its number of quotes."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class WebinarEntry:
    """A line of the list of webinars."""

    webinar: WebinarReference
    ideas: int
    verbatims: int


@dataclass(frozen=True, slots=True)
class IdeaView:
    """A key idea with the verbatims that back it; `idea` is None for those that back none."""

    idea: Document | None
    verbatims: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class SpeakerRole:
    """What a speaker did, and where, in one webinar."""

    speaker_id: str
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class WebinarView:
    """The page of a webinar, in the order of its write-up; `words` counts those one reads."""

    webinar: WebinarReference
    published_on: date | None
    introduction: str
    speakers: tuple[SpeakerRole, ...]
    ideas: tuple[IdeaView, ...]
    words: int


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """The page of a speaker: roles (latest first), quotes (latest first) and main themes.

    `homonyms` are others of the same name, each with the latest role.
    """

    id: str
    name: str
    roles: tuple[SpeakerRole, ...]
    verbatims: tuple[Document, ...]
    themes: tuple[Entry, ...]
    homonyms: tuple[SpeakerRole, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The page of an organisation: who spoke for it, their quotes (latest first), main themes."""

    id: str
    name: str
    speakers: tuple[Entry, ...]
    verbatims: tuple[Document, ...]
    themes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many quotes of a year."""

    year: int
    count: int


@dataclass(frozen=True, slots=True)
class ThemeView:
    """The page of a theme: its strongest quotes first, who speaks of it most, and when.

    `years` go from the first to the last of the corpus, those without a quote included.
    """

    slug: str
    label: str
    description: str
    documents: tuple[Document, ...]
    speakers: tuple[Entry, ...]
    years: tuple[YearCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole corpus at a glance."""

    verbatims: int
    ideas: int
    webinars: tuple[WebinarEntry, ...]
    themes: tuple[Entry, ...]
    speakers: tuple[Entry, ...]
    organisations: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Panorama:
    """What was spoken of, and when: quotes of each theme in each webinar, oldest first.

    `counts[theme][webinar]`, in the order of `themes` (most spoken of first) and `webinars`.
    """

    themes: tuple[Entry, ...]
    webinars: tuple[WebinarReference, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Health:
    """What a monitor wants to know of the published index; `built_at` is ISO 8601."""

    generation: int
    built_at: str
    records: int
    degraded: bool


class Reading(Protocol):
    """One generation of the index, for the length of one request. Unknown ids give None."""

    def search(self, query: SearchQuery) -> Answer:
        """Raise `QueryRefused` when the query cannot be asked."""

    def suggest(self, text: str, limit: int) -> tuple[SuggestionGroup, ...]:
        """Complete what is being typed, `limit` suggestions a group."""

    def document(self, document_id: str) -> Document | None: ...

    def everything(self) -> Iterator[Document]:
        """All documents in the order of the write-ups, each with its affinity to every theme."""

    def related(self, document_id: str) -> tuple[Document, ...]:
        """The quotes close to a document that its own page does not show; often none."""

    def idea(self, idea_id: str) -> IdeaView | None: ...

    def webinar(self, webinar_id: str) -> WebinarView | None: ...

    def speaker(self, speaker_id: str) -> SpeakerView | None: ...

    def organisation(self, slug: str) -> OrganisationView | None: ...

    def theme(self, slug: str) -> ThemeView | None: ...

    def panorama(self) -> Panorama: ...

    def overview(self) -> Overview: ...

    def health(self) -> Health: ...


class Library(Protocol):
    """Where readings are had."""

    def reading(self) -> AbstractContextManager[Reading]:
        """Hold one generation until the end of the block; raise `IndexMissing` if there is none."""

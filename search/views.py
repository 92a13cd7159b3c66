"""What the pages of a site show of the published index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.typography import fold
from indexer import fields
from search.answer import Document, WebinarReference
from search.looks import Compiled
from search.open_generation import (
    DocumentReader,
    day_or_none,
    webinar_reference,
)
from search.query import QUOTES, Filters, Order, SearchQuery
from search.webinars import latest_first, name_of


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


_THEME_DOCUMENTS = 20
_THEME_SPEAKERS = 12


class SiteViews:
    """What the pages of a site ask of one generation of the index. Unknown ids give None."""

    _reader: DocumentReader  # had by who inherits

    def idea(self, idea_id: str) -> IdeaView | None:
        """A key idea with its verbatims, in order; None when no idea has this id."""
        number = self._reader.number(idea_id)
        idea = self._reader.document(number) if number is not None else None
        if idea is None or idea.kind != "idee":
            return None
        backing = self._reader.texts.where(fields.KEY_IDEA, idea_id)
        return IdeaView(idea, self._reader.documents(backing))

    def webinar(self, webinar_id: str) -> WebinarView | None:
        """A webinar in the order of its write-up; None when none has this id."""
        entry = self._reader.generation.webinar_entries.entry(webinar_id)
        if entry is None:
            return None
        documents = self._reader.documents(self._reader.texts.where(fields.WEBINAR, webinar_id))
        return WebinarView(
            webinar=webinar_reference(entry),
            published_on=day_or_none(entry["published_on"]),
            introduction=entry["introduction"],
            speakers=tuple(_role(person) for person in entry["speakers"]),
            ideas=tuple(_ideas(documents)),
            words=entry["words"],
        )

    def speaker(self, speaker_id: str) -> SpeakerView | None:
        """A speaker with roles and quotes, latest first; None when nobody has this id."""
        entries = self._reader.generation.webinar_entries
        everybody = _people(entries.with_speaker(speaker_id))
        people = [person for person in everybody if person["id"] == speaker_id]
        if not people:
            return None
        namesakes = _people(entries.with_names({name_of(person) for person in people}))
        said = Filters(speakers=(speaker_id,))
        return SpeakerView(
            id=speaker_id,
            name=people[0]["name"],
            roles=tuple(dict.fromkeys(_role(person) for person in people)),
            verbatims=self._ranked(said, "date"),
            themes=self._themes_of(said),
            homonyms=_homonyms(namesakes, people),
        )

    def organisation(self, slug: str) -> OrganisationView | None:
        """An organisation with its quotes, latest first; None when nobody spoke for it."""
        listed = self._reader.catalogue["organisations"]
        found = next((entry for entry in listed if entry["id"] == slug), None)
        if found is None:
            return None
        said = Filters(organisations=(slug,))
        return OrganisationView(
            id=slug,
            name=found["label"],
            speakers=self._speakers_of(said),
            verbatims=self._ranked(said, "date"),
            themes=self._themes_of(said),
        )

    def theme(self, slug: str) -> ThemeView | None:
        """A theme with its strongest quotes; None when it is not in the list."""
        themes = self._reader.catalogue["themes"]
        theme = next((theme for theme in themes if theme["id"] == slug), None)
        if theme is None:
            return None
        said = replace(QUOTES, themes=(slug,))
        return ThemeView(
            slug=slug,
            label=theme["label"],
            description=theme["description"],
            documents=self._ranked(said, "pertinence", _THEME_DOCUMENTS),
            speakers=self._speakers_of(said)[:_THEME_SPEAKERS],
            years=self._by_year(said),
        )

    def panorama(self) -> Panorama:
        """The quotes of each theme in each dated webinar, oldest first."""
        webinars = self._reader.catalogue["webinars"]
        dated = [place for place, entry in enumerate(webinars) if entry["held_on"]]
        dated.sort(key=lambda place: str(webinars[place]["held_on"]))
        places = {
            theme["id"]: place for place, theme in enumerate(self._reader.catalogue["themes"])
        }
        themes = self._themes_of(QUOTES)
        counts = self._reader.texts.themes_by_webinar(QUOTES)
        return Panorama(
            themes=themes,
            webinars=tuple(webinar_reference(webinars[place]) for place in dated),
            counts=tuple(
                tuple(counts[place][places[theme.id]] for place in dated) for theme in themes
            ),
        )

    def overview(self) -> Overview:
        """The whole corpus: latest webinars first, themes and speakers by their quotes."""
        verbatims, ideas = self._reader.texts.tallies("type", Filters())
        return Overview(
            verbatims=verbatims,
            ideas=ideas,
            webinars=tuple(
                WebinarEntry(webinar_reference(entry), entry["ideas"], entry["verbatims"])
                for entry in latest_first(self._reader.catalogue["webinars"])
            ),
            themes=self._themes_of(QUOTES),
            speakers=self._speakers_of(QUOTES),
            organisations=_ranked(
                self._reader.catalogue["organisations"],
                self._reader.texts.tallies("organisation", QUOTES),
            ),
        )

    def _ranked(self, kept: Filters, order: Order, most: int | None = None) -> tuple[Document, ...]:
        """The documents that filters keep, all of them or the first."""
        texts = self._reader.texts
        query = SearchQuery(order=order, size=texts.size if most is None else most)
        page = texts.found(Compiled(), kept, query).page()
        return self._reader.documents([ranked.number for ranked in page])

    def _themes_of(self, kept: Filters) -> tuple[Entry, ...]:
        """The themes of some documents, by how many are about each."""
        return _ranked(self._reader.catalogue["themes"], self._reader.texts.tallies("theme", kept))

    def _speakers_of(self, kept: Filters) -> tuple[Entry, ...]:
        """Who said some documents, by how many."""
        counts = self._reader.texts.tallies("intervenant", kept)
        return _ranked(self._reader.catalogue["speakers"], counts)

    def _by_year(self, kept: Filters) -> tuple[YearCount, ...]:
        """Years without a quote are counted too: a gap in time is to be seen."""
        dimensions = self._reader.generation.dimensions
        listed = next(one for one in dimensions if one.name == "annee").values
        years = [int(year) for year, _ in listed]
        if not years:
            return ()
        said_in = dict(zip(years, self._reader.texts.tallies("annee", kept), strict=True))
        return tuple(
            YearCount(year, said_in.get(year, 0)) for year in range(min(years), max(years) + 1)
        )


def _ideas(documents: Iterable[Document]) -> Iterable[IdeaView]:
    idea: Document | None = None
    verbatims: list[Document] = []
    for document in documents:
        if document.kind == "verbatim":
            verbatims.append(document)
            continue
        if idea or verbatims:
            yield IdeaView(idea, tuple(verbatims))
        idea, verbatims = document, []
    if idea or verbatims:
        yield IdeaView(idea, tuple(verbatims))


def _role(person: dict[str, str]) -> SpeakerRole:
    return SpeakerRole(person["id"], person["name"], person["role"], person["organisation"])


def _people(entries: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    return [person for entry in entries for person in entry["speakers"]]


def _homonyms(
    everybody: list[dict[str, str]], people: list[dict[str, str]]
) -> tuple[SpeakerRole, ...]:
    """Those who bear one of the names under another id, each as met first."""
    names = {name_of(person) for person in people}
    others: dict[str, SpeakerRole] = {}
    for person in everybody:
        if person["id"] != people[0]["id"] and name_of(person) in names:
            others.setdefault(person["id"], _role(person))
    return tuple(others.values())


def _ranked(entries: list[dict[str, Any]], counts: Sequence[int]) -> tuple[Entry, ...]:
    """The entries of a list that are counted, most first."""
    counted = [
        Entry(entry["id"], entry["label"], count)
        for entry, count in zip(entries, counts, strict=True)
        if count
    ]
    return tuple(sorted(counted, key=_most_first))


def _most_first(entry: Entry) -> tuple[int, str]:
    """By count, then as in a French dictionary: É among the E."""
    return -entry.count, fold(entry.label)

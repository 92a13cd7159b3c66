"""What the pages of a site show of the published index."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from corpus.homonyms import bare_name
from corpus.typography import fold, slug_from
from indexer import fields
from indexer.fields import KINDS
from search.answer import Document, WebinarReference
from search.columns import Columns, Ints
from search.open_generation import (
    DocumentReader,
    day_or_none,
    webinar_reference,
)


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
        if number is None or self._reader.columns.kinds[number] != KINDS.index("idee"):
            return None
        backing = self._reader.asking.where(fields.KEY_IDEA, idea_id)
        return IdeaView(self._reader.document(number), self._documents(backing))

    def webinar(self, webinar_id: str) -> WebinarView | None:
        """A webinar in the order of its write-up; None when none has this id."""
        entries = self._reader.catalogue["webinars"]
        entry = next((entry for entry in entries if entry["id"] == webinar_id), None)
        if entry is None:
            return None
        documents = self._documents(self._reader.asking.where(fields.WEBINAR, webinar_id))
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
        everybody = [person for held in self._latest_webinars() for person in held["speakers"]]
        people = [person for person in everybody if person["id"] == speaker_id]
        if not people:
            return None
        numbers = np.array(self._reader.asking.where(fields.SPEAKER_ID, speaker_id), dtype=np.int32)
        return SpeakerView(
            id=speaker_id,
            name=people[0]["name"],
            roles=tuple(dict.fromkeys(_role(person) for person in people)),
            verbatims=self._latest_first(numbers),
            themes=self._themes_of(numbers),
            homonyms=_homonyms(everybody, people),
        )

    def organisation(self, slug: str) -> OrganisationView | None:
        """An organisation with its quotes, latest first; None when nobody spoke for it."""
        listed = self._reader.catalogue["organisations"]
        place = next((p for p, entry in enumerate(listed) if entry["id"] == slug), None)
        if place is None:
            return None
        numbers = np.flatnonzero(self._reader.columns.organisations == place).astype(np.int32)
        return OrganisationView(
            id=slug,
            name=listed[place]["label"],
            speakers=_counted(
                self._reader.catalogue["speakers"], self._reader.columns.speakers[numbers]
            ),
            verbatims=self._latest_first(numbers),
            themes=self._themes_of(numbers),
        )

    def theme(self, slug: str) -> ThemeView | None:
        """A theme with its strongest quotes; None when it is not in the list."""
        columns, themes = self._reader.columns, self._reader.catalogue["themes"]
        place = next((p for p, theme in enumerate(themes) if theme["id"] == slug), None)
        if place is None:
            return None
        said = columns.themed[:, place] & (columns.kinds == KINDS.index("verbatim"))
        numbers = np.flatnonzero(said).astype(np.int32)
        strongest = numbers[np.argsort(-columns.affinities[numbers, place], kind="stable")]
        return ThemeView(
            slug=slug,
            label=themes[place]["label"],
            description=themes[place]["description"],
            documents=self._documents(strongest[:_THEME_DOCUMENTS]),
            speakers=_counted(self._reader.catalogue["speakers"], columns.speakers[numbers])[
                :_THEME_SPEAKERS
            ],
            years=_by_year(columns, numbers),
        )

    def panorama(self) -> Panorama:
        """The quotes of each theme in each dated webinar, oldest first."""
        columns, webinars = self._reader.columns, self._reader.catalogue["webinars"]
        said = columns.kinds == KINDS.index("verbatim")
        dated = [place for place, entry in enumerate(webinars) if entry["held_on"]]
        dated.sort(key=lambda place: str(webinars[place]["held_on"]))
        places = {
            theme["id"]: place for place, theme in enumerate(self._reader.catalogue["themes"])
        }
        themes = self._themes_of(said)
        counts = (
            np.stack(
                [columns.themed[said & (columns.webinars == place)].sum(axis=0) for place in dated],
                axis=1,
            )
            if dated
            else np.zeros((len(places), 0), dtype=np.int32)
        )
        return Panorama(
            themes=themes,
            webinars=tuple(webinar_reference(webinars[place]) for place in dated),
            counts=tuple(tuple(counts[places[theme.id]].tolist()) for theme in themes),
        )

    def overview(self) -> Overview:
        """The whole corpus: latest webinars first, themes and speakers by their quotes."""
        said = np.flatnonzero(self._reader.columns.kinds == KINDS.index("verbatim"))
        return Overview(
            verbatims=len(said),
            ideas=self._reader.columns.size - len(said),
            webinars=tuple(
                WebinarEntry(webinar_reference(entry), entry["ideas"], entry["verbatims"])
                for entry in self._latest_webinars()
            ),
            themes=self._themes_of(said),
            speakers=_counted(
                self._reader.catalogue["speakers"], self._reader.columns.speakers[said]
            ),
            organisations=_counted(
                self._reader.catalogue["organisations"], self._reader.columns.organisations[said]
            ),
        )

    def _latest_webinars(self) -> list[dict[str, Any]]:
        return sorted(
            self._reader.catalogue["webinars"], key=lambda w: w["held_on"] or "", reverse=True
        )

    def _documents(self, numbers: Iterable[int]) -> tuple[Document, ...]:
        return tuple(self._reader.document(int(number)) for number in numbers)

    def _latest_first(self, numbers: Ints) -> tuple[Document, ...]:
        order = np.argsort(-self._reader.columns.days[numbers], kind="stable")
        return self._documents(numbers[order])

    def _themes_of(self, numbers: Any) -> tuple[Entry, ...]:
        """The themes of some documents, by how many are about each."""
        return _ranked(
            self._reader.catalogue["themes"], self._reader.columns.themed[numbers].sum(axis=0)
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


def _homonyms(
    everybody: list[dict[str, str]], people: list[dict[str, str]]
) -> tuple[SpeakerRole, ...]:
    """Those who bear one of the names under another id, each as met first.

    « Jean Martin (Vaux) » is a Jean Martin too: that is how one webinar lists two of them.
    """
    names = {slug_from(bare_name(person["name"])) for person in people}
    others: dict[str, SpeakerRole] = {}
    for person in everybody:
        if person["id"] != people[0]["id"] and slug_from(bare_name(person["name"])) in names:
            others.setdefault(person["id"], _role(person))
    return tuple(others.values())


def _by_year(columns: Columns, numbers: Ints) -> tuple[YearCount, ...]:
    """Years without a quote are counted too: a gap in time is to be seen."""
    dated = columns.years[columns.years > 0]
    if not len(dated):
        return ()
    said_in = Counter(columns.years[numbers].tolist())
    return tuple(
        YearCount(year, said_in[year]) for year in range(int(dated.min()), int(dated.max()) + 1)
    )


def _counted(entries: list[dict[str, Any]], column: Any) -> tuple[Entry, ...]:
    """The entries of a list that a column points to, by how often it does."""
    return _ranked(entries, np.bincount(column[column >= 0], minlength=len(entries)))


def _ranked(entries: list[dict[str, Any]], counts: Any) -> tuple[Entry, ...]:
    counted = [
        Entry(entry["id"], entry["label"], count)
        for entry, count in zip(entries, counts.tolist(), strict=True)
        if count
    ]
    return tuple(sorted(counted, key=_most_first))


def _most_first(entry: Entry) -> tuple[int, str]:
    """By count, then as in a French dictionary: É among the E."""
    return -entry.count, fold(entry.label)

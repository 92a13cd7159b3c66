"""What the pages of a site show: a webinar, a speaker, a theme, an idea, the whole."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from corpus.homonyms import bare_name
from corpus.typography import fold, slug_from
from indexer import fields
from indexer.fields import KINDS, Catalogue
from search.answer import Document
from search.columns import Columns, Ints
from search.document_reader import DocumentReader, day_or_none, webinar_reference
from search.library import (
    Entry,
    IdeaView,
    OrganisationView,
    Overview,
    Panorama,
    SpeakerRole,
    SpeakerView,
    ThemeView,
    WebinarEntry,
    WebinarView,
    YearCount,
)
from search.open_generation import OpenGeneration

_THEME_DOCUMENTS = 20
_THEME_SPEAKERS = 12


def idea_view(reader: DocumentReader, idea_id: str) -> IdeaView | None:
    """A key idea with its verbatims, in order; None when no idea has this id."""
    number = reader.number(idea_id)
    if number is None or reader.generation.columns.kinds[number] != KINDS.index("idee"):
        return None
    backing = reader.asking.where(fields.KEY_IDEA, idea_id)
    return IdeaView(reader.document(number), tuple(reader.document(n) for n in backing))


def webinar_view(reader: DocumentReader, webinar_id: str) -> WebinarView | None:
    """A webinar in the order of its write-up; None when none has this id."""
    entries = reader.generation.catalogue["webinars"]
    entry = next((entry for entry in entries if entry["id"] == webinar_id), None)
    if entry is None:
        return None
    documents = [reader.document(n) for n in reader.asking.where(fields.WEBINAR, webinar_id)]
    return WebinarView(
        webinar=webinar_reference(entry),
        published_on=day_or_none(entry["published_on"]),
        introduction=entry["introduction"],
        speakers=tuple(_role(person) for person in entry["speakers"]),
        ideas=tuple(_ideas(documents)),
        words=entry["words"],
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


def speaker_view(reader: DocumentReader, speaker_id: str) -> SpeakerView | None:
    """A speaker with roles and quotes, latest first; None when nobody has this id."""
    webinars = sorted(
        reader.generation.catalogue["webinars"], key=lambda w: w["held_on"] or "", reverse=True
    )
    everybody = [person for webinar in webinars for person in webinar["speakers"]]
    people = [person for person in everybody if person["id"] == speaker_id]
    if not people:
        return None
    numbers = np.array(reader.asking.where(fields.SPEAKER_ID, speaker_id), dtype=np.int32)
    return SpeakerView(
        id=speaker_id,
        name=people[0]["name"],
        roles=tuple(dict.fromkeys(_role(person) for person in people)),
        verbatims=_latest_first(reader, numbers),
        themes=tuple(
            _theme_entries(reader.generation.catalogue, reader.generation.columns, numbers)
        ),
        homonyms=_homonyms(everybody, people),
    )


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


def organisation_view(reader: DocumentReader, slug: str) -> OrganisationView | None:
    """An organisation with its quotes, latest first; None when nobody spoke for it."""
    catalogue, columns = reader.generation.catalogue, reader.generation.columns
    listed = catalogue["organisations"]
    place = next((p for p, entry in enumerate(listed) if entry["id"] == slug), None)
    if place is None:
        return None
    numbers = np.flatnonzero(columns.organisations == place).astype(np.int32)
    return OrganisationView(
        id=slug,
        name=listed[place]["label"],
        speakers=_counted(catalogue["speakers"], columns.speakers[numbers]),
        verbatims=_latest_first(reader, numbers),
        themes=tuple(_theme_entries(catalogue, columns, numbers)),
    )


def _latest_first(reader: DocumentReader, numbers: Ints) -> tuple[Document, ...]:
    order = np.argsort(-reader.generation.columns.days[numbers], kind="stable")
    return tuple(reader.document(int(number)) for number in numbers[order])


def theme_view(reader: DocumentReader, slug: str) -> ThemeView | None:
    """A theme with its strongest quotes; None when it is not in the list."""
    catalogue, columns = reader.generation.catalogue, reader.generation.columns
    place = next((p for p, theme in enumerate(catalogue["themes"]) if theme["id"] == slug), None)
    if place is None:
        return None
    theme = catalogue["themes"][place]
    said = columns.themed[:, place] & (columns.kinds == KINDS.index("verbatim"))
    numbers = np.flatnonzero(said).astype(np.int32)
    strongest = numbers[np.argsort(-columns.affinities[numbers, place], kind="stable")]
    return ThemeView(
        slug=slug,
        label=theme["label"],
        description=theme["description"],
        documents=tuple(reader.document(int(n)) for n in strongest[:_THEME_DOCUMENTS]),
        speakers=_counted(catalogue["speakers"], columns.speakers[numbers])[:_THEME_SPEAKERS],
        years=_by_year(columns, numbers),
    )


def _by_year(columns: Columns, numbers: Ints) -> tuple[YearCount, ...]:
    """Years without a quote are counted too: a gap in time is to be seen."""
    dated = columns.years[columns.years > 0]
    if not len(dated):
        return ()
    said_in = Counter(columns.years[numbers].tolist())
    return tuple(
        YearCount(year, said_in[year]) for year in range(int(dated.min()), int(dated.max()) + 1)
    )


def panorama(generation: OpenGeneration) -> Panorama:
    """The quotes of each theme in each dated webinar, oldest first."""
    catalogue, columns = generation.catalogue, generation.columns
    said = columns.kinds == KINDS.index("verbatim")
    dated = [place for place, entry in enumerate(catalogue["webinars"]) if entry["held_on"]]
    dated.sort(key=lambda place: str(catalogue["webinars"][place]["held_on"]))
    places = {theme["id"]: place for place, theme in enumerate(catalogue["themes"])}
    themes = tuple(_theme_entries(catalogue, columns, np.flatnonzero(said)))
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
        webinars=tuple(webinar_reference(catalogue["webinars"][place]) for place in dated),
        counts=tuple(tuple(counts[places[theme.id]].tolist()) for theme in themes),
    )


def overview(reader: DocumentReader) -> Overview:
    """The whole corpus: latest webinars first, themes and speakers by their quotes."""
    catalogue, columns = reader.generation.catalogue, reader.generation.columns
    said = np.flatnonzero(columns.kinds == KINDS.index("verbatim"))
    latest = sorted(catalogue["webinars"], key=lambda w: w["held_on"] or "", reverse=True)
    return Overview(
        verbatims=len(said),
        ideas=columns.size - len(said),
        webinars=tuple(
            WebinarEntry(webinar_reference(entry), entry["ideas"], entry["verbatims"])
            for entry in latest
        ),
        themes=tuple(_theme_entries(catalogue, columns, said)),
        speakers=_counted(catalogue["speakers"], columns.speakers[said]),
        organisations=_counted(catalogue["organisations"], columns.organisations[said]),
    )


def _theme_entries(catalogue: Catalogue, columns: Columns, numbers: Any) -> Iterable[Entry]:
    """The themes of some documents, by how many are about each."""
    counts = columns.themed[numbers].sum(axis=0).tolist()
    entries = [
        Entry(theme["id"], theme["label"], count)
        for theme, count in zip(catalogue["themes"], counts, strict=True)
        if count
    ]
    return sorted(entries, key=_most_first)


def _counted(entries: list[dict[str, str]], column: Any) -> tuple[Entry, ...]:
    """The entries of a list that a column points to, by how often it does."""
    counts = np.bincount(column[column >= 0], minlength=len(entries)).tolist()
    counted = [
        Entry(entry["id"], entry["label"], count)
        for entry, count in zip(entries, counts, strict=True)
        if count
    ]
    return tuple(sorted(counted, key=_most_first))


def _most_first(entry: Entry) -> tuple[int, str]:
    """By count, then as in a French dictionary: É among the E."""
    return -entry.count, fold(entry.label)

"""What the pages of a site show: a webinar, a speaker, a theme, an idea, the whole."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from corpus.typography import fold
from indexer import fields
from indexer.fields import KINDS, Catalogue
from search.answer import Document
from search.columns import Columns
from search.document_reader import DocumentReader, day_or_none, webinar_reference
from search.library import (
    Entry,
    IdeaView,
    Overview,
    SpeakerRole,
    SpeakerView,
    ThemeView,
    WebinarEntry,
    WebinarView,
)

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
    people = [p for webinar in webinars for p in webinar["speakers"] if p["id"] == speaker_id]
    if not people:
        return None
    numbers = np.array(reader.asking.where(fields.SPEAKER_ID, speaker_id), dtype=np.int32)
    latest_first = numbers[np.argsort(-reader.generation.columns.days[numbers], kind="stable")]
    return SpeakerView(
        id=speaker_id,
        name=people[0]["name"],
        roles=tuple(dict.fromkeys(_role(person) for person in people)),
        verbatims=tuple(reader.document(int(number)) for number in latest_first),
        themes=tuple(
            _theme_entries(reader.generation.catalogue, reader.generation.columns, numbers)
        ),
    )


def theme_view(reader: DocumentReader, slug: str) -> ThemeView | None:
    """A theme with its strongest quotes; None when it is not in the list."""
    catalogue, columns = reader.generation.catalogue, reader.generation.columns
    place = next((p for p, theme in enumerate(catalogue["themes"]) if theme["id"] == slug), None)
    if place is None:
        return None
    theme = catalogue["themes"][place]
    said = columns.themed[:, place] & (columns.kinds == KINDS.index("verbatim"))
    numbers = np.flatnonzero(said)
    strongest = numbers[np.argsort(-columns.affinities[numbers, place], kind="stable")]
    return ThemeView(
        slug=slug,
        label=theme["label"],
        description=theme["description"],
        documents=tuple(reader.document(int(n)) for n in strongest[:_THEME_DOCUMENTS]),
        speakers=_counted(catalogue["speakers"], columns.speakers[numbers])[:_THEME_SPEAKERS],
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

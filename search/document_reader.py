"""From what the index stored to the documents that pages show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from indexer import fields
from indexer.fields import StoredRecord
from search.answer import Document, IdeaReference, Kind, ThemeAffinity, WebinarReference
from search.engine import Asking
from search.open_generation import OpenGeneration

_NO_TERMS: Mapping[str, list[str]] = {}


class DocumentReader:
    """Reads the documents of one generation through one searcher."""

    def __init__(self, generation: OpenGeneration, asking: Asking) -> None:
        self.generation = generation
        self.asking = asking

    def number(self, document_id: str) -> int | None:
        """The number of a document; None when nothing has this id."""
        return next(iter(self.asking.where(fields.ID, document_id)), None)

    def document(self, number: int) -> Document:
        """The document of that number."""
        return self.document_of(number, self.asking.record(number))

    def document_of(self, number: int, record: StoredRecord) -> Document:
        """The document of a stored record that is at hand already."""
        kind: Kind = "verbatim" if record["kind"] == "verbatim" else "idee"
        idea = IdeaReference(record["idea_id"], record["idea_number"], record["idea_text"])
        place = int(self.generation.columns.webinars[number])
        return Document(
            id=record["id"],
            kind=kind,
            text=record["text"],
            speaker=record["speaker"],
            speaker_id=record["speaker_id"],
            role=record["role"],
            organisation=record["organisation"],
            webinar=webinar_reference(self.generation.catalogue["webinars"][place]),
            key_idea=idea if record["idea_id"] else None,
            start=record["start"],
            themes=tuple(
                theme
                for theme in self.affinities(number, record["terms"])
                if theme.affinity >= fields.MIN_AFFINITY
            ),
        )

    def affinities(
        self, number: int, terms: Mapping[str, list[str]] = _NO_TERMS
    ) -> tuple[ThemeAffinity, ...]:
        """Every theme, strongest first, with the seed terms that were said."""
        row = self.generation.columns.affinities[number]
        themes = self.generation.catalogue["themes"]
        order = [themes[place] for place in np.argsort(-row, kind="stable").tolist()]
        values = sorted(row.tolist(), reverse=True)
        return tuple(
            ThemeAffinity(theme["id"], theme["label"], value, tuple(terms.get(theme["id"], ())))
            for theme, value in zip(order, values, strict=True)
        )


def webinar_reference(entry: dict[str, Any]) -> WebinarReference:
    """A webinar as its hits name it."""
    return WebinarReference(
        entry["id"],
        entry["title"],
        day_or_none(entry["held_on"]),
        entry["url"],
        entry["replay_url"],
    )


def day_or_none(text: str | None) -> date | None:
    """Read a day stored as ISO 8601."""
    return date.fromisoformat(text) if text else None

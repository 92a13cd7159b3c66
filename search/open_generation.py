"""One generation of the index with all that answers need, opened once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer import fields
from indexer.analysis import Analyser
from indexer.encoder import Encoder, Encoding, installed_encoder
from indexer.fields import Catalogue
from indexer.lexicon import load_lexicon
from indexer.postings import load_postings
from indexer.vocabulary import Forms, load_forms
from search.answer import Document, IdeaReference, Kind, ThemeAffinity, WebinarReference
from search.columns import Columns, load_columns
from search.dimensions import Dimension, dimensions_from
from search.matching import ArrayEngine
from search.meaning import load_meaning, usable
from search.spelling import Spelling, spelling_from
from search.suggestions import Lists, lists_from
from search.terms import Expansions, expansions_from
from search.texts import Engine, Row, Texts


@dataclass(frozen=True, slots=True)
class Health:
    """What a monitor wants to know of the published index; `built_at` is ISO 8601."""

    generation: int
    built_at: str
    records: int
    degraded: bool


@dataclass
class OpenGeneration:
    """Shared by all readings. `readings` counts those under way: the last closes a retired one."""

    health: Health
    engine: Engine
    analyser: Analyser
    columns: Columns
    catalogue: Catalogue
    dimensions: tuple[Dimension, ...]
    expansions: Expansions
    spelling: Spelling
    lists: Lists
    encoder: Encoder | None = None
    readings: int = 0
    is_retired: bool = False

    @cached_property
    def theme_stems(self) -> tuple[frozenset[str], ...]:
        """For each theme, the stems of its label and of its seed terms."""
        named = [(theme["label"], *theme.get("seeds", ())) for theme in self.catalogue["themes"]]
        return tuple(
            frozenset(word.stem for word in self.analyser.words(" ; ".join(names)))
            for names in named
        )


def opened(folder: Path, health: Health, encoding: Encoding = installed_encoder) -> OpenGeneration:
    """Open the files of a generation whose digests are known."""
    catalogue: Catalogue = json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    columns = load_columns(folder / fields.COLUMNS_FILE)
    analyser = Analyser(load_lexicon(folder / fields.LEXICON_FILE))
    forms = load_forms(folder / fields.FORMS_FILE)
    postings = load_postings(folder, columns.size)
    dimensions = dimensions_from(catalogue, columns)
    encoder = usable(encoding(), catalogue) if "encoder" in catalogue else None
    meaning = load_meaning(folder / fields.MEANINGS_FILE, columns.size) if encoder else None
    return OpenGeneration(
        health=health,
        engine=ArrayEngine(folder, postings, columns, dimensions, meaning),
        analyser=analyser,
        columns=columns,
        catalogue=catalogue,
        dimensions=dimensions,
        expansions=expansions_from(
            catalogue["acronyms"], catalogue["synonyms"], catalogue["compounds"], analyser
        ),
        spelling=_spelling(forms),
        lists=lists_from(forms, catalogue, columns, analyser.lexicon),
        encoder=encoder,
    )


def _spelling(forms: Forms) -> Spelling:
    """A compound is also repaired when typed in one word: « tierlieux »."""
    joined = (replace(form, form=form.form.replace("-", "")) for form in forms.compounds)
    return spelling_from((*joined, *forms.names, *forms.words))


_NO_TERMS: Mapping[str, list[str]] = {}


class DocumentReader:
    """Reads the documents of one generation."""

    def __init__(self, generation: OpenGeneration, texts: Texts) -> None:
        self.generation, self.catalogue, self.texts = generation, generation.catalogue, texts

    def number(self, document_id: str) -> int | None:
        """The number of a document; None when nothing has this id."""
        return next(iter(self.texts.where(fields.ID, document_id)), None)

    def document(self, number: int) -> Document:
        """The document of that number."""
        return self.document_of(self.texts.records([number])[0])

    def documents(self, numbers: Sequence[int]) -> tuple[Document, ...]:
        """The documents of these numbers, in the same order."""
        return tuple(map(self.document_of, self.texts.records(numbers)))

    def document_of(self, row: Row) -> Document:
        """The document of a row that is at hand already."""
        record = row.record
        kind: Kind = "verbatim" if record["kind"] == "verbatim" else "idee"
        idea = IdeaReference(record["idea_id"], record["idea_number"], record["idea_text"])
        return Document(
            id=record["id"],
            kind=kind,
            text=record["text"],
            speaker=record["speaker"],
            speaker_id=record["speaker_id"],
            role=record["role"],
            organisation=record["organisation"],
            webinar=webinar_reference(self.catalogue["webinars"][row.webinar]),
            key_idea=idea if record["idea_id"] else None,
            start=record["start"],
            themes=self.affinities_of(row, record["terms"], fields.MIN_AFFINITY),
        )

    def affinities_of(
        self, row: Row, terms: Mapping[str, list[str]] = _NO_TERMS, least: float = 0
    ) -> tuple[ThemeAffinity, ...]:
        """The themes of a text, strongest first, with the seed terms that were said."""
        pairs = zip(self.catalogue["themes"], row.affinities, strict=True)
        ranked = sorted((pair for pair in pairs if pair[1] >= least), key=lambda pair: -pair[1])
        return tuple(
            ThemeAffinity(theme["id"], theme["label"], value, tuple(terms.get(theme["id"], ())))
            for theme, value in ranked
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

"""One generation of the index with all that answers need, opened once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from corpus.settings import EngineSettings
from indexer import fields, mapped
from indexer.analysis import Analyser
from indexer.encoder import Encoder, Encoding, installed_encoder
from indexer.fields import Catalogue
from indexer.postings import load_postings
from indexer.vocabulary import load_lexicon
from search.answer import Document, IdeaReference, Kind, ThemeAffinity, WebinarReference
from search.columns import Columns, load_columns
from search.dimensions import Dimension, dimensions_from
from search.matching import ArrayEngine
from search.meaning import load_meaning, usable
from search.spelling import Spelling
from search.suggestions import Lists, lists_from
from search.terms import Expansions, expansions_from
from search.texts import Engine, Row, Texts
from search.webinars import ListedWebinars, Webinars


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
    read_columns: Callable[[], Columns]
    catalogue: Catalogue
    dimensions: tuple[Dimension, ...]
    expansions: Expansions
    spelling: Spelling
    lists: Lists
    webinar_entries: Webinars
    encoder: Encoder | None = None
    readings: int = 0
    is_retired: bool = False

    @property
    def columns(self) -> Columns:
        """What is known of every text: the engine of a cluster does not need it."""
        return self.read_columns()

    @cached_property
    def webinars(self) -> tuple[WebinarReference, ...]:
        """The webinars as hits name them, in the order of the catalogue."""
        return tuple(map(webinar_reference, self.catalogue["webinars"]))

    @cached_property
    def theme_names(self) -> tuple[tuple[str, str], ...]:
        """The id and the label of each theme."""
        return tuple((theme["id"], theme["label"]) for theme in self.catalogue["themes"])

    @cached_property
    def theme_stems(self) -> tuple[frozenset[str], ...]:
        """For each theme, the stems of its label and of its seed terms."""
        named = [(theme["label"], *theme.get("seeds", ())) for theme in self.catalogue["themes"]]
        return tuple(
            frozenset(word.stem for word in self.analyser.words(" ; ".join(names)))
            for names in named
        )


EngineOf = Callable[[Catalogue, tuple[Dimension, ...], Analyser, bool], Engine]
Opening = Callable[[Path, Health, Encoding], OpenGeneration]


def opening_of(engine: EngineSettings) -> Opening:
    """How the generations of an engine are opened; that of a cluster needs an extra."""
    if engine.is_cluster:
        return cast(Opening, import_module("search.cluster.generation").opening_on(engine))
    return opened


def opened(
    folder: Path,
    health: Health,
    encoding: Encoding = installed_encoder,
    engine_of: EngineOf | None = None,
) -> OpenGeneration:
    """Open the files of a generation whose digests are known."""
    catalogue: Catalogue = json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    read_columns = cache(partial(load_columns, folder / fields.COLUMNS_FILE))
    analyser = Analyser(load_lexicon(folder / fields.LEXICON_FILE))
    dimensions = dimensions_from(catalogue)
    encoder = usable(encoding(), catalogue) if "encoder" in catalogue else None
    if engine_of:
        engine = engine_of(catalogue, dimensions, analyser, bool(encoder))
    else:
        columns = read_columns()
        meaning = load_meaning(folder, columns) if encoder else None
        postings = load_postings(folder, columns.size)
        engine = ArrayEngine(folder, postings, columns, dimensions, meaning)
    return OpenGeneration(
        health=health,
        engine=engine,
        analyser=analyser,
        read_columns=read_columns,
        catalogue=catalogue,
        dimensions=dimensions,
        expansions=expansions_from(
            catalogue["acronyms"], catalogue["synonyms"], catalogue["compounds"], analyser
        ),
        spelling=Spelling(mapped.load_columns(folder / fields.SPELLING_FILE)),
        lists=lists_from(mapped.load_columns(folder / fields.CHOICES_FILE)),
        webinar_entries=ListedWebinars(catalogue["webinars"]),
        encoder=encoder,
    )


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
            webinar=self.generation.webinars[row.webinar],
            key_idea=idea if record["idea_id"] else None,
            start=record["start"],
            themes=self.affinities_of(row, record["terms"], fields.MIN_AFFINITY),
        )

    def affinities_of(
        self, row: Row, terms: Mapping[str, list[str]] = _NO_TERMS, least: float = 0
    ) -> tuple[ThemeAffinity, ...]:
        """The themes of a text, strongest first, with the seed terms that were said."""
        kept = [pair for pair in enumerate(row.affinities) if pair[1] >= least]
        kept.sort(key=itemgetter(1), reverse=True)  # the order of the list where they are equal
        named = self.generation.theme_names
        return tuple(
            ThemeAffinity(*named[place], value, tuple(terms.get(named[place][0], ())))
            for place, value in kept
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

"""The files of a generation, written one volume after the other: memory holds one at a time."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from corpus.site import Site
from indexer import fields
from indexer.acronyms import acronyms_among, acronyms_met
from indexer.affinity import Matrix
from indexer.catalogue import Columns, Part, catalogue_of, columns_of, explained_in
from indexer.choices import choices_columns
from indexer.disk import Step, reached
from indexer.documents import Cut, Learnt, Reading, with_meaning
from indexer.fields import Catalogue
from indexer.index_writer import (
    Terms,
    contents_of,
    create_index,
    order_segments,
    segment_file,
    write_segment,
)
from indexer.last import Last, bring
from indexer.mapped import save_columns
from indexer.postings import Weaving, arrays_digest, gathered, save_postings
from indexer.spellings import spelling_columns
from indexer.stored import as_stored, records_digest, records_files, save_records
from indexer.tokens import tokens
from indexer.vectors import Meanings, ideas_of, save_table, wholes_of
from indexer.vocabulary import Tallies, save_lexicon, tallies_from
from indexer.volumes import Volume, counts_file, save_volumes

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a generation is to hold; `others`: folders of generations that are kept besides."""

    site: Site
    parts: Sequence[Part]
    volumes: Sequence[Volume]
    learnt: Learnt
    days: Mapping[str, str]
    last: Last | None = None
    others: Sequence[Path] = ()
    meanings: Meanings | None = None


@dataclass
class Lists:
    """What is counted in all texts, and the lists that are made of it."""

    plan: Plan
    tallies: Tallies = field(default_factory=Tallies)
    acronyms: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    explained: list[tuple[str, str]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    worded: list[Matrix] = field(default_factory=list)

    def count(self, parts: Sequence[Part], cuts: Sequence[Cut]) -> dict[str, Any]:
        """Count in the texts of whole webinars; what `update` adds of them."""
        tallies, pairs = Tallies(), [*zip(parts, cuts, strict=True)]
        for part, cut in pairs:
            tallies.add(part.text, part.speaker, cut)
            self.forms.update(token.form.rstrip("-") for token in cut)
        acronyms, words = acronyms_met((part.text, cut) for part, cut in pairs)
        webinars = {part.webinar.id: part.webinar for part in parts}
        rows = {
            "forms": tallies.rows(),
            "acronyms": sorted(acronyms),
            "words": sorted(words),
            "explained": [*explained_in(webinars.values())],
        }
        self.update(rows)
        return rows

    def update(self, rows: Mapping[str, Any]) -> None:
        """Add what was counted in some texts."""
        self.tallies.update(tallies_from(rows["forms"]))
        self.acronyms.update(rows["acronyms"])
        self.words.update(rows["words"])
        self.explained += [(short, long) for short, long in rows["explained"]]

    def write(self, folder: Path) -> tuple[Catalogue, Columns]:
        """Write the lists; the catalogue and the columns."""
        plan, learnt = self.plan, self.plan.learnt
        public = acronyms_among(self.acronyms, self.words)
        catalogue = catalogue_of(plan.site, learnt.compounds, public, self.explained)
        catalogue["added"] = dict(plan.days)
        if plan.meanings:
            catalogue["encoder"] = plan.meanings.encoder
            save_table(folder / fields.MEANINGS_FILE, plan.meanings.table)
        none = np.zeros((0, len(plan.site.themes)), np.float32)
        worded = np.concatenate([none, *self.worded])
        affinities = with_meaning(plan.parts, worded.astype(np.float64), plan.meanings)
        columns = columns_of(plan.parts, affinities, catalogue)
        np.savez(folder / fields.COLUMNS_FILE, **{**columns, fields.WORDED: worded})
        content = json.dumps(catalogue, ensure_ascii=False)
        (folder / fields.CATALOGUE_FILE).write_text(content, "utf-8")
        learnt.themes.save(folder / fields.THEMES_FILE)
        self._write_words(folder, catalogue, columns)
        return catalogue, columns

    def _write_words(self, folder: Path, catalogue: Catalogue, columns: Columns) -> None:
        lexicon = self.plan.learnt.lexicon.saying(sorted(self.forms))
        save_lexicon(folder / fields.LEXICON_FILE, lexicon)
        forms = self.tallies.forms()
        save_columns(folder / fields.SPELLING_FILE, spelling_columns(forms.meant()))
        choices = choices_columns(forms, lexicon, catalogue, columns)
        save_columns(folder / fields.CHOICES_FILE, choices)


class Filling:
    """A folder that becomes a generation. Call `engine`, then `rest`."""

    def __init__(self, folder: Path, plan: Plan, told: Told) -> None:
        self._folder, self._plan, self._told = folder, plan, told
        self._reading = Reading(plan.learnt, plan.site.themes)
        self._weaving = Weaving(plan.last.postings if plan.last else None)
        self._lists = Lists(plan)
        self._names: list[str] = []

    def engine(self) -> list[str]:
        """Link the volumes that stay, write the others: the names of these."""
        self._link()
        reached(Step.LINKED)
        start, written, total = 0, list[str](), len(self._plan.parts)
        for volume in self._plan.volumes:
            self._told(start, total)
            if volume.name:
                self._keep(volume)
            else:
                written.append(self._write(self._plan.parts[start : start + volume.texts]))
            start += volume.texts
        order_segments(self._folder, self._names)
        self._told(total, total)
        reached(Step.INDEXED)
        return written

    def _link(self) -> None:
        last, kept = self._plan.last, [volume for volume in self._plan.volumes if volume.name]
        if not last or not kept:
            create_index(self._folder)
            return
        names = [contents_of(last.folder).name]
        for volume in kept:
            names += [counts_file(volume.name), *records_files(volume.name)]
            names += [segment_file(volume.name)] * bool(volume.texts)
        for name in names:
            bring(name, last, self._plan.others, self._folder)

    def _keep(self, volume: Volume) -> None:
        last = self._plan.last
        assert last
        assert last.worded is not None
        start = last.starts()[volume.name]
        self._weaving.keep(start, start + volume.texts)
        self._lists.worded.append(last.worded[start : start + volume.texts])
        counts = (self._folder / counts_file(volume.name)).read_text("utf-8")
        self._lists.update(json.loads(counts))
        self._names.append(volume.name)

    def _write(self, parts: Sequence[Part]) -> str:
        cuts = [list(tokens(part.text)) for part in parts]
        postings, records = gathered(), list[bytes]()

        def texts() -> Iterator[Terms]:
            for document in self._reading.documents(parts, cuts):
                for name in fields.WORD_FIELDS:
                    postings[name].add(document.terms.get(name, ()))
                for name in fields.VALUE_FIELDS:
                    postings[name].add([document.values[name]] if name in document.values else ())
                records.append(as_stored(document.record))
                yield document.terms

        name = write_segment(self._folder, texts())
        save_records(self._folder, name, records)
        self._weaving.add(postings)
        self._lists.worded.append(self._reading.affinities(parts, cuts))
        counts = json.dumps(self._lists.count(parts, cuts), ensure_ascii=False)
        (self._folder / counts_file(name)).write_text(counts, "utf-8")
        self._names.append(name)
        return name

    def rest(self) -> dict[str, str]:
        """Write all other files; the digests of what the index must hold."""
        folder, plan = self._folder, self._plan
        arrays = self._weaving.arrays()
        save_postings(folder, arrays)
        volumes = [
            Volume(volume.members, name)
            for volume, name in zip(plan.volumes, self._names, strict=True)
        ]
        save_volumes(folder, volumes)
        _, columns = self._lists.write(folder)
        if plan.meanings:
            webinars = columns["webinars"]
            ideas = ideas_of(columns["kinds"] == fields.KINDS.index("idee"), webinars)
            wholes = wholes_of(plan.meanings.table, ideas, webinars)
            save_table(folder / fields.WHOLES_FILE, wholes)
        reached(Step.WRITTEN)
        digest = records_digest(folder, self._names)
        return {"records": digest, "postings": arrays_digest(arrays)}

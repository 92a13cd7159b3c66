"""From a query to its answer: match, narrow, rank, count, show one page."""

import math
import time

import numpy as np

from corpus.typography import spaced
from search.answer import Answer, Hit
from search.columns import Ints, Mask
from search.document_reader import DocumentReader
from search.engine import Scores
from search.facets import facets_of, kept_by, masks_from
from search.filter_values import filters_with
from search.highlights import highlights, marks_from
from search.open_generation import OpenGeneration
from search.query import MAX_PAGE, MAX_WORDS, Filters, SearchQuery
from search.query_language import Question, question_from
from search.ranking import groups_of, ordered, query_themes, themed_scores
from search.terms import Compiled, compiled


def answer_to(query: SearchQuery, reader: DocumentReader) -> Answer:
    """Answer a query; raise `QueryRefused` when it cannot be asked."""
    began = time.perf_counter()
    generation = reader.generation
    question = question_from(query.text)
    filters, notes = filters_with(query.filters, question, generation.dimensions)
    asked = compiled(question, generation.analyser, generation.expansions)
    found = _Found(asked, question, filters, query, reader)
    shown = found.page(query)
    return Answer(
        query=query.text,
        total=int(found.kept.sum()),
        total_all=int((found.kept & found.holds_all).sum()),
        page=query.page,
        pages=min(MAX_PAGE, max(1, math.ceil(int(found.kept.sum()) / query.size))),
        hits=shown,
        groups=groups_of(shown, generation.catalogue["themes"]),
        facets=facets_of(found.matched, filters, generation.dimensions, found.masks),
        took_ms=(time.perf_counter() - began) * 1000,
        notes=tuple(map(spaced, (*question.notes, *notes, *found.notes))),
    )


class _Found:
    """What matches a query, over all documents. Masks and scores have one row a document."""

    def __init__(
        self,
        asked: Compiled,
        question: Question,
        filters: Filters,
        query: SearchQuery,
        reader: DocumentReader,
    ) -> None:
        generation = reader.generation
        self._reader = reader
        self._marks = marks_from(asked.wanted)
        by_unit = [reader.asking.scores(unit.looks) for unit in asked.wanted]
        self.scores = sum(by_unit, np.zeros(reader.asking.size))
        self.holds_all = _all_of(by_unit, reader.asking.size)
        self.matched = self._matched(asked, question, query)
        self.masks = masks_from(filters, generation.dimensions, generation.columns)
        self.kept = self.matched & kept_by(self.masks, len(self.matched))
        self.notes = _notes(asked, by_unit) or _empty_note(query, self.matched)
        if not asked.wanted:
            self.scores = _unasked_scores(filters, generation)

    def _matched(self, asked: Compiled, question: Question, query: SearchQuery) -> Mask:
        if asked.wanted:
            matched = self.holds_all if query.every_word else self.scores > 0
        else:
            only_signs = bool(query.text.strip()) and not question.clauses and not question.filters
            matched = np.full(self._reader.asking.size, not only_signs)
        for unit in asked.excluded:
            matched = matched & (self._reader.asking.scores(unit.looks) == 0)
        return np.asarray(matched)

    def page(self, query: SearchQuery) -> tuple[Hit, ...]:
        """The hits of one page, in the order asked for."""
        columns = self._reader.generation.columns
        numbers: Ints = np.flatnonzero(self.kept).astype(np.int32)
        scores = self.scores
        if query.order == "themes":
            themes = query_themes(np.where(self.kept, scores, 0), columns.affinities)
            scores = themed_scores(scores, columns.affinities, themes)
        first = (query.page - 1) * query.size
        shown = ordered(numbers, scores, columns, query.order)[first : first + query.size]
        return tuple(self._hit(int(number), scores) for number in shown)

    def _hit(self, number: int, scores: Scores) -> Hit:
        record = self._reader.asking.record(number)
        return Hit(
            document=self._reader.document_of(number, record),
            score=float(scores[number]),
            highlights=highlights(record["text"], record["words"], self._marks),
            matched_all=bool(self.holds_all[number]),
        )


def _all_of(by_unit: list[Scores], size: int) -> Mask:
    held = np.ones(size, dtype=np.bool_)
    for scores in by_unit:
        held &= scores > 0
    return held


def _unasked_scores(filters: Filters, generation: OpenGeneration) -> Scores:
    """Without words, what is most about the chosen themes comes first; else all are equal."""
    slugs = [theme["id"] for theme in generation.catalogue["themes"]]
    chosen = [slugs.index(slug) for slug in filters.themes if slug in slugs]
    affinities = generation.columns.affinities
    if not chosen:
        return np.ones(len(affinities))
    return np.asarray(affinities[:, chosen].sum(axis=1))


def _notes(asked: Compiled, by_unit: list[Scores]) -> tuple[str, ...]:
    """What was added to the words, which of them nobody said, and whether some were left."""
    units = asked.wanted
    notes = [
        f"« {unit.label} » est aussi cherché comme « {' », « '.join(unit.also)} »."
        for unit in units
        if unit.also
    ]
    unheard = [u.label for u, scores in zip(units, by_unit, strict=True) if not scores.any()]
    if unheard:
        notes.append(f"Personne n’a dit « {' », « '.join(unheard)} ».")
    if asked.is_cut:
        notes.append(f"Seuls les {MAX_WORDS} premiers mots sont cherchés.")
    return tuple(notes)


def _empty_note(query: SearchQuery, matched: Mask) -> tuple[str, ...]:
    if matched.any() or not query.text.strip():
        return ()
    return ("Tapez au moins un mot : il n’y a ici que des signes.",)

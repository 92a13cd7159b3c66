"""From a query to its answer: match, narrow, rank, count, show one page."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.typography import spaced
from search.advice import alternatives, culprits_of, near_themes
from search.answer import Answer, Hit
from search.columns import Floats, Ints, Mask
from search.engine import Scores
from search.explanation import Explainer
from search.facets import facets_of, filters_with, kept_by, masks_from, typed_filters
from search.highlights import highlights, marks_from
from search.open_generation import DocumentReader, OpenGeneration
from search.query import MAX_PAGE, MAX_WORDS, Filters, Question, SearchQuery, question_from
from search.ranking import groups_of, one_of_each, ordered, query_themes, themed_scores
from search.terms import Compiled, Unit, compiled


def answer_to(query: SearchQuery, reader: DocumentReader) -> Answer:
    """Answer a query; raise `QueryRefused` when it cannot be asked."""
    began = time.perf_counter()
    answer = _answer(query, reader)
    return replace(answer, took_ms=(time.perf_counter() - began) * 1000)


def advised(answer: Answer, query: SearchQuery, reader: DocumentReader) -> Answer:
    """Tell of an answer without hits what found nothing, and what would find something."""
    began = time.perf_counter()

    def count(text: str) -> int:
        return _Found(replace(query, text=text), reader).total

    question = question_from(query.text)
    culprits = culprits_of(question, count)
    return replace(
        answer,
        culprits=tuple(clause.text for clause in culprits),
        without=alternatives(question, culprits, count),
        near_themes=near_themes(question, reader.generation),
        took_ms=answer.took_ms + (time.perf_counter() - began) * 1000,
    )


def documents_found(query: SearchQuery, reader: DocumentReader) -> Mask:
    """Which documents answer a query, its filters applied; none is read."""
    return _Found(query, reader).kept


def documents_holding(text: str, reader: DocumentReader) -> Mask:
    """Which documents hold all that a text asks, its filters applied: nothing is ranked."""
    generation, question = reader.generation, question_from(text)
    filters, _ = filters_with(Filters(), question, generation.dimensions)
    masks = masks_from(filters, generation.dimensions, generation.columns)
    held = kept_by(masks, reader.asking.size)
    asked = _compiled(question, generation, expand=True)
    for unit in asked.wanted:
        held &= reader.asking.scores(unit.looks) > 0
    for unit in asked.excluded:
        held &= reader.asking.scores(unit.looks) == 0
    return held


def _answer(query: SearchQuery, reader: DocumentReader) -> Answer:
    generation = reader.generation
    found = _Found(query, reader)
    shown = found.page(query)
    total = found.speakers if query.one_each else found.total
    return Answer(
        query=query.text,
        total=total,
        total_all=int((found.kept & found.holds_all).sum()),
        page=query.page,
        pages=min(MAX_PAGE, max(1, math.ceil(total / query.size))),
        hits=shown,
        groups=groups_of(shown, generation.catalogue["themes"]),
        facets=facets_of(found.matched, found.filters, generation.dimensions, found.masks),
        took_ms=0,
        notes=tuple(map(spaced, found.notes)),
        additions=tuple(dict.fromkeys(text for unit in found.asked.wanted for text in unit.also)),
        typed_filters=typed_filters(found.question, generation.dimensions),
        total_unfiltered=int(found.matched.sum()),
    )


class _Found:
    """What matches a query, over all documents. Masks and scores have one row a document."""

    def __init__(self, query: SearchQuery, reader: DocumentReader) -> None:
        generation = reader.generation
        self._reader = reader
        self.question = question_from(query.text)
        self.filters, told = filters_with(query.filters, self.question, generation.dimensions)
        self.asked = _compiled(self.question, generation, expand=query.expand)
        self._marks = marks_from(self.asked.wanted)
        by_unit = [reader.asking.scores(unit.looks) for unit in self.asked.wanted]
        words = sum(by_unit, np.zeros(reader.asking.size))
        hints = reader.asking.scores(hint for unit in self.asked.wanted for hint in unit.hints)
        self.scores = np.where(words > 0, words + hints, 0)
        self.holds_all = _all_of(by_unit, reader.asking.size)
        self.matched = self._matched(query)
        self.masks = masks_from(self.filters, generation.dimensions, generation.columns)
        self.kept = self.matched & kept_by(self.masks, len(self.matched))
        self.notes = (*self.question.notes, *told, *_notes(self.question, self.asked, by_unit))
        if not self.asked.wanted:
            self.scores = _unasked_scores(self.filters, generation)

    @property
    def total(self) -> int:
        """How many hits there are."""
        return int(self.kept.sum())

    @property
    def speakers(self) -> int:
        """How many people said them."""
        said_by = self._reader.generation.columns.speakers[self.kept]
        return len(np.unique(said_by[said_by >= 0]))

    def _matched(self, query: SearchQuery) -> Mask:
        if self.asked.wanted:
            matched = self.holds_all if query.every_word else self.scores > 0
        else:
            matched = np.full(self._reader.asking.size, not _has_only_signs(self.question))
        for unit in self.asked.excluded:
            matched = matched & (self._reader.asking.scores(unit.looks) == 0)
        return np.asarray(matched)

    def page(self, query: SearchQuery) -> tuple[Hit, ...]:
        """The hits of one page, in the order asked for."""
        columns, themes = self._reader.generation.columns, None
        numbers: Ints = np.flatnonzero(self.kept).astype(np.int32)
        scores = self.scores
        if query.order == "themes":
            themes = query_themes(np.where(self.kept, scores, 0), columns.affinities)
            scores = themed_scores(scores, columns.affinities, themes)
        first = (query.page - 1) * query.size
        ranked = ordered(numbers, scores, columns, query.order)
        if query.one_each:
            ranked = one_of_each(ranked, columns.speakers)
        shown = ranked[first : first + query.size]
        explainer = self._explainer(themes) if query.explain and self.asked.wanted else None
        return tuple(self._hit(int(number), scores, explainer) for number in shown)

    def _explainer(self, themes: Floats | None) -> Explainer:
        bare = _compiled(self.question, self._reader.generation, expand=False)
        return Explainer(self.asked, bare, self._reader, themes)

    def _hit(self, number: int, scores: Scores, explainer: Explainer | None) -> Hit:
        record, score = self._reader.asking.record(number), float(scores[number])
        why = explainer.explanation(number, score, record["terms"]) if explainer else None
        return Hit(
            document=self._reader.document_of(number, record),
            score=score,
            highlights=highlights(record["text"], record["words"], self._marks),
            matched_all=bool(self.holds_all[number]),
            explanation=why,
        )


def _compiled(question: Question, generation: OpenGeneration, *, expand: bool) -> Compiled:
    """Compile a question, with or without acronyms and synonyms; compounds always meet."""
    expansions = generation.expansions
    if not expand:
        expansions = replace(expansions, by_lemmas={}, longest=0)
    return compiled(question, generation.analyser, expansions)


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


def _notes(question: Question, asked: Compiled, by_unit: list[Scores]) -> tuple[str, ...]:
    """What was added to the words, which of them nobody said, and whether some were left."""
    units = asked.wanted
    notes = [
        f"« {label} » est aussi cherché comme « {' », « '.join(also)} »."
        for also, label in _labels_by_addition(units).items()
    ]
    unheard = [u.label for u, scores in zip(units, by_unit, strict=True) if not scores.any()]
    if unheard:
        notes.append(f"Personne n’a dit « {' », « '.join(unheard)} ».")
    if asked.is_cut:
        notes.append(f"Seuls les {MAX_WORDS} premiers mots sont cherchés.")
    if _has_only_signs(question):
        notes.append("Tapez au moins un mot : il n’y a ici que des signes.")
    return tuple(notes)


def _labels_by_addition(units: Sequence[Unit]) -> dict[tuple[str, ...], str]:
    """Words that were expanded together (« zéro artificialisation nette ») are told together."""
    labels: dict[tuple[str, ...], str] = {}
    for unit in units:
        if unit.also:
            labels[unit.also] = f"{labels.get(unit.also, '')} {unit.label}".strip()
    return labels


def _has_only_signs(question: Question) -> bool:
    return bool(question.text.strip()) and not question.clauses and not question.filters

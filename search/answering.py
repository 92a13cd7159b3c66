"""From a query to its answer: match, narrow, rank, count, show one page.

The query is read once. What it was meant to be and what shorter ones find are questions made of
its clauses, and only counted: one question is answered.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from corpus.typography import spaced
from indexer.fields import KINDS
from search.advice import advised, repair_of
from search.answer import Answer, Hit, SaidBy, Suggestion, Via
from search.columns import Ints, Mask
from search.engine import Scores
from search.explanation import Explainer
from search.facets import (
    Named,
    facets_of,
    filters_with,
    kept_by,
    masks_from,
    named_by,
    said_by,
    typed_filters,
    via_of,
)
from search.highlights import highlights, marks_from
from search.open_generation import DocumentReader, OpenGeneration
from search.query import MAX_PAGE, MAX_WORDS, Filters, Question, SearchQuery, question_from
from search.ranking import (
    QUESTION,
    backed_scores,
    groups_of,
    one_of_each,
    ordered,
    query_themes,
    themed_scores,
)
from search.terms import Compiled, Unit, compiled


def answer_to(query: SearchQuery, reader: DocumentReader) -> Answer:
    """Answer a query, or what it was meant to be; raise `QueryRefused` when it cannot be asked."""
    began = time.perf_counter()
    question = question_from(query.text)
    found = Found(question, query, reader)
    answer = _as_typed_or_meant(found)
    if not answer.total:

        def count(shorter: Question) -> int:
            return Found(shorter, query, reader).documents

        answer = advised(answer, question, count, reader.generation)
    words = question.without(*question.filters).wording if question.filters else ""
    return replace(answer, words=words, took_ms=(time.perf_counter() - began) * 1000)


def documents_holding(question: Question, reader: DocumentReader) -> Mask:
    """Which documents hold all that a question asks, its filters applied: nothing is ranked."""
    return Found(question, SearchQuery(every_word=True), reader).kept


def _as_typed_or_meant(found: "Found") -> Answer:
    """A repaired question is answered by itself when nothing is found, else proposed."""
    query, reader = found.query, found.reader
    repair = repair_of(found.question, reader, only_sure=found.by_words > 0)
    meant = Found(repair.question, query, reader) if repair else None
    if not repair or not meant or meant.by_words < max(1, found.by_words):
        return _answer(found)
    if query.exact or not repair.is_sure or (found.by_words and not repair.is_misheard):
        suggestion = Suggestion(meant.question.text, meant.documents)
        return replace(_answer(found), suggestion=suggestion)
    answer, text = _answer(meant), meant.question.text
    said = "Peu de chose" if found.by_words else "Rien"
    note = spaced(f"{said} pour « {query.text} » : voici les résultats pour « {text} ».")
    return replace(answer, query=query.text, repaired=text, notes=(note, *answer.notes))


def _answer(found: "Found") -> Answer:
    query, generation = found.query, found.reader.generation
    shown = _page(found)
    return Answer(
        query=query.text,
        total=found.total,
        total_all=int((found.kept & found.holds_all).sum()),
        page=query.page,
        pages=min(MAX_PAGE, max(1, math.ceil(found.total / query.size))),
        hits=shown,
        groups=groups_of(shown, generation.catalogue["themes"]),
        facets=facets_of(found.matched, found.filters, generation.dimensions, found.masks),
        took_ms=0,
        notes=tuple(map(spaced, found.notes)),
        additions=tuple(dict.fromkeys(text for unit in found.asked.wanted for text in unit.also)),
        typed_filters=typed_filters(found.question, generation.dimensions),
        total_unfiltered=int(found.matched.sum()),
        said_by=_said_by(found),
        total_said_by=int(found.told_apart.sum()),
    )


def _said_by(found: "Found") -> tuple[SaidBy, ...]:
    if not found.told_apart.any():
        return ()
    generation = found.reader.generation
    return said_by(found.told_apart, found.named, generation.dimensions, generation.columns)


class Found:
    """What a question finds, over all documents; a mask has one row a document.

    `query` says how it is asked; its text is not looked at.
    """

    def __init__(self, question: Question, query: SearchQuery, reader: DocumentReader) -> None:
        generation, asking = reader.generation, reader.asking
        self.question, self.query, self.reader = question, query, reader
        self.filters, self._told = filters_with(query.filters, question, generation.dimensions)
        self.asked = _compiled(question, generation, expand=query.expand)
        said = [asking.holding(unit.said) for unit in self.asked.wanted]
        named = [asking.holding(unit.named) for unit in self.asked.wanted]
        self._by_unit = [mask | other for mask, other in zip(said, named, strict=True)]
        self.holds_all = np.ones(asking.size, dtype=np.bool_)
        for mask in self._by_unit:
            self.holds_all &= mask
        self.masks = masks_from(self.filters, generation.dimensions, generation.columns)
        within = kept_by(self.masks, asking.size)
        matched = self._matched()
        self._said = np.logical_or.reduce(said) if said else np.ones(asking.size, dtype=np.bool_)
        self.ideas = self._answering_ideas()
        self.by_idea = (self.ideas >= 0) & ~self._said
        self.by_name = matched & ~self._said & ~self.by_idea
        self.told_apart = self.by_name & self._is_apart(matched & within) & within
        self.matched = matched | self.by_idea
        if self.told_apart.any():
            self.matched &= ~self.by_name
        self.kept = self.matched & within

    def _matched(self) -> Mask:
        asking = self.reader.asking
        if self._by_unit and not self.query.every_word:
            matched = np.logical_or.reduce(self._by_unit)
        else:
            matched = self.holds_all & (bool(self._by_unit) or not _has_only_signs(self.question))
        for unit in self.asked.excluded:
            matched = matched & ~asking.holding(unit.looks)
        return np.asarray(matched)

    def _answering_ideas(self) -> Ints:
        """The key idea that answers for each quote; -1: none.

        Ideas only answer to plain words, two at least, when no quote says them all: what was said
        is then said in other words.
        """
        columns = self.reader.generation.columns
        full = sum(bool(unit.hints) for unit in self.asked.wanted)  # small words hint at nothing
        says_all = self.holds_all & (columns.kinds == KINDS.index("verbatim"))
        is_plain = self.question.is_plain and not self.query.every_word
        if full < 2 or not is_plain or says_all.any():
            return np.full(self.reader.asking.size, -1, dtype=np.int32)
        ideas, answers = columns.ideas, self._said if full >= QUESTION else self.holds_all
        return np.where((ideas >= 0) & answers[ideas], ideas, -1)

    def via(self, number: int) -> Via | None:
        """What answers for a document that says none of the words."""
        if self.by_idea[number]:
            return "idee"
        return via_of(number, self.named) if self.by_name[number] else None

    @cached_property
    def named(self) -> Named:
        """The documents in which the name, the function or the organisation has a word."""
        looks = [look for unit in self.asked.wanted for look in unit.looks]
        return named_by(looks, self.reader.asking)

    def _is_apart(self, within: Mask) -> bool:
        """Who speaks answers in the place of what is said only when it answers better.

        « Guivarc’h » gives what he said when nobody names him; « énergie » gives first what is
        said of it, whatever the syndicates are called.
        """
        said = within & self._said
        named = within & self.by_name & self.holds_all
        return bool(said.any()) and (not named.any() or bool((said & self.holds_all).any()))

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self.kept.sum())

    @property
    def by_words(self) -> int:
        """How many of them answer by themselves, not by their key idea."""
        return int((self.kept & ~self.by_idea).sum())

    @property
    def total(self) -> int:
        """How many hits there are: documents, or the people who said them."""
        if not self.query.one_each:
            return self.documents
        said_by = self.reader.generation.columns.speakers[self.kept]
        return len(np.unique(said_by[said_by >= 0]))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the visitor must know of how the question was read and asked."""
        unheard = [
            unit.label
            for unit, mask in zip(self.asked.wanted, self._by_unit, strict=True)
            if not mask.any()
        ]
        return (*self.question.notes, *self._told, *_notes(self.question, self.asked, unheard))


def _page(found: Found) -> tuple[Hit, ...]:
    """The hits of one page, in the order asked for."""
    query, generation, themes = found.query, found.reader.generation, None
    columns = generation.columns
    numbers: Ints = np.flatnonzero(found.kept).astype(np.int32)
    scores = _scores(found)
    if query.order == "themes":
        themes = query_themes(np.where(found.kept, scores, 0), columns.affinities)
        scores = themed_scores(scores, columns.affinities, themes)
    first = (query.page - 1) * query.size
    ranked = ordered(numbers, scores, columns, query.order)
    if query.one_each:
        ranked = one_of_each(ranked, columns.speakers)
    marks, explainer = marks_from(found.asked.wanted, generation.expansions.compounds), None
    if query.explain and found.asked.wanted:
        explainer = Explainer(found.asked, found.reader, themes, found.ideas)

    def hit(number: int) -> Hit:
        record, score = found.reader.asking.record(number), float(scores[number])
        why = explainer.explanation(number, score, record["terms"]) if explainer else None
        return Hit(
            document=found.reader.document_of(number, record),
            score=score,
            highlights=highlights(record["text"], record["words"], marks),
            matched_all=bool(found.holds_all[number]),
            explanation=why,
            via=found.via(number),
        )

    return tuple(map(hit, ranked[first : first + query.size].tolist()))


def _scores(found: Found) -> Scores:
    """What each document is worth for the words, and for those of its idea; hints add to it."""
    asking, wanted = found.reader.asking, found.asked.wanted
    if not wanted:
        return _unasked_scores(found.filters, found.reader.generation)
    by_unit = [asking.scores(unit.looks) for unit in wanted]
    words = sum(by_unit, np.zeros(asking.size))
    hints = asking.scores(hint for unit in wanted for hint in unit.hints)
    own = np.where((words > 0) | found.by_idea, words + hints, 0)
    return backed_scores(own, found.ideas)


def _compiled(question: Question, generation: OpenGeneration, *, expand: bool) -> Compiled:
    """Compile a question, with or without acronyms and synonyms; compounds always meet."""
    expansions = generation.expansions
    if not expand:
        expansions = replace(expansions, by_lemmas={})
    return compiled(question, generation.analyser, expansions)


def _unasked_scores(filters: Filters, generation: OpenGeneration) -> Scores:
    """Without words, what is most about the chosen themes comes first; else all are equal."""
    slugs = [theme["id"] for theme in generation.catalogue["themes"]]
    chosen = [slugs.index(slug) for slug in filters.themes if slug in slugs]
    affinities = generation.columns.affinities
    if not chosen:
        return np.ones(len(affinities))
    return np.asarray(affinities[:, chosen].sum(axis=1))


def _notes(question: Question, asked: Compiled, unheard: Sequence[str]) -> tuple[str, ...]:
    """What was added to the words, which of them nobody said, and whether some were left."""
    units = asked.wanted
    notes = [
        f"« {label} » est aussi cherché comme « {' », « '.join(also)} »."
        for also, label in _labels_by_addition(units).items()
    ]
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

"""From a query to its answer: match, narrow, rank, count, show one page.

The query is read once. What it was meant to be and what shorter ones find are questions made of
its clauses, and only counted: one question is answered.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from corpus.typography import spaced
from indexer.fields import MIN_AFFINITY
from indexer.vectors import Vector
from search.advice import advised, repair_of
from search.answer import Answer, Hit, Suggestion, ThemeGroup
from search.explanation import Explainer
from search.facets import facets_of, filters_with, said_by, typed_filters
from search.highlights import highlights, marks_from
from search.looks import Compiled, Unit, Value
from search.open_generation import DocumentReader, OpenGeneration
from search.query import MAX_PAGE, MAX_WORDS, Filters, Question, SearchQuery, question_from
from search.terms import compiled
from search.texts import Found as FoundTexts
from search.texts import Ranked, Row


def answer_to(query: SearchQuery, reader: DocumentReader) -> Answer:
    """Answer a query, or what it was meant to be; raise `QueryRefused` when it cannot be asked."""
    began = time.perf_counter()
    question = question_from(query.text)
    found = Found(question, query, reader)
    answer = _as_typed_or_meant(found)
    if not answer.total:

        def counts(shorter: Sequence[Question]) -> list[int]:
            found = [Found(each, query, reader) for each in shorter]
            return reader.texts.counts([(each.asked, each.filters) for each in found], query)

        answer = advised(answer, question, counts, reader)
    words = question.without(*question.filters).wording if question.filters else ""
    return replace(answer, words=words, took_ms=(time.perf_counter() - began) * 1000)


def counting_after(
    question: Question, reader: DocumentReader
) -> Callable[[Sequence[Question | Value]], list[int]]:
    """What counts the documents that hold all that a question asks, and something else too.

    Raise `QueryRefused` when the question narrows by what does not exist.
    """
    query = SearchQuery(every_word=True)
    rest = Found(question, query, reader)

    def counts(others: Sequence[Question | Value]) -> list[int]:
        asked = [
            other if isinstance(other, Value) else Found(other, query, reader).asked
            for other in others
        ]
        return reader.texts.together((rest.asked, rest.filters), asked)

    return counts


def _as_typed_or_meant(found: "Found") -> Answer:
    """A repaired question is answered by itself when nothing is found, else proposed."""
    query, reader = found.query, found.reader
    by_words = found.texts.by_words
    repair = repair_of(found.question, reader, only_sure=by_words > 0)
    meant = Found(repair.question, query, reader) if repair else None
    if not repair or not meant or meant.texts.by_words < max(1, by_words):
        return _answer(found)
    if query.exact or not repair.is_sure or (by_words and not repair.is_misheard):
        suggestion = Suggestion(meant.question.text, meant.texts.documents)
        return replace(_answer(found), suggestion=suggestion)
    answer, text = _answer(meant), meant.question.text
    said = "Peu de chose" if by_words else "Rien"
    note = spaced(f"{said} pour « {query.text} » : voici les résultats pour « {text} ».")
    return replace(answer, query=query.text, repaired=text, notes=(note, *answer.notes))


def _answer(found: "Found") -> Answer:
    query, texts, generation = found.query, found.texts, found.reader.generation
    shown = _page(found)
    return Answer(
        query=query.text,
        total=texts.total,
        total_all=texts.total_all,
        page=query.page,
        pages=min(MAX_PAGE, max(1, math.ceil(texts.total / query.size))),
        hits=shown,
        groups=groups_of(shown, generation.catalogue["themes"]),
        facets=facets_of(texts.tallies(), found.filters, generation.dimensions),
        took_ms=0,
        notes=tuple(map(spaced, found.notes)),
        additions=tuple(dict.fromkeys(text for unit in found.asked.wanted for text in unit.also)),
        typed_filters=typed_filters(found.question, generation.dimensions),
        total_unfiltered=texts.total_unfiltered,
        said_by=said_by(texts.told_apart(), generation.dimensions),
        total_said_by=texts.total_said_by,
        near=_near(found),
        knows_meaning=generation.encoder is not None,
    )


class Found:
    """A question in the terms of the index, and what it finds there.

    `query` says how it is asked; its text is not looked at.
    """

    def __init__(self, question: Question, query: SearchQuery, reader: DocumentReader) -> None:
        generation = reader.generation
        self.question, self.query, self.reader = question, query, reader
        self.filters, self._told = filters_with(query.filters, question, generation.dimensions)
        self.asked = _compiled(question, generation, expand=query.expand)

    @cached_property
    def texts(self) -> FoundTexts:
        """What the engine finds."""
        return self.reader.texts.found(self.asked, self.filters, self.query)

    @cached_property
    def meant(self) -> Vector | None:
        """What the question means, as a vector, where it is wanted and can be told."""
        encoder = self.reader.generation.encoder if self.query.meaning else None
        return encoder.encode(self.question.text) if encoder and self.asked.wanted else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the visitor must know of how the question was read and asked."""
        heard = zip(self.asked.wanted, self.texts.heard, strict=True)
        unheard = [unit.label for unit, is_heard in heard if not is_heard]
        return (*self.question.notes, *self._told, *_notes(self.question, self.asked, unheard))


def _page(found: Found) -> tuple[Hit, ...]:
    """The hits of one page, in the order asked for."""
    return _hits(found, found.texts.page(found.meant if found.texts.ranks_by_meaning else None))


def _near(found: Found) -> tuple[Hit, ...]:
    """Where no quote says all that is asked, those that may say it otherwise; first page only."""
    query, texts = found.query, found.texts
    is_whole = found.filters == Filters() and query.page == 1 and not query.one_each
    if not is_whole or not texts.is_said_otherwise or not texts.by_words or found.meant is None:
        return ()
    return _hits(found, texts.near(found.meant))


def _hits(found: Found, page: Sequence[Ranked]) -> tuple[Hit, ...]:
    generation, explainer = found.reader.generation, None
    marks = marks_from(found.asked.wanted, generation.expansions.compounds)
    if found.query.explain and found.asked.wanted:
        explainer = Explainer(found.asked, found.texts, generation.catalogue["themes"])

    def hit(ranked: Ranked, row: Row) -> Hit:
        record = row.record
        return Hit(
            document=found.reader.document_of(row),
            score=ranked.score,
            highlights=highlights(record["text"], record["words"], marks),
            matched_all=ranked.holds_all,
            explanation=explainer.explanation(ranked, row) if explainer else None,
            via=ranked.via,
        )

    return tuple(map(hit, page, found.reader.texts.records([ranked.number for ranked in page])))


NO_THEME = "Autres"


def groups_of(hits: Sequence[Hit], themes: Sequence[dict[str, str]]) -> tuple[ThemeGroup, ...]:
    """Share hits by their main theme. A theme is as strong as its best hit; none comes last."""
    labels = {theme["id"]: theme["label"] for theme in themes}
    members: dict[str, list[Hit]] = {}
    for hit in hits:
        main = hit.document.themes[0] if hit.document.themes else None
        slug = main.slug if main and main.affinity >= MIN_AFFINITY else ""
        members.setdefault(slug, []).append(hit)
    groups = [
        ThemeGroup(slug, labels.get(slug, NO_THEME), max(h.score for h in found), tuple(found))
        for slug, found in members.items()
    ]
    return tuple(sorted(groups, key=lambda g: (not g.slug, -g.score, g.label)))


def _compiled(question: Question, generation: OpenGeneration, *, expand: bool) -> Compiled:
    """Compile a question, with or without acronyms and synonyms; compounds always meet."""
    expansions = generation.expansions
    if not expand:
        expansions = replace(expansions, by_lemmas={})
    return compiled(question, generation.analyser, expansions)


def _notes(question: Question, asked: Compiled, unheard: Sequence[str]) -> tuple[str, ...]:
    """What was added to the words, which of them nobody said, and whether some were left."""
    units = asked.wanted
    notes = [
        f"« {label} » est aussi cherché comme « {' », « '.join(also)} »."
        for also, label in _labels_by_addition(units).items()
    ]
    if unheard:
        ni = "ni " if len(unheard) > 1 else ""
        notes.append(f"Personne n’a dit {ni}« {' » ni « '.join(unheard)} ».")
    if asked.is_cut:
        notes.append(f"Seuls les {MAX_WORDS} premiers mots sont cherchés.")
    if asked.is_void:
        notes.append("Tapez au moins un mot : il n’y a ici que des signes.")
    return tuple(notes)


def _labels_by_addition(units: Sequence[Unit]) -> dict[tuple[str, ...], str]:
    """Words that were expanded together (« zéro artificialisation nette ») are told together."""
    labels: dict[tuple[str, ...], str] = {}
    for unit in units:
        if unit.also:
            labels[unit.also] = f"{labels.get(unit.also, '')} {unit.label}".strip()
    return labels

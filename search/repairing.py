"""A query with its typing errors repaired: by itself when nothing is found, else proposed.

Only words that the index does not know under any form are repaired, and only when the repaired
query finds something.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.typography import spaced
from indexer.lexicon import is_dictionary_word
from indexer.tokens import is_stop_word, tokens
from search.answer import Answer, Suggestion
from search.answering import answer_to, documents_found
from search.open_generation import DocumentReader
from search.query import Clause, Question, SearchQuery, question_from
from search.spelling import MIN_LETTERS
from search.terms import compiled

_ACRONYM = 6  # letters: a longer word in capitals is a word that is shouted


@dataclass(frozen=True, slots=True)
class _Repair:
    """A word to replace in the text of a question. `is_sure`: no French dictionary has it."""

    start: int
    end: int
    text: str
    is_sure: bool


def repaired_answer(query: SearchQuery, reader: DocumentReader) -> Answer:
    """Answer a query, or what it was meant to be; raise `QueryRefused` as `answer_to` does."""
    began = time.perf_counter()
    answer = answer_to(query, reader)
    question = question_from(query.text)
    repairs = [r for r in _repairs(question, reader) if r.is_sure or not answer.total]
    if not repairs:
        return answer
    meant = replace(query, text=_with(repairs, question.text))
    total = int(documents_found(meant, reader).sum())
    if not total or total < answer.total:
        return answer
    if answer.total or query.exact or not all(repair.is_sure for repair in repairs):
        answer = replace(answer, suggestion=Suggestion(meant.text, total))
    else:
        answer = _said_aloud(query, answer_to(meant, reader))
    return replace(answer, took_ms=(time.perf_counter() - began) * 1000)


def _said_aloud(query: SearchQuery, answer: Answer) -> Answer:
    meant = answer.query
    note = f"Rien pour « {query.text} » : voici les résultats pour « {meant} »."
    notes = (spaced(note), *answer.notes)
    return replace(answer, query=query.text, repaired=meant, notes=notes)


def _with(repairs: list[_Repair], text: str) -> str:
    for repair in reversed(repairs):
        text = text[: repair.start] + repair.text + text[repair.end :]
    return text


def _repairs(question: Question, reader: DocumentReader) -> Iterator[_Repair]:
    """What is left out, quoted or written in a filter stays as it was typed."""
    for clause in question.clauses:
        if clause.excluded or clause.kind == "phrase":
            continue
        first = question.text.rindex(clause.text, clause.start, clause.end)
        for token in tokens(clause.text):
            typed = clause.text[token.start : token.end]
            if not _may_be_wrong(token.form, typed) or _is_heard(token.form, reader):
                continue
            meant = reader.generation.spelling.nearest(token.form)
            if meant:
                is_sure = not is_dictionary_word(token.form)
                shown = _capitalised_as(typed, meant)
                yield _Repair(first + token.start, first + token.end, shown, is_sure)


def _may_be_wrong(form: str, typed: str) -> bool:
    if len(form) < MIN_LETTERS or not form.isalpha() or is_stop_word(form):
        return False
    return not (typed.isupper() and len(typed) <= _ACRONYM)


def _is_heard(form: str, reader: DocumentReader) -> bool:
    """Say whether the index knows a word, as it is or by its lemma, stem, family or joint."""
    generation = reader.generation
    if generation.spelling.knows(form):
        return True
    alone = Question((Clause(form),))
    units = compiled(alone, generation.analyser, generation.expansions).wanted
    return any(bool(reader.asking.scores(unit.looks).any()) for unit in units)


def _capitalised_as(typed: str, meant: str) -> str:
    """Write a repair with the capitals of the word it replaces."""
    if typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant

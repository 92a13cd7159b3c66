"""What else to ask: the query without its typing errors; when nothing is found, shorter ones.

Only words that the index does not know under any form are repaired. No query is ever proposed
without the number of its hits, nor when it has none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.typography import fold
from indexer.analysis import Analyser, full_words
from indexer.lexicon import is_dictionary_word
from indexer.spellings import MIN_LETTERS
from indexer.tokens import is_stop_word, tokens
from search.answer import Alternative, Answer, NearTheme
from search.open_generation import DocumentReader, OpenGeneration
from search.query import MAX_CHARACTERS, QUOTES, Clause, Piece, Question
from search.spelling import is_slip
from search.terms import compiled

# How many documents questions have, all asked in the same way as the first, and together.
Counts = Callable[[Sequence[Question]], list[int]]

_ACRONYM = 6  # letters: a longer word in capitals is a word that is shouted
_LONG = 6  # letters: what a shorter word finds by its family is not doubted
_MAX_PIECES = 10  # each costs two counts
_MAX_ALTERNATIVES = 4
_NEAR = 3
_MOST_SPOKEN_OF = 5


@dataclass(frozen=True, slots=True)
class Repair:
    """A question with its wrong words replaced. `is_sure`: no French dictionary has them.

    `is_misheard`: it is one word, which finds only what has nothing to do with the right one.
    """

    question: Question
    is_sure: bool
    is_misheard: bool = False


def repair_of(question: Question, reader: DocumentReader, *, only_sure: bool) -> Repair | None:
    """Replace the words that nobody said; None when there is nothing to replace.

    What is left out, quoted or written in a filter stays as it was typed.
    """

    @cache
    def meant(form: str) -> str | None:
        if not _is_heard(form, reader):
            return reader.generation.spelling.nearest(form)
        return _misheard(form, reader.generation)

    changes: list[tuple[int, int, str]] = []
    doubts = False
    alone = len(question.clauses) == 1
    for form, start, end in _words_to_check(question):
        is_sure = not is_dictionary_word(form)
        if (is_sure or not only_sure) and (right := meant(form)):
            changes.append((start, end, _capitalised_as(question.text[start:end], right)))
            doubts |= not is_sure
    meant_question = question.reworded(changes)
    if not changes or len(meant_question.text) > MAX_CHARACTERS:  # too long, it cannot be asked
        return None
    misheard = alone and all(_is_heard(form, reader) for form, *_ in _words_to_check(question))
    return Repair(meant_question, not doubts, misheard)


def _words_to_check(question: Question) -> Iterator[tuple[str, int, int]]:
    """The words that may be typing errors, with their places in the text."""
    for clause in question.clauses:
        if clause.excluded or clause.kind == "phrase":
            continue
        first = question.place_of(clause)
        for form, start, end in tokens(clause.text):
            if _may_be_wrong(form, clause.text[start:end]):
                yield form, first + start, first + end


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
    return any(reader.texts.heard(units))


def _misheard(form: str, generation: OpenGeneration) -> str | None:
    """The form of the corpus that one letter, lost or doubled, turned into no word at all.

    What it finds by its family is then of another word: « messure » is no « messe ».
    """
    if len(form) < _LONG or generation.spelling.knows(form) or is_dictionary_word(form):
        return None
    near = generation.spelling.nearest(form)
    if near is None or is_stop_word(near) or not is_slip(fold(form), fold(near)):
        return None
    typed, right = (generation.analyser.words(text)[0] for text in (form, near))
    is_kin = typed.stem == right.stem or typed.family == right.family
    return None if is_kin else near


def _capitalised_as(typed: str, meant: str) -> str:
    """Write a repair with the capitals of the word it replaces."""
    if typed.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant


def advised(answer: Answer, question: Question, counts: Counts, reader: DocumentReader) -> Answer:
    """Tell of an answer without hits what found nothing, and what would find something."""
    wanted = [clause for clause in question.clauses if not clause.excluded][:_MAX_PIECES]
    alone = [question.without(*(o for o in question.clauses if o != each)) for each in wanted]
    pieces: list[Piece] = [*question.clauses, *question.filters]
    choices: list[tuple[Piece, ...]] = [(piece,) for piece in pieces[:_MAX_PIECES]]
    shorter = [each for each in map(question.without, pieces[:_MAX_PIECES]) if _asks(each)]
    totals = _counted([*alone, *shorter], counts)
    culprits = tuple(c for c, each in zip(wanted, alone, strict=True) if not totals[each])
    if len(culprits) > 1 and _asks(rest := question.without(*culprits)):
        choices.append(culprits)
        totals |= _counted([rest], counts)
    return replace(
        answer,
        culprits=tuple(clause.text for clause in culprits),
        without=_alternatives(question, choices, totals),
        near_themes=_near_themes(question, reader),
    )


def _asks(question: Question) -> bool:
    return bool(question.clauses or question.filters)


def _counted(questions: Iterable[Question], counts: Counts) -> dict[Question, int]:
    asked = list(dict.fromkeys(questions))
    return dict(zip(asked, counts(asked), strict=True))


def _alternatives(
    question: Question, choices: Iterable[tuple[Piece, ...]], totals: Mapping[Question, int]
) -> tuple[Alternative, ...]:
    """What the query finds without one of its pieces, or without all its culprits.

    One piece less before several, a filter less before a word less, most hits first.
    """
    found: dict[str, Alternative] = {}
    costs: dict[str, tuple[int, bool, int]] = {}
    for dropped in choices:
        shorter = question.without(*dropped)
        rest, total = shorter.wording, totals.get(shorter)
        if total and rest not in found:
            names = tuple(question.text[piece.start : piece.end] for piece in dropped)
            found[rest] = Alternative(rest, total, names)
            costs[rest] = len(dropped), isinstance(dropped[0], Clause), -total
    best = sorted(found, key=lambda rest: costs[rest])
    return tuple(found[rest] for rest in best[:_MAX_ALTERNATIVES])


def _near_themes(question: Question, reader: DocumentReader) -> tuple[NearTheme, ...]:
    """The themes that the words of a query name; else those that are most spoken of."""
    generation = reader.generation
    words = _words_of(question, generation.analyser)
    counts = reader.texts.tallies("theme", QUOTES)
    entries = zip(generation.catalogue["themes"], counts, generation.theme_stems, strict=True)
    themes = [
        NearTheme(
            theme["id"],
            theme["label"],
            count,
            words=tuple(typed for stem, typed in words.items() if stem in stems),
        )
        for theme, count, stems in entries
        if count
    ]
    ranked = sorted(themes, key=lambda theme: (-len(theme.words), -theme.count, theme.label))
    named = tuple(theme for theme in ranked if theme.words)
    return named[:_NEAR] or tuple(ranked[:_MOST_SPOKEN_OF])


def _words_of(question: Question, analyser: Analyser) -> dict[str, str]:
    """The stems of the words that were wanted, and how each was typed."""
    return {
        word.stem: clause.text[word.start : word.end]
        for clause in question.clauses
        if not clause.excluded
        for word in full_words(analyser.words(clause.text))
        if not word.is_empty
    }

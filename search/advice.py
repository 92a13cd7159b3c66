"""When nothing is found: the words to blame, what shorter queries find, the nearest themes.

A shorter query is only ever proposed with the number of its hits, and never when it has none.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from indexer.analysis import Analyser, full_words
from indexer.fields import KINDS
from search.answer import Alternative, NearTheme
from search.open_generation import OpenGeneration
from search.query import Clause, FilterClause, Question, question_from

Piece = Clause | FilterClause
Count = Callable[[str], int]  # how many hits a query has, filters and order being the same

_MAX_PIECES = 10  # each costs two searches
_MAX_ALTERNATIVES = 4
_NEAR = 3
_MOST_SPOKEN_OF = 5


def culprits_of(question: Question, count: Count) -> tuple[Clause, ...]:
    """The words and phrases that find nothing by themselves."""
    wanted = [clause for clause in question.clauses if not clause.excluded][:_MAX_PIECES]
    return tuple(clause for clause in wanted if not count(_alone(question, clause)))


def _alone(question: Question, clause: Clause) -> str:
    """A word with nothing but the filters of its query."""
    return question.without(*(other for other in question.clauses if other != clause))


def alternatives(
    question: Question, culprits: Iterable[Clause], count: Count
) -> tuple[Alternative, ...]:
    """What the query finds without one of its pieces, or without all its culprits.

    One piece less before several, a filter less before a word less, most hits first.
    """
    found: dict[str, Alternative] = {}
    costs: dict[str, tuple[int, bool, int]] = {}
    for dropped in _choices(question, tuple(culprits)):
        rest = question.without(*dropped)
        shorter = question_from(rest)
        if rest in found or not (shorter.clauses or shorter.filters):
            continue
        total = count(rest)
        if total:
            names = tuple(question.text[piece.start : piece.end] for piece in dropped)
            found[rest] = Alternative(rest, total, names)
            costs[rest] = len(dropped), isinstance(dropped[0], Clause), -total
    best = sorted(found, key=lambda rest: costs[rest])
    return tuple(found[rest] for rest in best[:_MAX_ALTERNATIVES])


def _choices(question: Question, culprits: tuple[Clause, ...]) -> Iterator[tuple[Piece, ...]]:
    pieces: list[Piece] = [*question.clauses, *question.filters]
    for piece in pieces[:_MAX_PIECES]:
        yield (piece,)
    if len(culprits) > 1:
        yield culprits


def near_themes(question: Question, generation: OpenGeneration) -> tuple[NearTheme, ...]:
    """The themes that the words of a query name; else those that are most spoken of."""
    columns, words = generation.columns, _words_of(question, generation.analyser)
    quotes = columns.themed & (columns.kinds == KINDS.index("verbatim"))[:, None]
    counts = np.asarray(quotes.sum(axis=0)).tolist()
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

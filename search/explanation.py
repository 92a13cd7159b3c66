"""Why a hit is there: what each word is worth, through which field, and which themes lifted it."""

from collections.abc import Iterator, Mapping

import numpy as np

from corpus.typography import decimal
from indexer import fields
from search.answer import Explanation, MatchWay, ThemeReason, WordReason
from search.columns import Floats, Ints
from search.engine import Adjacent, Asking, Look, Scores
from search.open_generation import DocumentReader, OpenGeneration
from search.ranking import BACKED
from search.terms import Compiled, Unit

_SAME_FAMILY = "même famille"
_NAMED = "nom, structure ou fonction"
_EXPANSION = "sigle ou synonyme"
_TOGETHER = "expression entière"
_PARTS = "ses mots à part"
_SAID = {fields.LEMMA, fields.STEM, fields.FAMILY}
_WAYS = {
    fields.LEMMA: "même mot",
    fields.STEM: _SAME_FAMILY,
    fields.FAMILY: _SAME_FAMILY,
    fields.JOINED: "mot composé",
    fields.IDEA: "dans l’idée clé",
    fields.SPEAKER: _NAMED,
    fields.ORGANISATION: _NAMED,
    fields.ROLE: _NAMED,
    fields.SURFACE: "mot exact",
    fields.GRAMS: "orthographe proche",
}
_CLOSEST_FIRST = list(
    dict.fromkeys((_WAYS[fields.SURFACE], _TOGETHER, *_WAYS.values(), _EXPANSION, _PARTS))
)
_SHOWN_THEMES = 3
_LEAST_WORTH = 0.01  # of the factor: below, a theme did not lift anything


class Explainer:
    """Explains the hits of one query, from the scores that ranked them.

    `themes` are those that the query is about, when they rank the hits; `ideas` the key idea that
    answers for each document (-1: none).
    """

    def __init__(
        self, asked: Compiled, reader: DocumentReader, themes: Floats | None, ideas: Ints
    ) -> None:
        self._generation = reader.generation
        self._themes, self._ideas = themes, ideas
        self._words = [(unit.label, _scores_by_way(unit, reader.asking)) for unit in asked.wanted]

    def explanation(self, number: int, score: float, terms: Mapping[str, list[str]]) -> Explanation:
        """Why a document has this score; `terms` are the seed terms said in it, by theme."""
        idea = int(self._ideas[number])
        words = [_word(label, ways, number, idea) for label, ways in self._words]
        said = tuple(word for word in words if word.ways)
        relevance = sum(word.worth for word in said)
        if self._themes is None or not relevance:
            return Explanation(relevance, said)
        reasons = _theme_reasons(self._generation, number, self._themes, terms)
        return Explanation(relevance, said, score / relevance, reasons)


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """An explanation as a terminal shows it."""
    factor = f" × thèmes {decimal(explanation.factor)}" if explanation.themes else ""
    yield f"pertinence {decimal(explanation.relevance)}{factor}"
    for word in explanation.words:
        ways = ", ".join(f"{way.label} {decimal(way.worth)}" for way in word.ways)
        yield f"« {word.word} » {decimal(word.worth)} : {ways}"
    for theme in explanation.themes:
        terms = f", dit « {' », « '.join(theme.terms)} »" if theme.terms else ""
        shares = f"recherche {decimal(theme.weight)}, texte {decimal(theme.affinity)}"
        yield f"thème {theme.label} : {shares}{terms}"


def _scores_by_way(unit: Unit, asking: Asking) -> dict[str, Scores]:
    by_way: dict[str, list[Look]] = {}
    for look in unit.looks:
        by_way.setdefault(_way(look), []).append(look)
    for hint in unit.hints:
        way = _PARTS if hint.field in _SAID else _WAYS[hint.field]
        by_way.setdefault(way, []).append(hint)
    return {way: asking.scores(looks) for way, looks in by_way.items()}


def _way(look: Look) -> str:
    if look.is_added:
        return _EXPANSION
    is_whole = isinstance(look, Adjacent) and look.field == fields.LEMMA
    return _TOGETHER if is_whole else _WAYS[look.field]


def _word(label: str, ways: Mapping[str, Scores], number: int, idea: int) -> WordReason:
    worth = {way: float(scores[number]) for way, scores in ways.items() if scores[number] > 0}
    of_idea = float(sum(scores[idea] for scores in ways.values())) if idea >= 0 else 0.0
    if of_idea:
        way = _WAYS[fields.IDEA]
        worth[way] = worth.get(way, 0.0) + BACKED * of_idea
    closest = sorted(worth.items(), key=lambda item: _CLOSEST_FIRST.index(item[0]))
    return WordReason(label, sum(worth.values()), tuple(MatchWay(*item) for item in closest))


def _theme_reasons(
    generation: OpenGeneration, number: int, themes: Floats, terms: Mapping[str, list[str]]
) -> tuple[ThemeReason, ...]:
    """The themes that raised a document most."""
    entries = generation.catalogue["themes"]
    affinities = generation.columns.affinities[number]
    worth = affinities * themes
    return tuple(
        ThemeReason(
            slug=entries[place]["id"],
            label=entries[place]["label"],
            weight=float(themes[place]),
            affinity=float(affinities[place]),
            terms=tuple(terms.get(entries[place]["id"], ())),
        )
        for place in np.argsort(-worth, kind="stable")[:_SHOWN_THEMES].tolist()
        if worth[place] >= _LEAST_WORTH
    )

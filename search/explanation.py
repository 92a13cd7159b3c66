"""Why a hit is there: what each word is worth, through which field, and which themes lifted it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.typography import decimal
from indexer import fields
from search.answer import Explanation, MatchWay, ThemeReason, WordReason
from search.looks import Adjacent, Compiled, Look, Unit
from search.ranking import BACKED
from search.texts import Found, Ranked, Row

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
    """Explains the hits of one question, from what its words are worth in them.

    `themes` are those of the catalogue.
    """

    def __init__(self, asked: Compiled, found: Found, themes: Sequence[Mapping[str, Any]]) -> None:
        self._found, self._themes = found, themes
        self._words = [(unit.label, _looks_by_way(unit)) for unit in asked.wanted]

    def explanation(self, ranked: Ranked, row: Row) -> Explanation:
        """Why a text has its score."""
        words = [_word(label, ways, ranked.number, self._found) for label, ways in self._words]
        said = tuple(word for word in words if word.ways)
        relevance = sum(word.worth for word in said)
        weights, likeness = self._found.themes, ranked.likeness
        is_raised = weights is not None or likeness is not None
        if not is_raised or not relevance or ranked.via == "sens":
            return Explanation(relevance, said, likeness=likeness)
        reasons = () if weights is None else _theme_reasons(self._themes, weights, row)
        return Explanation(relevance, said, ranked.score / relevance, reasons, likeness)


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """An explanation as a terminal shows it."""
    raised = explanation.raised_by
    factor = f" × {decimal(explanation.factor)} pour {raised}" if raised else ""
    if explanation.words:
        yield f"pertinence {decimal(explanation.relevance)}{factor}"
    if explanation.likeness is not None:
        yield f"sens proche de celui de la recherche {decimal(explanation.likeness)}"
    for word in explanation.words:
        ways = ", ".join(f"{way.label} {decimal(way.worth)}" for way in word.ways)
        yield f"« {word.word} » {decimal(word.worth)} : {ways}"
    for theme in explanation.themes:
        terms = f", dit « {' », « '.join(theme.terms)} »" if theme.terms else ""
        shares = f"recherche {decimal(theme.weight)}, texte {decimal(theme.affinity)}"
        yield f"thème {theme.label} : {shares}{terms}"


def _looks_by_way(unit: Unit) -> dict[str, list[Look]]:
    by_way: dict[str, list[Look]] = {}
    for look in unit.looks:
        by_way.setdefault(_way(look), []).append(look)
    for hint in unit.hints:
        way = _PARTS if hint.field in _SAID else _WAYS[hint.field]
        by_way.setdefault(way, []).append(hint)
    return by_way


def _way(look: Look) -> str:
    if look.is_added:
        return _EXPANSION
    is_whole = isinstance(look, Adjacent) and look.field == fields.LEMMA
    return _TOGETHER if is_whole else _WAYS[look.field]


def _word(label: str, ways: Mapping[str, list[Look]], number: int, found: Found) -> WordReason:
    both = {way: found.worth(looks, number) for way, looks in ways.items()}
    worth = {way: own for way, (own, _) in both.items() if own > 0}
    of_idea = sum(idea for _, idea in both.values())
    if of_idea:
        way = _WAYS[fields.IDEA]
        worth[way] = worth.get(way, 0.0) + BACKED * of_idea
    closest = sorted(worth.items(), key=lambda item: _CLOSEST_FIRST.index(item[0]))
    return WordReason(label, sum(worth.values()), tuple(MatchWay(*item) for item in closest))


def _announced(row: Row, theme: str) -> tuple[str, ...]:
    return tuple(row.record["terms"].get(theme, ()))


def _theme_reasons(
    entries: Sequence[Mapping[str, Any]], weights: Sequence[float], row: Row
) -> tuple[ThemeReason, ...]:
    """The themes that raised a text most."""
    reasons = [
        ThemeReason(
            slug=entry["id"],
            label=entry["label"],
            weight=weight,
            affinity=affinity,
            terms=_announced(row, entry["id"]) if affinity >= fields.MIN_AFFINITY else (),
        )
        for entry, weight, affinity in zip(entries, weights, row.affinities, strict=True)
    ]
    strongest = sorted(reasons, key=lambda reason: -reason.worth)[:_SHOWN_THEMES]
    return tuple(reason for reason in strongest if reason.worth >= _LEAST_WORTH)

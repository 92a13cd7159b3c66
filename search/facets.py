"""The facets of an answer, the filters typed in a question, and who answers by a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from corpus.homonyms import bare_name
from corpus.typography import fold, slug_from
from search.answer import Facet, FacetValue, SaidBy, TypedFilter
from search.dimensions import Dimension, Tally
from search.query import DAY_FILTERS, FilterClause, Filters, QueryRefused, Question, days_from


def facets_of(
    tallies: Mapping[str, Tally], filters: Filters, dimensions: tuple[Dimension, ...]
) -> tuple[Facet, ...]:
    """The facets of an answer, from what was counted of each."""
    facets = []
    for dimension in dimensions:
        tally = tallies[dimension.name]
        selected = getattr(filters, dimension.attribute)
        values = tuple(
            FacetValue(*dimension.values[place], count, dimension.values[place][0] in selected)
            for place, count in tally.values
        )
        facets.append(Facet(dimension.name, dimension.label, values, tally.untold))
    return tuple(facets)


_CONTROLLED = {"themes", "kinds"}  # lists short enough to be told whole
_NAMES = {
    "themes": "thème",
    "speakers": "intervenant·e",
    "organisations": "organisation",
    "webinars": "webinaire",
    "kinds": "type",
    "years": "année",
}
_NO = {"speakers": "Aucun·e", "organisations": "Aucune", "years": "Aucune"}  # else « Aucun »
_NOTHING = "-"  # an id that nothing has: the filter keeps no document


def filters_with(
    filters: Filters, question: Question, dimensions: tuple[Dimension, ...]
) -> tuple[Filters, tuple[str, ...]]:
    """Add the filters typed in a query to those of the address, and tell what is unknown.

    Raise `QueryRefused` for a theme or a type that does not exist, and for what is no date.
    """
    if not question.filters and filters == Filters():
        return filters, ()
    by_attribute = {dimension.attribute: dimension for dimension in dimensions}
    notes: list[str] = []
    for attribute in by_attribute:
        typed = [clause.value for clause in question.filters if clause.name == attribute]
        chosen = getattr(filters, attribute)
        ids = [
            found
            for value in (*chosen, *typed)
            for found in _ids(value, by_attribute[attribute], notes)
        ]
        if ids:
            resolved: Any = {attribute: tuple(dict.fromkeys(ids))}
            filters = replace(filters, **resolved)
    filters = _with_days(filters, question)
    if filters.since and filters.until and filters.since > filters.until:
        notes.append("Aucun jour ne convient : le début demandé vient après la fin.")
    return filters, tuple(notes)


def _with_days(filters: Filters, question: Question) -> Filters:
    """Narrow the span of days by `avant:` and `apres:` (both strict) and by `depuis:`."""
    since = [filters.since] if filters.since else []
    until = [filters.until] if filters.until else []
    for clause in question.filters:
        if clause.name not in DAY_FILTERS:
            continue
        days = days_from(clause.value)
        if clause.name == "before":
            until.append(days.first - timedelta(days=1))
        else:
            is_strict = clause.name == "after"
            since.append(days.last + timedelta(days=1) if is_strict else days.first)
    return replace(filters, since=max(since, default=None), until=min(until, default=None))


def typed_filters(question: Question, dimensions: tuple[Dimension, ...]) -> tuple[TypedFilter, ...]:
    """The filters typed in a query, as a page names them, each with the query without it."""
    by_attribute = {dimension.attribute: dimension for dimension in dimensions}
    return tuple(
        TypedFilter(_label(clause, by_attribute), question.without(clause).wording)
        for clause in question.filters
    )


def _label(clause: FilterClause, by_attribute: Mapping[str, Dimension]) -> str:
    """The label of the one value it stands for (« Mobilité »); else the filter and its value."""
    if clause.name in DAY_FILTERS:
        return f"{DAY_FILTERS[clause.name]} {clause.value}"
    dimension = by_attribute[clause.name]
    labels = dict(dimension.values)
    found = [labels[key] for key in _matching(clause.value, dimension)]
    return found[0] if len(found) == 1 else f"{_NAMES[clause.name]} : {clause.value}"


def _ids(value: str, dimension: Dimension, notes: list[str]) -> list[str]:
    if found := list(_matching(value, dimension)):
        return found
    name = _NAMES[dimension.attribute]
    message = f"{_NO.get(dimension.attribute, 'Aucun')} {name} ne correspond à « {value} »."
    if dimension.attribute == "themes":
        message = f"Le thème « {value} » n’existe pas."
    if dimension.attribute in _CONTROLLED:
        possible = ", ".join(key for key, _ in dimension.values)
        raise QueryRefused(f"{message} Valeurs possibles : {possible}.")
    notes.append(message)
    return [_NOTHING]


def _matching(value: str, dimension: Dimension) -> Iterable[str]:
    """The exact id; else the name, whoever bears it; else the labels that hold all the words."""
    slug = slug_from(value)
    if any(key == value for key, _ in dimension.values):
        return [value]
    labels = [
        key
        for key, label in dimension.values
        if key == slug or fold(value) in {fold(label), fold(bare_name(label))}
    ]
    if labels or not slug:
        return labels
    words = set(slug.split("-"))
    return [key for key, label in dimension.values if words <= set(slug_from(label).split("-"))]


_MOST_SAID_BY = 5


def said_by(
    tallies: Mapping[str, Sequence[int]], dimensions: Iterable[Dimension]
) -> tuple[SaidBy, ...]:
    """Whose texts are told apart, from the texts of each; most first."""
    found = [
        SaidBy(dimension.name, *value, count)
        for dimension in dimensions
        for value, count in zip(dimension.values, tallies.get(dimension.name, ()), strict=False)
        if count
    ]
    return tuple(sorted(found, key=lambda some: (-some.count, some.label))[:_MOST_SAID_BY])

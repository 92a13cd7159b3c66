"""From what a visitor typed or chose in a filter to the ids it stands for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.typography import fold, slug_from
from search.facets import Dimension
from search.query import Filters, QueryRefused
from search.query_language import Question

_CONTROLLED = {"themes", "kinds"}  # lists short enough to be told whole
_NAMES = {
    "themes": "thème",
    "speakers": "intervenant·e",
    "organisations": "organisation",
    "webinars": "webinaire",
    "kinds": "type",
    "years": "année",
}
_NOTHING = "-"  # an id that nothing has: the filter keeps no document


def filters_with(
    filters: Filters, question: Question, dimensions: tuple[Dimension, ...]
) -> tuple[Filters, tuple[str, ...]]:
    """Add the filters typed in a query to those of the address, and tell what is unknown.

    Raise `QueryRefused` for a theme or a type that does not exist.
    """
    by_attribute = {dimension.attribute: dimension for dimension in dimensions}
    notes: list[str] = []
    for attribute in by_attribute:
        typed = [value for name, value in question.filters if name == attribute]
        chosen = getattr(filters, attribute)
        ids = [
            found
            for value in (*chosen, *typed)
            for found in _ids(value, by_attribute[attribute], notes)
        ]
        if ids:
            resolved: Any = {attribute: tuple(dict.fromkeys(ids))}
            filters = replace(filters, **resolved)
    return filters, tuple(notes)


def _ids(value: str, dimension: Dimension, notes: list[str]) -> list[str]:
    if found := list(_matching(value, dimension)):
        return found
    name = _NAMES[dimension.attribute]
    message = f"Aucun·e {name} ne correspond à « {value} »."
    if dimension.attribute == "themes":
        message = f"Le thème « {value} » n’existe pas."
    if dimension.attribute in _CONTROLLED:
        possible = ", ".join(key for key, _ in dimension.values)
        raise QueryRefused(f"{message} Valeurs possibles : {possible}.")
    notes.append(message)
    return [_NOTHING]


def _matching(value: str, dimension: Dimension) -> Iterable[str]:
    """The exact id; else the label; else the labels that hold all the words typed."""
    slug = slug_from(value)
    exact = [key for key, _ in dimension.values if key in {value, slug}]
    if exact:
        return exact
    labels = [key for key, label in dimension.values if fold(label) == fold(value)]
    if labels or not slug:
        return labels
    words = set(slug.split("-"))
    return [key for key, label in dimension.values if words <= set(slug_from(label).split("-"))]


def day_from(text: str, *, last: bool) -> date:
    """Read 2023-03-12, 2023-03 or 2023: the first (or last) day of it.

    Raise `QueryRefused` for anything else.
    """
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month, day = (*numbers, *([12, 31] if last else [1, 1])[len(numbers) - 1 :])
        return date(year, month, min(day, _last_day(year, month)) if len(numbers) < 3 else day)
    except ValueError:
        message = f"« {text} » n’est pas une date. Écrivez par exemple 2023 ou 2023-03-12."
        raise QueryRefused(message) from None


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date.max
    return date.fromordinal(following.toordinal() - 1).day

"""Filters as masks over the documents, what a visitor typed in them, and their counts.

And whose texts answer only by who speaks: a name, a function or an organisation has the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

import numpy as np

from corpus.homonyms import bare_name
from corpus.typography import fold, slug_from
from indexer import fields
from indexer.fields import Catalogue
from search.answer import Facet, FacetValue, SaidBy, TypedFilter, Via
from search.columns import Columns, Ints, Mask, catalogue_years, titles
from search.engine import Asking, Look
from search.query import DAY_FILTERS, FilterClause, Filters, QueryRefused, Question, days_from

Values = tuple[tuple[str, str], ...]  # ids and labels

_KIND_LABELS = {"verbatim": "Verbatims", "idee": "Idées clés"}


class Membership(Protocol):
    """Which documents have which value of a dimension; a value is known by its place."""

    def having(self, places: list[int]) -> Mask:
        """The documents that have one of these values."""

    def counts(self, rows: Mask) -> Ints:
        """How many documents of `rows` have each value."""


@dataclass(frozen=True, slots=True)
class OneEach:
    """A document has one value at most: `codes[document]` is its place, -1 for none."""

    codes: Ints
    size: int

    def having(self, places: list[int]) -> Mask:
        mask: Mask = np.isin(self.codes, places)
        return mask

    def counts(self, rows: Mask) -> Ints:
        counted = np.bincount(self.codes[rows] + 1, minlength=self.size + 1)
        return counted[1:].astype(np.int32)


@dataclass(frozen=True, slots=True)
class ManyEach:
    """A document may have several values, as `members[document, value]` says."""

    members: Mask

    def having(self, places: list[int]) -> Mask:
        return np.asarray(self.members[:, places].any(axis=1))

    def counts(self, rows: Mask) -> Ints:
        counts: Ints = self.members[rows].sum(axis=0)
        return counts


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to narrow: `name` is its parameter, `attribute` its field in `Filters`.

    `shown` holds the places of its values, in the order in which equal counts are shown.
    """

    name: str
    label: str
    attribute: str
    values: Values
    shown: tuple[int, ...]
    membership: Membership


def dimensions_from(catalogue: Catalogue, columns: Columns) -> tuple[Dimension, ...]:
    """The facets of a corpus, in the order in which they are shown."""
    speakers = _listed(catalogue["speakers"])
    organisations = _listed(catalogue["organisations"])
    webinars = _listed(titles(catalogue))
    return (
        _of_themes(_listed(catalogue["themes"]), columns),
        _of_one(("intervenant", "Intervenant·es", "speakers"), speakers, columns.speakers),
        _of_one(
            ("organisation", "Organisations", "organisations"), organisations, columns.organisations
        ),
        _of_one(("webinaire", "Webinaires", "webinars"), webinars, columns.webinars),
        _of_years(columns),
        _of_one(("type", "Types", "kinds"), tuple(_KIND_LABELS.items()), columns.kinds),
    )


def _of_themes(themes: Values, columns: Columns) -> Dimension:
    membership = ManyEach(columns.themed)
    return Dimension("theme", "Thèmes", "themes", themes, _by_label(themes), membership)


def _of_one(names: tuple[str, str, str], values: Values, codes: Ints) -> Dimension:
    return Dimension(*names, values, _by_label(values), OneEach(codes, len(values)))


def _of_years(columns: Columns) -> Dimension:
    """Latest first, and always so."""
    years = catalogue_years(columns)
    places = {int(year): place for place, year in enumerate(years)}
    codes = np.array([places.get(year, -1) for year in columns.years.tolist()], np.int32)
    values = tuple((year, year) for year in years)
    order = tuple(range(len(years)))
    return Dimension("annee", "Années", "years", values, order, OneEach(codes, len(years)))


def _listed(entries: list[dict[str, str]]) -> Values:
    return tuple((entry["id"], entry["label"]) for entry in entries)


def _by_label(values: Values) -> tuple[int, ...]:
    """The places of the values, É among the E."""
    return tuple(sorted(range(len(values)), key=lambda place: fold(values[place][1])))


def masks_from(
    filters: Filters, dimensions: tuple[Dimension, ...], columns: Columns
) -> dict[str, Mask]:
    """The documents that each filter in use keeps, by the name of the filter."""
    masks: dict[str, Mask] = {}
    for dimension in dimensions:
        selected = getattr(filters, dimension.attribute)
        if selected:
            where = {value: place for place, (value, _) in enumerate(dimension.values)}
            kept = [where[value] for value in selected if value in where]
            masks[dimension.name] = dimension.membership.having(kept)
    if filters.since:
        masks["du"] = columns.days >= filters.since.toordinal()
    if filters.until:
        masks["au"] = (columns.days <= filters.until.toordinal()) & (columns.days > 0)
    return masks


def kept_by(masks: Mapping[str, Mask], size: int, *, but: str = "") -> Mask:
    """The documents that all the filters keep, one left aside."""
    kept = np.ones(size, dtype=np.bool_)
    for name, mask in masks.items():
        if name != but:
            kept &= mask
    return kept


def facets_of(
    matched: Mask,
    filters: Filters,
    dimensions: tuple[Dimension, ...],
    masks: Mapping[str, Mask],
) -> tuple[Facet, ...]:
    """Count disjunctively: the values of a facet are counted as if it were not in use."""
    facets = []
    for dimension in dimensions:
        rows = matched & kept_by(masks, len(matched), but=dimension.name)
        counts = dimension.membership.counts(rows).tolist()
        selected = getattr(filters, dimension.attribute)
        values = [
            FacetValue(*dimension.values[place], counts[place], is_selected)
            for place in dimension.shown
            if (is_selected := dimension.values[place][0] in selected) or counts[place]
        ]
        if dimension.name != "annee":  # years stay in their order
            values.sort(key=lambda value: -value.count)
        facets.append(Facet(dimension.name, dimension.label, tuple(values)))
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
# What a text may answer by, when it says none of the words, and the field that tells.
_NAMED: Mapping[Via, str] = {
    "nom": fields.SPEAKER,
    "fonction": fields.ROLE,
    "organisation": fields.ORGANISATION,
}
Named = Mapping[Via, Mask]


def named_by(looks: Sequence[Look], asking: Asking) -> Named:
    """For each way to be named, the documents whose speaker has one of the words."""
    return {
        via: asking.holding(look for look in looks if look.field == field)
        for via, field in _NAMED.items()
    }


def via_of(number: int, named: Named) -> Via | None:
    """What of the speaker of a document answers; the name before the function."""
    return next((via for via, mask in named.items() if mask[number]), None)


def said_by(
    apart: Mask, named: Named, dimensions: Iterable[Dimension], columns: Columns
) -> tuple[SaidBy, ...]:
    """Whose texts are told apart: organisations that have a word, else people; most first."""
    of_bodies = apart & named["organisation"] & (columns.organisations >= 0)
    rows = {"organisation": of_bodies, "intervenant": apart & ~of_bodies}
    found: list[SaidBy] = []
    for dimension in (one for one in dimensions if one.name in rows):
        counts = dimension.membership.counts(rows[dimension.name]).tolist()
        told = zip(dimension.values, counts, strict=True)
        found += [SaidBy(dimension.name, *value, count) for value, count in told if count]
    return tuple(sorted(found, key=lambda some: (-some.count, some.label))[:_MOST_SAID_BY])

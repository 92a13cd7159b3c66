"""Filters as masks over the documents, and how many hits each value would leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from corpus.typography import fold
from indexer.fields import KINDS, Catalogue
from search.answer import Facet, FacetValue
from search.columns import Columns, Mask, catalogue_years, titles
from search.query import Filters

_KIND_LABELS = {"verbatim": "Verbatims", "idee": "Idées clés"}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to narrow. `name` is its parameter, `attribute` its field in `Filters`.

    `members[document, value]` says which documents have which value.
    """

    name: str
    label: str
    attribute: str
    values: tuple[tuple[str, str], ...]
    members: Mask


def dimensions_from(catalogue: Catalogue, columns: Columns) -> tuple[Dimension, ...]:
    """The facets of a corpus, in the order in which they are shown."""
    themes = tuple((theme["id"], theme["label"]) for theme in catalogue["themes"])
    years = catalogue_years(columns)

    def listed(entries: list[dict[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple((entry["id"], entry["label"]) for entry in entries)

    def one_hot(column: np.ndarray, count: int) -> Mask:
        mask: Mask = column[:, None] == np.arange(count)[None, :]
        return mask

    speakers, organisations = listed(catalogue["speakers"]), listed(catalogue["organisations"])
    webinars, kinds = listed(titles(catalogue)), tuple(_KIND_LABELS.items())
    by_year: Mask = columns.years[:, None] == np.array([int(year) for year in years])[None, :]
    return (
        Dimension("theme", "Thèmes", "themes", themes, columns.themed),
        Dimension(
            "intervenant",
            "Intervenant·es",
            "speakers",
            speakers,
            one_hot(columns.speakers, len(speakers)),
        ),
        Dimension(
            "organisation",
            "Organisations",
            "organisations",
            organisations,
            one_hot(columns.organisations, len(organisations)),
        ),
        Dimension(
            "webinaire",
            "Webinaires",
            "webinars",
            webinars,
            one_hot(columns.webinars, len(webinars)),
        ),
        Dimension("annee", "Années", "years", tuple((year, year) for year in years), by_year),
        Dimension("type", "Types", "kinds", kinds, one_hot(columns.kinds, len(KINDS))),
    )


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
            masks[dimension.name] = np.asarray(dimension.members[:, kept].any(axis=1))
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
        counts = dimension.members[rows].sum(axis=0)
        selected = getattr(filters, dimension.attribute)
        values = [
            FacetValue(value, label, int(count), value in selected)
            for (value, label), count in zip(dimension.values, counts, strict=True)
            if count or value in selected
        ]
        facets.append(
            Facet(dimension.name, dimension.label, tuple(sorted(values, key=_order(dimension))))
        )
    return tuple(facets)


def _order(dimension: Dimension) -> Callable[[FacetValue], tuple[int, str]]:
    """Most hits first, then by label, É among the E; years stay in their order."""
    if dimension.name == "annee":
        return lambda value: (-int(value.value), "")
    return lambda value: (-value.count, fold(value.label))

"""Which texts the filters of a search keep, and how many have each value: counted on codes."""

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from search.columns import Columns, Ints, Mask
from search.dimensions import Dimension, Tally
from search.query import Filters

MOST_TOLD = 40  # values of a facet; those that are chosen come besides

Rows = Ints | slice  # some texts, or all
EVERY = slice(None)


def _codes(columns: Columns, dimensions: Sequence[Dimension]) -> dict[str, Ints]:
    """The place of the one value that each text has, by the name of the dimension; -1: none."""
    years = [int(year) for one in dimensions if one.name == "annee" for year, _ in one.values]
    places = np.full(max(years, default=0) + 1, -1)
    places[years] = np.arange(len(years))
    return {
        "intervenant": columns.speakers,
        "organisation": columns.organisations,
        "webinaire": columns.webinars,
        "annee": places[np.clip(columns.years, 0, None)],
        "type": columns.kinds,
    }


class Narrowing:
    """Which texts the filters keep, and how many have each value: counted on codes.

    A text may be about several themes: its code is that of the set of them, and `_sets` says
    which themes each set has. The other codes count from 1, 0 is no value.
    """

    def __init__(self, columns: Columns, dimensions: tuple[Dimension, ...]) -> None:
        self._columns, self.dimensions = columns, dimensions
        bits = np.packbits(columns.themed, axis=1)
        packed = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)
        packed = packed.ravel() if packed.shape[1] == 1 else packed  # numbers are sorted faster
        _, first, sets = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        self._sets = columns.themed[first].astype(np.float64)  # as products are made fastest
        codes = _codes(columns, dimensions).items()
        self._codes = {name: code.astype(np.intp) + 1 for name, code in codes}
        self._codes["theme"] = sets.astype(np.intp).ravel()
        self._ranks = {one.name: ranks_of(one) for one in dimensions}
        self._places = {
            one.name: {value: place for place, (value, _) in enumerate(one.values)}
            for one in dimensions
        }

    def masks(self, filters: Filters) -> dict[str, Mask]:
        """The texts that each filter in use keeps, by the name of the filter."""
        days, masks = self._columns.days, dict[str, Mask]()
        for dimension in self.dimensions:
            if getattr(filters, dimension.attribute):
                chosen = self._chosen(dimension, filters)
                masks[dimension.name] = self._having(dimension.name, chosen)
        if filters.since:
            masks["du"] = days >= filters.since.toordinal()
        if filters.until:
            masks["au"] = (days <= filters.until.toordinal()) & (days > 0)
        return masks

    def _chosen(self, dimension: Dimension, filters: Filters) -> list[int]:
        where = self._places[dimension.name]
        return [where[value] for value in getattr(filters, dimension.attribute) if value in where]

    def _having(self, name: str, places: list[int]) -> Mask:
        codes = self._codes[name]
        if name == "theme":
            of_sets: Mask = np.logical_or.reduce(self._sets[:, places], axis=1)
            return of_sets[codes]
        return np.isin(codes, np.array(places, dtype=np.intp) + 1)

    def kept(self, masks: Mapping[str, Mask], *, but: str = "") -> Mask | None:
        """The texts that all the filters keep, one left aside; None: all of them."""
        used = [mask for name, mask in masks.items() if name != but]
        return reduce(np.logical_and, used) if used else None

    def counts(self, name: str, rows: Rows) -> Ints:
        """How many of some texts have each value of a dimension."""
        codes = self._codes[name] if isinstance(rows, slice) else self._codes[name].take(rows)
        if name == "theme":
            counts = np.bincount(codes, minlength=len(self._sets)) @ self._sets
            return np.asarray(counts, dtype=np.int64)
        return np.bincount(codes, minlength=len(self._ranks[name]) + 1)[1:]

    def tally(self, dimension: Dimension, filters: Filters, counts: Ints) -> Tally:
        """The values of a dimension that are told, and those that the filters choose."""
        name = dimension.name
        return tally_of(name, self._ranks[name], counts, self._chosen(dimension, filters))


def ranks_of(dimension: Dimension) -> Ints:
    """Where each value of a dimension is shown among equal counts."""
    return np.argsort(np.array(dimension.shown, dtype=np.intp))


def tally_of(name: str, ranks: Ints, counts: Ints, chosen: Sequence[int]) -> Tally:
    """The values of a dimension that are told: the most frequent, and those that are chosen."""
    found, untold = np.flatnonzero(counts), 0
    if len(found) > MOST_TOLD and name != "annee":
        first = np.argpartition(_keys(name, ranks, counts, found), MOST_TOLD)[:MOST_TOLD]
        more = set(chosen).difference(found[first].tolist()).intersection(found.tolist())
        untold, found = len(found) - MOST_TOLD - len(more), found[first]
    if chosen:
        found = np.union1d(found, np.array(chosen, dtype=found.dtype))
    found = found[np.argsort(_keys(name, ranks, counts, found))]
    return Tally(list(zip(found.tolist(), counts[found].tolist(), strict=True)), untold)


def _keys(name: str, ranks: Ints, counts: Ints, places: Ints) -> Ints:
    """What values are told by: the most frequent first, years in their order."""
    return ranks[places] if name == "annee" else ranks[places] - counts[places] * len(ranks)

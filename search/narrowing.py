"""Which texts the filters of a search keep, and how many have each value: counted on codes."""

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from search.columns import Columns, Floats, Ints, Mask
from search.dimensions import Dimension, Tally
from search.looks import Value
from search.query import Filters

MOST_TOLD = 40  # values of a facet; those that are chosen come besides

Rows = Ints | slice  # some texts, or all
EVERY = slice(None)


class Narrowing:
    """Which texts the filters keep, and how many have each value: counted on codes.

    A code counts from 1, 0 is no value; that of a text which may be about several themes is of
    the set of them, and of its type. What a code tells besides is in `_told`: by the name of a
    dimension, whose codes tell it, and for each of them which values it has.
    """

    def __init__(self, columns: Columns, dimensions: tuple[Dimension, ...]) -> None:
        self._columns, self.dimensions = columns, dimensions
        first, sets = _sets(columns)
        codes = {
            "intervenant": columns.speakers,
            "organisation": columns.organisations,
            "webinaire": columns.webinars,
        }
        self._codes = {name: code.astype(np.intp) + 1 for name, code in codes.items()}
        self._codes["theme"] = sets.astype(np.intp).ravel()
        sizes = {one.name: len(one.values) for one in dimensions}
        kinds = columns.kinds[first][:, None] == np.arange(sizes["type"])
        self._told = {  # numbers are as products are made fastest
            "theme": ("theme", columns.themed[first].astype(np.float64)),
            "type": ("theme", kinds.astype(np.float64)),
            "annee": ("webinaire", _years(columns, dimensions, sizes["webinaire"])),
        }
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

    def _having(self, name: str, places: list[int], rows: Rows = EVERY) -> Mask:
        if name in self._told:
            whose, values = self._told[name]
            of_codes: Mask = np.logical_or.reduce(values[:, places], axis=1)
            return of_codes[self._codes[whose][rows]]
        return np.isin(self._codes[name][rows], np.array(places, dtype=np.intp) + 1)

    def kept(self, masks: Mapping[str, Mask], *, but: str = "") -> Mask | None:
        """The texts that all the filters keep, one left aside; None: all of them."""
        used = [mask for name, mask in masks.items() if name != but]
        return reduce(np.logical_and, used) if used else None

    def counts(self, name: str, rows: Rows) -> Ints:
        """How many of some texts have each value of a dimension."""
        whose, _ = self._told.get(name, (name, None))
        return self._values(name, self._spread(whose, rows))

    def all_counts(self, rows: Rows) -> dict[str, Ints]:
        """The same for every dimension: what tells two of them is counted once."""
        spreads = {name: self._spread(name, rows) for name in self._codes}
        return {
            one.name: self._values(one.name, spreads[self._told.get(one.name, (one.name,))[0]])
            for one in self.dimensions
        }

    def _spread(self, name: str, rows: Rows) -> Ints:
        """How many of some texts have each code."""
        codes = self._codes[name] if isinstance(rows, slice) else self._codes[name].take(rows)
        whose = (values for owner, values in self._told.values() if owner == name)
        size = next(map(len, whose), len(self._ranks[name]) + 1)
        return np.bincount(codes, minlength=size)

    def _values(self, name: str, spread: Ints) -> Ints:
        """How many of the texts that have these codes have each value."""
        if name not in self._told:
            return spread[1:]
        return np.asarray(spread @ self._told[name][1], dtype=np.int64)

    def having(self, rows: Ints, value: Value) -> int:
        """How many of some texts have a value of a dimension."""
        place = self._places[value.facet].get(value.id)
        if place is None:
            return 0
        return int(np.count_nonzero(self._having(value.facet, [place], rows)))

    def tally(self, dimension: Dimension, filters: Filters, counts: Ints) -> Tally:
        """The values of a dimension that are told, and those that the filters choose."""
        name = dimension.name
        return tally_of(name, self._ranks[name], counts, self._chosen(dimension, filters))


def _sets(columns: Columns) -> tuple[Ints, Ints]:
    """A text of each set of themes and type, and the place of that of each text."""
    told = np.concatenate((columns.themed, (columns.kinds > 0)[:, None]), axis=1)
    bits = np.packbits(told, axis=1)
    packed = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)
    packed = packed.ravel() if packed.shape[1] == 1 else packed  # numbers are sorted faster
    _, first, sets = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    return first, sets


def _years(columns: Columns, dimensions: Sequence[Dimension], webinars: int) -> Floats:
    """For each code of a webinar, the year in which it was held."""
    years = [int(year) for one in dimensions if one.name == "annee" for year, _ in one.values]
    held = np.zeros(webinars + 1, dtype=columns.years.dtype)
    held[columns.webinars + 1] = columns.years
    is_of: Mask = held[:, None] == np.array(years, dtype=held.dtype)
    return is_of.astype(np.float64)


def ranks_of(dimension: Dimension) -> Ints:
    """Where each value of a dimension is shown among equal counts."""
    return np.argsort(np.array(dimension.shown, dtype=np.intp))


def tally_of(name: str, ranks: Ints, counts: Ints, chosen: Sequence[int]) -> Tally:
    """The values of a dimension that are told: the most frequent, and those that are chosen."""
    found, untold = np.flatnonzero(counts), 0
    if len(found) > MOST_TOLD and name != "annee":
        first = np.argpartition(_keys(name, ranks, counts, found), MOST_TOLD)[:MOST_TOLD]
        more = {place for place in chosen if counts[place]}.difference(found[first].tolist())
        untold, found = len(found) - MOST_TOLD - len(more), found[first]
    if chosen:
        found = np.union1d(found, np.array(chosen, dtype=found.dtype))
    found = found[np.argsort(_keys(name, ranks, counts, found))]
    return Tally(list(zip(found.tolist(), counts[found].tolist(), strict=True)), untold)


def _keys(name: str, ranks: Ints, counts: Ints, places: Ints) -> Ints:
    """What values are told by: the most frequent first, years in their order."""
    return ranks[places] if name == "annee" else ranks[places] - counts[places] * len(ranks)

"""What is counted in a request to the cluster: texts, the values of facets, those that are told."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from indexer import fields
from indexer.cluster.layout import WEBINAR_PLACE
from search.cluster.queries import ALL, VALUES, Query, but
from search.columns import Ints
from search.dimensions import Dimension, Tally
from search.narrowing import ranks_of, tally_of
from search.query import Filters

_EVERYTHING = 10_000  # values of one facet that are counted exactly

# What is counted where nothing is found.
NOTHING = {"doc_count": 0, "buckets": [], "people": {"value": 0}}


def number_of(query: Query, of_them: Query | None = None) -> Query:
    """How many texts meet a query; and of them, how many meet others."""
    return {"filter": query, **({"aggs": of_them} if of_them else {})}


def values_within(query: Query, dimension: Dimension) -> Query:
    """How many texts that meet a query have each value of a dimension."""
    values = values_of(dimension)
    return values["values"] if query == ALL else number_of(query, values)


def people_within(query: Query) -> Query:
    """How many people have said the texts that meet a query."""
    speakers = {"field": fields.SPEAKER_ID, "precision_threshold": 40_000}
    return number_of(query, {"people": {"cardinality": speakers}})


def people_apart(of_body: Query, dimensions: Iterable[Dimension]) -> Query:
    """Those who are told apart: by organisation where it has a word, else by person."""
    by_name = {one.name: one for one in dimensions}
    apart = {"intervenant": but(ALL, of_body), "organisation": of_body}
    return {name: number_of(query, values_of(by_name[name])) for name, query in apart.items()}


def counting(query: Query, counted: Query) -> Query:
    """A search that only counts."""
    return {"size": 0, "query": query, "track_total_hits": True, "aggs": counted}


def values_of(dimension: Dimension) -> Query:
    """How many texts have each value of a dimension."""
    count = len(dimension.values)
    if dimension.name == "webinaire" and count <= _EVERYTHING:
        return {"values": {"scripted_metric": {**_BY_PLACE, "params": {"count": count}}}}
    most = min(_EVERYTHING, max(1, count))
    return {"values": {"terms": {"field": VALUES[dimension.name], "size": most}}}


# A number for each webinar, by its place: read many times faster than as many named counts.
_BY_PLACE = {
    "init_script": "state.counts = new int[params.count]",
    "map_script": f"((int[]) state.counts)[(int) doc['{WEBINAR_PLACE}'].value] += 1",
    "combine_script": "return state.counts",
    "reduce_script": """
        int[] sums = new int[params.count];
        for (state in states) {
            if (state != null) {
                int[] counts = (int[]) state;
                for (int place = 0; place < counts.length; place++) {
                    sums[place] += counts[place];
                }
            }
        }
        return sums;
    """,
}


class Listing:
    """The values of a dimension, by what counts call them."""

    def __init__(self, dimension: Dimension) -> None:
        self._dimension, self._ranks = dimension, ranks_of(dimension)
        self._places = {value: place for place, (value, _) in enumerate(dimension.values)}
        self._known: dict[Any, int] = self._places
        if dimension.name == "annee":
            self._known = {int(value): place for value, place in self._places.items()}

    def spread(self, counted: Any) -> Ints:
        """How many texts have each value, from the answer to `values_of` or `values_within`."""
        told = counted.get("values", counted)
        if told.get("value"):
            return np.array(told["value"], dtype=np.intp)
        known, spread = self._known, np.zeros(len(self._places), dtype=np.intp)
        for one in told.get("buckets", ()):
            place = known.get(one["key"])
            if place is not None:
                spread[place] = one["doc_count"]
        return spread

    def tally(self, filters: Filters, counted: Any) -> Tally:
        """The values that are told, and those that the filters choose."""
        chosen = getattr(filters, self._dimension.attribute)
        places = [self._places[value] for value in chosen if value in self._places]
        return tally_of(self._dimension.name, self._ranks, self.spread(counted), places)

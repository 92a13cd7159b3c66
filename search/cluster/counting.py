"""What is counted in a request to the cluster: texts, the values of facets, those that are told."""

from typing import Any

import numpy as np

from search.cluster.queries import ALL, VALUES, Query
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


def counting(query: Query, counted: Query) -> Query:
    """A search that only counts."""
    return {"size": 0, "query": query, "track_total_hits": True, "aggs": counted}


def values_of(dimension: Dimension) -> Query:
    """How many texts have each value of a dimension."""
    most = min(_EVERYTHING, max(1, len(dimension.values)))
    return {"values": {"terms": {"field": VALUES[dimension.name], "size": most}}}


def counts_in(counted: Any) -> dict[str, int]:
    """The answer to `values_of`, or to `values_within`."""
    buckets = counted.get("values", counted)["buckets"]
    return {str(one["key"]): one["doc_count"] for one in buckets}


def tally(dimension: Dimension, filters: Filters, counted: dict[str, int]) -> Tally:
    """The values of a dimension that are told, and those that the filters choose."""
    places = {value: place for place, (value, _) in enumerate(dimension.values)}
    chosen = [places[v] for v in getattr(filters, dimension.attribute) if v in places]
    spread = np.zeros(len(places), dtype=np.intp)
    for value, number in counted.items():
        if value in places:
            spread[places[value]] = number
    return tally_of(dimension.name, ranks_of(dimension), spread, chosen)

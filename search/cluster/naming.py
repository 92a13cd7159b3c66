"""How each hit of a page answers: by named clauses, and only where the counts do not tell."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from search.cluster.hearing import Heard
from search.cluster.queries import ALL, Query
from search.looks import FIELD_OF, Via


def named(query: Query, heard: Heard, names: Mapping[str, Query]) -> Query:
    """The same hits, told apart by name.

    Clauses that nothing depends on, beside a filter: the search leaves them out, and only the
    hits that are shown are asked which of them they meet.
    """
    told = {"all"} if 0 < heard.holding_all < heard.documents else set[str]()
    if heard.by_idea or heard.by_name:
        told.add("said")
    if heard.by_name:
        told |= {*FIELD_OF, "idea"} if heard.by_idea else {*FIELD_OF}
    if not told:
        return query
    clauses = [{"bool": {"filter": [names[name]], "_name": name}} for name in sorted(told)]
    return {"bool": {"must": [query], "filter": [{"bool": {"filter": [ALL], "should": clauses}}]}}


def has_all(told: AbstractSet[str], heard: Heard) -> bool:
    """Whether a hit of these names holds all that was asked."""
    return "all" in told or heard.holding_all == heard.documents


def via_of(told: AbstractSet[str], heard: Heard) -> Via | None:
    """What answers for a hit of these names, where it says none of the words."""
    if not (heard.by_idea or heard.by_name) or "said" in told:
        return None
    if "idea" in told or not heard.by_name:
        return "idee"
    return next((via for via in FIELD_OF if via in told), None)

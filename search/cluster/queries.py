"""What a question is in the language of OpenSearch. Pure: looks and filters in, JSON out.

A visitor's text never reaches a query parser: only `term` and `match_phrase` of terms that our
own analysis made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer import fields
from indexer.cluster.layout import (
    OF_IDEA,
    OF_ITSELF,
    ORGANISATION_ID,
    THEMED,
    affinity,
    placed,
)
from search.dimensions import Dimension
from search.looks import NAMED, Adjacent, Compiled, Look, Unit
from search.query import Filters
from search.ranking import BACKED, QUESTION

Query = dict[str, Any]
Weights = Mapping[tuple[str, str], float]  # the idf of a term of a field; none: nobody says it
Named = Mapping[str, str]  # where the terms of each field are

ALL: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
VERBATIM: Query = {"term": {"kind": fields.KINDS[0]}}

# The field of the values of each dimension.
VALUES = {
    "theme": THEMED,
    "intervenant": fields.SPEAKER_ID,
    "organisation": ORGANISATION_ID,
    "webinaire": fields.WEBINAR,
    "annee": "year",
    "type": "kind",
}


def every(*queries: Query) -> Query:
    """What all of these meet."""
    kept = [query for query in queries if query != ALL]
    if len(kept) < 2:
        return kept[0] if kept else ALL
    return {"bool": {"filter": kept}}


def either(queries: Iterable[Query]) -> Query:
    """What one of these meets: the terms of each field are asked for together."""
    terms: dict[str, dict[str, None]] = {}
    others: list[Query] = []
    for query in _flat(queries):
        if "term" in query:
            ((field, text),) = query["term"].items()
            terms.setdefault(field, {})[text] = None
        elif query != NONE and query not in others:
            others.append(query)
    found = [_one_of(field, list(texts)) for field, texts in terms.items()] + others
    if len(found) < 2:
        return found[0] if found else NONE
    return {"bool": {"should": found, "minimum_should_match": 1}}


def _flat(queries: Iterable[Query]) -> Iterator[Query]:
    """The queries of which one must be met, each of them one by one."""
    for query in queries:
        if query.get("bool", {}).keys() == {"should", "minimum_should_match"}:
            yield from _flat(query["bool"]["should"])
        elif "terms" in query:
            ((field, texts),) = query["terms"].items()
            yield from ({"term": {field: text}} for text in texts)
        else:
            yield query


def _one_of(field: str, texts: list[str]) -> Query:
    return {"terms": {field: texts}} if len(texts) > 1 else {"term": {field: texts[0]}}


def joined(asked: Iterable[Query]) -> Query:
    """One search in the place of several that only count, each of them a part of it."""
    bodies = list(asked)
    parts = {
        str(place): {"filter": body["query"], "aggs": body["aggs"]}
        for place, body in enumerate(bodies)
    }
    found = either(body["query"] for body in bodies)
    return {"size": 0, "query": found, "track_total_hits": False, "aggs": parts}


def parted(answer: Any) -> list[Any]:
    """The answers to the searches that were `joined`."""
    told = answer["aggregations"]
    return [{"aggregations": told[str(place)]} for place in range(len(told))]


def but(query: Query, *without: Query) -> Query:
    """What a query meets, and none of the others."""
    left = [one for one in without if one != NONE]
    return {"bool": {"filter": [query], "must_not": left}} if left else query


def met(look: Look, terms: Named = OF_ITSELF) -> Query:
    """Where a look finds something: in a text, or in the key idea that it backs (`OF_IDEA`)."""
    field = terms.get(look.field)
    if field is None:
        return NONE
    if isinstance(look, Adjacent):
        return {"match_phrase": {placed(field): {"query": " ".join(look.texts)}}}
    return {"term": {field: look.text}}


def worth(look: Look, weights: Weights, terms: Named = OF_ITSELF) -> Query | None:
    """The same with what it is worth there; None when it finds nothing."""
    field = terms.get(look.field)
    if field is None:
        return None
    if not isinstance(look, Adjacent):
        return _weighed(field, look.text, look.boost, weights.get((look.field, look.text)))
    said = [_weighed(field, text, 1.0, weights.get((look.field, text))) for text in look.texts]
    if None in said:
        return None
    return {"bool": {"filter": [met(look, terms)], "should": said, "boost": look.boost}}


def _weighed(field: str, text: str, boost: float, idf: float | None) -> Query | None:
    return {"term": {field: {"value": text, "boost": boost * idf}}} if idf else None


def terms_of(looks: Iterable[Look]) -> Iterable[tuple[str, str]]:
    """The terms that looks are made of, each with its field."""
    for look in looks:
        for text in look.texts if isinstance(look, Adjacent) else (look.text,):
            yield look.field, text


def met_by(asked: Compiled, weights: Weights) -> Compiled:
    """A question without the looks that find nothing; those that were never weighed are kept."""

    def may_meet(look: Look) -> bool:
        return all(weights.get(term, 1.0) for term in terms_of([look]))

    units = (unit._replace(looks=tuple(filter(may_meet, unit.looks))) for unit in asked.wanted)
    return asked._replace(wanted=tuple(units))


def said_in(unit: Unit, terms: Named = OF_ITSELF) -> Query:
    """Where a unit is said, whoever says it."""
    return either(met(look, terms) for look in unit.looks if look.field not in NAMED)


def held(unit: Unit) -> Query:
    """Where a unit is said, or is who says it."""
    return either(map(met, unit.looks))


class Asked:
    """A question, as the parts that answers and counts are made of."""

    def __init__(self, asked: Compiled, *, every_word: bool) -> None:
        self.compiled = asked
        self.units = [held(unit) for unit in asked.wanted]
        self.all = every(*self.units)
        self.said = either(map(said_in, asked.wanted)) if asked.wanted else ALL
        self.excluded = [either(map(met, unit.looks)) for unit in asked.excluded]
        self.full = sum(bool(unit.hints) for unit in asked.wanted)
        self.may_be_said_otherwise = self.full >= 2 and asked.is_plain and not every_word
        if asked.wanted and not every_word:
            matched = either(self.units)
        else:
            matched = NONE if asked.is_void and not asked.wanted else self.all
        self.matched = but(matched, *self.excluded)

    @property
    def backed(self) -> Query:
        """The quotes of which the key idea says what answers for them."""
        said = [said_in(unit, OF_IDEA) for unit in self.compiled.wanted]
        return either(said) if self.full >= QUESTION else every(*said)

    @property
    def by_idea(self) -> Query:
        """The quotes that their key idea answers for, and that say nothing of it themselves."""
        return but(self.backed, self.said)

    def named(self, *without: Query) -> Query:
        """The texts that answer only by who speaks."""
        return but(self.matched, self.said, *without)


def scored(looks: Iterable[Look], weights: Weights, terms: Named = OF_ITSELF) -> list[Query]:
    """The clauses whose sum is what looks are worth."""
    return [query for look in looks if (query := worth(look, weights, terms))]


def ranked(asked: Compiled, kept: Query, weights: Weights, backed: Query | None) -> Query:
    """What is kept, worth what the words and the hints are, and its key idea where one answers."""
    looks = [look for unit in asked.wanted for look in (*unit.looks, *unit.hints)]
    words = scored(looks, weights)
    if backed:
        of_idea = scored(looks, weights, OF_IDEA)
        words.append({"bool": {"filter": [backed], "should": of_idea, "boost": BACKED}})
    return {"bool": {"filter": [kept], "should": words}}


def times(query: Query, base: float, shares: Sequence[float]) -> Query:
    """Score x (base + affinities . shares): one script for all questions, compiled once."""
    places = range(len(shares))
    terms = "".join(f" + w{place} * doc['{affinity(place)}'].value" for place in places)
    values = {f"w{place}": float(share) for place, share in enumerate(shares)}
    script = {
        "lang": "expression",
        "source": f"_score * (base{terms})",
        "params": {"base": base, **values},
    }
    return {"script_score": {"query": query, "script": script}}


def level(query: Query) -> Query:
    """What a query meets, each worth 1."""
    return {"constant_score": {"filter": query}}


def filters_of(filters: Filters, dimensions: Iterable[Dimension]) -> dict[str, Query]:
    """What each filter in use keeps, by the name of the filter."""
    kept: dict[str, Query] = {}
    for dimension in dimensions:
        if chosen := getattr(filters, dimension.attribute):
            known = {value for value, _ in dimension.values}
            values = [value for value in chosen if value in known]
            kept[dimension.name] = {"terms": {VALUES[dimension.name]: values}}
    if filters.since:
        kept["du"] = {"range": {"day": {"gte": filters.since.toordinal()}}}
    if filters.until:
        kept["au"] = {"range": {"day": {"gt": 0, "lte": filters.until.toordinal()}}}
    return kept

"""The texts closest to one, as `search/closeness.py` finds them over arrays: three requests."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from indexer import fields
from indexer.cluster.layout import affinity
from search.closeness import MIN_LIKENESS, MIN_OVERLAP, MIN_WORDS, MOST, rarest_of
from search.cluster.asking import Asking
from search.cluster.queries import VERBATIM, Query, but, either


def closest(
    asking: Asking, number: int, lemmas: Sequence[str], without: Sequence[int]
) -> list[int]:
    """The quotes closest to a text that has these lemmas, at most five, other people first."""
    (row,) = asking.records([number])
    weights = _weights(asking, number, lemmas, row.affinities)
    if not sum(weights.values()):
        return []
    close = but(VERBATIM, {"terms": {"number": [number, *without]}})
    said = [
        {"constant_score": {"filter": _said(lemma), "boost": weight}}
        for lemma, weight in weights.items()
    ]
    query: Query = {
        "script_score": {
            "query": {
                "bool": {"filter": [close], "should": said, "minimum_should_match": MIN_WORDS}
            },
            "script": _worth(row.affinities, sum(weights.values())),
            "min_score": 1e-9,
        }
    }
    speaker = row.record["speaker_id"]
    same: Query = {"term": {fields.SPEAKER_ID: speaker}}
    asked = [but(close, same), {"bool": {"filter": [same]}}] if speaker else [close]
    answers = asking.searches(*(_first({"bool": {"must": [query], "filter": [o]}}) for o in asked))
    found = [hit["_source"]["number"] for answer in answers for hit in answer["hits"]["hits"]]
    return found[:MOST]


def _said(lemma: str) -> Query:
    return either({"term": {field: lemma}} for field in (fields.LEMMA, fields.IDEA))


def _first(query: Query) -> Query:
    order = [{"_score": "desc"}, {"number": "asc"}]
    return {"query": query, "sort": order, "size": MOST, "_source": ["number"]}


def _weights(
    asking: Asking, number: int, lemmas: Sequence[str], affinities: Sequence[float]
) -> Mapping[str, float]:
    """What the rarest lemmas weigh: their idf, times how much who else says them is as near."""
    if not lemmas:
        return {}
    counted = {"filters": {"filters": [_said(lemma) for lemma in lemmas]}}
    (answer,) = asking.searches({"size": 0, "aggs": {"said": counted}})
    buckets = answer["aggregations"]["said"]["buckets"]
    spread = {lemma: one["doc_count"] for lemma, one in zip(lemmas, buckets, strict=True)}
    rarest = rarest_of(spread, asking.size)
    if not rarest or not affinities:
        return {}
    means = {affinity(n): {"avg": {"field": affinity(n)}} for n in range(len(affinities))}
    others = [but(_said(lemma), {"term": {"number": number}}) for lemma in rarest]
    told = {"said": {"filters": {"filters": others}, "aggs": means}}
    buckets = asking.searches({"size": 0, "aggs": told})[0]["aggregations"]["said"]["buckets"]
    weights = {}
    for lemma, bucket in zip(rarest, buckets, strict=True):
        mean = np.array([bucket[name]["value"] or 0.0 for name in means])
        alike = float(mean @ np.array(affinities))
        weights[lemma] = alike * math.log(asking.size / spread[lemma])
    return weights


def _worth(affinities: Sequence[float], most: float) -> Query:
    """Overlap x (0.5 + likeness) of what is near enough in both; else nothing."""
    names = [f"doc['{affinity(n)}'].value" for n in range(len(affinities))]
    dot = " + ".join(f"w{n} * {name}" for n, name in enumerate(names))
    norm = " + ".join(f"{name} * {name}" for name in names)
    likeness = f"(({dot}) / (sqrt({norm}) * norm))"
    near = f"_score / most >= {MIN_OVERLAP} && {likeness} >= {MIN_LIKENESS}"
    values = {f"w{n}": value for n, value in enumerate(affinities)}
    return {
        "lang": "expression",
        "source": f"{near} ? _score / most * (0.5 + {likeness}) : 0",
        "params": {"most": most, "norm": float(np.linalg.norm(affinities)), **values},
    }

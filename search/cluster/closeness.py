"""The texts closest to one, as `search/closeness.py` finds them over arrays: three requests."""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer import fields
from indexer.cluster.layout import OWN, affinity
from indexer.vectors import Vector, unit
from search.closeness import (
    MIN_LIKENESS,
    MIN_MEANT,
    MIN_OVERLAP,
    MIN_WORDS,
    MOST,
    WEIGHED,
    agreeing,
    likeness_of,
    rarest_of,
)
from search.cluster.asking import Asking
from search.cluster.queries import VERBATIM, Query, but, either
from search.texts import Row


def closest(
    asking: Asking, number: int, lemmas: Sequence[str], without: Sequence[int]
) -> list[int]:
    """The quotes closest to a text that has these lemmas, at most five, other people first."""
    (row,) = asking.records([number])
    weights = _weights(asking, number, lemmas, row.affinities)
    if not sum(weights.values()):
        return []
    close = _Close(number, row, but(VERBATIM, {"terms": {"number": [number, *without]}}), weights)
    return _by_meaning(asking, close) if asking.engine.means else _by_words(asking, close)


@dataclass(frozen=True, slots=True)
class _Close:
    """What is looked for: a text, what may be close to it, what the words they share weigh."""

    number: int
    row: Row
    among: Query
    weights: Mapping[str, float]

    def scored(self, words: int, source: str) -> Query:
        """Texts that share so many words, by what `source` makes of `overlap` and `likeness`."""
        said = [
            {"constant_score": {"filter": _said(lemma), "boost": weight}}
            for lemma, weight in self.weights.items()
        ]
        shared = {"filter": [self.among], "should": said, "minimum_should_match": words}
        script = _script(self.row.affinities, sum(self.weights.values()), source)
        return {"script_score": {"query": {"bool": shared}, "script": script, "min_score": 1e-9}}


def _by_words(asking: Asking, close: _Close) -> list[int]:
    worth = (
        f"overlap >= {MIN_OVERLAP} && likeness >= {MIN_LIKENESS} ? overlap * (0.5 + likeness) : 0"
    )
    query = close.scored(MIN_WORDS, worth)
    speaker = close.row.record["speaker_id"]
    same: Query = {"term": {fields.SPEAKER_ID: speaker}}
    asked = [but(close.among, same), {"bool": {"filter": [same]}}] if speaker else [close.among]
    answers = asking.searches(
        *(_first({"bool": {"must": [query], "filter": [one]}}, MOST) for one in asked)
    )
    found = [hit["_source"]["number"] for answer in answers for hit in answer["hits"]["hits"]]
    return found[:MOST]


def _by_meaning(asking: Asking, close: _Close) -> list[int]:
    """Those that share most are fetched with their vectors, and compared here."""
    shared = f"overlap >= {MIN_MEANT} && likeness >= {MIN_LIKENESS} ? overlap : 0"
    kept = {"stored_fields": [OWN], "_source": False}
    names = [affinity(place) for place in range(asking.engine.themes)]
    told = {"docvalue_fields": ["number", fields.SPEAKER_ID, *names]}
    own: Query = {"query": {"term": {"number": close.number}}, **kept}
    (one,), hits = (
        answer["hits"]["hits"]
        for answer in asking.searches(own, _first(close.scored(1, shared), WEIGHED) | kept | told)
    )
    if not hits:
        return []
    numbers = np.array([hit["fields"]["number"][0] for hit in hits], dtype=np.int32)
    themes = np.array([[hit["fields"][name][0] for name in names] for hit in hits])
    speaker = close.row.record["speaker_id"]
    is_same = np.array(
        [speaker in hit["fields"].get(fields.SPEAKER_ID, ()) for hit in hits], dtype=np.bool_
    )
    return agreeing(
        numbers,
        np.array([hit["_score"] for hit in hits]),
        np.array([_own_of(hit) for hit in hits]) @ _own_of(one),
        likeness_of(themes, np.array(close.row.affinities)),
        is_same,
    )


def _own_of(hit: Any) -> Vector:
    """The unit vector of what a text says."""
    code = np.frombuffer(base64.b64decode(hit["fields"][OWN][0]), dtype=np.int8)
    return unit(code.astype(np.float32))


def _said(lemma: str) -> Query:
    return either({"term": {field: lemma}} for field in (fields.LEMMA, fields.IDEA))


def _first(query: Query, most: int) -> Query:
    order = [{"_score": "desc"}, {"number": "asc"}]
    shown = {"_source": ["number"], "track_scores": True}
    return {"query": query, "sort": order, "size": most, **shown}


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


def _script(affinities: Sequence[float], most: float, source: str) -> Query:
    names = [f"doc['{affinity(n)}'].value" for n in range(len(affinities))]
    dot = " + ".join(f"w{n} * {name}" for n, name in enumerate(names))
    norm = " + ".join(f"{name} * {name}" for name in names)
    values = {f"w{n}": value for n, value in enumerate(affinities)}
    likeness = f"(({dot}) / (sqrt({norm}) * norm))"
    return {
        "lang": "expression",
        "source": source.replace("overlap", "_score / most").replace("likeness", likeness),
        "params": {"most": most, "norm": float(np.linalg.norm(affinities)), **values},
    }

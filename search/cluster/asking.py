"""Requests to one generation on OpenSearch: searches, the weights of terms, records."""

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer import fields
from indexer.analysis import Analyser
from indexer.cluster.client import Cluster
from indexer.cluster.layout import affinity, term_id
from indexer.documents import stored_words
from indexer.fields import Catalogue
from indexer.tokens import tokens
from search.capacity import Deadline
from search.cluster import queries
from search.cluster.queries import Query, Weights
from search.dimensions import Dimension
from search.looks import Look
from search.query import Filters
from search.texts import Row

_MOST_REMEMBERED = 50_000  # weights of terms, in one process


class ClusterIndex:
    """One generation on a cluster, and what its terms weigh; threads may share it.

    `means`: an encoder is there that made the vectors of the texts.
    """

    def __init__(
        self,
        cluster: Cluster,
        texts: str,
        lists: str,
        catalogue: Catalogue,
        dimensions: tuple[Dimension, ...],
        analyser: Analyser,
        means: bool,
    ) -> None:
        self.means = means
        self.cluster, self.texts, self.lists = cluster, texts, lists
        self.dimensions, self.analyser = dimensions, analyser
        self.themes = len(catalogue["themes"])
        self.size = cluster.count(texts)
        self._weights: dict[tuple[str, str], float] = {}
        self.tallied: dict[tuple[str, Filters], list[int]] = {}

    def unknown(self, looks: Iterable[Look]) -> list[tuple[str, str]]:
        """The terms of looks whose weight has not been asked for."""
        known = self._weights
        return [term for term in dict.fromkeys(queries.terms_of(looks)) if term not in known]

    def learn(self, terms: Sequence[tuple[str, str]], hits: Iterable[Any]) -> None:
        """Remember what terms weigh: log(N / (n + 1)) + 1, as `search/engine.py` says."""
        said_in = {hit["_id"]: hit["_source"]["said_in"] for hit in hits}
        if len(self._weights) > _MOST_REMEMBERED:
            self._weights = {}
        for term in terms:
            count = said_in.get(term_id(*term))
            self._weights[term] = math.log(self.size / (count + 1)) + 1 if count else 0.0

    @property
    def weights(self) -> Weights:
        """What is remembered."""
        return self._weights


class _Patience(Deadline):
    """A request that meets a node that dies is asked again: that takes its time."""

    def __init__(self) -> None:
        super().__init__(time.monotonic)

    def begin(self, seconds: float = 12.0) -> None:
        """Count from now."""
        super().begin(seconds)


class Asking:
    """Requests for the length of a reading, which remembers the records that it met."""

    def __init__(self, engine: ClusterIndex) -> None:
        self.engine, self.size = engine, engine.size
        self.deadline: Deadline = _Patience()
        self._rows: dict[int, Row] = {}
        self._ideas: dict[int, int | None] = {}

    def searches(self, *bodies: Query) -> list[Any]:
        """Ask several things at once of the texts."""
        self.deadline.check()
        return self.engine.cluster.searches([(self.engine.texts, body) for body in bodies])

    def may_meet(self, looks: Iterable[Look]) -> bool:
        """Whether some text may hold one of the looks, as far as the weights are known."""
        return any(self.engine.weights.get(term, 1.0) for term in queries.terms_of(looks))

    def with_weights(self, looks: Iterable[Look], *bodies: Query) -> list[Any]:
        """The same, and learn what the terms of some looks weigh."""
        self.deadline.check()
        terms = self.engine.unknown(looks)
        asked = [(self.engine.texts, body) for body in bodies]
        if terms:
            ids = [term_id(*term) for term in terms]
            body: Query = {"query": {"ids": {"values": ids}}, "size": len(ids)}
            asked.append((self.engine.lists, body))
        answers = self.engine.cluster.searches(asked)
        if terms:
            self.engine.learn(terms, answers.pop()["hits"]["hits"])
        return answers

    def records(self, numbers: Sequence[int]) -> list[Row]:
        """What is kept of some texts, in the order asked for."""
        missing = [number for number in numbers if number not in self._rows]
        for start in range(0, len(missing), 1_000):
            some = missing[start : start + 1_000]
            body = {"query": {"terms": {"number": some}}, "size": len(some), **self.shown}
            self.keep(self.searches(body)[0]["hits"]["hits"])
        return [self._rows[number] for number in numbers]

    @property
    def shown(self) -> Query:
        """What a search is asked of each hit, for its record."""
        names = [affinity(place) for place in range(self.engine.themes)]
        return {"_source": True, "docvalue_fields": names}

    def keep(self, hits: Iterable[Any]) -> None:
        """Remember the records of hits until the end of this reading."""
        for hit in hits:
            source = hit["_source"]
            self._ideas[source["number"]] = source.get("parent")
            self._rows[source["number"]] = self._row(source, affinities_of(hit, self.engine.themes))

    def idea(self, number: int) -> int | None:
        """The key idea that a text backs, of which the record was read."""
        return self._ideas[number]

    def worths(
        self, asked: Mapping[Look, Query], numbers: Sequence[int]
    ) -> dict[int, dict[Look, float]]:
        """What each look is worth in some texts: each query is scored by its name."""
        looks = list(asked)
        named = [
            {"bool": {"should": [asked[look]], "_name": str(place)}}
            for place, look in enumerate(looks)
        ]
        kept = {"terms": {"number": list(numbers)}}
        body: Query = {
            "query": {"bool": {"filter": [kept], "should": named}},
            "size": len(numbers),
            "_source": ["number"],
        }
        hits = self.engine.cluster.scored_by_name(self.engine.texts, body)
        return {
            hit["_source"]["number"]: {
                looks[int(name)]: score for name, score in hit["matched_queries"].items()
            }
            for hit in hits
            if hit.get("matched_queries")
        }

    def _row(self, source: Any, affinities: tuple[float, ...]) -> Row:
        record = source[fields.RECORD]
        words = self.engine.analyser.read(list(tokens(record["text"])))
        record["words"] = stored_words(words)
        return Row(record, source["held_at"], affinities, source.get("added", ""))


def affinities_of(hit: Any, themes: int) -> tuple[float, ...]:
    """The affinities of a hit, of the precision in which they were written."""
    given = hit.get("fields", {})
    return tuple(float(np.float32(given[affinity(place)][0])) for place in range(themes))


def counts_in(counted: Any) -> dict[str, int]:
    """How many texts have each value, from what the cluster says of it."""
    return {str(bucket["key"]): bucket["doc_count"] for bucket in counted["buckets"]}

"""Requests to one generation on OpenSearch: searches, the weights of terms, records."""

import base64
import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from indexer import fields
from indexer.analysis import Analyser
from indexer.cluster.client import Cluster
from indexer.cluster.cuts import cut_from
from indexer.cluster.layout import ABOUT, WEBINAR_PLACE, term_id
from indexer.documents import placed_words
from indexer.fields import Catalogue
from search.capacity import Deadline
from search.cluster import queries
from search.cluster.counting import Listing
from search.cluster.queries import Query, Weights
from search.columns import Floats
from search.dimensions import Dimension
from search.looks import Look
from search.query import Filters
from search.texts import Row

AT_ONCE = 1_000  # hits that are asked for at once
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
        self.listings = {one.name: Listing(one) for one in dimensions}
        self.themes = len(catalogue["themes"])
        self.size = cluster.count(texts)
        self._weights: dict[tuple[str, str], float] = {}
        self.tallied: dict[tuple[str, Filters], list[int]] = {}

    def learn(self, terms: Sequence[tuple[str, str]], hits: Iterable[Any]) -> Weights:
        """Remember what terms weigh: log(N / (n + 1)) + 1, as `search/engine.py` says."""
        said_in = {hit["_id"]: hit["_source"]["said_in"] for hit in hits}
        counts = {term: said_in.get(term_id(*term)) for term in terms}
        learnt = {
            term: math.log(self.size / (count + 1)) + 1 if count else 0.0
            for term, count in counts.items()
        }
        if len(self._weights) > _MOST_REMEMBERED:
            self._weights = {}
        self._weights |= learnt
        return learnt

    @property
    def weights(self) -> Weights:
        """What is remembered; another thread may forget it."""
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
        self._weights: dict[tuple[str, str], float] = {}
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
        known, terms = self.engine.weights, dict.fromkeys(queries.terms_of(looks))
        self._weights |= {term: known[term] for term in terms if term in known}
        asked = [(self.engine.texts, body) for body in bodies]
        unknown = [term for term in terms if term not in known]
        if unknown:
            ids = [term_id(*term) for term in unknown]
            body: Query = {"query": {"ids": {"values": ids}}, "size": len(ids)}
            asked.append((self.engine.lists, body))
        answers = self.engine.cluster.searches(asked) if asked else []
        if unknown:
            self._weights |= self.engine.learn(unknown, answers.pop()["hits"]["hits"])
        return answers

    def weighed(self, looks: Iterable[Look]) -> Weights:
        """What the terms of some looks weigh, and others that this reading met."""
        some = list(looks)
        if not self._weights.keys() >= set(queries.terms_of(some)):
            self.with_weights(some)
        return self._weights

    def hits(self, body: Query, size: int) -> Iterator[Any]:
        """Some hits of a search, from the first that it asks for."""
        while size > 0:
            (answer,) = self.searches(body)
            hits = answer["hits"]["hits"]
            yield from hits[:size]
            size -= len(hits)
            if len(hits) < body["size"]:
                return
            body.pop("from", None)
            body["search_after"] = hits[-1]["sort"]

    def records(self, numbers: Sequence[int]) -> list[Row]:
        """What is kept of some texts, in the order asked for."""
        missing = [number for number in numbers if number not in self._rows]
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            body = {"query": {"terms": {"number": some}}, "size": len(some), **self.shown}
            self.keep(self.searches(body)[0]["hits"]["hits"])
        return [self._rows[number] for number in numbers]

    @property
    def shown(self) -> Query:
        """What a search is asked of each hit, for its record."""
        return {"_source": True}

    def keep(self, hits: Iterable[Any]) -> None:
        """Remember the records of hits until the end of this reading."""
        for hit in hits:
            source = hit["_source"]
            self._ideas[source["number"]] = source.get("parent")
            self._rows[source["number"]] = self._row(source)

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

    def _row(self, source: Any) -> Row:
        record = source[fields.RECORD]
        forms, starts, ends = cut_from(record["text"], record.pop("cut"))
        words = list(map(self.engine.analyser.word, forms))
        record["words"] = placed_words(words, starts, ends)
        affinities = tuple(_floats(source.get(ABOUT, "")).tolist())
        return Row(record, source[WEBINAR_PLACE], affinities, source.get("added", ""))


def affinities_in(hits: Sequence[Any], themes: int) -> Floats:
    """The affinities of hits that show them, of the precision in which they were written."""
    given = [_floats(hit["fields"][ABOUT][0]) for hit in hits if themes]
    return np.array(given, dtype=np.float64).reshape(len(hits), themes)


def _floats(code: str) -> Any:
    return np.frombuffer(base64.b64decode(code), dtype=np.float32)


def counts_in(counted: Any) -> dict[str, int]:
    """How many texts have each value, from what the cluster says of it."""
    return {str(bucket["key"]): bucket["doc_count"] for bucket in counted["buckets"]}

"""The texts of a generation on OpenSearch, behind the same seam as those of this process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from search.cluster import queries
from search.cluster.asking import Asking, ClusterIndex, counts_in
from search.cluster.closeness import closest
from search.cluster.found import ClusterFound
from search.cluster.queries import ALL, VALUES, Query, every, filters_of
from search.dimensions import Dimension
from search.looks import Compiled, Term, Unit, Value
from search.query import Filters, SearchQuery
from search.texts import Ask

_JOINED = 10  # words that one search counts: a query holds 1,024 clauses at most
_MOST_TALLIED = 100  # sets of filters, of which the counts are remembered


class ClusterEngine(ClusterIndex):
    """One generation on a cluster; threads may share it."""

    @contextmanager
    def asking(self) -> Iterator["ClusterTexts"]:
        """Ask for the length of a block."""
        yield ClusterTexts(self)

    def close(self) -> None:
        """Nothing is held."""


class ClusterTexts(Asking):
    """Questions to the texts of one generation."""

    def found(self, asked: Compiled, filters: Filters, query: SearchQuery) -> ClusterFound:
        """What a question finds; `query` says how it is asked, its text is not looked at."""
        return ClusterFound(self, asked, filters, query)

    def counts(self, asked: Sequence[Ask], query: SearchQuery) -> list[int]:
        """How many texts each of some questions finds: all are asked together."""
        found = [self.found(*one, query) for one in asked]
        self._read([[one] for one in found])
        return [one.documents for one in found]

    def _read(self, groups: Sequence[Sequence[ClusterFound]]) -> None:
        """Ask how questions are read, all at once; those of a group are one search."""
        asked = [[one for one in group if one.hearing] for group in groups]
        asked = [group for group in asked if group]
        bodies = (queries.joined(one.hearing for one in group if one.hearing) for group in asked)
        answers = self.searches(*bodies) if asked else []
        for group, answer in zip(asked, answers, strict=True):
            for one, told in zip(group, queries.parted(answer), strict=True):
                one.hear(told)

    def together(self, rest: Ask, others: Sequence[Compiled | Value]) -> list[int]:
        """How many of the texts that hold all of `rest` hold each of some other things too.

        Two requests: how each is read, then all that is counted; one where `rest` asks nothing.
        """
        query = SearchQuery(every_word=True)
        asks = [rest, *((other, Filters()) for other in others if isinstance(other, Compiled))]
        first, *words = (self.found(*ask, query) for ask in asks)
        self._read([[first], *(words[n : n + _JOINED] for n in range(0, len(words), _JOINED))])
        if len(words) == len(others) and first.kept == ALL:
            return [word.documents for word in words]
        if not others or (rest[0].wanted and not first.documents):
            return [0] * len(others)
        left = iter(words)
        counted = [
            {"term": {VALUES[other.facet]: other.id}}
            if isinstance(other, Value)
            else next(left).kept
            for other in others
        ]
        asked: Query = {"filters": {"filters": counted}}
        body: Query = {"size": 0, "query": first.kept, "track_total_hits": False}
        (answer,) = self.searches({**body, "aggs": {"others": asked}})
        return [bucket["doc_count"] for bucket in answer["aggregations"]["others"]["buckets"]]

    def _numbers(self, kept: Query) -> list[int]:
        asked: Query = {"query": every(kept), "_source": False}
        found = self.engine.cluster.everything(self.engine.texts, asked, "number")
        return [hit["sort"][0] for hit in found]

    def heard(self, units: Sequence[Unit]) -> list[bool]:
        """Whether a text holds each unit: asked of the cluster where no weight of a term tells."""
        told = [self._is_held(unit) for unit in units]
        asked = [queries.held(unit) for unit, held in zip(units, told, strict=True) if held is None]
        if not asked:
            return [bool(held) for held in told]
        body: Query = {"size": 0, "aggs": {"units": {"filters": {"filters": asked}}}}
        buckets = iter(self.searches(body)[0]["aggregations"]["units"]["buckets"])
        return [next(buckets)["doc_count"] > 0 if held is None else held for held in told]

    def _is_held(self, unit: Unit) -> bool | None:
        if not self.may_meet(unit.looks):
            return False
        terms = [(look.field, look.text) for look in unit.looks if isinstance(look, Term)]
        return True if any(map(self.engine.weights.get, terms)) else None

    def where(self, field: str, value: str) -> list[int]:
        """The texts whose `field` is exactly `value`."""
        return self._numbers({"term": {field: value}})

    def tallies(self, name: str, filters: Filters) -> list[int]:
        """How many texts that the filters keep have each value of the facet `name`."""
        known = self.engine.tallied
        if (name, filters) not in known:
            values = [value for value, _ in self._dimension(name).values]
            counts = self._counts(VALUES[name], len(values), self._kept(filters))
            if len(known) >= _MOST_TALLIED:
                known.clear()
            known[name, filters] = [counts.get(value, 0) for value in values]
        return known[name, filters]

    def _kept(self, filters: Filters) -> Query:
        return every(*filters_of(filters, self.engine.dimensions).values())

    def _dimension(self, name: str) -> Dimension:
        return next(one for one in self.engine.dimensions if one.name == name)

    def _counts(self, field: str, most: int, kept: Query) -> dict[str, int]:
        if not most:
            return {}
        counted = {"values": {"terms": {"field": field, "size": most}}}
        found = self.searches({"size": 0, "query": kept, "aggs": counted})[0]
        return counts_in(found["aggregations"]["values"])

    def themes_by_webinar(self, filters: Filters) -> list[list[int]]:
        """For each webinar, how many texts that the filters keep are about each theme."""
        themes = [value for value, _ in self._dimension("theme").values]
        webinars = [value for value, _ in self._dimension("webinaire").values]
        if not themes or not webinars:
            return [[0] * len(themes) for _ in webinars]
        inner = {"themes": {"terms": {"field": VALUES["theme"], "size": len(themes)}}}
        counted = {"terms": {"field": VALUES["webinaire"], "size": len(webinars)}, "aggs": inner}
        body = {"size": 0, "query": self._kept(filters), "aggs": {"webinars": counted}}
        buckets = self.searches(body)[0]["aggregations"]["webinars"]["buckets"]
        by_webinar = {bucket["key"]: counts_in(bucket["themes"]) for bucket in buckets}
        return [
            [by_webinar.get(webinar, {}).get(theme, 0) for theme in themes] for webinar in webinars
        ]

    def related(self, number: int, lemmas: Sequence[str], but: Sequence[int]) -> list[int]:
        """The texts closest to one that has these lemmas, some left aside."""
        return closest(self, number, lemmas, but)

"""What a question finds on OpenSearch, in three requests: how it is read, what is counted, a page.

1. which words are heard, whether a quote says all of them, whether names answer better apart, and
   the weights of the terms (asked once of a process);
2. the counts, and the best hits with their themes: what the question is about;
3. the page, ranked by words and themes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from indexer import fields
from indexer.cluster.layout import affinity
from indexer.vectors import Vector
from search.cluster import queries
from search.cluster.asking import Asking, affinities_of
from search.cluster.counting import (
    NOTHING,
    counting,
    counts_in,
    number_of,
    tally,
    values_of,
    values_within,
)
from search.cluster.hearing import Heard, heard_in, hearing_of
from search.cluster.meaning import agreeing, measured, nearest, raised
from search.cluster.naming import has_all, named, via_of
from search.cluster.queries import (
    ALL,
    NONE,
    VALUES,
    VERBATIM,
    Asked,
    Query,
    backing,
    but,
    either,
    every,
    filters_of,
    level,
    met,
    ranked,
    times,
)
from search.cluster.reasons import Reasons
from search.columns import Floats
from search.dimensions import Dimension, Tally
from search.looks import FIELD_OF, Compiled, Look, Via
from search.meaning import MEASURED, RANKED
from search.query import Filters, SearchQuery
from search.ranking import BEST, QUESTION, UNTHEMED
from search.texts import Ranked

_BY_RELEVANCE: list[Query] = [{"_score": "desc"}, {"number": "asc"}]


class ClusterFound:
    """What a question finds; each request is made when its answer is first wanted."""

    def __init__(
        self, texts: Asking, compiled: Compiled, filters: Filters, query: SearchQuery
    ) -> None:
        self._texts, self._filters, self._query = texts, filters, query
        self._compiled = compiled
        self._asked = Asked(compiled, every_word=query.every_word)
        self._dimensions: tuple[Dimension, ...] = texts.engine.dimensions
        self._masks = filters_of(filters, self._dimensions)
        self._within = every(*self._masks.values())
        self._on_page: list[int] = []

    @cached_property
    def _heard(self) -> Heard:
        """The first request, where there are words; the terms are weighed on the way."""
        units, asked = self._compiled.wanted, self._asked
        if not self.hearing:
            return Heard([False] * len(units), asked.may_be_said_otherwise)
        looks = [look for unit in units for look in (*unit.looks, *unit.hints)]
        (answer,) = self._texts.with_weights(looks, self.hearing)
        return heard_in(asked, answer)

    @cached_property
    def hearing(self) -> Query | None:
        """What is asked first; None when there are no words, or none that a text may hold."""
        asked = self._asked
        if not self._texts.may_meet(look for unit in asked.compiled.wanted for look in unit.looks):
            return None
        return hearing_of(asked, self._within)

    def hear(self, answer: Any) -> None:
        """Be told the answer to `hearing`, which was asked with that of others."""
        self._heard = heard_in(self._asked, answer)

    @property
    def heard(self) -> list[bool]:
        """For each unit of the question, whether a text holds it."""
        return self._heard.units

    @cached_property
    def _met(self) -> Asked:
        """The question without the terms that no text holds, where this is known by now."""
        met = queries.met_by(self._compiled, self._texts.engine.weights)
        return Asked(met, every_word=self._query.every_word)

    @property
    def is_said_otherwise(self) -> bool:
        """Whether what is near by meaning is worth adding: no quote says all the words."""
        return self._heard.is_said_otherwise

    @property
    def _by_idea(self) -> Query:
        return self._met.by_idea if self._heard.is_said_otherwise else NONE

    @property
    def _by_name(self) -> Query:
        """The texts that answer by who speaks; those that their idea answers for are not."""
        otherwise = self._heard.is_said_otherwise
        return self._met.named(backing(self._met.idea_answers) if otherwise else NONE)

    @cached_property
    def _matched(self) -> Query:
        heard, matched = self._heard, self._met.matched
        if heard.is_said_otherwise:
            matched = either([matched, self._by_idea])
        return but(matched, self._by_name) if heard.is_apart else matched

    @property
    def kept(self) -> Query:
        """What it finds, filters applied."""
        return every(self._matched, self._within)

    def _ranked(self, found: Query) -> Query:
        """What a query finds, each text with what it is worth for the words."""
        if self._compiled.wanted:
            answering = self._met.idea_answers if self._heard.is_said_otherwise else None
            return ranked(self._compiled, found, self._texts.engine.weights, answering)
        listed = next(one for one in self._dimensions if one.attribute == "themes").values
        chosen = [float(value in self._filters.themes) for value, _ in listed]
        return times(level(found), 0.0, chosen) if any(chosen) else level(found)

    @cached_property
    def _counted(self) -> dict[str, Any]:
        """The second request: all that is counted, and the hits that tell the themes."""
        counted: dict[str, Query] = {}
        if not self._compiled.wanted:
            counted["kept"] = number_of(self._within)
        if self._masks:
            counted["matched"] = number_of(ALL)
        if self._may_be_backed:
            counted["backed"] = number_of(backing(self._met.idea_answers))
        if self._query.one_each:
            speakers = {"field": fields.SPEAKER_ID, "precision_threshold": 40_000}
            counted["people"] = {
                "filter": self._within,
                "aggs": {"people": {"cardinality": speakers}},
            }
        for one in self._dimensions:
            others = every(*(q for name, q in self._masks.items() if name != one.name))
            counted[f"facet_{one.name}"] = values_within(others, one)
        if self._compiled.wanted and not (self.documents or self._masks):
            return {**dict.fromkeys(counted, NOTHING), "apart": None, "best": []}
        bodies = [counting(self._matched, counted)]
        if self._query.order == "themes":
            bodies[0] |= {**self._best, "aggs": counted}
        if self._heard.is_apart:
            bodies.append(counting(every(self._by_name, self._within), self._people_apart()))
        answers = self._texts.searches(*bodies)
        found = dict(answers[0]["aggregations"])
        found["apart"] = answers[1] if self._heard.is_apart else None
        found["best"] = answers[0]["hits"]["hits"]
        return found

    @property
    def _may_be_backed(self) -> bool:
        """Whether key ideas may answer for texts of which none was counted."""
        heard = self._heard
        return self._asked.full >= QUESTION and heard.is_said_otherwise and not heard.by_idea

    @property
    def _best(self) -> Query:
        """A search of the hits that tell the themes, which matches all that is counted too."""
        best = self._first(BEST, self._ranked(self._matched))
        return {**best, "post_filter": self._within, "_source": False, "stored_fields": "_none_"}

    def _people_apart(self) -> Query:
        """Those who are told apart, by organisation where it has a word, else by person."""
        of_body = every(self._via("organisation"), {"exists": {"field": VALUES["organisation"]}})
        by_name = {one.name: one for one in self._dimensions}
        return {
            "intervenant": {"filter": but(ALL, of_body), "aggs": values_of(by_name["intervenant"])},
            "organisation": {"filter": of_body, "aggs": values_of(by_name["organisation"])},
        }

    def _via(self, via: Via) -> Query:
        looks = [look for unit in self._met.compiled.wanted for look in unit.looks]
        return either(met(look) for look in looks if look.field == FIELD_OF[via])

    @property
    def documents(self) -> int:
        """How many texts it finds, filters applied."""
        if self._compiled.wanted:
            return self._heard.documents
        return int(self._counted["kept"]["doc_count"])

    @property
    def by_words(self) -> int:
        """How many of them answer by themselves, not by their key idea."""
        return self.documents - self._heard.by_idea

    @property
    def total(self) -> int:
        """How many hits there are: texts, or the people who said them."""
        if self._query.one_each:
            return int(self._counted["people"]["people"]["value"])
        return self.documents

    @property
    def total_all(self) -> int:
        """How many of the texts hold all that was asked."""
        return self._heard.holding_all if self._compiled.wanted else self.documents

    @property
    def total_unfiltered(self) -> int:
        """How many there would be without the filters."""
        return int(self._counted["matched"]["doc_count"]) if self._masks else self.documents

    @property
    def total_said_by(self) -> int:
        """How many answer only by who speaks, and are told apart."""
        apart = self._counted["apart"]
        return int(apart["hits"]["total"]["value"]) if apart else 0

    def tallies(self) -> dict[str, Tally]:
        """How many texts have the values of each facet, as if that facet were not in use."""
        counted = self._counted
        return {
            one.name: tally(one, self._filters, counts_in(counted[f"facet_{one.name}"]))
            for one in self._dimensions
        }

    def told_apart(self) -> dict[str, list[int]]:
        """How many of those are of each organisation that has a word, else of each person."""
        apart = self._counted["apart"]
        if not apart:
            return {}
        listed = {one.name: [value for value, _ in one.values] for one in self._dimensions}
        return {
            name: [counts_in(apart["aggregations"][name]).get(value, 0) for value in listed[name]]
            for name in ("intervenant", "organisation")
        }

    @cached_property
    def _themes(self) -> Floats | None:
        """What the question is about, from its best hits by their scores."""
        if self._query.order != "themes":
            return None
        count, best = self._texts.engine.themes, self._counted["best"]
        weights = np.zeros(count)
        for hit in best:
            weights += hit["_score"] * np.array(affinities_of(hit, count))
        total = weights.sum()
        return weights / total if total > 0 else np.zeros(count)

    @property
    def themes(self) -> tuple[float, ...] | None:
        """How much the question is about each theme; None unless this ranks the page."""
        return None if self._themes is None else tuple(self._themes.tolist())

    def _first(self, size: int, query: Query) -> Query:
        """A search of the best hits, with their affinities."""
        order: list[Query] = list(_BY_RELEVANCE)
        if self._query.order == "date":
            order.insert(0, {"day": "desc"})
        body: Query = {
            "query": query,
            "sort": order,
            "track_scores": True,
            "track_total_hits": False,
            "size": size,
            **self._texts.shown,
        }
        return body

    @property
    def ranks_by_meaning(self) -> bool:
        """Whether meaning ranks too: it is asked for, or key ideas answer for a whole question."""
        if self._query.order in ("sens", "date"):
            return self._query.order == "sens"
        if self._may_be_backed:
            return bool(self._counted["backed"]["doc_count"])
        return self._asked.full >= QUESTION and self._heard.by_idea > 0

    def page(self, meant: Vector | None = None) -> list[Ranked]:
        """The hits of the page that the query asks for, in its order."""
        if not self.documents:
            return []
        if meant is not None:
            return self._page_by_meaning(meant)
        query, themes = self._ranked(self.kept), self._themes
        if themes is not None:
            query = times(query, UNTHEMED, themes.tolist())
        first, size = (self._query.page - 1) * self._query.size, self._query.size
        hits = list(self._hits(self._first(min(size, _AT_ONCE), self._named(query)), first, size))
        self._texts.keep(hits)
        self._on_page = [hit["_source"]["number"] for hit in hits]
        return [self._hit(hit) for hit in hits]

    def _page_by_meaning(self, meant: Vector) -> list[Ranked]:
        """The page where meaning ranks too: the best by words are measured, and only they."""
        count, people = self._texts.engine.themes, self._query.one_each
        also = [*(affinity(n) for n in range(count)), fields.SPEAKER_ID]
        (answer,) = self._texts.searches(measured(self._ranked(self.kept), RANKED, *also))
        hits = answer["hits"]["hits"]
        about = np.array([affinities_of(hit, count) for hit in hits]).reshape(len(hits), count)
        themes = self._themes
        factors = np.ones(len(hits)) if themes is None else UNTHEMED + about @ themes
        found = raised(hits, meant, factors)
        if people:
            found = list(_one_of_each(found, hits))
        first = (self._query.page - 1) * self._query.size
        found = found[first : first + self._query.size]
        self._on_page = [hits[place]["fields"]["number"][0] for place, *_ in found]
        if not found:
            return []
        some: Query = {"terms": {"number": self._on_page}}
        (answer,) = self._texts.searches(self._first(len(found), self._named(level(some))))
        self._texts.keep(answer["hits"]["hits"])
        told = {hit["_source"]["number"]: self._hit(hit) for hit in answer["hits"]["hits"]}
        return [
            replace(told[number], score=score, likeness=like)
            for number, (_, score, like) in zip(self._on_page, found, strict=True)
        ]

    def _named(self, query: Query) -> Query:
        """The same hits, told apart by name."""
        return named(query, self._heard, self._names) if self._compiled.wanted else query

    @property
    def _names(self) -> dict[str, Query]:
        names: dict[str, Query] = {via: self._via(via) for via in FIELD_OF}
        return {"all": self._met.all, "said": self._met.said, "idea": self._by_idea, **names}

    def _hits(self, body: Query, first: int, size: int) -> Iterator[Any]:
        """Some hits of a search, from the first that is wanted."""
        if self._query.one_each:
            body["query"] = {
                "bool": {
                    "must": [body["query"]],
                    "filter": [{"exists": {"field": fields.SPEAKER_ID}}],
                }
            }
            body["collapse"] = {"field": fields.SPEAKER_ID}
        if first:
            body["from"] = first
        while size > 0:
            (answer,) = self._texts.searches(body)
            hits = answer["hits"]["hits"]
            yield from hits[:size]
            size -= len(hits)
            if len(hits) < body["size"]:
                return
            body.pop("from", None)
            body["search_after"] = hits[-1]["sort"]

    def _hit(self, hit: Any) -> Ranked:
        told = set(hit.get("matched_queries", ()))
        holds_all = has_all(told, self._heard)
        return Ranked(hit["_source"]["number"], hit["_score"], holds_all, via_of(told, self._heard))

    def near(self, meant: Vector) -> list[Ranked]:
        """The quotes that are no hits, and near enough by meaning, closest first."""
        others = agreeing(but(VERBATIM, self._matched), meant)
        (answer,) = self._texts.searches(measured(others, MEASURED))
        found = nearest(answer["hits"]["hits"], meant)
        self._on_page += [number for number, _ in found]
        return [
            Ranked(number, close, holds_all=False, via="sens", likeness=close)
            for number, close in found
        ]

    def worth(self, looks: Sequence[Look], number: int) -> tuple[float, float]:
        """What some looks are worth in a text, and in the key idea that answers for it."""
        return self._reasons.worth(looks, number, self._on_page)

    @cached_property
    def _reasons(self) -> Reasons:
        answering = self._asked.idea_answers if self._heard.is_said_otherwise else None
        return Reasons(self._texts, self._compiled, answering)


_AT_ONCE = 1_000  # hits that are asked for at once


def _one_of_each(
    found: Sequence[tuple[int, float, float]], hits: Sequence[Any]
) -> Iterator[tuple[int, float, float]]:
    """The first of each speaker; those that nobody signs are left."""
    met: set[str] = set()
    for place, *rest in found:
        (speaker,) = hits[place]["fields"].get(fields.SPEAKER_ID, ("",))
        if speaker and speaker not in met:
            met.add(speaker)
            yield place, rest[0], rest[1]

"""What a question finds on OpenSearch, in three requests: how it is read, what is counted, a page.

1. which words are heard, whether a quote says all of them, whether names answer better apart, and
   the weights of the terms (asked once of a process);
2. the counts, and the best hits with their themes: what the question is about;
3. the page, ranked by words and themes.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from indexer import fields
from indexer.cluster.layout import ABOUT, ORGANISATION_ID
from indexer.vectors import Vector
from search.cluster import queries
from search.cluster.asking import AT_ONCE, Asking, affinities_in
from search.cluster.counting import (
    NOTHING,
    counting,
    number_of,
    people_apart,
    people_within,
    values_within,
)
from search.cluster.foremost import LIKELY, foremost
from search.cluster.hearing import Heard, heard_in, hearing_of
from search.cluster.meaning import agreeing, measured, nearest, one_of_each, raised
from search.cluster.naming import has_all, named, via_of
from search.cluster.queries import (
    ALL,
    NONE,
    VERBATIM,
    Asked,
    Query,
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
from search.looks import FIELD_OF, Compiled, Look, Term, Via
from search.meaning import MEASURED
from search.query import Filters, SearchQuery
from search.ranking import BEST, QUESTION, RANKED, UNTHEMED
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
        (answer,) = self._texts.with_weights(self._looks, self.hearing)
        return heard_in(asked, answer)

    @property
    def _looks(self) -> list[Look]:
        """All that scores."""
        return [look for unit in self._compiled.wanted for look in (*unit.looks, *unit.hints)]

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
        sequences, weights = self._heard.sequences, self._texts.weighed(self._looks)
        return [
            follow
            or any(isinstance(look, Term) and weights[look.field, look.text] for look in unit.looks)
            for follow, unit in zip(sequences, self._compiled.wanted, strict=True)
        ]

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
        return self._met.named(self._met.backed if otherwise else NONE)

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
            backed = self._met.backed if self._heard.is_said_otherwise else None
            return ranked(self._compiled, found, self._texts.weighed(self._looks), backed)
        listed = next(one for one in self._dimensions if one.attribute == "themes").values
        chosen = [float(value in self._filters.themes) for value, _ in listed]
        return times(level(found), 0.0, chosen) if any(chosen) else level(found)

    @cached_property
    def _counted(self) -> dict[str, Any]:
        """The second request: all that is counted, and beside it the hits that tell the themes."""
        counted: dict[str, Query] = {}
        if not self._compiled.wanted:
            counted["kept"] = number_of(self._within)
        if self._masks:
            counted["matched"] = number_of(ALL)
        if self._may_be_backed:
            counted["backed"] = number_of(self._met.backed)
        if self._query.one_each:
            counted["people"] = people_within(self._within)
        for one in self._dimensions:
            others = every(*(q for name, q in self._masks.items() if name != one.name))
            counted[f"facet_{one.name}"] = values_within(others, one)
        if self._compiled.wanted and not (self.documents or self._masks):
            return {**dict.fromkeys(counted, NOTHING), "apart": None, "best": None}
        asked = {"counts": counting(self._matched, counted)}
        if self._query.order == "themes":
            asked["best"] = self._best
        if self._heard.is_apart:
            of_body = every(self._via("organisation"), {"exists": {"field": ORGANISATION_ID}})
            told = people_apart(of_body, self._dimensions)
            asked["apart"] = counting(every(self._by_name, self._within), told)
        if self._goes_with_counts:
            asked["page"] = self._page_of(self._ranked(self.kept))
        answers = dict(zip(asked, self._texts.searches(*asked.values()), strict=True))
        return {**answers["counts"]["aggregations"], "apart": None, "best": None, **answers}

    @property
    def _goes_with_counts(self) -> bool:
        """Whether the page is asked for with the counts: nothing that they tell ranks it."""
        if self._query.order == "themes" or self._query.size > AT_ONCE:
            return False
        return self._query.order == "date" or not (self._may_be_backed or self.ranks_by_meaning)

    @property
    def _may_be_backed(self) -> bool:
        """Whether key ideas may answer for texts of which none was counted."""
        heard = self._heard
        return self._asked.full >= QUESTION and heard.is_said_otherwise and not heard.by_idea

    @property
    def _best(self) -> Query:
        """A search of the hits that tell the themes: it leaves what cannot be among them."""
        best = self._first(max(BEST, self._likely), self._ranked(self.kept))
        shown = {"_source": False, "stored_fields": "_none_", "docvalue_fields": [ABOUT]}
        return {**best, "track_scores": False, **shown}

    @property
    def _likely(self) -> int:
        """How many hits are read in the hope that the page is among them; 0: too few would be."""
        is_near = self._query.page * self._query.size <= LIKELY // 2
        return LIKELY if is_near and not self._query.one_each else 0

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
            name: listing.tally(self._filters, counted[f"facet_{name}"])
            for name, listing in self._texts.engine.listings.items()
        }

    def told_apart(self) -> dict[str, list[int]]:
        """How many of those are of each organisation that has a word, else of each person."""
        apart = self._counted["apart"]
        if not apart:
            return {}
        listings = self._texts.engine.listings
        return {
            name: listings[name].spread(apart["aggregations"][name]).tolist()
            for name in ("intervenant", "organisation")
        }

    @cached_property
    def _themes(self) -> Floats | None:
        """What the question is about, from its best hits by their scores."""
        if self._query.order != "themes":
            return None
        count, best = self._texts.engine.themes, self._best_hits[:BEST]
        weights = np.array([hit["sort"][0] for hit in best]) @ affinities_in(best, count)
        total = weights.sum()
        return weights / total if total > 0 else np.zeros(count)

    @property
    def _best_hits(self) -> list[Any]:
        """The best hits by words alone, each with its score and its number as it was sorted."""
        best = self._counted["best"]
        return list(best["hits"]["hits"]) if best else []

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
        if self._goes_with_counts:
            return self._shown(self._counted["page"]["hits"]["hits"])
        query, themes = self._ranked(self.kept), self._themes
        if themes is not None:
            first = self._query.size * (self._query.page - 1)
            best, last = self._best_hits, first + self._query.size
            are_all = len(best) == self.documents
            if self._likely and (found := foremost(best, are_all, themes, last)):
                return self._read([(number, score, None) for number, score in found[first:]])
            query = times(query, UNTHEMED, themes.tolist())
        return self._shown(list(self._texts.hits(self._page_of(query), self._query.size)))

    def _page_of(self, query: Query) -> Query:
        """A search of the hits of the page among those of a query, as far as one search goes."""
        body = self._first(min(self._query.size, AT_ONCE), self._named(query))
        if self._query.one_each:
            signed = {"exists": {"field": fields.SPEAKER_ID}}
            body["query"] = {"bool": {"must": [body["query"]], "filter": [signed]}}
            body["collapse"] = {"field": fields.SPEAKER_ID}
        return body | {"from": self._query.size * (self._query.page - 1)}

    def _shown(self, hits: Sequence[Any]) -> list[Ranked]:
        """The hits of the page, of which the records are kept."""
        self._texts.keep(hits)
        self._on_page = [hit["_source"]["number"] for hit in hits]
        return [self._hit(hit) for hit in hits]

    def _page_by_meaning(self, meant: Vector) -> list[Ranked]:
        """The page where meaning ranks too: the best by words are measured, and only they."""
        count, people = self._texts.engine.themes, self._query.one_each
        also = [ABOUT, fields.SPEAKER_ID]
        (answer,) = self._texts.searches(measured(self._ranked(self.kept), RANKED, *also))
        hits = answer["hits"]["hits"]
        about = affinities_in(hits, count)
        themes = self._themes
        factors = np.ones(len(hits)) if themes is None else UNTHEMED + about @ themes
        found = raised(hits, meant, factors)
        if people:
            found = list(one_of_each(found, hits))
        first = (self._query.page - 1) * self._query.size
        found = found[first : first + self._query.size]
        return self._read(
            [(hits[place]["fields"]["number"][0], score, like) for place, score, like in found]
        )

    def _read(self, found: Sequence[tuple[int, float, float | None]]) -> list[Ranked]:
        """The hits of these numbers, of which the scores are known, and how close they are."""
        self._on_page = [number for number, *_ in found]
        if not found:
            return []
        some: Query = {"terms": {"number": self._on_page}}
        (answer,) = self._texts.searches(self._first(len(found), self._named(level(some))))
        self._texts.keep(answer["hits"]["hits"])
        told = {hit["_source"]["number"]: self._hit(hit) for hit in answer["hits"]["hits"]}
        return [replace(told[number], score=score, likeness=like) for number, score, like in found]

    def _named(self, query: Query) -> Query:
        """The same hits, told apart by name."""
        return named(query, self._heard, self._names) if self._compiled.wanted else query

    @property
    def _names(self) -> dict[str, Query]:
        names: dict[str, Query] = {via: self._via(via) for via in FIELD_OF}
        return {"all": self._met.all, "said": self._met.said, "idea": self._by_idea, **names}

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
        backed = self._asked.backed if self._heard.is_said_otherwise else None
        return Reasons(self._texts, self._compiled, backed)

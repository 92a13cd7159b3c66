"""The embedded engine: answers questions over arrays that have one row a text."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

import numpy as np

from indexer import fields
from indexer.fields import KINDS
from indexer.postings import Postings
from indexer.vectors import Vector
from search.closeness import closest
from search.columns import Columns, Floats, Ints, Mask
from search.dimensions import Dimension
from search.engine import Asking, Engine
from search.looks import NAMED, Compiled, Look, Term, Unit, Via
from search.meaning import Meaning
from search.query import Filters, SearchQuery
from search.ranking import (
    QUESTION,
    backed_scores,
    one_of_each,
    ordered,
    query_themes,
    themed_scores,
)
from search.texts import Ranked, Row


class Membership(Protocol):
    """Which texts have which value of a dimension; a value is known by its place."""

    def having(self, places: list[int]) -> Mask:
        """The texts that have one of these values."""

    def counts(self, rows: Mask) -> Ints:
        """How many texts of `rows` have each value."""


@dataclass(frozen=True, slots=True)
class OneEach:
    """A text has one value at most: `codes[text]` is its place, -1 for none."""

    codes: Ints
    size: int

    def having(self, places: list[int]) -> Mask:
        mask: Mask = np.isin(self.codes, places)
        return mask

    def counts(self, rows: Mask) -> Ints:
        counted = np.bincount(self.codes[rows] + 1, minlength=self.size + 1)
        return counted[1:].astype(np.int32)


@dataclass(frozen=True, slots=True)
class ManyEach:
    """A text may have several values, as `members[text, value]` says."""

    members: Mask

    def having(self, places: list[int]) -> Mask:
        return np.asarray(self.members[:, places].any(axis=1))

    def counts(self, rows: Mask) -> Ints:
        counts: Ints = self.members[rows].sum(axis=0)
        return counts


def memberships_from(columns: Columns, dimensions: Sequence[Dimension]) -> dict[str, Membership]:
    """Which texts have which value, by the name of the dimension."""
    sizes = {dimension.name: len(dimension.values) for dimension in dimensions}
    years = [int(year) for one in dimensions if one.name == "annee" for year, _ in one.values]
    places = {year: place for place, year in enumerate(years)}
    codes = {
        "intervenant": columns.speakers,
        "organisation": columns.organisations,
        "webinaire": columns.webinars,
        "annee": np.array([places.get(year, -1) for year in columns.years.tolist()], np.int32),
        "type": columns.kinds,
    }
    one_each = {name: OneEach(column, sizes[name]) for name, column in codes.items()}
    return {"theme": ManyEach(columns.themed), **one_each}


class Narrowing:
    """Which texts the filters keep, and how many have each value."""

    def __init__(self, columns: Columns, dimensions: tuple[Dimension, ...]) -> None:
        self._columns, self.dimensions = columns, dimensions
        self._memberships = memberships_from(columns, dimensions)

    def masks(self, filters: Filters) -> dict[str, Mask]:
        """The texts that each filter in use keeps, by the name of the filter."""
        days, masks = self._columns.days, dict[str, Mask]()
        for dimension in self.dimensions:
            selected = getattr(filters, dimension.attribute)
            if selected:
                where = {value: place for place, (value, _) in enumerate(dimension.values)}
                kept = [where[value] for value in selected if value in where]
                masks[dimension.name] = self._memberships[dimension.name].having(kept)
        if filters.since:
            masks["du"] = days >= filters.since.toordinal()
        if filters.until:
            masks["au"] = (days <= filters.until.toordinal()) & (days > 0)
        return masks

    def kept(self, masks: Mapping[str, Mask], *, but: str = "") -> Mask:
        """The texts that all the filters keep, one left aside."""
        kept = np.ones(len(self._columns.days), dtype=np.bool_)
        for name, mask in masks.items():
            if name != but:
                kept &= mask
        return kept

    def tallies(self, name: str, rows: Mask) -> list[int]:
        """How many of some texts have each value of a dimension."""
        counts: list[int] = self._memberships[name].counts(rows).tolist()
        return counts


# What a text may answer by, when it says none of the words, and the field that tells; the name
# before the function.
_NAMED: Mapping[Via, str] = {
    "nom": fields.SPEAKER,
    "fonction": fields.ROLE,
    "organisation": fields.ORGANISATION,
}


class ArrayEngine:
    """One generation in this process: what Whoosh holds, and the arrays beside it."""

    def __init__(
        self,
        folder: Path,
        postings: Postings,
        columns: Columns,
        dimensions: tuple[Dimension, ...],
        meaning: Meaning | None = None,
    ) -> None:
        self._engine = Engine(folder, postings)
        self._columns, self._narrowing = columns, Narrowing(columns, dimensions)
        self._meaning = meaning

    @contextmanager
    def asking(self) -> Iterator["ArrayTexts"]:
        """Take a searcher for the length of a block; it serves again afterwards."""
        with self._engine.asking() as asking:
            yield ArrayTexts(asking, self._columns, self._narrowing, self._meaning)

    def close(self) -> None:
        """Free the files; call when nobody asks any more."""
        self._engine.close()


class ArrayTexts:
    """Questions to the texts of one generation, through one searcher."""

    def __init__(
        self, asking: Asking, columns: Columns, narrowing: Narrowing, meaning: Meaning | None
    ) -> None:
        self._asking, self._columns, self._narrowing = asking, columns, narrowing
        self._meaning = meaning
        self.size, self.deadline = asking.size, asking.deadline

    def found(self, asked: Compiled, filters: Filters, query: SearchQuery) -> "Matches":
        """What a question finds; `query` says how it is asked, its text is not looked at."""
        held = self._asking, self._columns, self._narrowing, self._meaning
        return Matches(asked, filters, query, *held)

    def holding(self, asked: Compiled, filters: Filters) -> Mask:
        """The texts that hold all that a question asks: nothing is ranked."""
        return self.found(asked, filters, SearchQuery(every_word=True)).kept

    def heard(self, units: Sequence[Unit]) -> list[bool]:
        """Whether a text holds each unit."""
        return [bool(self._asking.holding(unit.looks).any()) for unit in units]

    def records(self, numbers: Sequence[int]) -> list[Row]:
        """What is kept of some texts, in the order asked for."""
        webinars, affinities = self._columns.webinars, self._columns.affinities
        return [
            Row(self._asking.record(n), int(webinars[n]), tuple(affinities[n].tolist()))
            for n in numbers
        ]

    def where(self, field: str, value: str) -> list[int]:
        """The texts whose `field` is exactly `value`."""
        return self._asking.where(field, value)

    def tallies(self, name: str, filters: Filters) -> list[int]:
        """How many texts that the filters keep have each value of the facet `name`."""
        return self._narrowing.tallies(name, self._kept(filters))

    def _kept(self, filters: Filters) -> Mask:
        return self._narrowing.kept(self._narrowing.masks(filters))

    def themes_by_webinar(self, filters: Filters) -> list[list[int]]:
        """For each webinar, how many texts that the filters keep are about each theme."""
        themed = self._columns.themed & self._kept(filters)[:, None]
        counts = np.zeros((self._columns.webinars.max(initial=-1) + 1, themed.shape[1]), np.int64)
        np.add.at(counts, self._columns.webinars, themed)
        found: list[list[int]] = counts.tolist()
        return found

    def related(self, number: int, lemmas: Sequence[str], but: Sequence[int]) -> list[int]:
        """The texts closest to one that has these lemmas, some left aside."""
        said = {
            lemma: self._asking.holding([Term(fields.LEMMA, lemma), Term(fields.IDEA, lemma)])
            for lemma in lemmas
        }
        return closest(number, said, but, self._columns)


class Matches:
    """What a question finds, over all texts; a mask has one row a text."""

    def __init__(
        self,
        asked: Compiled,
        filters: Filters,
        query: SearchQuery,
        asking: Asking,
        columns: Columns,
        narrowing: Narrowing,
        meaning: Meaning | None,
    ) -> None:
        self._asked, self._filters, self._query = asked, filters, query
        self._asking, self._columns, self._narrowing = asking, columns, narrowing
        self._meaning = meaning
        said = [asking.holding(_said(unit)) for unit in asked.wanted]
        named = [asking.holding(_named(unit)) for unit in asked.wanted]
        self._by_unit = [mask | other for mask, other in zip(said, named, strict=True)]
        self._holds_all = np.ones(asking.size, dtype=np.bool_)
        for mask in self._by_unit:
            self._holds_all &= mask
        self._masks = narrowing.masks(filters)
        within = narrowing.kept(self._masks)
        matched = self._matched_by_words()
        self._said = np.logical_or.reduce(said) if said else np.ones(asking.size, dtype=np.bool_)
        self._ideas = self._answering_ideas()
        self._by_idea = (self._ideas >= 0) & ~self._said
        self._by_name = matched & ~self._said & ~self._by_idea
        self._told_apart = self._by_name & self._is_apart(matched & within) & within
        self._matched = matched | self._by_idea
        if self._told_apart.any():
            self._matched &= ~self._by_name
        self.kept = self._matched & within

    def _matched_by_words(self) -> Mask:
        if self._by_unit and not self._query.every_word:
            matched = np.logical_or.reduce(self._by_unit)
        else:
            matched = self._holds_all & (bool(self._by_unit) or not self._asked.is_void)
        for unit in self._asked.excluded:
            matched = matched & ~self._asking.holding(unit.looks)
        return np.asarray(matched)

    def _answering_ideas(self) -> Ints:
        """The key idea that answers for each quote; -1: none."""
        if not self.is_said_otherwise:
            return np.full(self._asking.size, -1, dtype=np.int32)
        ideas = self._columns.ideas
        answers = self._said if self._full >= QUESTION else self._holds_all
        return np.where((ideas >= 0) & answers[ideas], ideas, -1)

    @cached_property
    def is_said_otherwise(self) -> bool:
        """Say whether no quote says all of a few plain words, of which two at least are full."""
        says_all = self._holds_all & (self._columns.kinds == KINDS.index("verbatim"))
        is_plain = self._asked.is_plain and not self._query.every_word
        return self._full >= 2 and is_plain and not says_all.any()

    @property
    def _full(self) -> int:
        """How many of the words are full: small ones hint at nothing."""
        return sum(bool(unit.hints) for unit in self._asked.wanted)

    def _is_apart(self, within: Mask) -> bool:
        """Who speaks answers in the place of what is said only when it answers better.

        « Guivarc’h » gives what he said when nobody names him; « énergie » gives first what is
        said of it, whatever the syndicates are called.
        """
        said = within & self._said
        named = within & self._by_name & self._holds_all
        return bool(said.any()) and (not named.any() or bool((said & self._holds_all).any()))

    @property
    def documents(self) -> int:
        """How many texts it finds, filters applied."""
        return int(self.kept.sum())

    @property
    def by_words(self) -> int:
        """How many of them answer by themselves, not by their key idea."""
        return int((self.kept & ~self._by_idea).sum())

    @property
    def total(self) -> int:
        """How many hits there are: texts, or the people who said them."""
        if not self._query.one_each:
            return self.documents
        speakers = self._columns.speakers[self.kept]
        return len(np.unique(speakers[speakers >= 0]))

    @property
    def total_all(self) -> int:
        """How many of the texts hold all that was asked."""
        return int((self.kept & self._holds_all).sum())

    @property
    def total_unfiltered(self) -> int:
        """How many there would be without the filters."""
        return int(self._matched.sum())

    @property
    def total_said_by(self) -> int:
        """How many answer only by who speaks, and are told apart."""
        return int(self._told_apart.sum())

    @property
    def heard(self) -> list[bool]:
        """For each unit of the question, whether a text holds it."""
        return [bool(mask.any()) for mask in self._by_unit]

    def tallies(self) -> dict[str, list[int]]:
        """How many texts have each value of each facet, as if that facet were not in use."""
        narrowing = self._narrowing
        return {
            one.name: narrowing.tallies(
                one.name, self._matched & narrowing.kept(self._masks, but=one.name)
            )
            for one in narrowing.dimensions
        }

    def told_apart(self) -> dict[str, list[int]]:
        """How many of those are of each organisation that has a word, else of each person."""
        apart, columns = self._told_apart, self._columns
        if not apart.any():
            return {}
        of_bodies = apart & self._named["organisation"] & (columns.organisations >= 0)
        rows = {"intervenant": apart & ~of_bodies, "organisation": of_bodies}
        return {name: self._narrowing.tallies(name, within) for name, within in rows.items()}

    @cached_property
    def _named(self) -> dict[Via, Mask]:
        """For each way to be named, the texts whose speaker has one of the words."""
        looks = [look for unit in self._asked.wanted for look in unit.looks]
        return {
            via: self._asking.holding(look for look in looks if look.field == field)
            for via, field in _NAMED.items()
        }

    def _via(self, number: int) -> Via | None:
        if self._by_idea[number]:
            return "idee"
        if not self._by_name[number]:
            return None
        return next((via for via, mask in self._named.items() if mask[number]), None)

    def page(self, meant: Vector | None = None) -> list[Ranked]:
        """The hits of the page that the query asks for, in its order."""
        query, columns = self._query, self._columns
        numbers: Ints = np.flatnonzero(self.kept).astype(np.int32)
        scores, meaning = self._scores, self._meaning if query.order == "sens" else None
        if self._themes is not None:
            scores = themed_scores(scores, columns.affinities, self._themes)
        if meaning and meant is not None:
            scores = meaning.mixed(meant, scores, numbers)
        first = (query.page - 1) * query.size
        ranked = ordered(numbers, scores, columns, query.order)
        if query.one_each:
            ranked = one_of_each(ranked, columns.speakers)
        shown = ranked[first : first + query.size]
        close = meaning.likeness(meant, shown).tolist() if meaning and meant is not None else ()
        return [
            Ranked(n, float(scores[n]), bool(self._holds_all[n]), self._via(n), likeness)
            for n, likeness in zip_longest(shown.tolist(), close)
        ]

    def near(self, meant: Vector) -> list[Ranked]:
        """The quotes that are no hits, and near enough by meaning, closest first."""
        if not self._meaning:
            return []
        others = (self._columns.kinds == KINDS.index("verbatim")) & ~self._matched
        numbers, likeness = self._meaning.nearest(meant, others)
        return [
            Ranked(number, close, holds_all=False, via="sens", likeness=close)
            for number, close in zip(numbers.tolist(), likeness.tolist(), strict=True)
        ]

    @cached_property
    def _scores(self) -> Floats:
        """What each text is worth for the words, and for those of its idea; hints add to it."""
        asking, wanted = self._asking, self._asked.wanted
        if not wanted:
            return self._unasked_scores()
        by_unit = [asking.scores(unit.looks) for unit in wanted]
        words = sum(by_unit, np.zeros(asking.size))
        hints = asking.scores(hint for unit in wanted for hint in unit.hints)
        own = np.where((words > 0) | self._by_idea, words + hints, 0)
        return backed_scores(own, self._ideas)

    def _unasked_scores(self) -> Floats:
        """Without words, what is most about the chosen themes comes first; else all are equal."""
        themes = next(one for one in self._narrowing.dimensions if one.attribute == "themes")
        slugs = [slug for slug, _ in themes.values]
        chosen = [slugs.index(slug) for slug in self._filters.themes if slug in slugs]
        if not chosen:
            return np.ones(self._asking.size)
        return np.asarray(self._columns.affinities[:, chosen].sum(axis=1))

    @cached_property
    def _themes(self) -> Floats | None:
        if self._query.order != "themes":
            return None
        return query_themes(np.where(self.kept, self._scores, 0), self._columns.affinities)

    @property
    def themes(self) -> tuple[float, ...] | None:
        """How much the question is about each theme; None unless this ranks the page."""
        return None if self._themes is None else tuple(self._themes.tolist())

    def worth(self, looks: Sequence[Look], number: int) -> tuple[float, float]:
        """What some looks are worth in a text, and in the key idea that answers for it."""
        idea = int(self._ideas[number])
        own = self._asking.worth(looks, number)
        return own, self._asking.worth(looks, idea) if idea >= 0 else 0.0


def _said(unit: Unit) -> list[Look]:
    """The looks that meet what was said, not who said it."""
    return [look for look in unit.looks if look.field not in NAMED]


def _named(unit: Unit) -> list[Look]:
    """The looks that meet who said it."""
    return [look for look in unit.looks if look.field in NAMED]

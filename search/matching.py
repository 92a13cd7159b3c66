"""The embedded engine: answers questions over arrays that have one row a text."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial, reduce
from itertools import zip_longest
from pathlib import Path

import numpy as np

from indexer import fields
from indexer.fields import ENGINE_FIELDS, KINDS
from indexer.postings import Postings, ends_of
from indexer.stored import load_records
from indexer.vectors import Vector
from search.closeness import closest
from search.columns import Columns, Floats, Ints, Mask
from search.dimensions import Dimension, Tally
from search.engine import Asking, impacts
from search.looks import FIELD_OF, NAMED, Compiled, Look, Term, Unit, Value, Via
from search.meaning import Meaning
from search.narrowing import EVERY, Narrowing, Rows
from search.overlaps import Overlaps
from search.query import Filters, SearchQuery
from search.ranking import (
    QUESTION,
    backed_scores,
    first_by_themes,
    first_of,
    meant_scores,
    one_of_each,
    query_themes,
)
from search.texts import Ask, Ranked, Row

_MOST_TERMS = 10_000  # that are remembered: words that are asked for are asked for again


class ArrayEngine:
    """One generation in this process: arrays and records in files that are mapped."""

    def __init__(
        self,
        folder: Path,
        postings: Postings,
        columns: Columns,
        dimensions: tuple[Dimension, ...],
        meaning: Meaning | None = None,
    ) -> None:
        self._postings, self._records = postings, load_records(folder)
        self._term = lru_cache(_MOST_TERMS)(lambda field, text: impacts(postings, field, text))
        self._ends = {name: ends_of(postings, name) for name in ENGINE_FIELDS}
        self._columns, self._narrowing = columns, Narrowing(columns, dimensions)
        self._meaning, self._overlaps = meaning, Overlaps(self._narrowing.having)

    @contextmanager
    def asking(self) -> Iterator["ArrayTexts"]:
        """Ask for the length of a block: what is looked up is kept for as long."""
        asking = Asking(self._postings, self._records, self._ends, self._term)
        yield ArrayTexts(asking, self._columns, self._narrowing, self._meaning, self._overlaps)

    def close(self) -> None:
        """Nothing is held open: files are mapped, and go with what maps them."""


class ArrayTexts:
    """Questions to the texts of one generation."""

    def __init__(
        self,
        asking: Asking,
        columns: Columns,
        narrowing: Narrowing,
        meaning: Meaning | None,
        overlaps: Overlaps,
    ) -> None:
        self._asking, self._columns, self._narrowing = asking, columns, narrowing
        self._meaning, self._overlaps = meaning, overlaps
        self.size, self.deadline = asking.size, asking.deadline

    def found(self, asked: Compiled, filters: Filters, query: SearchQuery) -> "Matches":
        """What a question finds; `query` says how it is asked, its text is not looked at."""
        held = self._asking, self._columns, self._narrowing, self._meaning
        return Matches(asked, filters, query, *held)

    def counts(self, asked: Sequence[Ask], query: SearchQuery) -> list[int]:
        """How many texts each of some questions finds, its filters applied."""
        return [self.found(*one, query).documents for one in asked]

    def together(self, rest: Ask, others: Sequence[Compiled | Value]) -> list[int]:
        """How many of the texts that hold all of `rest` hold each of some other things too."""
        return self._overlaps.counts(rest, others, self._holding)

    def _holding(self, asked: Compiled, filters: Filters) -> Mask:
        """A word by itself, as suggestions ask: who speaks answers when nobody says it."""
        if len(asked.wanted) == 1 and not asked.excluded and filters == Filters():
            (unit,) = asked.wanted
            said = self._asking.holding(_said(unit))
            return said if said.any() else self._asking.holding(_named(unit))
        return self.found(asked, filters, SearchQuery(every_word=True)).kept

    def heard(self, units: Sequence[Unit]) -> list[bool]:
        """Whether a text holds each unit."""
        return [self._asking.is_held(unit.looks) for unit in units]

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
        counts: list[int] = self._narrowing.counts(name, self._rows(filters)).tolist()
        return counts

    def _rows(self, filters: Filters) -> Rows:
        kept = self._narrowing.kept(self._narrowing.masks(filters))
        return EVERY if kept is None else np.flatnonzero(kept)

    def themes_by_webinar(self, filters: Filters) -> list[list[int]]:
        """For each webinar, how many texts that the filters keep are about each theme."""
        rows, columns = self._rows(filters), self._columns
        themed = columns.themed[rows]
        counts = np.zeros((columns.webinars.max(initial=-1) + 1, themed.shape[1]), np.int64)
        np.add.at(counts, columns.webinars[rows], themed)
        found: list[list[int]] = counts.tolist()
        return found

    def related(self, number: int, lemmas: Sequence[str], but: Sequence[int]) -> list[int]:
        """The texts closest to one that has these lemmas, some left aside."""
        said = {
            lemma: self._asking.holding([Term(fields.LEMMA, lemma), Term(fields.IDEA, lemma)])
            for lemma in lemmas
        }
        near = partial(self._meaning.near, number) if self._meaning else None
        return closest(number, said, but, self._columns, near)


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
        everywhere = np.ones(asking.size, dtype=np.bool_)
        self._holds_all = reduce(np.logical_and, self._by_unit, everywhere)
        self._masks = narrowing.masks(filters)
        within = narrowing.kept(self._masks)
        matched = self._matched_by_words()
        self._said = reduce(np.logical_or, said) if said else everywhere
        self._ideas = self._answering_ideas()
        self._by_idea = None if self._ideas is None else (self._ideas >= 0) & ~self._said
        self._by_name = matched & ~self._said
        if self._by_idea is not None:
            self._by_name &= ~self._by_idea
        self._matched = matched if self._by_idea is None else matched | self._by_idea
        self._told_apart = self._apart(matched, within)
        if self._told_apart is not None:
            self._matched = self._matched & ~self._by_name
        self.kept = self._matched if within is None else self._matched & within

    def _matched_by_words(self) -> Mask:
        if self._by_unit and not self._query.every_word:
            matched = reduce(np.logical_or, self._by_unit)
        else:
            matched = self._holds_all & (bool(self._by_unit) or not self._asked.is_void)
        for unit in self._asked.excluded:
            matched = matched & ~self._asking.holding(unit.looks)
        return np.asarray(matched)

    def _answering_ideas(self) -> Ints | None:
        """The key idea that answers for each quote (-1: none); None when no idea answers."""
        if not self.is_said_otherwise:
            return None
        ideas = self._columns.ideas
        answers = self._said if self._full >= QUESTION else self._holds_all
        return np.where(answers.take(ideas), ideas, -1)  # -1 is the last text, and stays -1

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

    def _apart(self, matched: Mask, within: Mask | None) -> Mask | None:
        """The texts told apart: who speaks answers in the place of what is said, and not as well.

        « Guivarc’h » gives what he said when nobody names him; « énergie » gives first what is
        said of it, whatever the syndicates are called.
        """
        if not self._by_name.any():
            return None
        said, named = matched & self._said, self._by_name
        if within is not None:
            said, named = said & within, named & within
        answers_better = not (named & self._holds_all).any() or (said & self._holds_all).any()
        return named if said.any() and named.any() and answers_better else None

    @property
    def documents(self) -> int:
        """How many texts it finds, filters applied."""
        return int(np.count_nonzero(self.kept))

    @property
    def by_words(self) -> int:
        """How many of them answer by themselves, not by their key idea."""
        if self._by_idea is None:
            return self.documents
        return int(np.count_nonzero(self.kept & ~self._by_idea))

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
        return int(np.count_nonzero(self.kept & self._holds_all))

    @property
    def total_unfiltered(self) -> int:
        """How many there would be without the filters."""
        return int(np.count_nonzero(self._matched))

    @property
    def total_said_by(self) -> int:
        """How many answer only by who speaks, and are told apart."""
        return 0 if self._told_apart is None else int(np.count_nonzero(self._told_apart))

    @property
    def heard(self) -> list[bool]:
        """For each unit of the question, whether a text holds it."""
        return [bool(mask.any()) for mask in self._by_unit]

    def tallies(self) -> dict[str, Tally]:
        """How many texts have the values of each facet, as if that facet were not in use."""
        narrowing = self._narrowing
        counts = narrowing.all_counts(self._numbers)
        for name in self._masks.keys() & counts.keys():
            counts[name] = narrowing.counts(name, self._rows_but(name))
        return {
            one.name: narrowing.tally(one, self._filters, counts[one.name])
            for one in narrowing.dimensions
        }

    def _rows_but(self, name: str) -> Rows:
        """The texts that match, and that the filters keep but one."""
        within = self._narrowing.kept(self._masks, but=name)
        return np.flatnonzero(self._matched if within is None else self._matched & within)

    @cached_property
    def _numbers(self) -> Ints:
        return np.flatnonzero(self.kept)

    def told_apart(self) -> dict[str, list[int]]:
        """How many of those are of each organisation that has a word, else of each person."""
        apart, columns = self._told_apart, self._columns
        if apart is None:
            return {}
        of_bodies = apart & self._named["organisation"] & (columns.organisations >= 0)
        rows = {"intervenant": apart & ~of_bodies, "organisation": of_bodies}
        return {
            name: self._narrowing.counts(name, np.flatnonzero(within)).tolist()
            for name, within in rows.items()
        }

    @cached_property
    def _named(self) -> dict[Via, Mask]:
        """For each way to be named, the texts whose speaker has one of the words."""
        looks = [look for unit in self._asked.wanted for look in unit.looks]
        return {
            via: self._asking.holding(look for look in looks if look.field == field)
            for via, field in FIELD_OF.items()
        }

    def _via(self, number: int) -> Via | None:
        if self._by_idea is not None and self._by_idea[number]:
            return "idee"
        if not self._by_name[number]:
            return None
        return next((via for via, mask in self._named.items() if mask[number]), None)

    @property
    def ranks_by_meaning(self) -> bool:
        """Whether meaning ranks too: it is asked for, or key ideas answer for a whole question.

        Read without its key idea, a short quote tells too little of what it means.
        """
        if self._query.order in ("sens", "date"):
            return self._query.order == "sens"
        return self._full >= QUESTION and self._ideas is not None and bool((self._ideas >= 0).any())

    def page(self, meant: Vector | None = None) -> list[Ranked]:
        """The hits of the page that the query asks for, in its order."""
        query, meaning = self._query, self._meaning
        first, last = (query.page - 1) * query.size, query.page * query.size
        numbers, scores = self._first(len(self._numbers) if query.one_each else last, meant)
        if query.one_each:
            kept = one_of_each(numbers, self._columns.speakers)
            numbers, scores = numbers[kept], scores[kept]
        numbers, scores = numbers[first:last], scores[first:last]
        close = meaning.likeness(meant, numbers).tolist() if meaning and meant is not None else ()
        return [
            Ranked(number, score, bool(self._holds_all[number]), self._via(number), likeness)
            for number, score, likeness in zip_longest(numbers.tolist(), scores.tolist(), close)
        ]

    def near(self, meant: Vector) -> list[Ranked]:
        """The quotes that are no hits, and near enough by meaning, closest first."""
        if not self._meaning:
            return []
        numbers, likeness = self._meaning.nearest(meant, ~self._matched)
        return [
            Ranked(number, close, holds_all=False, via="sens", likeness=close)
            for number, close in zip(numbers.tolist(), likeness.tolist(), strict=True)
        ]

    def _first(self, most: int, meant: Vector | None) -> tuple[Ints, Floats]:
        """The first hits in the order of the query, and their scores."""
        numbers, scores, columns = self._numbers, self._scores, self._columns
        if self._meaning and meant is not None:
            scores = meant_scores(scores, numbers, partial(self._meaning.likeness, meant))
        if not most or not len(numbers):
            return numbers, scores
        if self._themes is not None:
            nearness = columns.affinities, columns.strongest, self._themes
            return first_by_themes(numbers, scores, *nearness, most)
        first = first_of(numbers, scores, columns.days, self._query.order, most)
        return numbers[first], scores[first]

    @cached_property
    def _scores(self) -> Floats:
        """What each hit is worth for the words, and for those of its idea; hints add to it."""
        asking, wanted = self._asking, self._asked.wanted
        if not wanted:
            return self._unasked_scores()
        words = asking.scores(look for unit in wanted for look in (*unit.looks, *unit.hints))
        if self._ideas is None:
            return words.take(self._numbers)
        return backed_scores(words, self._numbers, self._ideas.take(self._numbers))

    def _unasked_scores(self) -> Floats:
        """Without words, what is most about the chosen themes comes first; else all are equal."""
        themes = next(one for one in self._narrowing.dimensions if one.attribute == "themes")
        slugs = [slug for slug, _ in themes.values]
        chosen = [slugs.index(slug) for slug in self._filters.themes if slug in slugs]
        if not chosen:
            return np.ones(len(self._numbers))
        return np.asarray(self._columns.affinities[self._numbers][:, chosen].sum(axis=1))

    @cached_property
    def _themes(self) -> Floats | None:
        if self._query.order != "themes":
            return None
        return query_themes(self._numbers, self._scores, self._columns.affinities)

    @property
    def themes(self) -> tuple[float, ...] | None:
        """How much the question is about each theme; None unless this ranks the page."""
        return None if self._themes is None else tuple(self._themes.tolist())

    def worth(self, looks: Sequence[Look], number: int) -> tuple[float, float]:
        """What some looks are worth in a text, and in the key idea that answers for it."""
        idea = -1 if self._ideas is None else int(self._ideas[number])
        own = self._asking.worth(looks, number)
        return own, self._asking.worth(looks, idea) if idea >= 0 else 0.0


def _said(unit: Unit) -> list[Look]:
    """The looks that meet what was said, not who said it."""
    return [look for look in unit.looks if look.field not in NAMED]


def _named(unit: Unit) -> list[Look]:
    """The looks that meet who said it."""
    return [look for look in unit.looks if look.field in NAMED]

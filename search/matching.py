"""The embedded engine: answers questions over arrays that have one row a text."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

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
    first_by_themes,
    first_of,
    one_of_each,
    query_themes,
)
from search.texts import Ranked, Row, Tally

MOST_TOLD = 40  # values of a facet; those that are chosen come besides

Rows = Ints | slice  # some texts, or all
_ALL = slice(None)


def _codes(columns: Columns, dimensions: Sequence[Dimension]) -> dict[str, Ints]:
    """The place of the one value that each text has, by the name of the dimension; -1: none."""
    years = [int(year) for one in dimensions if one.name == "annee" for year, _ in one.values]
    places = np.full(max(years, default=0) + 1, -1)
    places[years] = np.arange(len(years))
    return {
        "intervenant": columns.speakers,
        "organisation": columns.organisations,
        "webinaire": columns.webinars,
        "annee": places[np.clip(columns.years, 0, None)],
        "type": columns.kinds,
    }


class Narrowing:
    """Which texts the filters keep, and how many have each value: counted on codes.

    A text may be about several themes: its code is that of the set of them, and `_sets` says
    which themes each set has. The other codes count from 1, 0 is no value.
    """

    def __init__(self, columns: Columns, dimensions: tuple[Dimension, ...]) -> None:
        self._columns, self.dimensions = columns, dimensions
        self._sets, sets = np.unique(columns.themed, axis=0, return_inverse=True)
        codes = _codes(columns, dimensions).items()
        self._codes = {name: code.astype(np.intp) + 1 for name, code in codes}
        self._codes["theme"] = sets.astype(np.intp).ravel()
        self._ranks = {
            one.name: np.argsort(np.array(one.shown, dtype=np.intp)) for one in dimensions
        }
        self._places = {
            one.name: {value: place for place, (value, _) in enumerate(one.values)}
            for one in dimensions
        }

    def masks(self, filters: Filters) -> dict[str, Mask]:
        """The texts that each filter in use keeps, by the name of the filter."""
        days, masks = self._columns.days, dict[str, Mask]()
        for dimension in self.dimensions:
            if getattr(filters, dimension.attribute):
                chosen = self._chosen(dimension, filters)
                masks[dimension.name] = self._having(dimension.name, chosen)
        if filters.since:
            masks["du"] = days >= filters.since.toordinal()
        if filters.until:
            masks["au"] = (days <= filters.until.toordinal()) & (days > 0)
        return masks

    def _chosen(self, dimension: Dimension, filters: Filters) -> list[int]:
        where = self._places[dimension.name]
        return [where[value] for value in getattr(filters, dimension.attribute) if value in where]

    def _having(self, name: str, places: list[int]) -> Mask:
        codes = self._codes[name]
        if name == "theme":
            of_sets: Mask = np.logical_or.reduce(self._sets[:, places], axis=1)
            return of_sets[codes]
        return np.isin(codes, np.array(places, dtype=np.intp) + 1)

    def kept(self, masks: Mapping[str, Mask], *, but: str = "") -> Mask | None:
        """The texts that all the filters keep, one left aside; None: all of them."""
        used = [mask for name, mask in masks.items() if name != but]
        return np.logical_and.reduce(used) if used else None

    def counts(self, name: str, rows: Rows) -> Ints:
        """How many of some texts have each value of a dimension."""
        codes = self._codes[name][rows]
        if name == "theme":
            return np.asarray(np.bincount(codes, minlength=len(self._sets)) @ self._sets)
        return np.bincount(codes, minlength=len(self._ranks[name]) + 1)[1:]

    def tally(self, dimension: Dimension, filters: Filters, counts: Ints) -> Tally:
        """The values of a dimension that are told: the most frequent, and those that are chosen."""
        chosen, ranks = set(self._chosen(dimension, filters)), self._ranks[dimension.name]
        found = np.flatnonzero(counts)
        untold = 0
        if dimension.name == "annee":  # years stay in their order
            keys = ranks
        else:
            keys = ranks - counts * len(ranks)
            if len(found) > MOST_TOLD:
                told = found[np.argpartition(keys[found], MOST_TOLD)[:MOST_TOLD]]
                more = chosen.difference(told.tolist()).intersection(found.tolist())
                untold, found = len(found) - MOST_TOLD - len(more), told
        order = sorted(chosen.union(found.tolist()), key=keys.tolist().__getitem__)
        return Tally([(place, int(counts[place])) for place in order], untold)


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
        return _ALL if kept is None else np.flatnonzero(kept)

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
        everywhere = np.ones(asking.size, dtype=np.bool_)
        self._holds_all = np.logical_and.reduce(self._by_unit) if self._by_unit else everywhere
        self._masks = narrowing.masks(filters)
        within = narrowing.kept(self._masks)
        matched = self._matched_by_words()
        self._said = np.logical_or.reduce(said) if said else everywhere
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
            matched = np.logical_or.reduce(self._by_unit)
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
        return {
            one.name: narrowing.tally(
                one, self._filters, narrowing.counts(one.name, self._rows_but(one.name))
            )
            for one in narrowing.dimensions
        }

    def _rows_but(self, name: str) -> Rows:
        """The texts that match, and that the filters keep but one."""
        if name not in self._masks:
            return self._numbers
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
            for via, field in _NAMED.items()
        }

    def _via(self, number: int) -> Via | None:
        if self._by_idea is not None and self._by_idea[number]:
            return "idee"
        if not self._by_name[number]:
            return None
        return next((via for via, mask in self._named.items() if mask[number]), None)

    def page(self, meant: Vector | None = None) -> list[Ranked]:
        """The hits of the page that the query asks for, in its order."""
        query, meaning = self._query, self._meaning if self._query.order == "sens" else None
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
        others = (self._columns.kinds == KINDS.index("verbatim")) & ~self._matched
        numbers, likeness = self._meaning.nearest(meant, others)
        return [
            Ranked(number, close, holds_all=False, via="sens", likeness=close)
            for number, close in zip(numbers.tolist(), likeness.tolist(), strict=True)
        ]

    def _first(self, most: int, meant: Vector | None) -> tuple[Ints, Floats]:
        """The first hits in the order of the query, and their scores."""
        numbers, scores, columns = self._numbers, self._scores, self._columns
        if self._meaning and meant is not None and self._query.order == "sens":
            scores = self._meaning.mixed(meant, scores, numbers)
        scores = scores[numbers]
        if not most or not len(numbers):
            return numbers, scores
        if self._themes is not None:
            return first_by_themes(numbers, scores, columns.affinities, self._themes, most)
        first = first_of(numbers, scores, columns.days, self._query.order, most)
        return numbers[first], scores[first]

    @cached_property
    def _scores(self) -> Floats:
        """What each text is worth for the words, and for those of its idea; hints add to it."""
        asking, wanted = self._asking, self._asked.wanted
        if not wanted:
            return self._unasked_scores()
        words = asking.scores(wanted[0].looks)
        for unit in wanted[1:]:
            words += asking.scores(unit.looks)
        scored = words > 0 if self._by_idea is None else (words > 0) | self._by_idea
        words += asking.scores(hint for unit in wanted for hint in unit.hints)
        words[~scored] = 0
        return words if self._ideas is None else backed_scores(words, self._ideas)

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
        numbers = self._numbers
        return query_themes(numbers, self._scores[numbers], self._columns.affinities)

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

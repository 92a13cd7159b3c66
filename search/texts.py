"""The texts of one generation, as they are asked about: the seam for another engine.

An engine is asked whole questions (what a query finds, how many texts a filter keeps), never for
one value of every text: it may keep them in arrays of this process or on other machines.
Texts are numbered from 0, in the order of the write-ups.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from indexer.fields import StoredRecord
from indexer.vectors import Vector
from search.capacity import Deadline
from search.dimensions import Tally
from search.looks import Compiled, Look, Unit, Value, Via
from search.query import Filters, SearchQuery

Ask = tuple[Compiled, Filters]  # a question, and what narrows it


@dataclass(frozen=True, slots=True)
class Row:
    """A text as it is kept: its record, the place of its webinar, its affinity to each theme.

    `added` is the day on which it came, where the catalogue does not tell it.
    """

    record: StoredRecord
    webinar: int
    affinities: tuple[float, ...]
    added: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A text of a page of results. `via`: what answers for one that says none of the words.

    `likeness`: how close its meaning is to that of the question, where it was asked.
    """

    number: int
    score: float
    holds_all: bool
    via: Via | None
    likeness: float | None = None


class Found(Protocol):
    """What one question finds. Counting is cheap; a page is ranked when it is asked for."""

    @property
    def documents(self) -> int:
        """How many texts it finds, filters applied."""

    @property
    def by_words(self) -> int:
        """How many of them answer by themselves, not by their key idea."""

    @property
    def total(self) -> int:
        """How many hits there are: texts, or the people who said them."""

    @property
    def total_all(self) -> int:
        """How many of the texts hold all that was asked."""

    @property
    def total_unfiltered(self) -> int:
        """How many there would be without the filters."""

    @property
    def total_said_by(self) -> int:
        """How many answer only by who speaks, and are told apart."""

    @property
    def heard(self) -> list[bool]:
        """For each unit of the question, whether a text holds it."""

    @property
    def is_said_otherwise(self) -> bool:
        """Whether what is near by meaning is worth adding: no quote says all the words."""

    @property
    def ranks_by_meaning(self) -> bool:
        """Whether the order of the hits is also that of their meaning, where it can be told."""

    def page(self, meant: Vector | None = None) -> list[Ranked]:
        """The hits of the page that the query asks for, in its order.

        `meant` is the vector of the question, where meaning has its say in that order.
        """

    def near(self, meant: Vector) -> list[Ranked]:
        """The quotes that are no hits, and near enough by meaning, closest first."""

    def tallies(self) -> dict[str, Tally]:
        """How many texts have the values of each facet, as if that facet were not in use."""

    def told_apart(self) -> dict[str, list[int]]:
        """How many of those are of each organisation that has a word, else of each person."""

    @property
    def themes(self) -> tuple[float, ...] | None:
        """How much the question is about each theme; None unless this ranks the page."""

    def worth(self, looks: Sequence[Look], number: int) -> tuple[float, float]:
        """What some looks are worth in a text, and in the key idea that answers for it."""


class Texts(Protocol):
    """Questions to one generation; what is given belongs to one thread at a time."""

    size: int
    deadline: Deadline

    def found(self, asked: Compiled, filters: Filters, query: SearchQuery) -> Found:
        """What a question finds; `query` says how it is asked, its text is not looked at."""

    def counts(self, asked: Sequence[Ask], query: SearchQuery) -> list[int]:
        """How many texts each of some questions finds, its filters applied."""

    def together(self, rest: Ask, others: Sequence[Compiled | Value]) -> list[int]:
        """How many of the texts that hold all that `rest` asks hold each of some other things too.

        Nothing is ranked, and no key idea answers for its quotes.
        """

    def heard(self, units: Sequence[Unit]) -> list[bool]:
        """Whether a text holds each unit."""

    def records(self, numbers: Sequence[int]) -> list[Row]:
        """What is kept of some texts, in the order asked for."""

    def where(self, field: str, value: str) -> list[int]:
        """The texts whose `field` is exactly `value`."""

    def tallies(self, name: str, filters: Filters) -> list[int]:
        """How many texts that the filters keep have each value of the facet `name`."""

    def themes_by_webinar(self, filters: Filters) -> list[list[int]]:
        """For each webinar, how many texts that the filters keep are about each theme."""

    def related(self, number: int, lemmas: Sequence[str], but: Sequence[int]) -> list[int]:
        """The texts closest to one that has these lemmas, some left aside."""


class Engine(Protocol):
    """One generation, opened; threads may share it."""

    def asking(self) -> AbstractContextManager[Texts]:
        """Ask for the length of a block."""

    def close(self) -> None:
        """Free the files; call when nobody asks any more."""

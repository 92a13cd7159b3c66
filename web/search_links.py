"""The links of a results page: the same question with one thing changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import url_for

from corpus.typography import spaced
from search.answer import Answer, Order
from search.query import Filters, SearchQuery
from search.query_language import question_from
from web.request_query import FILTERS, arguments_from, default_order, filter_arguments
from web.typography import date_in_words


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address of the same search without it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """Addresses near `query`; whatever changes the hits goes back to their first page."""

    query: SearchQuery

    def page(self, number: int) -> str:
        return address_of(replace(self.query, page=number))

    def order(self, order: Order) -> str:
        return address_of(replace(self.query, order=order, page=1))

    def words(self, text: str) -> str:
        usual = self.query.order == default_order(self.query.text)
        order = default_order(text) if usual else self.query.order
        return address_of(replace(self.query, text=text, order=order, page=1, exact=False))

    def every_word(self, is_wanted: bool) -> str:
        return address_of(replace(self.query, every_word=is_wanted, page=1))

    def exact(self) -> str:
        """The words as they were typed, errors and all."""
        return address_of(replace(self.query, exact=True, page=1))

    def expand(self, is_wanted: bool) -> str:
        """With or without acronyms and synonyms."""
        return address_of(replace(self.query, expand=is_wanted, page=1))

    def explain(self, is_wanted: bool) -> str:
        return address_of(replace(self.query, explain=is_wanted))

    def one_each(self, is_wanted: bool) -> str:
        """One quote a speaker, or all of them."""
        return address_of(replace(self.query, one_each=is_wanted, page=1))

    def without_filters(self) -> str:
        """No filter is left, neither in the address nor among the words."""
        question = question_from(self.query.text)
        words = SearchLinks(replace(self.query, filters=Filters()))
        return words.words(question.without(*question.filters))

    def filter(self, name: str) -> "FilterLinks":
        """The links of one filter."""
        return FilterLinks(self, name)

    def toggle(self, name: str, value: str) -> str:
        """Choose a value of a filter, or let it go."""
        field = FILTERS[name]
        chosen: tuple[str, ...] = getattr(self.query.filters, field)
        kept = tuple(other for other in chosen if other != value)
        wanted = kept if value in chosen else (*chosen, value)
        changed: dict[str, Any] = {field: wanted}
        return self._narrowed(replace(self.query.filters, **changed))

    def hidden(self) -> list[tuple[str, str]]:
        """What a new search from this page keeps: the filters, the order, the ways of showing."""
        kept = filter_arguments(self.query.filters)
        if self.query.text and self.query.order != default_order(self.query.text):
            kept.append(("tri", self.query.order))
        if self.query.explain:
            kept.append(("pourquoi", "1"))
        if self.query.one_each:
            kept.append(("une_par_personne", "1"))
        return kept

    def chips(self, answer: Answer) -> Iterator[Chip]:
        """One chip for each filter in force, named as its facet names it."""
        labels = {(f.name, v.value): v.label for f in answer.facets for v in f.values}
        filters = self.query.filters
        for name, field in FILTERS.items():
            for value in getattr(filters, field):
                yield Chip(labels.get((name, value), value), self.toggle(name, value))
        if filters.since:
            label = f"depuis le {date_in_words(filters.since)}"
            yield Chip(label, self._narrowed(replace(filters, since=None)))
        if filters.until:
            label = f"jusqu’au {date_in_words(filters.until)}"
            yield Chip(label, self._narrowed(replace(filters, until=None)))
        for typed in answer.typed_filters:
            yield Chip(spaced(typed.label), self.words(typed.rest))

    def _narrowed(self, filters: Filters) -> str:
        return address_of(replace(self.query, filters=filters, page=1))


class FilterLinks:
    """The links of the values of one filter: a hundred on a page, alike but for the value."""

    def __init__(self, links: SearchLinks, name: str) -> None:
        self._links = links
        self._name = name
        self._chosen = getattr(links.query.filters, FILTERS[name])
        mark = f"{name}=%00"  # no word of a visitor is written so: its « = » would be « %3D »
        before, _, self._after = links.toggle(name, "\0").partition(mark)
        self._before = f"{before}{name}="

    def has(self, value: str) -> bool:
        """Say whether the address holds this value (a filter typed among the words may)."""
        return value in self._chosen

    def toggle(self, value: str) -> str:
        """Choose a value, or let it go."""
        if value in self._chosen:
            return self._links.toggle(self._name, value)
        return f"{self._before}{quote_plus(value)}{self._after}"


def address_of(query: SearchQuery) -> str:
    """The results page of a question."""
    page = url_for("pages.results")
    asked = urlencode(arguments_from(query))
    return f"{page}{'&' if '?' in page else '?'}{asked}" if asked else page


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages worth a link: first, last and the neighbours; None stands for a gap."""
    near = {1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)}
    numbers: list[int | None] = []
    for number in sorted(near):
        previous = numbers[-1] if numbers else 0
        if previous is not None and number - previous == 2:
            numbers.append(number - 1)
        elif previous is not None and number - previous > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers

"""From the address of a page to a `SearchQuery` and back: every state is in the address."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import Flask, current_app, g, request, url_for
from werkzeug.datastructures import MultiDict

from corpus.typography import spaced
from search.answer import Answer, FacetValue
from search.query import MAX_PAGE, PAGE_SIZE, Filters, Order, QueryRefused, SearchQuery
from web.typography import NBSP, date_in_words, quoted

MAX_VALUES = 20  # of one filter
MAX_VALUE_CHARACTERS = 100
MAX_LIMIT = 100
LIST_SIZE = 50  # lines of one page of a list, unless `limit` says otherwise

# The parameter of an address -> the field of `Filters`.
FILTERS = {
    "theme": "themes",
    "intervenant": "speakers",
    "organisation": "organisations",
    "webinaire": "webinars",
    "type": "kinds",
    "annee": "years",
}
ORDERS: dict[str, Order] = {
    "themes": "themes",
    "pertinence": "pertinence",
    "date": "date",
    "sens": "sens",
}
MEANING = ("oui", "non")
KINDS = ("verbatim", "idee")
VIEWS = ("compacte",)
BASKET = "panier"  # while a page is asked with one, the links of our pages carry it on
EMBEDDED_AS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}

_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[1-9][0-9]{3}")
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


def query_from(arguments: MultiDict[str, str], size: int = PAGE_SIZE) -> SearchQuery:
    """Read a question; raise `QueryRefused`, which says what is allowed, on a wrong value."""
    text = arguments.get("q", "").strip()
    return SearchQuery(
        text=text,
        filters=_filters_from(arguments),
        order=_order_from(arguments, text),
        page=whole_number(arguments, "page", 1, MAX_PAGE, default=1),
        size=size,
        every_word=_switch_from(arguments, "tous"),
        exact=_switch_from(arguments, "exact"),
        expand=not _switch_from(arguments, "sans_sigles"),
        explain=_switch_from(arguments, "pourquoi"),
        one_each=_switch_from(arguments, "une_par_personne"),
        meaning=_is_meant(arguments),
    )


def arguments_from(query: SearchQuery) -> list[tuple[str, str]]:
    """The shortest parameters that ask `query` again (its size is not in the address)."""
    pairs = [("q", query.text)] if query.text else []
    pairs += filter_arguments(query.filters)
    if query.order != default_order(query.text):
        pairs.append(("tri", query.order))
    if query.every_word:
        pairs.append(("tous", "1"))
    if query.exact:
        pairs.append(("exact", "1"))
    if not query.expand:
        pairs.append(("sans_sigles", "1"))
    if query.explain:
        pairs.append(("pourquoi", "1"))
    if query.one_each:
        pairs.append(("une_par_personne", "1"))
    if not query.meaning:
        pairs.append(("sens", "non"))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return pairs


def filter_arguments(filters: Filters) -> list[tuple[str, str]]:
    """The parameters of the filters alone."""
    pairs = [(name, value) for name, field in FILTERS.items() for value in getattr(filters, field)]
    if filters.since:
        pairs.append(("du", filters.since.isoformat()))
    if filters.until:
        pairs.append(("au", filters.until.isoformat()))
    return pairs


def default_order(text: str) -> Order:
    """Without words, no theme is stronger than another: the latest quotes come first."""
    return "themes" if text else "date"


def whole_number(
    arguments: MultiDict[str, str], name: str, least: int, most: int, default: int
) -> int:
    """Read a number that stands between two others."""
    value = arguments.get(name)
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise QueryRefused(
            f"{quoted(name)} vaut {quoted(_short(value))}{NBSP}: il faut un nombre entier "
            f"entre {least} et {most}."
        )
    return int(value)


def _order_from(arguments: MultiDict[str, str], text: str) -> Order:
    value = arguments.get("tri", "")
    if not value:
        return default_order(text)
    if value not in ORDERS:
        raise _not_one_of("Le tri", value, tuple(ORDERS))
    return ORDERS[value]


def _switch_from(arguments: MultiDict[str, str], name: str) -> bool:
    value = arguments.get(name, "")
    if value not in {"", "0", "1"}:
        raise _not_one_of(f"Le réglage {quoted(name)}", value, ("0", "1"))
    return value == "1"


def _is_meant(arguments: MultiDict[str, str]) -> bool:
    """Whether quotes near by meaning are wanted: they are, unless the address says no."""
    value = arguments.get("sens", "")
    if value not in {"", *MEANING}:
        raise _not_one_of(f"Le réglage {quoted('sens')}", value, MEANING)
    return value != "non"


def _filters_from(arguments: MultiDict[str, str]) -> Filters:
    chosen = {field: _values(arguments, name) for name, field in FILTERS.items()}
    for kind in chosen["kinds"]:
        if kind not in KINDS:
            raise _not_one_of("Le type", kind, KINDS)
    for year in chosen["years"]:
        if not _YEAR.fullmatch(year):
            raise QueryRefused(
                f"L’année {quoted(_short(year))} n’en est pas une{NBSP}: écrivez quatre chiffres, "
                "par exemple 2024."
            )
    since, until = _days(arguments)
    return Filters(**chosen, since=since, until=until)


def _days(arguments: MultiDict[str, str]) -> tuple[date | None, date | None]:
    """The first and the last day; whoever gives them the wrong way round is understood."""
    since, until = _day(arguments, "du", "01-01"), _day(arguments, "au", "12-31")
    if since and until and since > until:
        return _day(arguments, "au", "01-01"), _day(arguments, "du", "12-31")
    return since, until


def _values(arguments: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """The values of a filter, each once, in the order of the address."""
    values = tuple(dict.fromkeys(value for value in arguments.getlist(name) if value))
    if len(values) > MAX_VALUES:
        raise QueryRefused(f"Pas plus de {MAX_VALUES} valeurs pour le filtre {quoted(name)}.")
    for value in values:
        if len(value) > MAX_VALUE_CHARACTERS:
            raise QueryRefused(
                f"Une valeur du filtre {quoted(name)} est trop longue{NBSP}: "
                f"{MAX_VALUE_CHARACTERS} caractères au plus."
            )
    return values


def _day(arguments: MultiDict[str, str], name: str, edge: str) -> date | None:
    """A day, or the edge of a year when only the year is given."""
    value = arguments.get(name, "")
    if not value:
        return None
    day = f"{value}-{edge}" if _YEAR.fullmatch(value) else value
    try:
        if _DAY.fullmatch(day):
            return date.fromisoformat(day)
    except ValueError:
        pass  # the form of a day, and no day of the calendar
    raise QueryRefused(
        f"La date {quoted(_short(value))} du filtre {quoted(name)} n’en est pas une{NBSP}: "
        "écrivez 2024 ou 2024-03-12."
    )


def _not_one_of(what: str, value: str, allowed: tuple[str, ...]) -> QueryRefused:
    choices = " ou ".join([", ".join(allowed[:-1]), allowed[-1]])
    return QueryRefused(f"{what} {quoted(_short(value))} n’existe pas. Choisissez {choices}.")


def is_compact(arguments: MultiDict[str, str]) -> bool:
    """Whether results are wanted in few lines each."""
    value = arguments.get("vue", "")
    if value not in {"", *VIEWS}:
        raise QueryRefused(f"La vue {quoted(_short(value))} n’existe pas. Il y a la vue compacte.")
    return bool(value)


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"


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

    def said_by(self, name: str, value: str) -> str:
        """All that an organisation or a person said, whatever the words."""
        filters: dict[str, Any] = {FILTERS[name]: (value,)}
        narrowed = replace(self.query, filters=replace(self.query.filters, **filters))
        return SearchLinks(narrowed).words("")

    def one_each(self, is_wanted: bool) -> str:
        """One quote a speaker, or all of them."""
        return address_of(replace(self.query, one_each=is_wanted, page=1))

    def meaning(self, is_wanted: bool) -> str:
        """With or without the quotes near by meaning."""
        return address_of(replace(self.query, meaning=is_wanted, page=1))

    def without_filters(self, answer: Answer) -> str:
        """No filter is left, neither in the address nor among the words."""
        words = answer.words if answer.typed_filters else self.query.text
        return SearchLinks(replace(self.query, filters=Filters())).words(words)

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
        if not self.query.meaning:
            kept.append(("sens", "non"))
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

    def of(self, values: Iterable[FacetValue]) -> Iterator[tuple[str, int, str, bool]]:
        """The label and the count of each value, where it leads, and whether it is chosen."""
        for one in values:
            yield one.label, one.count, self.toggle(one.value), self.has(one.value)


def address_of(query: SearchQuery) -> str:
    """The results page of a question."""
    page = current_app.extensions["address"]("pages.results")
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


def export_address(query: SearchQuery, ending: str) -> str:
    """The export of a search, from its results page."""
    pairs = arguments_from(replace(query, page=1, explain=False))
    return f"/export.{ending}" + (f"?{urlencode(pairs)}" if pairs else "")


def feed_address(query: SearchQuery, page: int = 1) -> str:
    """The feed of a search, from its results page."""
    kept = replace(query, page=page, explain=False, order="date")
    pairs = [(name, value) for name, value in arguments_from(kept) if name != "tri"]
    return url_for("feeds.feed") + (f"?{urlencode(pairs)}" if pairs else "")


def discoveries(root: str) -> list[tuple[str, str]]:
    """The media types, and where programs read in each how to embed the page on show."""
    chosen = request.args.get(BASKET, "") if request.endpoint == "basket.page" else ""
    page = root + page_with(chosen)
    return [
        (media_type, f"{root}/oembed?{urlencode({'url': page, 'format': form})}")
        for form, media_type in EMBEDDED_AS.items()
    ]


def page_with(basket: object, anchor: str = "") -> str:
    """The page on show, with another basket."""
    if "others" not in g:
        g.others = urlencode([pair for pair in request.args.items(multi=True) if pair[0] != BASKET])
    held = str(basket)
    asked = "&".join(filter(None, [g.others, urlencode({BASKET: held}) if held else ""]))
    query = f"?{asked}" if asked else ""
    return request.script_root + request.path + query + (f"#{anchor}" if anchor else "")


def other_view() -> str:
    """The results on show, compact if they are not, and the other way round."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "vue"]
    if not request.args.get("vue"):
        pairs.append(("vue", "compacte"))
    return f"{request.script_root}{request.path}{'?' if pairs else ''}{urlencode(pairs)}"


def keep_basket() -> None:
    """Look once for the basket and the view of the page on show, before it makes its links."""
    g.carried = request.args.get(BASKET)
    g.view = request.args.get("vue")


def carry_on(endpoint: str, values: dict[str, Any]) -> None:
    """Give the basket of the page on show to the links that it makes, its view to the results."""
    if carried := g.get("carried"):
        values.setdefault(BASKET, carried)
    if endpoint == "pages.results" and (view := g.get("view")) in VIEWS:
        values.setdefault("vue", view)


def remembered_addresses(app: Flask) -> Callable[..., str]:
    """`url_for` for templates, where hundreds of links of a page differ by their values only."""

    def address(endpoint: str, **values: Any) -> str:
        if not all(map(_is_plain, values.values())):
            return app.url_for(endpoint, **values)
        links: dict[Hashable, str] = g.setdefault("links", {})
        asked = endpoint, *values
        if asked not in links:
            marks: dict[str, Any] = {name: f"\0{name}\0" for name in values}
            links[asked] = app.url_for(endpoint, **marks)
        link = links[asked]
        for name, value in values.items():
            link = link.replace(f"%00{name}%00", value, 1)
        return link

    return address


def _is_plain(value: Any) -> bool:
    """Say whether an address writes a value as it is."""
    return isinstance(value, str) and bool(_PLAIN.fullmatch(value))


def asset(name: str) -> str:
    """The address of one of our static files, which changes when the file does."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return sha256(content).hexdigest()[:8]

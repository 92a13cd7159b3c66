"""Reading an address: what is allowed, what is refused, and the way back."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.query import MAX_PAGE, Filters, QueryRefused, SearchQuery
from web.addresses import KINDS, ORDERS, arguments_from, query_from


def read(address: str) -> SearchQuery:
    return query_from(MultiDict(parse_qsl(address)))


def test_every_parameter_is_read() -> None:
    query = read(
        "q=vélo&theme=mobilite&theme=emploi&intervenant=ines-roy&organisation=la-roue"
        "&webinaire=w1&type=verbatim&annee=2021&annee=2024&du=2021-02-03&au=2024"
        "&tri=date&page=3&tous=1&exact=1&sens=non"
    )
    assert query == SearchQuery(
        text="vélo",
        filters=Filters(
            themes=("mobilite", "emploi"),
            speakers=("ines-roy",),
            organisations=("la-roue",),
            webinars=("w1",),
            kinds=("verbatim",),
            years=("2021", "2024"),
            since=date(2021, 2, 3),
            until=date(2024, 12, 31),
        ),
        order="date",
        page=3,
        every_word=True,
        exact=True,
        meaning=False,
    )


def test_with_words_themes_lead_and_without_words_the_latest() -> None:
    assert read("q=vélo").order == "themes"
    assert read("").order == "date"


def test_an_empty_or_unknown_parameter_says_nothing() -> None:
    assert read("q=&theme=&page=&utm_source=lettre") == SearchQuery(order="date")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tri=foo", "themes, pertinence, date ou sens"),
        ("page=abc", "entre 1 et 50"),
        ("page=0", "entre 1 et 50"),
        ("page=51", "entre 1 et 50"),
        ("page=-1", "entre 1 et 50"),
        ("page=٣", "entre 1 et 50"),
        ("du=xyz", "2024-03-12"),
        ("du=2023-02-30", "2024-03-12"),
        ("au=0000", "2024-03-12"),
        ("au=20240312", "2024-03-12"),
        ("du=0999", "2024-03-12"),
        ("type=video", "verbatim ou idee"),
        ("annee=hier", "quatre chiffres"),
        ("tous=oui", "0 ou 1"),
        ("pourquoi=oui", "0 ou 1"),
        ("sans_sigles=2", "0 ou 1"),
        ("sens=0", "oui ou non"),
        ("theme=" + "a" * 101, "100 caractères"),
        ("&".join(f"theme=t{n}" for n in range(21)), "20 valeurs"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(address: str, said: str) -> None:
    with pytest.raises(QueryRefused, match=said):
        read(address)


def test_a_long_wrong_value_is_cut_in_the_message() -> None:
    with pytest.raises(QueryRefused) as refusal:
        read("tri=" + "x" * 5000)
    assert len(str(refusal.value)) < 150


slugs = st.lists(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20})", fullmatch=True), max_size=3)
unique_slugs = slugs.map(lambda values: tuple(dict.fromkeys(values)))
days = st.dates(min_value=date(1000, 1, 1))


@st.composite
def queries(draw: st.DrawFn) -> SearchQuery:
    since, until = sorted([draw(days), draw(days)])
    return SearchQuery(
        text=draw(st.text(max_size=40)).strip(),
        filters=Filters(
            themes=draw(unique_slugs),
            speakers=draw(unique_slugs),
            kinds=draw(st.sampled_from([(), KINDS[:1], KINDS])),
            years=draw(st.sampled_from([(), ("2024",), ("2021", "2024")])),
            since=draw(st.sampled_from([None, since])),
            until=draw(st.sampled_from([None, until])),
        ),
        order=draw(st.sampled_from(list(ORDERS.values()))),
        page=draw(st.integers(1, MAX_PAGE)),
        every_word=draw(st.booleans()),
        expand=draw(st.booleans()),
        explain=draw(st.booleans()),
        one_each=draw(st.booleans()),
        exact=draw(st.booleans()),
        meaning=draw(st.booleans()),
    )


@given(queries())
def test_a_question_survives_its_address(query: SearchQuery) -> None:
    assert query_from(MultiDict(arguments_from(query))) == query


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ("du=2024-03-12&au=2021-06-10", date(2021, 6, 10), date(2024, 3, 12)),
        ("du=2024&au=2021", date(2021, 1, 1), date(2024, 12, 31)),
        ("du=2024&au=2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_days_given_the_wrong_way_round_are_understood(
    asked: str, since: date, until: date
) -> None:
    filters = query_from(MultiDict(parse_qsl(asked))).filters
    assert (filters.since, filters.until) == (since, until)

"""Days are read as French people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Days, QueryRefused, days_from, leading_date
from web.typography import date_in_words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-03-12", date(2022, 3, 12), date(2022, 3, 12)),
        ("03/2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("12/03/2022", date(2022, 3, 12), date(2022, 3, 12)),
        ("12.3.2022", date(2022, 3, 12), date(2022, 3, 12)),
        ("mars 2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("12 mars 2022", date(2022, 3, 12), date(2022, 3, 12)),
        ("1er mai 2021", date(2021, 5, 1), date(2021, 5, 1)),
        ("Août 2021", date(2021, 8, 1), date(2021, 8, 31)),
        ("aout 2021", date(2021, 8, 1), date(2021, 8, 31)),
        ("FEVRIER 2023", date(2023, 2, 1), date(2023, 2, 28)),
        ("déc. 2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("  sept 2020 ", date(2020, 9, 1), date(2020, 9, 30)),
    ],
)
def test_a_day_a_month_or_a_year_is_a_span_of_days(text: str, first: date, last: date) -> None:
    assert days_from(text) == Days(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "lundi",
        "mars",
        "12 mars",
        "0 mars 2022",
        "32 mars 2022",
        "30 février 2022",
        "brumaire 2022",
        "2022-00",
        "2022-13",
        "2022-02-30",
        "13/2022",
        "22",
        "0999",
        "99999",
        "٢٠٢٣",
        "2023 ou 2024",
    ],
)
def test_what_is_not_a_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QueryRefused, match="mars 2022"):
        days_from(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_any_day_that_we_write_is_read_back(day: date) -> None:
    for text in (date_in_words(day), day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert days_from(text) == Days(day, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mars 2022 vélo", "mars 2022"),
        ("12 mars 2022", "12 mars 2022"),
        ("1er  mai 2021", "1er  mai 2021"),
        ("sept. 2020", "sept. 2020"),
        ("mars vélo", ""),
        ("voiture 2022", ""),
        ("2022 mars", ""),
        ("mars 20222", ""),
    ],
)
def test_a_date_in_words_is_told_from_other_words(text: str, expected: str) -> None:
    assert leading_date(text) == expected

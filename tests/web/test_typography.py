"""French display, as tables; and the promise that marking never changes a text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Span
from corpus.typography import in_sentence
from web.typography import (
    asked,
    clock,
    date_in_words,
    found_in_words,
    marked_parts,
    paragraphs,
    percent,
    quoted,
    reading_time,
)

spans = st.builds(Span, st.integers(-5, 80), st.integers(-5, 80))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 3, 12), "12 mars 2024"),
        (date(2021, 5, 1), "1er mai 2021"),
        (date(2023, 8, 31), "31 août 2023"),
        (date(2022, 2, 2), "2 février 2022"),
        (date(2025, 12, 11), "11 décembre 2025"),
    ],
)
def test_a_date_is_said_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


@pytest.mark.parametrize(
    ("total", "verbatims", "ideas", "words"),
    [
        (9, 9, 0, "9\u00a0citations"),
        (1, 0, 1, "1\u00a0idée clé"),
        (29, 21, 8, "29\u00a0résultats\u00a0: 21\u00a0citations et 8\u00a0idées clés"),
        (3, 1, 1, "3\u00a0résultats"),  # counted otherwise than it is shared out
    ],
)
def test_what_is_found_is_told_by_kind(total: int, verbatims: int, ideas: int, words: str) -> None:
    assert found_in_words(total, {"verbatim": verbatims, "idee": ideas}) == words


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("Maire", "maire"),
        ("Élue à la culture", "élue à la culture"),
        ("DGS", "DGS"),
        ("France Travail", "France Travail"),
        ("", ""),
    ],
)
def test_a_function_is_in_lower_case_after_a_name(role: str, words: str) -> None:
    assert in_sentence(role) == words


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [(0, "00:00"), (59, "00:59"), (724, "12:04"), (3600, "1:00:00"), (3753, "1:02:33")],
)
def test_a_moment_reads_as_on_a_player(seconds: int, moment: str) -> None:
    assert clock(seconds) == moment


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (201, 2), (980, 5)])
def test_reading_time_is_rounded_up(words: int, minutes: int) -> None:
    assert reading_time(words) == f"{minutes}\u00a0min de lecture"


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0\u00a0%"), (0.003, "<\u00a01\u00a0%"), (0.256, "26\u00a0%"), (1, "100\u00a0%")],
)
def test_shares_are_percentages_and_never_vanish(share: float, expected: str) -> None:
    assert percent(share) == expected


def test_quotation_marks_hold_to_the_words() -> None:
    assert quoted("Bon.") == "«\u00a0Bon.\u00a0»"


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("vélo", "«\u00a0vélo\u00a0»"),
        ("« vélo cargo »", "« vélo cargo »"),
        ("« vélo » -« cargo »", "«\u00a0« vélo » -« cargo »\u00a0»"),
    ],
)
def test_a_phrase_is_not_quoted_twice(question: str, shown: str) -> None:
    assert asked(question) == shown


def test_paragraphs_are_parted_by_empty_lines() -> None:
    assert paragraphs("Un.\nEncore un.\n\n \nDeux.\n") == ["Un.\nEncore un.", "Deux."]


def test_marks_are_the_spans() -> None:
    parts = list(marked_parts("Le vélo monte", [Span(3, 7)]))
    assert parts == [("Le ", False), ("vélo", True), (" monte", False)]


def test_of_two_overlapping_marks_the_first_wins() -> None:
    parts = list(marked_parts("abcdef", [Span(2, 5), Span(0, 3)]))
    assert parts == [("abc", True), ("def", False)]


@given(st.text(max_size=60), st.lists(spans, max_size=6))
def test_no_letter_is_lost_or_added(text: str, highlights: list[Span]) -> None:
    assert "".join(piece for piece, _ in marked_parts(text, highlights)) == text

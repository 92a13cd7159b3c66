"""Numbers in French sentences."""

import pytest

from corpus.typography import counted, decimal, number


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0\u00a0citation"),
        (1, "1\u00a0citation"),
        (2, "2\u00a0citations"),
        (1234, "1\u202f234\u00a0citations"),
    ],
)
def test_the_plural_begins_at_two(count: int, words: str) -> None:
    assert counted(count, "citation") == words


def test_every_word_takes_the_plural_unless_another_is_given() -> None:
    assert counted(3, "idée clé") == "3\u00a0idées clés"
    assert counted(3, "compte rendu", "comptes rendus") == "3\u00a0comptes rendus"
    assert counted(1, "compte rendu", "comptes rendus") == "1\u00a0compte rendu"


def test_thousands_are_parted_by_a_narrow_space() -> None:
    assert number(1234567) == "1\u202f234\u202f567"


def test_figures_follow_a_comma() -> None:
    assert (decimal(0.9), decimal(12.346), decimal(4.44, 1)) == ("0,90", "12,35", "4,4")

"""What is shaped like the name of a person."""

import pytest

from corpus.extraction.names import mentions_in
from corpus.extraction.people import Roster
from corpus.extraction.signatures import signature
from corpus.records import Speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A. Tostivin", "A. Tostivin"),
        ("M. Armel Tostivin", "Armel Tostivin"),
        ("la Dre Annick Pelloutier", "Annick Pelloutier"),
        ("A Bourg, Léa Morin parle", "Léa Morin"),
    ],
)
def test_titles_are_no_names_and_initials_are(text: str, name: str) -> None:
    assert [mention.name for mention in mentions_in(text)] == [name]


def test_an_initial_may_be_that_of_a_page_number() -> None:
    roster = Roster([Speaker("Paula Reis")])
    assert signature(" P. Reis", roster).speaker == Speaker("Paula Reis")
    assert signature(" p. 12", roster).speaker is None

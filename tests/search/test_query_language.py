"""What a visitor types is read without ever failing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_CHARACTERS, QueryRefused
from search.query_language import Clause, question_from


def clauses(text: str) -> list[tuple[str, str, bool]]:
    return [(c.text, c.kind, c.excluded) for c in question_from(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("emploi local", [("emploi", "words", False), ("local", "words", False)]),
        ('"zéro chômeur"', [("zéro chômeur", "phrase", False)]),
        ("« zéro chômeur »", [("zéro chômeur", "phrase", False)]),
        ("“zéro chômeur”", [("zéro chômeur", "phrase", False)]),
        ("„zéro chômeur“ emploi", [("zéro chômeur", "phrase", False), ("emploi", "words", False)]),
        ("«\u202fzéro chômeur", [("zéro chômeur", "phrase", False)]),
        ("-voiture vélo", [("voiture", "words", True), ("vélo", "words", False)]),
        ('-"zéro chômeur"', [("zéro chômeur", "phrase", True)]),
        ("vélo SAUF voiture", [("vélo", "words", False), ("voiture", "words", True)]),
        ("vélo ET voiture", [("vélo", "words", False), ("voiture", "words", False)]),
        ("tiers-lieu", [("tiers-lieu", "words", False)]),
        ("l’emploi", [("l’emploi", "words", False)]),
        ("???  - ( )", []),
        ('""', []),
        ("", []),
        ("12:04", [("12:04", "words", False)]),
        ("https://exemple.example/a", [("https://exemple.example/a", "words", False)]),
    ],
)
def test_words_and_phrases_are_told_apart(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("intervenant:Fontanel eau", [("speakers", "Fontanel")]),
        ('Intervenante:"Odile Fontanel"', [("speakers", "Odile Fontanel")]),
        ("theme:mobilite thème:sante", [("themes", "mobilite"), ("themes", "sante")]),
        ("type:idee année:2023", [("kinds", "idee"), ("years", "2023")]),
        ("organisation:«Le Relais»", [("organisations", "Le Relais")]),
    ],
)
def test_filters_are_read_from_the_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(question_from(text).filters) == expected


def test_an_unknown_filter_is_told_and_its_value_still_looked_for() -> None:
    question = question_from("couleur:bleu")
    assert [c.text for c in question.clauses] == ["bleu"]
    assert "couleur:" in question.notes[0]


def test_either_joins_its_two_sides() -> None:
    question = question_from("vélo OU voiture train")
    assert question.clauses == (
        Clause("vélo", either=0),
        Clause("voiture", either=0),
        Clause("train"),
    )


def test_too_long_a_query_is_refused_in_french() -> None:
    with pytest.raises(QueryRefused, match="trop longue"):
        question_from("a" * (MAX_CHARACTERS + 1))


@given(st.text(max_size=MAX_CHARACTERS))
def test_nothing_that_is_typed_can_fail(text: str) -> None:
    question = question_from(text)
    assert all(clause.text.strip() for clause in question.clauses)

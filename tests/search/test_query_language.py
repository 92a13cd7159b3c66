"""What a visitor types is read without ever failing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    MAX_CHARACTERS,
    Clause,
    FilterClause,
    QueryRefused,
    Question,
    question_from,
)


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
        ("avant:2023", [("before", "2023")]),
        ("apres:mars 2022 vélo", [("after", "mars 2022")]),
        ("vélo après:2022-03-12", [("after", "2022-03-12")]),
        ('avant:"12 mars 2022"', [("before", "12 mars 2022")]),
        ("avant:12 mars 2022", [("before", "12 mars 2022")]),
        (
            "depuis:1er Août 2021 apres:déc. 2020",
            [("from", "1er Août 2021"), ("after", "déc. 2020")],
        ),
        ("apres:mars vélo", [("after", "mars")]),
        ("annee:mars 2022", [("years", "mars")]),
    ],
)
def test_filters_are_read_from_the_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.name, f.value) for f in question_from(text).filters] == expected


def test_an_unknown_filter_is_told_and_its_value_still_looked_for() -> None:
    question = question_from("couleur:bleu")
    assert [c.text for c in question.clauses] == ["bleu"]
    assert "couleur:" in question.notes[0]


def test_the_words_after_a_date_are_still_words() -> None:
    assert clauses("apres:mars 2022 vélo 2023") == [
        ("vélo", "words", False),
        ("2023", "words", False),
    ]


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("vélo voiture", 0, "voiture"),
        ("vélo OU voiture train", 0, "voiture train"),
        ("vélo OU voiture train", 1, "vélo train"),
        ("bus OU vélo OU train", 1, "bus OU train"),
        ("eau vélo OU train", 1, "eau train"),
        ("vélo SAUF voiture", 1, "vélo"),
        ("vélo ET voiture", 1, "vélo"),
        ("-voiture vélo", 0, "vélo"),
        ("« petite faim » vélo", 0, "vélo"),
        ("vélo theme:emploi", 0, "theme:emploi"),
        ("FOU vélo", 1, "FOU"),
    ],
)
def test_a_piece_goes_with_its_operator(text: str, place: int, expected: str) -> None:
    question = question_from(text)
    assert question.without(question.clauses[place]).wording == expected


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("bus SAUF vélo OU train", 1, "bus train"),
        ("bus ET vélo OU train", 1, "bus train"),
        ("bus SAUF theme:emploi vélo train", 1, "bus theme:emploi train"),
        ("bus OU SAUF vélo train", 1, "bus train"),
        ("vélo OU theme:emploi", 0, "theme:emploi"),
        ("eau eau", 0, "eau"),
    ],
)
def test_no_operator_is_left_to_another_piece(text: str, place: int, expected: str) -> None:
    question = question_from(text)
    assert question.without(question.clauses[place]).wording == expected


SAID = ["vélo", "-bus", '"un train"', "«tram»", "theme:emploi", "zzz:eau", "depuis:mars 2022", "-"]
TYPED = st.lists(st.sampled_from([*SAID, *SAID, "OU", "SAUF", "ET", "NOT", "-OU"]), max_size=12)


@given(TYPED, st.sets(st.integers(0, 11)), st.sampled_from(["", " ", "  "]))
def test_what_is_left_is_what_its_wording_asks(
    typed: list[str], places: set[int], space: str
) -> None:
    question = question_from(f" {space}".join(typed))
    pieces: list[Clause | FilterClause] = [*question.clauses, *question.filters]
    left = question.without(*(piece for place, piece in enumerate(pieces) if place in places))
    again = question_from(left.wording)
    assert meaning(again) == meaning(left)


def meaning(question: Question) -> tuple[object, ...]:
    """What a question asks, whatever the numbers of its groups."""
    numbers: dict[int, int] = {}
    groups = [
        None if clause.either is None else numbers.setdefault(clause.either, len(numbers))
        for clause in question.clauses
    ]
    said = [(clause.text, clause.kind, clause.excluded) for clause in question.clauses]
    return said, groups, question.filters


def test_a_reworded_question_is_read_as_it_is_written() -> None:
    question = question_from("vello OU -zzz:buss «tram» theme:emploi SAUF tran OU")
    changes = [(0, 5, "vélo"), (14, 18, "autobus"), (44, 48, "train")]
    meant = question.reworded(changes)
    assert meant == question_from(meant.text)
    assert meant.text == "vélo OU -zzz:autobus «tram» theme:emploi SAUF train OU"
    pieces: list[Clause | FilterClause] = [*meant.clauses, *meant.filters]
    for piece in pieces:
        again = question_from(meant.text).without(piece)
        assert meant.without(piece).wording == again.wording


def test_all_the_filters_go_at_once() -> None:
    question = question_from('theme:emploi vélo apres:mars 2022 OU voiture intervenant:"A B"')
    assert question.without(*question.filters).wording == "vélo OU voiture"
    assert question.without().wording == question.text


def test_a_filter_that_is_excluded_is_left_aside_and_told() -> None:
    question = question_from("-theme:emploi eau")
    assert question.filters == ()
    assert [clause.text for clause in question.clauses] == ["eau"]
    assert "-theme:emploi" in question.notes[0]


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
    pieces: list[Clause | FilterClause] = [*question.clauses, *question.filters]
    for piece in pieces:
        assert 0 <= piece.start < piece.end <= len(question.text)
        assert len(question.without(piece).wording) < max(1, len(question.text))

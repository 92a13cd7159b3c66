"""A whole query is repaired when it finds nothing, and a better one proposed when it finds less."""

import pytest

from search.answer import Answer
from search.live_index import Shelf
from search.query import Filters, SearchQuery

pytestmark = pytest.mark.model


def ask(library: Shelf, text: str, **options: object) -> Answer:
    with library.reading() as reading:
        return reading.search(SearchQuery(text, **options))  # type: ignore[arg-type]


def ids(answer: Answer) -> list[str]:
    return [hit.document.id for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vélloo", "vélo"),
        ("Ingéneirie", "Ingénierie"),
        ("COVIOTURAGE", "COVOITURAGE"),
        ("l’ingéneirie", "l’ingénierie"),
        ("kantine", "cantine"),
        ("Fontanell", "Fontanel"),
        ("annee:2024 kahier", "annee:2024 cahier"),
        ("coviotturage  -vélloo", "covoiturage  -vélloo"),
        ("bennevole", "bénévole"),
        ("messure", "mesure"),
    ],
)
def test_a_query_that_finds_nothing_is_repaired(typed: str, meant: str, library: Shelf) -> None:
    answer, right = ask(library, typed), ask(library, meant)
    assert (answer.query, answer.repaired, answer.suggestion) == (typed, meant, None)
    assert ids(answer) == ids(right) != []
    assert f"voici les résultats pour «\u00a0{meant}\u00a0»" in answer.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "vélo",
        "xylophone",
        "théâtre",
        "TZCLDX",
        "12345",
        '"kantine vélloo"',
        "intervenant:Fontanell",
        "-vélloo",
        "cantine annee:1999",
        "",
    ],
)
def test_nothing_is_repaired_without_a_typing_error(text: str, library: Shelf) -> None:
    answer = ask(library, text)
    assert (answer.repaired, answer.suggestion) == (None, None)


def test_when_something_is_found_the_better_query_is_only_proposed(library: Shelf) -> None:
    answer = ask(library, "cantine vélloo")
    assert answer.repaired is None
    assert answer.suggestion
    assert answer.suggestion.query == "cantine vélo"
    assert answer.suggestion.total == ask(library, "cantine vélo").total >= answer.total > 0


def test_a_repair_can_be_undone(library: Shelf) -> None:
    answer = ask(library, "vélloo", exact=True)
    assert (answer.total, answer.repaired) == (0, None)
    assert answer.suggestion
    assert answer.suggestion.query == "vélo"


def test_a_repair_too_long_to_be_asked_is_not_proposed(library: Shelf) -> None:
    answer = ask(library, "vélo " * 58 + "covoiturg")
    assert answer.total > 0
    assert answer.suggestion is None
    assert ask(library, "vélo " * 57 + "covoiturg").suggestion


def test_a_word_of_the_dictionary_is_not_taken_for_another(library: Shelf) -> None:
    answer = ask(library, "poulain")
    assert (answer.total, answer.repaired) == (0, None)
    assert ask(library, "cantine poulain").suggestion is None


def test_what_the_filters_would_leave_empty_is_not_proposed(library: Shelf) -> None:
    answer = ask(library, "vélloo", filters=Filters(years=("1999",)))
    assert (answer.total, answer.repaired, answer.suggestion) == (0, None, None)


def test_a_word_met_by_its_family_is_not_repaired(library: Shelf) -> None:
    answer = ask(library, "coopératrice")
    assert answer.total > 0
    assert answer.suggestion is None

"""A key idea answers for the quotes that back it, where no quote says what is asked."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from search.answer import Answer
from search.live_index import Shelf
from search.query import Filters, Order, SearchQuery
from tests.search.test_explanation import check
from tests.small_site import library_of

DOCTORS = KeyIdea("i1", 1, "Un médecin reste dans la commune qui accueille sa famille", "soin")
BUS = KeyIdea("i2", 2, "Le bus passe trop rarement", "soin")
MAYOR = Speaker("Jean Tilleul", "Maire", "commune de Vaux")
CARE = Webinar(
    "soin",
    "Se soigner, se déplacer",
    date(2024, 3, 12),
    speakers=(MAYOR,),
    key_ideas=(DOCTORS, BUS),
    verbatims=(
        Verbatim("c0", "Le marché ferme à midi."),
        Verbatim("a1", "On leur a trouvé une maison et une place en crèche.", None, DOCTORS),
        Verbatim("a2", "Sa compagne cherchait un poste.", MAYOR, DOCTORS),
        Verbatim("b1", "On attend sous la pluie.", None, BUS),
        Verbatim("b2", "Le bus de sept heures est plein.", None, BUS),
    ),
)
QUESTION = "comment attirer un médecin dans une petite commune ?"
BY_IDEA = {"i1": None, "a1": "idee", "a2": "idee"}


def ask(text: str, order: Order = "pertinence", **how: object) -> Answer:
    with library_of(CARE).reading() as reading:
        return reading.search(SearchQuery(text, order=order, **how))  # type: ignore[arg-type]


def via(answer: Answer) -> dict[str, str | None]:
    return {hit.document.id: hit.via for hit in answer.hits}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (QUESTION, BY_IDEA),
        ("accueil des médecins à la campagne", BY_IDEA),
        (f"{QUESTION} type:verbatim", {"a1": "idee", "a2": "idee"}),
        ("médecin famille", BY_IDEA),  # it says both
        ("médecin campagne", {"i1": None}),  # of two words, one is not enough
        ("médecin", {"i1": None}),
        ("il y en a dans la commune", {"i1": None}),  # small words do not count
        ("bus sept plein", {"b2": None, "i2": None}),  # a quote says it all
        ("attirer médecin commune -pluie", {"i1": None}),
        ('attirer médecin "dans la commune"', {"i1": None}),
        ("attirer OU médecin petite famille", {"i1": None}),
        ("attirer licorne poney", {}),
    ],
)
def test_an_idea_answers_for_its_quotes_when_no_quote_says_it_all(
    text: str, found: dict[str, str | None]
) -> None:
    answer = ask(text, exact=True)
    assert via(answer) == found
    assert answer.total == len(found)


def test_all_the_words_are_asked_of_the_quotes_themselves() -> None:
    assert via(ask("médecin commune famille", every_word=True)) == {"i1": None}
    answer = ask("médecin commune famille")
    assert (answer.total, answer.total_all) == (3, 1)


def test_an_idea_comes_before_what_it_brings_and_lifts_what_says_a_word() -> None:
    assert next(iter(via(ask(QUESTION)))) == "i1"
    answer = ask("à quelle heure passe le bus du soir")
    assert via(answer) == {"b2": None, "i2": None, "b1": "idee"}
    assert next(hit.document.id for hit in answer.hits) == "b2"


@pytest.mark.parametrize("order", ["pertinence", "themes", "date"])
def test_what_an_idea_brings_is_explained_by_it(order: Order) -> None:
    answer = ask(QUESTION, order, explain=True)
    check(answer)
    ways = {
        hit.document.id: {way.label for word in hit.explanation.words for way in word.ways}
        for hit in answer.hits
        if hit.explanation
    }
    assert "dans l’idée clé" in ways["a1"] & ways["a2"]
    assert "dans l’idée clé" not in ways["i1"]


def test_facets_count_what_ideas_bring() -> None:
    answer = ask(QUESTION)
    for facet in answer.facets:
        for value in facet.values:
            names = {"type": "kinds", "webinaire": "webinars", "intervenant": "speakers"}
            if facet.name in names:
                filters = replace(Filters(), **{names[facet.name]: (value.value,)})  # type: ignore[arg-type]
                assert ask(QUESTION, filters=filters).total == value.count


def test_who_speaks_is_no_reason_where_the_idea_is_one() -> None:
    answer = ask("le maire accueille un médecin")
    assert via(answer) == BY_IDEA
    assert answer.total_said_by == 0


def test_what_ideas_bring_does_not_hide_a_typing_error() -> None:
    answer = ask("bus sept pllein")
    assert answer.suggestion
    assert (answer.suggestion.query, answer.suggestion.total) == ("bus sept plein", 2)


def test_the_idea_of_each_quote_is_the_one_it_backs(library: Shelf) -> None:
    with library.reading() as reading:
        documents = list(reading.everything())
        ideas = reading._reader.generation.columns.ideas.tolist()
    for document, number in zip(documents, ideas, strict=True):
        backed = document.key_idea if document.kind == "verbatim" else None
        assert (documents[number].id if number >= 0 else None) == (backed and backed.id)

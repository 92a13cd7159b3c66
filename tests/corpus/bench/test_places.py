"""Where verbatims stand on their page, and the words between two places."""

import pytest

from corpus.bench.places import PageWords, Piece, Spot
from corpus.problems import CorpusError

LINES = [
    "Des vergers pour tous",
    "«\u00a0L’arbre pousse seul, explique-t-elle, quand on le laisse enfin pousser.\u00a0» Ana Lu",
    "« Oui. » Noé Vial",
    "Puis vient la taille.",
    "« Oui. » Ana Lu",
    "Deux lignes d’un même",
    "propos que l’on coupe.",
]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("L'arbre  pousse seul,", (Piece(1, 2, 22),)),
        ("Oui.", (Piece(2, 2, 6),)),
        ("d’un même\npropos que", (Piece(5, 12, 21), Piece(6, 0, 10))),
        ("L’arbre pousse seul, quand on le laisse", (Piece(1, 2, 22), Piece(1, 40, 58))),
        ("rien de tel n’a été dit", ()),
        ("L’arbre pousse seul, puis il tombe de haut", ()),
    ],
)
def test_a_text_is_found_whatever_its_spaces(text: str, places: tuple[Piece, ...]) -> None:
    assert PageWords(LINES).places_of([text]) == [places]


def test_a_text_said_twice_is_found_twice() -> None:
    first, second = PageWords(LINES).places_of(["Oui.", "Oui."])
    assert (first[0].line, second[0].line) == (2, 4)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (Spot(1, 0), Spot(1, 22), "L’arbre pousse seul,"),
        (Spot(5, 12), Spot(6, 10), "d’un même\npropos que"),
        (Spot(2, 1), Spot(2, 7), "Oui."),
    ],
)
def test_marked_words_come_as_they_are_without_the_marks_around(
    start: Spot, end: Spot, text: str
) -> None:
    assert PageWords(LINES).between(start, end) == text


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (Spot(2, 0), Spot(2, 2)),
        (Spot(3, 4), Spot(3, 4)),
        (Spot(6, 2), Spot(5, 2)),
        (Spot(90, 0), Spot(91, 0)),
        (Spot(-1, 0), Spot(0, 3)),
        (Spot(0, 0), Spot(0, 900)),
    ],
)
def test_what_is_no_word_of_the_page_is_refused(start: Spot, end: Spot) -> None:
    with pytest.raises(CorpusError):
        PageWords(LINES).between(start, end)

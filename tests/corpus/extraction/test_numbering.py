"""The number of an idea is read in all the ways pages write it, and figures in a text are not."""

import pytest

from corpus.extraction.marks import lone_number, numbering_of


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("1. Garder l’eau", 1, "Garder l’eau"),
        ("2) Garder l’eau", 2, "Garder l’eau"),
        ("3/ Garder l’eau", 3, "Garder l’eau"),
        ("4 - Garder l’eau", 4, "Garder l’eau"),
        ("5 – Garder l’eau", 5, "Garder l’eau"),
        ("(6) Garder l’eau", 6, "Garder l’eau"),
        ("7° Garder l’eau", 7, "Garder l’eau"),
        ("1°) Garder l’eau", 1, "Garder l’eau"),
        ("n°8 : Garder l’eau", 8, "Garder l’eau"),
        ("#9 Garder l’eau", 9, "Garder l’eau"),
        ("1\ufe0f\u20e3 Garder l’eau", 1, "Garder l’eau"),
        ("③ Garder l’eau", 3, "Garder l’eau"),
        ("❷ Garder l’eau", 2, "Garder l’eau"),
        ("I. Garder l’eau", 1, "Garder l’eau"),
        ("IV - Garder l’eau", 4, "Garder l’eau"),
        ("A) Garder l’eau", 1, "Garder l’eau"),
        ("B – Garder l’eau", 2, "Garder l’eau"),
        ("Idée n°1 : Garder l’eau", 1, "Garder l’eau"),
        ("Idée-force 2. Garder l’eau", 2, "Garder l’eau"),
        ("Point-clef 3 : Garder l’eau", 3, "Garder l’eau"),
        ("Point clé n° 4 – Garder l’eau", 4, "Garder l’eau"),
        ("À retenir #5 – Garder l’eau", 5, "Garder l’eau"),
        ("IDÉE FORTE N°6 : GARDER L’EAU", 6, "GARDER L’EAU"),
        ("Axe II : Garder l’eau", 2, "Garder l’eau"),
        ("Premier enseignement : garder l’eau", 1, "garder l’eau"),
        ("Deuxième idée clé – Garder l’eau", 2, "Garder l’eau"),
        ("🔹 Idée clé 1 – Garder l’eau", 1, "Garder l’eau"),
        ("➜ 2. Garder l’eau", 2, "Garder l’eau"),
    ],
)
def test_the_number_of_an_idea(line: str, number: int, text: str) -> None:
    found = numbering_of(line)
    assert found is not None
    assert (found.number, found.text) == (number, text)


@pytest.mark.parametrize(
    "line",
    [
        "12 000 habitants ont répondu",
        "2 mai 2023",
        "10:30 Accueil",
        "3,5 millions",
        "Une idée",
        "1",
    ],
)
def test_figures_of_a_text_number_nothing(line: str) -> None:
    assert numbering_of(line) is None


def test_a_heading_may_have_a_bare_number() -> None:
    assert numbering_of("01 Ouvrir la porte") is None
    found = numbering_of("01 Ouvrir la porte", is_heading=True)
    assert found is not None
    assert (found.number, found.text) == (1, "Ouvrir la porte")


@pytest.mark.parametrize(
    ("line", "number"), [("2", 2), ("02.", 2), ("Idée n°3", 3), ("Point-clé 4 :", 4), ("#5", 5)]
)
def test_a_number_alone_on_its_line(line: str, number: int) -> None:
    found = lone_number(line)
    assert found is not None
    assert found.number == number

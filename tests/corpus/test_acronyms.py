"""Acronyms are learnt from the texts that explain them."""

import pytest

from indexer.catalogue import acronyms_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On fait de l’économie sociale et solidaire (ESS).",
            [("ESS", "économie sociale et solidaire")],
        ),
        (
            "Territoire zéro chômeur de longue durée (TZCLD), quoi",
            [("TZCLD", "Territoire zéro chômeur de longue durée")],
        ),
        (
            "le pôle d’équilibre territorial et rural (PETR) du coin",
            [("PETR", "pôle d’équilibre territorial et rural")],
        ),
        ("Le ZAN (zéro artificialisation nette) arrive", [("ZAN", "zéro artificialisation nette")]),
        (
            "un plan local d’urbanisme intercommunal (PLUi)",
            [("PLUi", "plan local d’urbanisme intercommunal")],
        ),
        ("la mairie (voir plus haut) et la CAF (ouverte)", []),
        ("nous étions tous là (ESS)", []),
        ("la région (R) et l’État (FR)", []),
        ("trois communes (Vaucelle)", []),
        ("", []),
    ],
)
def test_an_explained_acronym_is_learnt(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(acronyms_in(text)) == expected

"""What people do is told by its place beside their name."""

import pytest

from corpus.extraction.roles import (
    is_body,
    is_trade,
    role_and_organisation,
    with_cards_joined,
)
from corpus.reading.blocks import Block, BlockKind


@pytest.mark.parametrize(
    "text",
    [
        "cycliste de 78 ans",
        "aidant de son épouse",
        "forgeron",
        "placière à Bourg",
        "marchand de fruits",
        "cheffe de projet",
        "sage-femme",
    ],
)
def test_a_noun_beside_a_name_is_a_trade(text: str) -> None:
    assert is_trade(text)


@pytest.mark.parametrize(
    "text",
    [
        "accompagnée de son équipe",
        "hier à Paris",
        "qui anime la soirée",
        "explique le projet",
        "travaillant à Bourg",
        "Bourg",
        "28 ans",
        "",
    ],
)
def test_other_words_beside_a_name_are_not(text: str) -> None:
    assert not is_trade(text)


@pytest.mark.parametrize("text", ["agence Traverses", "communauté de communes du Val d’Arve"])
def test_a_body_may_begin_with_a_small_letter(text: str) -> None:
    assert is_body(text)
    assert role_and_organisation(f"urbaniste, {text}") == ("urbaniste", text)


def test_a_second_role_is_no_body() -> None:
    assert role_and_organisation("maire, président") == ("maire", "")
    assert role_and_organisation("maire de Bourg, vallée de la Loue") == ("maire", "Bourg")


def test_a_cell_that_names_a_body_is_no_part_of_the_role() -> None:
    cells = role_and_organisation("directrice d’école, école Louise-Weil")
    assert cells == ("directrice d’école", "école Louise-Weil")


def test_a_name_takes_the_role_and_the_body_below_it() -> None:
    lines = {1: "Léa Morin", 2: "Maire", 3: "Ville de Bourg", 5: "Paul Serre", 6: "Boulanger"}
    lines |= {
        7: "Luc Brun, potier",
        8: "Ce qu’il faut retenir",
        9: "Anne Prat",
        10: "« Tout va bien. »",
    }
    blocks = [Block(BlockKind.PARAGRAPH, text, line) for line, text in lines.items()]
    assert [block.text for block in with_cards_joined(blocks)] == [
        "Léa Morin, Maire, Ville de Bourg",
        "Paul Serre, Boulanger",
        "Luc Brun, potier",
        "Ce qu’il faut retenir",
        "Anne Prat",
        "« Tout va bien. »",
    ]

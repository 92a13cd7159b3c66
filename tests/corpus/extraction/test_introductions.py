"""People are met where the page presents them."""

import pytest

from corpus.extraction.people import speakers_introduced
from corpus.reading.blocks import Block, BlockKind


def people_in(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[tuple[str, str, str]]:
    return [(s.name, s.role, s.organisation) for s in speakers_introduced([Block(kind, text, 1)])]


LEA = ("Léa Morin", "directrice", "coopérative Oasis")


@pytest.mark.parametrize(
    "text",
    [
        "Avec Léa Morin, directrice de la coopérative Oasis.",
        "Léa Morin, directrice de la coopérative Oasis, a partagé sa vision.",
        "En fin de journée, Mme Léa Morin, directrice de la coopérative Oasis, est venue.",
        "Léa Morin (directrice de la coopérative Oasis) présente son projet.",
        "La ferme “Grand Chemin” (GC) - Léa Morin, directrice de la coopérative Oasis",
        "La directrice de la coopérative Oasis, Léa Morin, était présente.",
        "Léa Morin – directrice de la coopérative Oasis",
        "Léa Morin : directrice de la coopérative Oasis",
    ],
)
def test_one_person_is_met(text: str) -> None:
    assert people_in(text) == [LEA]


@pytest.mark.parametrize("joint", [", et ", " et ", ", ", " ; "])
def test_two_people_are_told_apart(joint: str) -> None:
    text = f"Léa Morin, directrice de la coopérative Oasis{joint}Jean-Noël D’Arc, maire de Bourg"
    assert people_in(text) == [LEA, ("Jean-Noël D’Arc", "maire", "Bourg")]


def test_a_list_may_give_the_organisation_alone() -> None:
    assert people_in("Léa Morin, Association Oasis", BlockKind.LIST_ITEM) == [
        ("Léa Morin", "", "Association Oasis")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le programme Territoire Nouveau, directeur de la stratégie locale",
        "Pôle Emploi, responsable du suivi",
        "La Politique Agricole Commune (PAC) change.",
        "Val de Garonne, coordinatrice du réseau",
        "Rien ici.",
    ],
)
def test_a_body_is_nobody(text: str) -> None:
    assert people_in(text) == []


@pytest.mark.parametrize(
    ("names", "described"),
    [
        ("Léa Morin et Noé Lepic, maraîchers à Vaux.", 2),
        ("Avec Léa Morin et Noé Lepic (maraîchers à Vaux).", 2),
        ("Léa Morin, Ana Rive et Noé Lepic, maraîchers à Vaux", 3),
        ("Les maraîchers Léa Morin et Noé Lepic, maraîchers à Vaux, et Ana Rive", 2),
        ("Mme Léa Morin et M. Noé Lepic, maraîchers à Vaux", 2),
    ],
)
def test_those_named_together_share_a_role(names: str, described: int) -> None:
    found = people_in(names)
    assert [(role, body) for _, role, body in found] == [("maraîchers", "Vaux")] * described


@pytest.mark.parametrize(
    "text", ["Oui, les apprentis m’ont aidé.", "Bon, les élus ont voté.", "Non, le maire a refusé."]
)
def test_a_word_before_a_comma_is_nobody(text: str) -> None:
    assert people_in(text) == []


@pytest.mark.parametrize("unit", ["service des archives", "pôle jeunesse", "cellule forêt"])
def test_a_part_of_a_body_is_no_role(unit: str) -> None:
    line = f"Avec Rita Sol, {unit}, et Oscar Brun, luthier."
    found = speakers_introduced([Block(BlockKind.PARAGRAPH, line, 1)])
    assert (found[0].role, found[0].organisation) == ("", unit)


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Léa Morin est la directrice de la coopérative Oasis.", LEA),
        ("Léa Morin, qui est aujourd’hui en congé, lit.", None),
        ("Léa Morin est directrice de la coopérative Oasis depuis 2012.", LEA),
        ("Léa Morin est fatiguée.", None),
        ("Comme dit Léa Morin, du Muséum d’Orles.", ("Léa Morin", "", "Muséum d’Orles")),
        ("Poy, saisonnier et masseur", ("Poy", "saisonnier et masseur", "")),
    ],
)
def test_those_who_are_quoted_may_be_described_anywhere(
    text: str, described: tuple[str, str, str] | None
) -> None:
    page = Block(BlockKind.PARAGRAPH, text, 1)
    found = [(s.name, s.role, s.organisation) for s in speakers_introduced([page], ["Poy"])]
    assert found == ([described] if described else [])


def test_what_is_said_again_and_more_is_kept() -> None:
    lines = ["Le professeur Jean Aubry parle.", "Jean Aubry, professeur d’économie, répond."]
    blocks = [Block(BlockKind.PARAGRAPH, text, at) for at, text in enumerate(lines)]
    assert [(s.role, s.organisation) for s in speakers_introduced(blocks)] == [
        ("professeur d’économie", "")
    ]

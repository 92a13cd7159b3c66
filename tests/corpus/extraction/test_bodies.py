"""Bodies that speak without a name of their own, and things that never do."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text
from tests.corpus.extraction.test_antecedents import HEAD, SAID, extracted, speakers_of
from tests.doubts import doubtful_lines


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("La préfecture précise que « {} ».", "la préfecture"),
        ("L’agence de santé, sollicitée, répond que « {} ».", "l’agence de santé"),
        ("La coopérative laitière nous écrit : « {} »", "la coopérative laitière"),
        ("« {} », rappelle le rectorat.", "le rectorat"),
        ("« {} », affirme la sous-préfecture de Rives.", "la sous-préfecture de Rives"),
    ],
)
def test_a_body_without_a_name_of_its_own_speaks(line: str, speaker: str) -> None:
    assert speakers_of(line, "Le pont rouvre ses portes\n\nLes travaux ont duré.\n\n") == [speaker]


def test_a_body_that_is_but_told_of_does_not() -> None:
    assert speakers_of("Léa Morin parle de la préfecture : « {} »") == ["Léa Morin"]


def test_the_mayor_of_another_town_is_another() -> None:
    found = extracted("Paul Vasseur reçoit. « {} », répond le maire de Bourg-sur-Lot.")
    assert found.verbatims[0].line in doubtful_lines(found)
    assert speakers_of("Paul Vasseur reçoit. « {} », répond le maire de Rives.") == ["Paul Vasseur"]


@pytest.mark.parametrize(
    "line",
    [
        "Zoé Vial a lancé la fête. « {} », explique cette Bretonne.",
        "Zoé Vial y croit, grâce à Léa Morin. « {} », a d’ailleurs commenté cette dernière.",
    ],
)
def test_what_follows_this_means_whoever_was_named_last(line: str) -> None:
    assert speakers_of(line) == ["Léa Morin" if "Léa" in line else "Zoé Vial"]


def test_a_place_is_not_called_by_a_name_that_ends_with_it() -> None:
    text = HEAD + "Osons Rives a grandi. Zoé Vial arrive à Rives. « {} »"
    found = extraction_from(page_from_text(text.replace("{}", SAID).encode()))
    assert "Osons Rives" not in {said.speaker for said in found.verbatims}


def test_whoever_is_named_in_the_words_of_others_is_not_near() -> None:
    lines = "Entendu hier : « {} » « Vous êtes le bras armé de Nino Rey, et voilà tout ! »"
    assert speakers_of(lines)[0] != "Nino Rey"


def test_the_role_of_a_guest_does_not_answer() -> None:
    asked = [
        "Quel est votre rôle ?", "Je suis Product Design Director, et je dessine des parcours.",
        "Qui vous a formée ?", "Je dois beaucoup à mes professeurs de dessin.",
        "Et demain ?", "Je voudrais transmettre ce que j’ai appris.",
    ]  # fmt: skip
    head = (
        "Paroles de dessinatrices\n\nÉpisode 1 : Zoé Vial, Product Design Director chez Oasis.\n\n"
    )
    assert set(speakers_of("\n\n".join(asked), head)) == {"Zoé Vial"}


def test_whoever_is_told_of_by_which_is_the_subject() -> None:
    line = "Léa Morin compte un tour d’avance sur Zoé Vial, qui juge la piste « {} »."
    assert speakers_of(line) == ["Zoé Vial"]


def test_a_title_before_a_name_is_no_first_name() -> None:
    lines = "Mme Zulma Vial, bobineuse\n\n« {} »\n\nMme Flore et M. Noé Rey, tisseurs\n\n« {} »"
    assert speakers_of(lines, "Souvenirs du tissage\n\n")[0] == "Zulma Vial"

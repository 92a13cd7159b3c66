"""Whom a pronoun or a description means, and when the page does not tell."""

import pytest

from corpus.extraction.extracted import Extraction
from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text
from tests.doubts import doubtful_lines

SAID = "On apprend mieux quand on fait les choses ensemble."
HEAD = """La ferme du plateau rouvre ses portes

Léa Morin est directrice de la coopérative Oasis. Paul Vasseur, maire de Rives, la soutient.

"""


def extracted(lines: str, head: str = HEAD) -> Extraction:
    return extraction_from(page_from_text((head + lines.replace("{}", SAID)).encode()))


def speakers_of(lines: str, head: str = HEAD) -> list[str | None]:
    return [said.speaker for said in extracted(lines, head).verbatims]


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Léa Morin reçoit Paul Vasseur. « {} », dit-elle.", "Léa Morin"),
        ("Léa Morin reçoit Paul Vasseur. « {} », dit-il.", "Paul Vasseur"),
        ("Léa Morin reçoit Paul Vasseur. « {} », s’enthousiasme ce dernier.", "Paul Vasseur"),
        ("Paul Vasseur reçoit Léa Morin. « {} », ajoute cette dernière.", "Léa Morin"),
        ("Léa Morin reçoit le public. « {} », explique la jeune femme.", "Léa Morin"),
        ("Léa Morin reçoit le public. « {} », sourit la trentenaire.", "Léa Morin"),
        ("Paul Vasseur reçoit Léa Morin. « {} », commente l’élu.", "Paul Vasseur"),
        ("Paul Vasseur a écouté. « {} », a-t-il tenté de convaincre.", "Paul Vasseur"),
        ("Paul Vasseur a écouté. « {} », a-t-il dit à Léa Morin.", "Paul Vasseur"),
        ("Paul Vasseur a écouté. Selon ses dires, « {} »", "Paul Vasseur"),
        ("« {} », explique Paul Vasseur. Et de conclure : « {} »", "Paul Vasseur"),
        ("« {} », explique Paul Vasseur. Avant d’ajouter : « {} »", "Paul Vasseur"),
        ("Léa Morin ouvre la grange. « {} », confie la flûtiste-dompteuse.", "Léa Morin"),
        ("Paul Vasseur ouvre la grange. « {} », témoigne le correspondant local.", "Paul Vasseur"),
        ("Madame Vial tient à dire sa joie. « {} »", "Madame Vial"),
        ("Zoé Vial, bergère chez Sud Brebis, acquiesce sans hésiter.\n\n« {} »", "Zoé Vial"),
        ("« {} », dit Léa Morin.\n\nZoé Vial, bergère, acquiesce.\n\n« {} ».", "Zoé Vial"),
        ("« {} », dit Zoé Vial.\n\n« {} »", "Zoé Vial"),
        ("« {} », souligne Dr. Zoé Vial, bergère.", "Zoé Vial"),
        ("Pour la paysanne Léa Morin, tout va. « {} », précise-t-elle.", "Léa Morin"),
    ],
)
def test_a_reference_is_followed_to_the_person(line: str, speaker: str) -> None:
    assert speakers_of(line)[-1] == speaker


@pytest.mark.parametrize(
    "line",
    [
        "Léa Morin vient de loin. Son père a tout vu. « {} », raconte-t-il.",
        "Léa Morin vient de loin. Un collègue a tout vu. « {} », raconte-t-il.",
        "Paul Vasseur reçoit. « {} », répond le maire de Bourg-sur-Lot.",
        "Léa Morin et Zoé Vial arrivent. « {} », dit-elle.",
        "Léa Morin ouvre la grange. « {} », assure la mairie.",
        "Léa Morin ouvre la grange. « {} », résume l’affiche.",
    ],
)
def test_nobody_is_named_in_silence_when_it_cannot_be_told(line: str) -> None:
    found = extracted(line)
    assert len(found.verbatims) == 1
    assert found.verbatims[0].line in doubtful_lines(found)


def test_a_doubt_names_who_else_may_be_meant() -> None:
    found = extracted("Léa Morin et Zoé Vial arrivent. « {} », dit-elle.")
    (doubt,) = [p.message for p in found.problems if p.code == "intervenant"]
    assert "Léa Morin" in doubt
    assert "Zoé Vial" in doubt
    assert doubt.endswith(").")


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("« {} », se félicite le maire Vasseur.", "Paul Vasseur"),
        ("« {} », s’est félicité le maire Vasseur.", "Paul Vasseur"),
        ("« {} », a d’ailleurs commenté Paul Vasseur.", "Paul Vasseur"),
        ("« {} », est convaincue la directrice.", "Léa Morin"),
        ("« {} », explique Andry.", "Andry"),
    ],
)
def test_a_verb_of_speech_names_who_speaks(line: str, speaker: str) -> None:
    assert speakers_of(line) == [speaker]


@pytest.mark.parametrize(
    "head",
    [
        "Portrait du mois\n\nAndry, 28 ans, élève des abeilles.\n\n",
        "Portrait du mois\n\nAndry est apiculteur depuis quinze ans.\n\n",
        "Portrait du mois\n\nAndry, apiculteur à Rives, ouvre sa porte.\n\n",
        "Andry, apiculteur de montagne\n\nUne matinée parmi les ruches.\n\n",
        "Portrait du mois\n\nNous suivons un prénommé Andry sur son chemin.\n\n",
        "Portrait du mois\n\nIl en vient beaucoup, comme Andry qui arrive de loin.\n\n",
    ],
)
def test_a_first_name_alone_may_be_a_person(head: str) -> None:
    assert speakers_of("« {} », raconte-t-il.", head) == ["Andry"]


def test_a_body_that_is_a_member_is_no_person() -> None:
    head = "Le réseau grandit\n\nOasis est membre du réseau depuis dix ans.\n\n"
    assert speakers_of("« {} », raconte-t-il.", head) == [None]


def test_a_body_named_once_is_proposed() -> None:
    found = extracted("« {} », comme l’explique l’OMRE sur son site.")
    (doubt,) = [p.message for p in found.problems if p.code == "intervenant"]
    assert "OMRE" in doubt


def test_a_first_name_after_a_verb_ends_an_incise() -> None:
    page = page_from_text((HEAD + "« Ici on sème, raconte Lola, une voisine. On rit. »").encode())
    (said,) = extraction_from(page).verbatims
    assert (said.text, said.speaker) == ("Ici on sème On rit.", "Lola")


def test_a_stranger_beside_a_known_name_is_the_one_who_speaks() -> None:
    assert speakers_of("« {} », explique Noé Vial, de l’équipe Morin.") == ["Noé Vial"]

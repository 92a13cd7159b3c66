"""Whose words they are is read around the marks."""

import pytest

from corpus.extraction.extracted import Extraction
from corpus.extraction.extraction import extraction_from
from corpus.reading.markdown import page_from_markdown
from corpus.reading.plain_text import page_from_text
from tests.doubts import doubtful_lines

SAID = "On apprend mieux quand on fait les choses ensemble."
HEAD = """Webinaire « Faire ensemble », ce qu’il faut retenir

Publié le 09/05/2023

Avec Léa Morin, directrice de la coopérative Oasis, et Jean-Noël D’Arc, maire de Bourg-sur-Lot.

1. Apprendre en faisant

"""
LEA = "Léa Morin"


def extracted(lines: str, head: str = HEAD) -> Extraction:
    return extraction_from(page_from_text((head + lines).encode()))


def speakers_of(lines: str) -> list[str | None]:
    return [said.speaker for said in extracted(lines).verbatims]


def sure_speakers_of(lines: str, head: str = HEAD) -> list[str | None]:
    """Nobody where the page tells an editor to check the name."""
    found = extracted(lines, head)
    doubtful = doubtful_lines(found)
    return [said.speaker if said.line not in doubtful else None for said in found.verbatims]


def texts_of(lines: str) -> list[str]:
    return [said.text for said in extracted(lines).verbatims]


@pytest.mark.parametrize(
    "line",
    [
        "« {} » Léa Morin",
        "« {} », Léa Morin",
        "« {} » – Léa Morin",
        "« {} » — Léa Morin.",
        "« {} » / Léa Morin",
        "« {} » (Léa Morin)",
        "« {} » [Léa Morin]",
        "« {} » Léa Morin, directrice de la coopérative Oasis",
        "« {} » Léa Morin (Oasis)",
        "« {} » – Mme Morin",
        "« {} » LÉA MORIN",
        "« {} » Lea Morin",
        "« {} » – la directrice de la coopérative",
        "« {} », explique Léa Morin.",
        "« {} » explique Mme Morin, directrice de la coopérative Oasis.",
        "« {} », a rappelé Léa Morin avant de conclure.",
        "« {} », selon Léa Morin.",
        "« {} », souligne la directrice.",
        "Léa Morin : « {} »",
        "Léa Morin, directrice de la coopérative Oasis : « {} »",
        "Pour Léa Morin, « {} »",
        "Selon Léa Morin, « {} »",
        "Léa Morin explique : « {} »",
        "Comme le dit Léa Morin, « {} »",
        "La directrice de la coopérative précise : « {} »",
        "- « {} » (Léa Morin)",
        "« {} »\nLéa Morin",
        "« {} »\n– Léa Morin, directrice",
        "« {} »\n\n(Léa Morin)",
        "Léa Morin :\n« {} »",
        "Léa Morin est venue. Elle ajoute : « {} »",
        "Léa Morin est venue. « {} », ajoute-t-elle.",
    ],
)
@pytest.mark.parametrize("marks", ["« »", "“ ”", '" "'])
def test_the_speaker_is_found(line: str, marks: str) -> None:
    opening, closing = marks.split()
    inner = " " if opening == "«" else ""
    page = line.format(SAID).replace("« ", opening + inner).replace(" »", inner + closing)
    assert speakers_of(page) == [LEA]
    assert texts_of(page) == [SAID]


@pytest.mark.parametrize(
    "line",
    ["« {} »", "« {} » (une habitante)", "- « {} »", "« {} » – Un participant", "« {} » (rires)"],
)
def test_nobody_is_made_up(line: str) -> None:
    assert sure_speakers_of(line.format(SAID)) == [None]


def test_names_above_and_names_below_are_told_apart() -> None:
    above = f"Léa Morin\n« {SAID} »\nJean-Noël D’Arc\n« {SAID} »"
    below = f"« {SAID} »\nLéa Morin\n« {SAID} »\nJean-Noël D’Arc"
    assert speakers_of(above) == speakers_of(below) == [LEA, "Jean-Noël D’Arc"]


def test_a_line_may_hold_several_speakers() -> None:
    line = f"Léa Morin : « {SAID} » Jean-Noël D’Arc : « {SAID} »"
    assert speakers_of(line) == [LEA, "Jean-Noël D’Arc"]
    line = f"« {SAID} » Léa Morin « {SAID} » Jean-Noël D’Arc"
    assert speakers_of(line) == [LEA, "Jean-Noël D’Arc"]


def test_words_that_go_on_after_the_verb_have_the_same_speaker() -> None:
    assert speakers_of(f"« {SAID} », explique Léa Morin. « {SAID} »") == [LEA, LEA]


def test_an_unknown_name_is_taken_as_written() -> None:
    extraction = extracted(f"« {SAID} » Noé Vial")
    assert [said.speaker for said in extraction.verbatims] == ["Noé Vial"]
    assert "Noé Vial" in {someone.name for someone in extraction.speakers}


@pytest.mark.parametrize(
    ("quotation", "speaker"),
    [
        ("« {} » – M. Morin", "Paul Morin"),
        ("« {} » – Mme Morin", "Léa Morin"),
        ("« {} », explique Madame Morin.", "Léa Morin"),
        ("« {} », répond Monsieur Morin.", "Paul Morin"),
        ("Mme Morin précise : « {} »", "Léa Morin"),
        ("« {} » – L. Morin", "Léa Morin"),
        ("« {} » – Morin", None),
        ("« {} », regrette Morin.", None),
        ("Morin ajoute : « {} »", None),
    ],
)
def test_two_people_of_one_name_are_not_mixed_up(quotation: str, speaker: str | None) -> None:
    line, head = quotation.replace("{}", SAID), HEAD.replace("Jean-Noël D’Arc", "Paul Morin")
    assert sure_speakers_of(line, head) == [speaker]
    extraction = extracted(line, head)
    told = [p.message for p in extraction.problems if p.code == "intervenant"]
    both = [m for m in told if "Léa Morin" in m and "Paul Morin" in m]
    assert len(both) == (speaker is None)
    assert "Morin" not in {someone.name for someone in extraction.speakers}


@pytest.mark.parametrize(
    "verb", ["raconte", "a raconté", "se souvient", "s’amuse", "s'émeut encore"]
)
def test_a_first_name_alone_is_enough_after_the_verb(verb: str) -> None:
    line = f"Ondine a ouvert la cantine il y a trois ans.\n\n« {SAID} », {verb} Ondine."
    assert speakers_of(line) == ["Ondine"]


@pytest.mark.parametrize("said", ["Léa Morin", "Jean-Noël D’Arc"])
def test_an_incise_tells_who_speaks(said: str) -> None:
    assert speakers_of(f"« On apprend mieux, explique {said}, quand on fait ensemble. »") == [said]


@pytest.mark.parametrize("mark", ["[3]", "[12],", "2"])
def test_a_note_mark_hides_no_speaker(mark: str) -> None:
    assert speakers_of(f"« {SAID} » {mark} écrit Léa Morin.") == [LEA]


@pytest.mark.parametrize(
    "line",
    [
        "Léa Morin conduit la liste. « {} », promettent-elles.",
        "Léa Morin les a reçus. Des habitants se sont exprimés : « {} »",
    ],
)
def test_words_of_several_or_of_nobody_have_no_sure_name(line: str) -> None:
    assert sure_speakers_of(line.format(SAID)) == [None]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("« {} », selon Fédération Haies Vives.", "Fédération"),
        ("« {} »\nPatiemment, il faut le redire à chaque fois.", "Patiemment"),
        ("D’après le chef, il faut 3 GHz, l’agence note que « {} »", "GHz"),
    ],
)
def test_a_word_that_only_stands_there_is_nobody(line: str, word: str) -> None:
    assert word not in speakers_of(line.format(SAID))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "« On sème, s’émeut Léa Morin, et on récolte ensuite. »",
            "On sème et on récolte ensuite.",
        ),
        ("« On sème tous ensemble, sourit Léa Morin. »", "On sème tous ensemble"),
        (
            "« On sème tôt, insiste Léa Morin, qui dirige l’Oasis . On récolte tard. »",
            "On sème tôt On récolte tard.",
        ),
        (
            "Léa Morin est là. « On sème tôt, plaide cette mère de famille. On récolte tard. »",
            "On sème tôt On récolte tard.",
        ),
    ],
)
def test_an_incise_of_any_verb_is_taken_out(line: str, text: str) -> None:
    assert texts_of(line) == [text]
    assert speakers_of(line) == [LEA]


def test_a_picture_credit_signs_nothing() -> None:
    assert sure_speakers_of(f"« {SAID} » (Photo d’archives)") == [None]


def test_a_lone_quotation_belongs_to_the_only_person_of_its_paragraph() -> None:
    assert speakers_of(f"Léa Morin sème depuis dix ans. Rien ne l’arrête. « {SAID} »") == [LEA]
    assert speakers_of(f"Léa Morin sème. Noé Vial arrose. « {SAID} »") == ["Noé Vial"]


def test_a_sentence_said_by_somebody_is_theirs() -> None:
    assert speakers_of(f"« {SAID} » La phrase prononcée par Léa Morin est restée.") == [LEA]


def test_a_heading_may_give_the_speaker() -> None:
    page = f"# Vœux\n\n## Le discours de Léa Morin\n\n« {SAID} »"
    found = extraction_from(page_from_markdown(page.encode())).verbatims
    assert [said.speaker for said in found] == [LEA]


def test_a_name_before_words_on_each_line_signs_none_above() -> None:
    lines = (
        "*Léa Morin* « On apprend mieux quand on fait. »\n"
        "*Jean-Noël D’Arc* « Le bourg a prêté sa grange. »\n"
    )
    found = extraction_from(page_from_markdown((HEAD + lines).encode())).verbatims
    assert [said.speaker for said in found] == [LEA, "Jean-Noël D’Arc"]

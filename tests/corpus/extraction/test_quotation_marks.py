"""Marks are paired; what has no pair is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extraction.marks import pairing_of


def words_of(text: str) -> list[str]:
    return [text[q.start : q.end] for q in pairing_of(text).quotations]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Il dit « oui » et « non ».", ["oui", "non"]),
        ("«\u00a0Oui\u00a0»", ["Oui"]),
        ("«\u202fOui\u202f»", ["Oui"]),
        ("“Oui” puis “non”", ["Oui", "non"]),
        ('"Oui" puis "non"', ["Oui", "non"]),
        ('" Oui " puis " non "', ["Oui", "non"]),
        ('l\'"école" ouverte', ["école"]),
        ("<< Oui >>", ["Oui"]),
        ("„Oui“", ["Oui"]),
        ("”Oui”", ["Oui"]),
        ("« On dit « oui » ici »", ["On dit « oui » ici"]),
        ("« On dit “oui” ici »", ["On dit “oui” ici"]),
        ('« On dit "oui" ici »', ['On dit "oui" ici']),
        ('"On dit "oui" ici"', ['On dit "oui" ici']),
        ('"On dit « oui » ici" Léa', ["On dit « oui » ici"]),
        ('"Ouvrir puis fermer » Léa', ["Ouvrir puis fermer"]),
        ("“Ouvrir puis fermer“ Léa", ["Ouvrir puis fermer"]),
        ("« Un.\nDeux.\nTrois. » Léa", ["Un.\nDeux.\nTrois."]),
        ('"Un.\nDeux." Léa', ["Un.\nDeux."]),
        ("rien", []),
        ("« »", []),
    ],
)
def test_marks_are_paired(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("opening", ["«", "“", '"'])
def test_a_speech_never_closed_ends_with_its_line(opening: str) -> None:
    text = f"{opening} Un deux\n« Trois » Léa"
    assert words_of(text) == ["Un deux", "Trois"]
    assert [q.is_closed for q in pairing_of(text).quotations] == [False, True]


@pytest.mark.parametrize("text", ['Un écran 5" et', "Un deux » Léa", "Un deux” Léa"])
def test_a_mark_alone_is_a_stray(text: str) -> None:
    pairing = pairing_of(text)
    assert pairing.quotations == ()
    assert len(pairing.strays) == 1


def test_a_closing_mark_is_not_sought_over_the_rest_of_the_page() -> None:
    text = "« Un deux\n" + "Ligne.\n" * 40 + "Fin »"
    assert words_of(text) == ["Un deux"]


def test_thousands_of_stray_marks_are_read_in_no_time() -> None:
    pairing_of("« a " * 20_000)
    pairing_of('"a ' * 20_000)


@given(st.text(alphabet='ab «»“”"\n.:„', max_size=60))
def test_quotations_stand_in_order_and_never_overlap(text: str) -> None:
    cursor = 0
    for quotation in pairing_of(text).quotations:
        assert cursor <= quotation.opening < quotation.start < quotation.end <= quotation.closing
        assert (
            text[quotation.start : quotation.end].strip() == text[quotation.start : quotation.end]
        )
        cursor = quotation.closing


@given(st.text("ab .:", max_size=9), st.sampled_from('«»“”"„'), st.text("ab .:", max_size=9))
def test_a_lone_mark_is_always_told(before: str, mark: str, after: str) -> None:
    pairing = pairing_of(before + mark + after)
    assert pairing.strays == (len(before),) or [q.is_closed for q in pairing.quotations] == [False]

"""The words of a corpus, and how they are shown."""

import pytest

from corpus.records import Speaker
from indexer.tokens import Token, tokens
from indexer.vocabulary import forms_from


def said(
    text: str, name: str = "", role: str = "", organisation: str = ""
) -> tuple[str, Speaker | None, list[Token]]:
    speaker = Speaker(name, role=role, organisation=organisation) if name else None
    return text, speaker, list(tokens(text))


@pytest.mark.parametrize(
    ("text", "form", "display"),
    [
        ("L’École !", "ecole", "école"),
        ("Des élu·e·s", "elus", "élus"),
        ("Le TZCLD arrive", "tzcld", "TZCLD"),
        ("La S.C.I.C. vote", "scic", "SCIC"),
        ("aujourd'hui", "aujourdhui", "aujourd’hui"),
        ("Main-d’œuvre", "maindoeuvre", "main-d’oeuvre"),
        ("e\u0301cole", "ecole", "école"),
        ("Ecole, école, école", "ecole", "école"),
    ],
)
def test_a_word_is_shown_as_it_is_most_often_written(text: str, form: str, display: str) -> None:
    displays = {word.form: word.display for word in forms_from([said(text)]).words}
    assert displays[form] == display


def test_a_count_is_a_number_of_documents() -> None:
    forms = forms_from([said("vélo, vélo"), said("un vélo"), said("un car")])
    assert {word.form: word.count for word in forms.words} == {"velo": 2, "un": 2, "car": 1}


def test_names_keep_their_capital_unless_they_are_words() -> None:
    forms = forms_from([said("Une rose", "Rose Martin", "Maire", "Le Relais")])
    assert {name.form: name.display for name in forms.names} == {
        "martin": "Martin",
        "maire": "maire",
        "le": "le",
        "relais": "relais",
    }


def test_frequent_compounds_are_kept_whole() -> None:
    texts = [
        "Un Tiers-lieu ouvre, dit-il, en porte-à-porte.",
        "Ce tiers‑lieu, est-ce le porte-à-porte ? Un va-nu-pieds.",
    ]
    compounds = forms_from(map(said, texts)).compounds
    assert {c.form: (c.display, c.count) for c in compounds} == {
        "tiers-lieu": ("tiers-lieu", 2),
        "porte-a-porte": ("porte-à-porte", 2),
    }


def test_a_wrong_word_may_be_a_compound_typed_in_one() -> None:
    forms = forms_from([said("Le tiers-lieu", "Léa Roy"), said("tiers-lieu")])
    meant = [(form.form, form.display) for form in forms.meant()]
    assert meant[:3] == [("tierslieu", "tiers-lieu"), ("lea", "Léa"), ("roy", "Roy")]

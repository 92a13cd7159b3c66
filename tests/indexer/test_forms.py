"""The words of a corpus, and how they are shown."""

from pathlib import Path

import pytest

from indexer.analysis import Analyser
from indexer.fields import StoredRecord
from indexer.forms import Forms, forms_from, load_forms
from indexer.lexicon import Lexicon


def record(text: str, speaker: str = "", role: str = "", organisation: str = "") -> StoredRecord:
    words = Analyser(Lexicon({}, {})).words(text)
    return StoredRecord(
        id="i",
        kind="verbatim",
        text=text,
        speaker=speaker,
        speaker_id="",
        role=role,
        organisation=organisation,
        webinar="w",
        idea_id="",
        idea_number=0,
        idea_text="",
        start=None,
        words=[[w.surface, w.lemma, w.stem, w.family, w.start, w.end] for w in words],
        terms={},
    )


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
    displays = {word.form: word.display for word in forms_from([record(text)]).words}
    assert displays[form] == display


def test_a_count_is_a_number_of_documents() -> None:
    forms = forms_from([record("vélo, vélo"), record("un vélo"), record("un car")])
    assert {word.form: word.count for word in forms.words} == {"velo": 2, "un": 2, "car": 1}


def test_names_keep_their_capital_unless_they_are_words() -> None:
    said = [record("Une rose", "Rose Martin", "Maire", "Le Relais")]
    forms = forms_from(said)
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
    compounds = forms_from(map(record, texts)).compounds
    assert {c.form: (c.display, c.count) for c in compounds} == {
        "tiers-lieu": ("tiers-lieu", 2),
        "porte-a-porte": ("porte-à-porte", 2),
    }


def test_forms_survive_their_file(tmp_path: Path) -> None:
    forms = forms_from([record("Le tiers-lieu", "Léa Roy"), record("tiers-lieu")])
    forms.save(tmp_path / "forms.json")
    assert load_forms(tmp_path / "forms.json") == forms
    Forms().save(tmp_path / "empty.json")
    assert load_forms(tmp_path / "empty.json") == Forms()

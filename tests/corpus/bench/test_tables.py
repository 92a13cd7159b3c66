"""Lists changed where they differ: the comments and the order of a hand stay."""

import tomllib
from typing import Any

import pytest

from corpus.bench.tables import (
    Value,
    with_acronym,
    with_golden,
    with_theme,
    with_values,
    without_theme,
)
from corpus.lists import GoldenQuery
from corpus.problems import CorpusError

SEEDS: dict[str, Value] = {"termes": ('l’"eau"', "crue\\")}
FOREST: dict[str, Value] = {"termes": ("forêt",)}
THEMES = """# à moi
[[theme]]
slug = "eau"  # dans l’adresse
libelle = "L’eau"
termes = ["eau", # la première
  "rivière]", 'crue']

# après
[[theme]]
slug = "bois"
libelle = "Le bois"
"""
LEXICON = '# sigles\n[sigles]\nESS = "économie sociale"  # à garder\n\n[synonymes]\nbus = ["car"]\n'
GOLDEN = '# témoins\n[[requete]]\ntexte = "bus"\nattendus = ["a1"]\n'


def test_only_the_seeds_of_the_theme_change() -> None:
    text = with_theme(THEMES, "eau", SEEDS)
    assert text.startswith("# à moi\n")
    assert '# dans l’adresse\nlibelle = "L’eau"\n' in text
    assert text.endswith(THEMES[THEMES.index("\n# après") :])
    assert tomllib.loads(text)["theme"][0]["termes"] == ['l’"eau"', "crue\\"]


def test_a_theme_without_seeds_gets_some() -> None:
    assert tomllib.loads(with_theme(THEMES, "bois", FOREST))["theme"][1]["termes"] == ["forêt"]


def test_themes_come_and_go_and_the_others_keep_their_lines() -> None:
    values: dict[str, Any] = {"libelle": "L’air", "description": "Le vent", "termes": ("vent",)}
    more = with_theme(THEMES, "air", values)
    assert more.startswith(THEMES)
    assert tomllib.loads(more)["theme"][2] == {"slug": "air", **values, "termes": ["vent"]}
    assert without_theme(more, "air").rstrip() == THEMES.rstrip()
    assert tomllib.loads(without_theme(THEMES, "bois"))["theme"][0]["slug"] == "eau"
    only = with_theme("", "air", values)
    assert tomllib.loads(without_theme(only, "air")) == {}


SETTINGS = """# Les réglages
titre = "Essai"  # le nom
# adresse = "https://exemple.fr"   # à donner

# [lecture]
# hotes = ["www.exemple.fr"]      # les sites

[suivi]
flux = ["https://a.exemple/f",  # un
  "https://b.exemple/f"]
"""


@pytest.mark.parametrize(
    ("section", "values", "old", "new"),
    [
        ("", {"titre": 'Le « "site" »'}, '"Essai"', '"Le « \\"site\\" »"'),
        ("", {"titre": ""}, 'titre = "Essai"  # le nom\n', ""),
        (
            "",
            {"adresse": "https://a.fr"},
            '# adresse = "https://exemple.fr"   # à donner',
            'adresse = "https://a.fr"',
        ),
        (
            "lecture",
            {"hotes": ("a.fr", "b.fr")},
            '# [lecture]\n# hotes = ["www.exemple.fr"]      # les sites',
            '[lecture]\nhotes = ["a.fr", "b.fr"]',
        ),
        (
            "suivi",
            {"mots": ("eau",)},
            '  "https://b.exemple/f"]\n',
            '  "https://b.exemple/f"]\nmots = ["eau"]\n',
        ),
        (
            "",
            {"licence": "LO"},
            '# adresse = "https://exemple.fr"   # à donner\n',
            '# adresse = "https://exemple.fr"   # à donner\nlicence = "LO"\n',
        ),
        ("lecture", {"hotes": ()}, "", ""),
        (
            "propositions",
            {"ouvertes": True},
            'exemple/f"]\n',
            'exemple/f"]\n\n[propositions]\nouvertes = true\n',
        ),
    ],
)
def test_a_setting_changes_its_line_and_no_other(
    section: str, values: dict[str, Value], old: str, new: str
) -> None:
    assert with_values(SETTINGS, section, values) == SETTINGS.replace(old, new)


def test_a_list_of_settings_becomes_another_or_goes() -> None:
    changed = with_values(SETTINGS, "suivi", {"flux": ("https://c.exemple/f",)})
    assert tomllib.loads(changed)["suivi"] == {"flux": ["https://c.exemple/f"]}
    gone = with_values(SETTINGS, "suivi", {"flux": ()})
    assert tomllib.loads(gone)["suivi"] == {}
    assert "un" not in tomllib.loads(gone)


def test_synonyms_are_written_whatever_their_letters() -> None:
    lexicon = with_values(LEXICON, "synonymes", {"médecin": ("docteur",), "bus": ()})
    assert tomllib.loads(lexicon)["synonymes"] == {"médecin": ["docteur"]}
    again = with_values(lexicon, "synonymes", {"médecin": ("docteur", "toubib")})
    assert tomllib.loads(again)["synonymes"] == {"médecin": ["docteur", "toubib"]}


def test_an_acronym_and_a_golden_query_are_added() -> None:
    lexicon = with_acronym(LEXICON, "PTCE", "pôle territorial")
    assert tomllib.loads(lexicon)["sigles"] == {
        "PTCE": "pôle territorial",
        "ESS": "économie sociale",
    }
    assert lexicon.replace('"PTCE" = "pôle territorial"\n', "") == LEXICON
    assert "PTCE" in tomllib.loads(with_acronym("", "PTCE", "pôle"))["sigles"]
    golden = with_golden(GOLDEN, GoldenQuery("deux mots", ("b2", "c3"), rank=5))
    assert golden.startswith(GOLDEN)
    assert tomllib.loads(golden)["requete"][1] == {
        "texte": "deux mots",
        "rang": 5,
        "attendus": ["b2", "c3"],
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda: with_acronym(LEXICON, "ESS", "autre chose"),
        lambda: with_acronym(LEXICON, "deux mots", "x"),
        lambda: with_acronym(LEXICON, "PTCE", " "),
        lambda: with_acronym(LEXICON, "PTCE", "deux\nlignes"),
        lambda: with_acronym("[sigles", "PTCE", "x"),
        lambda: with_golden(GOLDEN, GoldenQuery("rien")),
        lambda: with_values('titre = """Deux\nlignes"""', "", {"titre": "Une"}),
        lambda: with_values("", "", {"titre": "deux\nlignes"}),
        lambda: with_golden("requete = []", GoldenQuery("x", ("a",))),
        lambda: with_theme('theme = [{slug = "eau", termes = []}]', "eau", {"termes": ("x",)}),
    ],
)
def test_what_only_a_hand_can_change_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(CorpusError):
        change()

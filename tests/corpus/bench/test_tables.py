"""Lists changed where they differ: the comments and the order of a hand stay."""

import tomllib

import pytest

from corpus.bench.tables import with_acronym, with_golden, with_seeds
from corpus.lists import GoldenQuery
from corpus.problems import CorpusError

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
    text = with_seeds(THEMES, "eau", ['l’"eau"', "crue\\"])
    assert text.startswith("# à moi\n")
    assert '# dans l’adresse\nlibelle = "L’eau"\n' in text
    assert text.endswith(THEMES[THEMES.index("\n# après") :])
    assert tomllib.loads(text)["theme"][0]["termes"] == ['l’"eau"', "crue\\"]


def test_a_theme_without_seeds_gets_some() -> None:
    assert tomllib.loads(with_seeds(THEMES, "bois", ["forêt"]))["theme"][1]["termes"] == ["forêt"]


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
        lambda: with_golden("requete = []", GoldenQuery("x", ("a",))),
        lambda: with_seeds('theme = [{slug = "eau", termes = []}]', "eau", ["x"]),
    ],
)
def test_what_only_a_hand_can_change_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(CorpusError):
        change()

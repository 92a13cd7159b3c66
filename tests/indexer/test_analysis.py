"""Words under every form they are indexed by."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.typography import fold, slug_from
from indexer.analysis import Analyser, family_of, full_words, joined
from indexer.french import Tagged, voted_lexicon
from indexer.lexicon import Lexicon
from indexer.tokens import is_stop_word
from indexer.vocabulary import load_lexicon, save_lexicon

EMPTY = Lexicon({}, {})
ANALYSER = Analyser(EMPTY)


@given(st.characters())
def test_folding_twice_is_folding_once(letter: str) -> None:
    assert fold(fold(letter)) == fold(letter)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Élodie D’Arc", "elodie-d-arc"), ("Œuvre & Cie", "oeuvre-cie"), ("  ", ""), ("日本", "")],
)
def test_a_slug_fits_an_address(text: str, slug: str) -> None:
    assert slug_from(text) == slug


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("financer", "financement"),
        ("coopérer", "coopération"),
        ("animer", "animation"),
        ("habiter", "habitation"),
        ("directeur", "directrice"),
    ],
)
def test_a_family_shares_its_key(left: str, right: str) -> None:
    assert family_of(left) == family_of(right)


@pytest.mark.parametrize("word", ["le", "à", "qu", "être", "pourquoi", "même", "peut"])
def test_words_that_carry_nothing_are_empty(word: str) -> None:
    assert is_stop_word(word)


@pytest.mark.parametrize("word", ["personne", "ouvert", "attendu", "autrement", "possible", "lieu"])
def test_words_that_carry_meaning_are_kept(word: str) -> None:
    assert not is_stop_word(word)


def test_when_every_word_is_empty_all_are_kept() -> None:
    words = ANALYSER.words("être ou ne pas être")
    assert full_words(words) == words
    assert [w.surface for w in full_words(ANALYSER.words("le lien"))] == ["lien"]


@pytest.mark.parametrize("text", ["tiers-lieux", "tiers lieu", "Tierslieux", "TIERS-LIEU"])
def test_the_spellings_of_a_compound_share_a_joint(text: str) -> None:
    assert "tierslieu" in joined(ANALYSER.words(text))


def test_neighbours_across_an_empty_word_are_not_joined() -> None:
    assert "lieuvie" not in joined(ANALYSER.words("lieu de vie"))


def tagged(*words: tuple[str, str, str]) -> list[Tagged]:
    return [Tagged(*word) for word in words]


def test_the_corpus_votes_for_one_lemma() -> None:
    lexicon = voted_lexicon(
        [tagged(("Élus", "élu", "NOUN"))] * 3 + [tagged(("élus", "élire", "VERB"))]
    )
    assert lexicon.lemma("élus") == "élu"
    assert lexicon.lemma("elus") == "élu"


def test_a_weak_vote_leaves_the_word_to_the_dictionary() -> None:
    lexicon = voted_lexicon(
        [tagged(("communes", "commun", "ADJ"), ("communes", "communer", "VERB"))]
    )
    assert lexicon.lemma("communes") == "commune"


def test_a_name_weighs_less_than_a_noun() -> None:
    names = [tagged(("roses", "Roses", "PROPN"))] * 3
    assert voted_lexicon([*names, tagged(("roses", "rose", "NOUN"))]).lemma("roses") == "rose"


def test_a_form_that_the_model_reads_otherwise_has_no_vote() -> None:
    lexicon = voted_lexicon([tagged(("infirmier·ère", "infirmier·ère", "NOUN"))])
    assert lexicon.lemma("infirmier") == "infirmier"


def test_a_form_that_nobody_said_goes_to_the_dictionary() -> None:
    assert EMPTY.lemma("coopérons") == "coopérer"


def test_a_lexicon_is_read_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "lexicon"
    lexicon = voted_lexicon([tagged(("œuvres", "œuvre", "NOUN"))])
    save_lexicon(path, lexicon)
    assert load_lexicon(path) == lexicon


@given(st.text(max_size=80))
def test_a_form_is_analysed_alike_wherever_it_stands(text: str) -> None:
    for word in ANALYSER.words(text):
        again = ANALYSER.words(text[word.start : word.end])
        if len(again) == 1 and again[0].surface == word.surface:
            assert (again[0].lemma, again[0].stem, again[0].family) == (
                word.lemma,
                word.stem,
                word.family,
            )

"""Which form of the corpus a wrong word stands for."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.typography import fold
from indexer.mapped import as_bytes, columns_in
from indexer.spellings import Form, sound_of, spelling_columns
from search.spelling import Spelling

WORDS = {
    "accueil": 5,
    "bateau": 3,
    "commune": 40,
    "communes": 60,
    "communal": 2,
    "école": 12,
    "élus": 9,
    "Fontanel": 4,
    "habitants": 30,
    "ingénierie": 6,
    "maire": 20,
    "marie": 1,
    "œuvre": 3,
    "pharmacie": 4,
    "professionnel": 5,
    "projet": 50,
    "quartier": 7,
    "SCIC": 3,
    "tapis": 1,
    "taxis": 8,
    "vélo": 10,
    "2023": 6,
    "co2": 2,
    "avec": 70,
}


def spelling_from(forms: Iterable[Form]) -> Spelling:
    return Spelling(columns_in(as_bytes(spelling_columns(forms))))


SPELLING = spelling_from(Form(fold(word), word, count) for word, count in WORDS.items())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ingeniérie", "ingénierie"),  # accents: known
        ("ingéneirie", "ingénierie"),  # two letters swapped
        ("vélloo", "vélo"),  # doubled
        ("profesionel", "professionnel"),  # two doubles lost
        ("habitabts", "habitants"),  # the key beside
        ("quartir", "quartier"),  # one letter lost
        ("projeet", "projet"),
        ("farmacie", "pharmacie"),
        ("bato", "bateau"),
        ("kartier", "quartier"),
        ("ekole", "école"),
        ("acceuil", "accueil"),
        ("oeuvvre", "œuvre"),
        ("fontannel", "Fontanel"),
        ("comunes", "communes"),  # a double lost, rather than two other letters
        ("mairei", "maire"),
        ("taois", "tapis"),  # the key beside beats the more frequent
        ("avecc", "avec"),
    ],
)
def test_an_error_is_repaired(typed: str, meant: str) -> None:
    assert SPELLING.nearest(typed) == meant


@pytest.mark.parametrize(
    "typed", ["xyz", "vlo", "2024", "co3", "xylophone", "abracadabra", "", "zéro", "projet2"]
)
def test_what_is_short_numbered_or_far_is_left(typed: str) -> None:
    assert SPELLING.nearest(typed) is None


@pytest.mark.parametrize(("typed", "meant"), [("velou", "vélo"), ("velouu", None)])
def test_a_short_word_has_one_error_at_most(typed: str, meant: str | None) -> None:
    assert SPELLING.nearest(typed) == meant


@given(
    st.text("aeélst", min_size=4, max_size=9), st.lists(st.text("aelst", min_size=3), max_size=9)
)
def test_no_form_near_by_its_letters_is_overlooked(typed: str, forms: list[str]) -> None:
    meant = spelling_from(Form(form, form, 1) for form in forms).nearest(typed)
    assert meant or all(OSA.distance(fold(typed), form) > 1 for form in forms)


def test_at_equal_distance_the_most_frequent_wins() -> None:
    forms = [Form("porte", "porte", 3), Form("perte", "perte", 8)]
    assert spelling_from(forms).nearest("pyrte") == "perte"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pharmacie", "farmassie"),
        ("bateau", "bato"),
        ("quartier", "kartier"),
        ("autorisation", "otorisation"),
        ("commissaire", "comissère"),
        ("garantie", "garentie"),
        ("hopital", "opital"),
        ("pays", "payis"),
    ],
)
def test_words_said_alike_share_a_key(one: str, other: str) -> None:
    assert sound_of(fold(one)) == sound_of(fold(other))


@given(st.text(alphabet="abcdefilmnoprstuéèçœ'-", max_size=14) | st.text(max_size=14))
def test_a_repair_is_always_a_form_of_the_corpus(typed: str) -> None:
    assert SPELLING.nearest(typed) in {None, *WORDS}


@given(st.sampled_from(sorted(WORDS)))
def test_a_known_word_is_never_repaired(word: str) -> None:
    for typed in (word, word.upper(), fold(word)):
        assert SPELLING.knows(typed)
        assert SPELLING.nearest(typed) == word


def test_without_a_corpus_nothing_is_repaired() -> None:
    assert spelling_from([]).nearest("vélo") is None

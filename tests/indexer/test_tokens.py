"""Words are cut the French way, and lead back to the very letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.tokens import normal_from, tokens

FRENCH = st.text(st.sampled_from("aeéèê\u0301œæcçlsu'’-·.()  «»\u00a0\u202f\u00ad\u200b—\n1Aİß"))


def forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’emploi", ["emploi"]),
        ("l'emploi d’aujourd’hui", ["emploi", "aujourdhui"]),
        ("lorsqu'on s'y met jusqu’ici", ["on", "y", "met", "ici"]),
        ("quelqu’un, quelqu'une", ["quelquun", "quelquune"]),
        ("main-d’œuvre", ["maindoeuvre"]),
        ("d'ores et déjà", ["dores", "et", "déjà"]),
        ("Tiers-Lieux", ["tiers", "lieux"]),
        ("tiers\u2011lieux", ["tiers", "lieux"]),
        ("co\u00adopération", ["coopération"]),
        ("élu·e·s", ["élus"]),
        ("élu.e.s", ["élus"]),
        ("élu(e)s", ["élus"]),
        ("élu-e-s", ["élus"]),
        ("un·e", ["un"]),
        ("agriculteur·rice·s", ["agriculteurs"]),
        ("directeur·rice", ["directeur"]),
        ("infirmier·ère", ["infirmier"]),
        ("citoyen·ne·s", ["citoyens"]),
        ("bénévole(s)", ["bénévoles"]),
        ("adhérent•e•s", ["adhérents"]),
        ("S.C.I.C.", ["scic"]),
        ("projet.Le reste", ["projet", "le", "reste"]),
        ("(re)faire", ["re", "faire"]),
        ("l'été 2023 : 12 000 €", ["été", "2023", "12", "000"]),
        ("cœur, vœux, ex æquo", ["coeur", "voeux", "ex", "aequo"]),
        ("", []),
        ("« … » — !", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected
    assert forms(unicodedata.normalize("NFD", text)) == expected


@given(FRENCH)
def test_every_token_gives_back_letters_of_the_untouched_text(text: str) -> None:
    before = 0
    for token in tokens(text):
        assert before <= token.start < token.end <= len(text)
        assert set(forms(text[token.start : token.end])) <= set(forms(text)) | {token.form}
        before = token.end


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normal_from(text).text
    assert normal_from(once).text == once


@given(st.text())
def test_each_normal_letter_knows_where_it_comes_from(text: str) -> None:
    normal = normal_from(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(normal.starts, normal.ends, strict=True))
    assert list(normal.starts) == sorted(normal.starts)


@given(FRENCH)
def test_typography_never_changes_the_words(text: str) -> None:
    curly = text.replace("'", "’").replace(" ", "\u00a0")
    assert forms(unicodedata.normalize("NFD", curly)) == forms(unicodedata.normalize("NFC", text))

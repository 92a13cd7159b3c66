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
        ("l'été 2023 : 12 000 €", ["été", "2023", "12000", "euros"]),
        ("1.200 élèves et 12,5 %", ["1200", "élèves", "et", "12,5", "pourcent"]),
        (
            "25 k€, 2,5 M€, 3 Md€",
            ["25000", "euros", "2,5", "millions", "euros", "3", "milliards", "euros"],
        ),
        ("le 12.03.2024, version 3.11.2", ["le", "12", "03", "2024", "version", "3", "11", "2"]),
        ("300 m², 300m2, 300 mètres carrés", ["300", "m2", "300", "m2", "300", "m2"]),
        ("30km, 19 °C, n° 3", ["30", "kilomètres", "19", "degrés", "numéro", "3"]),
        ("14h30, 14 h 30, 14:30, 7 heures 05", ["14h30", "14h30", "14h30", "7h05"]),
        ("18h, 18 h 00, 18 heures", ["18", "heures", "18", "heures", "18", "heures"]),
        ("XXIe, XIXème, 21ème, 1ère, Ier", ["21e", "19e", "21e", "1re", "1er"]),
        ("une Vie, la VIe, le xxie siècle", ["une", "vie", "la", "6e", "le", "21e", "siècle"]),
        ("la 5G, un plan 3D, la loi 3DS", ["la", "5g", "un", "plan", "3d", "la", "loi", "3ds"]),
        ("co-voiturage, éco-quartier", ["co-", "voiturage", "éco-", "quartier"]),
        ("l’e´cole d’E´tienne, ou` cr´eer", ["école", "étienne", "où", "créer"]),
        ("l´eau qu`il a, franc¸ais", ["eau", "il", "a", "français"]),
        ("un rendez-vous, vos rendez vous", ["un", "rendezvous", "vos", "rendezvous"]),
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

"""What is written as one is known as one, however it is written elsewhere."""

import pytest

from indexer.analysis import Analyser, compounds_from
from indexer.compounds import known_compounds
from indexer.lexicon import Lexicon
from indexer.tokens import tokens

ANALYSER = Analyser(Lexicon({}, {}))


def known(*texts: str, names: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return known_compounds(((text, list(tokens(text))) for text in texts), names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un garde-barrière.", {"gardebarriere": ["garde", "barrière"]}),
        ("Du pied-à-terre au sans-logis.", {"piedaterre", "sanslogi"}),
        ("Un porte-vélos et un porte-vélo.", {"portevelo"}),
        ("Une co-écriture, un éco-hameau.", {"coecriture", "ecohameau"}),
        ("Existe-t-il ? Dit-elle. Prenez-en.", set()),
        ("De 2021-2027, page 14-18.", set()),
        ("Les TPE-PME, la CAF-MSA.", set()),
        ("Le compte rendu du grand père.", {"compterendu", "grandpere"}),
        ("Il tient le compte, rendu lundi.", set()),
        ("Avec monsieur Le Brec, au Moulin.", {"lebrec"}),
        ("Le Brec parle.", set()),
    ],
)
def test_a_text_tells_its_compounds(text: str, expected: object) -> None:
    found = known(text)
    assert found == expected if isinstance(expected, dict) else set(found) == expected


def test_the_name_of_a_speaker_is_one_word_too() -> None:
    assert known(names=("Anna Le Brec", "Jo Martin")) == {"lebrec": ["le", "brec"]}


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Nos gardes-barrières", ["gardebarriere"]),
        ("Un garde barrière", ["gardebarriere"]),
        ("Le gardebarrière", ["gardebarriere"]),
        ("Un garde et une barrière", []),
        ("un pied à terre", ["piedaterre"]),
        ("Le pied, la terre", []),
        ("covoiturer avec lui", ["covoiturage"]),
        ("le co-voiturage", ["covoiturage"]),
        ("la co-écriture", []),
    ],
)
def test_each_way_to_write_a_compound_has_one_key(written: str, keys: list[str]) -> None:
    texts = "Un garde-barrière, un pied-à-terre.", "Le co-voiturage."
    compounds = compounds_from(known(*texts), ANALYSER)
    assert [key for *_, key in compounds.runs(ANALYSER.words(written))] == keys

"""Themes are recognised from a few seed words."""

import numpy as np
import pytest

from indexer.affinity import FEW, learnt_themes, steadied

EAU = ["riviere", "pluie", "nappe", "source", "puits"]
PAIN = ["farine", "four", "levain", "mie", "croute"]
SEEDS = [["eau", "riviere"], ["pain", "farine"]]


def texts(count: int) -> list[list[str]]:
    """Half speak of water, half of bread; one in five names its seed."""
    rng = np.random.default_rng(1)
    return [
        [
            *rng.choice(EAU if i % 2 == 0 else PAIN, 4).tolist(),
            *(["eau", "pain"][i % 2 : i % 2 + 1] if i % 5 == 0 else []),
        ]
        for i in range(count)
    ]


@pytest.mark.parametrize("count", [40, FEW + 20])
def test_texts_that_say_no_seed_word_find_their_theme_too(count: int) -> None:
    given = texts(count)
    found = learnt_themes(given, SEEDS).affinities(given).argmax(axis=1)
    expected = np.arange(count) % 2
    assert (found == expected).mean() > 0.95
    unsaid = [not {"eau", "pain", "riviere", "farine"} & set(text) for text in given]
    assert any(unsaid)
    assert (found == expected)[unsaid].mean() > 0.9


@pytest.mark.parametrize("count", [40, FEW + 20])
def test_affinities_share_one(count: int) -> None:
    sums = learnt_themes(texts(count), SEEDS).affinities(texts(count)).sum(axis=1)
    assert np.all(np.isclose(sums, 1) | np.isclose(sums, 0))


def test_a_text_about_nothing_has_no_theme() -> None:
    assert learnt_themes([["avion"], ["eau"]], SEEDS).affinities([["avion"]]).sum() == 0


def test_a_text_that_was_not_learnt_from_is_compared_too() -> None:
    assert learnt_themes(texts(40), SEEDS).affinities([["levain", "mie"]]).argmax() == 1


@pytest.mark.parametrize("given", [[], [["eau"]], [[]]])
@pytest.mark.parametrize("themes", [[], [[]], SEEDS])
def test_nothing_to_compare_gives_nothing(given: list[list[str]], themes: list[list[str]]) -> None:
    affinities = learnt_themes(given, themes).affinities(given)
    assert affinities.shape[0] == len(given)
    assert np.isfinite(affinities).all()


def test_one_theme_alone_is_enough() -> None:
    model = learnt_themes([["eau"], ["pain"]], SEEDS[:1])
    assert model.affinities([["eau"], ["pain"]])[:, 0].tolist() == [1, 0]


def test_a_text_that_says_little_leans_on_its_group() -> None:
    values = np.array([[0.9, 0.1], [0.2, 0.8], [0.0, 0.0], [0.1, 0.9]])
    evidence = np.array([0.5, 0.02, 0.0, 0.5])
    steady = steadied(values, evidence, [7, 7, 7, 9])
    assert steady[0].tolist() == [0.9, 0.1]
    assert steady.argmax(axis=1).tolist() == [0, 0, 0, 1]
    assert np.allclose(steady.sum(axis=1), 1)


def test_a_text_alone_in_its_group_keeps_its_affinities() -> None:
    values = np.array([[0.3, 0.7]])
    assert np.allclose(steadied(values, np.array([0.01]), [3]), values)

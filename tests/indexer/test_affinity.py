"""Themes are recognised from a few seed words."""

import numpy as np
import pytest

from indexer.affinity import FEW, theme_affinities

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
    affinities = theme_affinities(texts(count), SEEDS)
    expected = np.arange(count) % 2
    assert (affinities.values.argmax(axis=1) == expected).mean() > 0.95
    unsaid = affinities.seeds.max(axis=1) == 0
    assert (affinities.values.argmax(axis=1) == expected)[unsaid].mean() > 0.9


@pytest.mark.parametrize("count", [40, FEW + 20])
def test_affinities_share_one(count: int) -> None:
    sums = theme_affinities(texts(count), SEEDS).values.sum(axis=1)
    assert np.all(np.isclose(sums, 1) | np.isclose(sums, 0))


def test_a_text_about_nothing_has_no_theme() -> None:
    assert theme_affinities([["avion"], ["eau"]], SEEDS).values[0].sum() == 0


@pytest.mark.parametrize(("given", "themes"), [([], SEEDS), ([["eau"]], []), ([], [])])
def test_nothing_to_compare_gives_nothing(given: list[list[str]], themes: list[list[str]]) -> None:
    assert theme_affinities(given, themes).values.shape == (len(given), len(themes))


def test_one_theme_alone_is_enough() -> None:
    assert theme_affinities([["eau"], ["pain"]], SEEDS[:1]).values[:, 0].tolist() == [1, 0]

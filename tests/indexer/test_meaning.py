"""What texts mean is encoded once, kept with the index, and moves their themes."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.lists import Theme
from corpus.site import Site
from indexer import fields
from indexer.affinity import meant_affinities
from indexer.build import build
from indexer.encoder import Encoder, installed_encoder
from indexer.generations import index_store
from indexer.vectors import code_of, load_table, unit, vectors_of
from tests.small_meaning import small_encoder
from tests.small_site import SMALL_SITE, webinar_saying, words_alone

THEMES = (Theme("sante", "Santé", seeds=("médecin",)), Theme("bus", "Transports"))
QUOTES = webinar_saying(("Le docteur passe le mardi.", "Ida"), ("On y va en bus.", "Noé"))

pytestmark = pytest.mark.process


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return replace(SMALL_SITE, folder=tmp_path, webinars=(QUOTES,), themes=THEMES, golden=())


def built(site: Site, encoder: Encoder | None) -> Path:
    """The folder of what is published."""
    build(site, tagging=words_alone, encoding=lambda: encoder)
    return index_store(site).current().folder


def test_documents_come_first_then_the_words_of_themes(site: Site) -> None:
    seen: list[str] = []
    folder = built(site, small_encoder(seen=seen))
    assert seen == [*(said.text for said in QUOTES.verbatims), "Santé", "médecin", "Transports"]
    vectors = vectors_of(load_table(folder / fields.MEANINGS_FILE))
    assert (vectors @ vectors[0] > 0.9).tolist() == [True, False, True, True, False]


def test_the_index_says_what_encoded_it(site: Site) -> None:
    encoder = small_encoder()
    folder = built(site, encoder)
    manifest = index_store(site).current().manifest
    assert manifest.facts["versions"]["encoder"] == encoder.identity
    assert {fields.MEANINGS_FILE, fields.WHOLES_FILE} < set(manifest.files)  # with their digests
    assert json.loads((folder / fields.CATALOGUE_FILE).read_text())["encoder"] == encoder.identity


def test_a_text_is_encoded_once(site: Site) -> None:
    built(site, small_encoder())
    seen: list[str] = []
    said = replace(QUOTES.verbatims[0], text="Le boulanger aussi.")
    changed = replace(QUOTES, verbatims=(said, QUOTES.verbatims[1]))
    folder = built(replace(site, webinars=(changed,)), small_encoder(seen=seen))
    assert seen == ["Le boulanger aussi."]
    assert len(load_table(folder / fields.MEANINGS_FILE)) == 5


def test_another_encoder_encodes_all_anew(site: Site) -> None:
    built(site, small_encoder())
    seen: list[str] = []
    built(site, small_encoder(version="2", seen=seen))
    assert len(seen) == 5


def test_without_an_encoder_an_index_has_no_meaning(site: Site) -> None:
    built(site, small_encoder())
    folder = built(site, None)
    assert not (folder / fields.MEANINGS_FILE).exists()
    assert "encoder" not in index_store(site).current().manifest.facts["versions"]


def test_a_vector_loses_little_in_bytes() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(50, 512)).astype(np.float32))
    codes = np.zeros(50, dtype=[("key", np.uint8, 16), ("code", np.int8, 512)])
    codes["code"] = [code_of(vector) for vector in vectors]
    assert np.einsum("nd,nd->n", vectors_of(codes), vectors).min() > 0.999


def quarters(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Texts of two meanings, none of which says a word of a theme, and the two themes."""
    rng = np.random.default_rng(1)
    themes = unit(rng.normal(size=(2, 64)).astype(np.float32))
    meant = np.arange(count) % 2
    texts = unit(themes[meant] + rng.normal(size=(count, 64), scale=0.2).astype(np.float32))
    return texts, themes, meant


def test_a_text_that_says_no_seed_word_has_the_theme_that_it_means() -> None:
    texts, themes, meant = quarters(100)
    said = np.ones(100, dtype=np.bool_)
    affinities = meant_affinities(np.zeros((100, 2)), texts, said, themes)
    assert (affinities.argmax(axis=1) == meant).mean() > 0.95
    assert affinities.max() <= 0.5


def test_words_count_for_half() -> None:
    texts, themes, meant = quarters(100)
    values = np.eye(2)[1 - meant]
    affinities = meant_affinities(values, texts, np.ones(100, dtype=np.bool_), themes)
    assert np.allclose(affinities.sum(axis=1), 1)
    assert (affinities[np.arange(100), 1 - meant] >= 0.5).all()


def test_few_texts_keep_their_affinities() -> None:
    texts, themes, meant = quarters(10)
    values = np.eye(2)[meant]
    affinities = meant_affinities(values, texts, np.ones(10, dtype=np.bool_), themes)
    assert (affinities == values).all()


def test_the_real_encoder_brings_close_what_means_the_same() -> None:
    encoder = installed_encoder()
    if encoder is None:
        pytest.skip("verbatheque[sens] is not installed")
    said = "Chez nous il n’y a plus aucun docteur pour soigner les gens."
    vectors = [encoder.encode(text) for text in (said, "le manque de médecins", "le prix du pain")]
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert set(encoder.identity) == {"name", "version", "weights"}
    assert encoder.encode(said) is vectors[0]  # remembered, so nobody may change it
    with pytest.raises(ValueError, match="read-only"):
        vectors[0] *= 2

"""Quotes that say in other words what is asked come after the hits, told apart from them."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from indexer.encoder import Encoder
from indexer.vectors import unit, wholes_of
from search.answer import Answer
from search.explanation import explanation_lines
from search.live_index import Shelf, open_library
from search.meaning import MEASURED, MOST, Meaning
from search.query import Filters, Order, SearchQuery
from tests.search.test_explanation import check
from tests.small_meaning import (
    ASKED,
    ASKED_OF_IDEAS,
    BACKED,
    QUOTES,
    meant_library,
    small_encoder,
)
from tests.small_site import published


def answer_to(query: SearchQuery | str, library: Shelf | None = None) -> Answer:
    asked = SearchQuery(query, order="pertinence") if isinstance(query, str) else query
    with (library or meant_library()).reading() as reading:
        return reading.search(asked)


def found(answer: Answer) -> list[str]:
    return [hit.document.id for hit in answer.hits]


def near(answer: Answer) -> list[str]:
    return [hit.document.id for hit in answer.near]


def test_what_means_the_same_is_added_after_the_hits_and_not_counted() -> None:
    answer = answer_to(ASKED)
    assert found(answer) == ["c5", "c4"]
    assert near(answer) == ["c0", "c2"]
    assert {hit.via for hit in answer.near} == {"sens"}
    assert answer.total == 2
    assert max(value.count for facet in answer.facets for value in facet.values) == 2


@pytest.mark.parametrize(
    "text",
    [
        "médecin",  # one word
        "docteur mardi",  # a quote says it all
        "médecin hôpital",  # nobody says any of it: nothing stays nothing
        '"la campagne" médecin',
        "campagne OU médecin",
        "médecin campagne -bus",
        "médecin campagne intervenant:roux",
        "brouette campagne",  # nothing means the same
    ],
)
def test_nothing_is_added(text: str) -> None:
    assert near(answer_to(text)) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"meaning": False},
        {"every_word": True},
        {"page": 2},
        {"one_each": True},
        {"filters": Filters(speakers=("ida-roux",))},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_nothing_is_added_when_it_is_not_wanted(changed: dict[str, object]) -> None:
    assert near(answer_to(SearchQuery(ASKED))) == ["c0", "c2"]
    assert near(answer_to(replace(SearchQuery(ASKED), **changed))) == []  # type: ignore[arg-type]


def test_it_is_explained() -> None:
    answer = answer_to(SearchQuery(ASKED, explain=True))
    explained = [hit.explanation for hit in answer.near]
    assert explained[0]
    assert list(explanation_lines(explained[0])) == ["sens proche de celui de la recherche 0,73"]


def test_the_order_by_meaning_weighs_both() -> None:
    text = "prendre un vélo à la campagne"
    by_words = answer_to(SearchQuery(text, order="pertinence"))
    by_meaning = answer_to(SearchQuery(text, order="sens", explain=True))
    assert found(by_words) == ["c5", "c4"]  # the shorter of two that say one word
    assert found(by_meaning) == ["c4", "c5"]  # which one comes in by bus
    assert by_meaning.total == 2
    explained = by_meaning.hits[0].explanation
    assert explained
    assert explained.words
    assert explained.likeness == pytest.approx(0.66, abs=0.01)  # its page is of more than that


@pytest.mark.parametrize("order", ["themes", "pertinence"])
def test_meaning_ranks_the_quotes_of_key_ideas_that_answer_a_question(order: Order) -> None:
    asked = SearchQuery(ASKED_OF_IDEAS, order=order, explain=True)
    by_words = answer_to(replace(asked, meaning=False), meant_library(BACKED))
    answer = answer_to(asked, meant_library(BACKED))
    assert found(by_words) == ["b1", "b2", "i1", "i2"]
    assert found(answer) == ["b2", "i2", "b1", "i1"]  # bread answers no question of roads
    assert (answer.total, answer.facets) == (by_words.total, by_words.facets)
    check(answer)
    explained = answer.hits[0].explanation
    assert explained
    assert explained.raised_by == "le sens"
    assert "pour le sens" in next(explanation_lines(explained))


@pytest.mark.parametrize(
    "asked",
    [
        SearchQuery("prendre bus commune", order="date"),
        SearchQuery("bus commune"),  # two words
        SearchQuery("bus commune vallée -pied"),
        SearchQuery("venir pied commune"),  # a quote says it all
    ],
    ids=lambda asked: asked.text,
)
def test_words_alone_rank_the_rest(asked: SearchQuery) -> None:
    answers = [
        answer_to(replace(asked, meaning=meaning, explain=True), meant_library(BACKED))
        for meaning in (True, False)
    ]
    assert answers[0].hits == answers[1].hits != ()


def test_a_quote_means_a_part_of_what_its_idea_and_its_page_mean() -> None:
    table = np.zeros(5, dtype=[("key", np.uint8, 16), ("code", np.int8, 64)])
    table["code"][:, :2] = [(100, 0), (0, 100), (0, 100), (0, 100), (100, 0)]
    ideas, webinars = np.array([-1, 0, -1, -1, -1]), np.array([0, 0, 0, 1, 2])
    meaning = Meaning(table, wholes_of(table, ideas, webinars), np.arange(5))
    asked = np.eye(64, dtype=np.float32)[0]
    idea, backing, beside, elsewhere, alone = meaning.likeness(asked, np.arange(5))
    assert alone == pytest.approx(1)
    assert elsewhere == pytest.approx(0)
    assert alone > idea > backing > beside > elsewhere


def test_what_only_the_page_of_a_text_means_is_seen_by_the_signs() -> None:
    rng, pages = np.random.default_rng(2), 3 * MEASURED
    asked = unit(np.repeat([1, -1], 32).astype(np.float32))
    table = np.zeros((pages, 5), dtype=[("key", np.uint8, 16), ("code", np.int8, 64)])
    table["code"][:, 0] = rng.integers(-127, 128, (pages, 64))
    table["code"][0] = 127 * np.sign(asked)
    text = unit(rng.normal(size=64).astype(np.float32))
    text -= (text @ asked + 0.1) * asked  # by itself, it means nothing of what is asked
    table["code"][0, 0] = np.round(text * 127 / np.abs(text).max())
    first = np.tile(np.arange(5) == 0, pages)
    said, webinars = table.ravel(), np.repeat(np.arange(pages), 5)
    wholes = wholes_of(said, np.full(5 * pages, -1), webinars)
    meaning = Meaning(said, wholes, np.arange(5 * pages))
    numbers, _ = meaning.nearest(asked, first)
    assert 0 in numbers


def other_encoder() -> Encoder | None:
    return small_encoder(version="2")


@pytest.mark.parametrize("encoding", [other_encoder, lambda: None])
def test_what_cannot_be_compared_is_searched_by_words(
    encoding: object, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        library = open_library(published(QUOTES), encoding=encoding)  # type: ignore[arg-type]
        answer = answer_to(SearchQuery(ASKED, order="sens"), library)
    assert found(answer) == found(answer_to(ASKED))
    assert not answer.near
    assert not answer.knows_meaning
    assert ("un autre encodeur" in caplog.text) == (encoding is other_encoder)


def test_the_nearest_of_many_are_found_by_their_signs_first() -> None:
    rng = np.random.default_rng(1)
    topics = rng.normal(size=(MEASURED // 7, 64)).astype(np.float32)
    vectors = unit(topics[rng.integers(0, len(topics), 3 * MEASURED)])
    vectors = unit(vectors + rng.normal(size=vectors.shape, scale=0.05).astype(np.float32))
    table = np.zeros(len(vectors), dtype=[("key", np.uint8, 16), ("code", np.int8, 64)])
    table["code"] = np.round(vectors * 127 / np.abs(vectors).max(axis=1, keepdims=True))
    alone = np.arange(len(table))
    meaning = Meaning(table, wholes_of(table, np.full(len(table), -1), alone), alone)
    among = np.arange(len(vectors)) % 5 > 0
    for topic in topics[:20]:
        numbers, likeness = meaning.nearest(topic, among)
        exact = np.where(among, vectors @ unit(topic), -1)
        assert len(numbers) == MOST
        assert among[numbers].all()
        assert np.allclose(likeness, np.sort(exact)[: -MOST - 1 : -1], atol=0.01)

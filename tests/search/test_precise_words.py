"""Precise words find what says them, and nothing else; what is told apart is told why."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build
from search.answer import Answer
from search.live_index import IndexReading, open_library
from search.query import Filters, SearchQuery
from tests.search.precise_words import KEPT_ASIDE, PRECISE_QUERIES, PRECISE_WEBINAR, PreciseQuery
from tests.small_site import SMALL_SITE

pytestmark = pytest.mark.model
# « communal » is of the family of « commune »: it is found, as « coopération » by « coopérer ».
FAMILY = {"commune"}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReading]:
    folder = tmp_path_factory.mktemp("precis")
    site = replace(SMALL_SITE, folder=Path(folder), webinars=(PRECISE_WEBINAR,))
    build(site)
    with open_library(site).reading() as opened:
        yield opened


def ask(reading: IndexReading, text: str, **how: object) -> Answer:
    query = replace(SearchQuery(text, order="pertinence", size=300), **how)  # type: ignore[arg-type]
    return reading.search(query)


def found(answer: Answer) -> set[str]:
    return {hit.document.id for hit in answer.hits}


def test_there_are_enough_queries_of_each_kind() -> None:
    assert len(PRECISE_QUERIES) >= 60
    assert len(KEPT_ASIDE) >= 20


@pytest.mark.parametrize("query", PRECISE_QUERIES, ids=lambda q: f"{q.kind}: {q.text}")
def test_a_precise_query_finds_that_and_nothing_else(
    query: PreciseQuery, reading: IndexReading
) -> None:
    answer = ask(reading, query.text)
    assert found(answer) >= query.finds
    if query.text not in FAMILY:
        assert found(answer) == query.finds
    assert answer.total == len(found(answer))


@pytest.mark.parametrize(
    ("text", "label", "count"),
    [
        ("énergie", "Syndicat d’énergie du Vernois", 21),
        ("maraîcher", "Denis Lemaire", 13),
        ("legall", "Alix Le Gall", 12),
    ],
)
def test_who_speaks_is_told_apart_from_what_is_said(
    text: str, label: str, count: int, reading: IndexReading
) -> None:
    answer = ask(reading, text)
    assert (answer.said_by[0].label, answer.said_by[0].count) == (label, count)
    assert answer.total_said_by >= count
    assert all(hit.via is None for hit in answer.hits)
    assert sum(value.count for value in answer.facets[-1].values) == answer.total


@pytest.mark.parametrize(
    ("text", "via"),
    [("desmoulins", "nom"), ("coordinatrice", "fonction"), ("syndicat", "organisation")],
)
def test_who_speaks_answers_where_nobody_says_the_word(
    text: str, via: str, reading: IndexReading
) -> None:
    answer = ask(reading, text)
    assert answer.total > 0
    assert {hit.via for hit in answer.hits} == {via}
    assert answer.said_by == ()


def test_who_is_told_apart_is_counted_within_the_filters(reading: IndexReading) -> None:
    narrowed = Filters(organisations=("syndicat-d-energie-du-vernois",))
    answer = ask(reading, "énergie", filters=narrowed)
    assert found(answer) == {"ener1"}
    assert [some.label for some in answer.said_by] == ["Syndicat d’énergie du Vernois"]


def test_a_small_word_alone_is_found_as_it_is(reading: IndexReading) -> None:
    assert {"mais2", "mais3"} <= found(ask(reading, "mais"))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("tiers-lieux", "mot composé"),
        ("projet alimentaire territorial", "expression entière"),
        ("PAT", "sigle ou synonyme"),
        ("10 000 €", "expression entière"),
        ("clef", "même mot"),
        ("desmoulins", "nom, structure ou fonction"),
    ],
)
def test_each_way_to_meet_is_explained(text: str, way: str, reading: IndexReading) -> None:
    answer = ask(reading, text, explain=True)
    told = [hit.explanation for hit in answer.hits if hit.explanation]
    assert way in {one.label for why in told for word in why.words for one in word.ways}


def test_a_compound_that_is_left_out_leaves_its_parts(reading: IndexReading) -> None:
    assert found(ask(reading, "lieu -tiers-lieux")) == {"lieu4"}

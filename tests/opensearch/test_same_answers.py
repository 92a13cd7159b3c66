"""The answers of both engines are the same, question by question."""

from typing import Any

import pytest

from search.answer import Answer
from search.live_index import Shelf
from search.query import SearchQuery
from tests.search.french_queries import FRENCH_QUERIES

pytestmark = pytest.mark.model

# Of an answer, all but its time: hits are compared one by one, since scores are rounded.
ALIKE = """
    query total total_all pages facets notes additions repaired suggestion typed_filters
    total_unfiltered said_by total_said_by culprits without near_themes words knows_meaning
"""
TYPED = [
    "c",
    "co",
    "éc",
    "tier",
    "cantine é",
    "le vél",
    "l’in",
    "eau et ha",
    "-vélo c",
    "fonta",
    "z",
]
FIRST = 0.01  # of a score


def asked(library: Shelf, query: SearchQuery) -> Answer:
    with library.reading() as reading:
        return reading.search(query)


def told(answer: Answer) -> list[Any]:
    return [(hit.document, hit.via, hit.matched_all, hit.highlights) for hit in answer.hits]


@pytest.mark.parametrize("text", [query.text for query in FRENCH_QUERIES])
def test_a_french_question(text: str, embedded_library: Shelf, library: Shelf) -> None:
    here, there = (asked(one, SearchQuery(text)) for one in (embedded_library, library))
    assert {n: getattr(there, n) for n in ALIKE.split()} == {
        n: getattr(here, n) for n in ALIKE.split()
    }
    assert told(there) == told(here)
    assert [hit.document.id for hit in there.near] == [hit.document.id for hit in here.near]
    for hit, other in zip(here.hits, there.hits, strict=True):
        assert other.score == pytest.approx(hit.score, rel=FIRST)


def test_the_quotes_related_to_each(embedded_library: Shelf, library: Shelf) -> None:
    with embedded_library.reading() as here, library.reading() as there:
        related = {
            one.id: [other.id for other in here.related(one.id)] for one in here.everything()
        }
        assert sum(map(bool, related.values())) > 50
        assert {name: [other.id for other in there.related(name)] for name in related} == related


@pytest.mark.parametrize("text", TYPED)
def test_what_is_proposed(text: str, embedded_library: Shelf, library: Shelf) -> None:
    with embedded_library.reading() as here, library.reading() as there:
        assert there.suggest(text, 5) == here.suggest(text, 5)

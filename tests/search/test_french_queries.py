"""What French readers type finds what they mean."""

import pytest

from search.answer import Answer
from search.live_index import Shelf
from search.query import SearchQuery
from tests.search.french_queries import FRENCH_QUERIES, FrenchQuery

pytestmark = pytest.mark.model


def answer(library: Shelf, text: str) -> Answer:
    with library.reading() as reading:
        return reading.search(SearchQuery(text, order="pertinence", size=300))


def ids(found: Answer) -> list[str]:
    return [hit.document.id for hit in found.hits]


def test_there_are_enough_queries_of_enough_kinds() -> None:
    assert len(FRENCH_QUERIES) >= 150
    assert len({query.kind for query in FRENCH_QUERIES}) >= 14


@pytest.mark.parametrize("query", FRENCH_QUERIES, ids=lambda q: f"{q.kind}: {q.text}")
def test_a_french_query_finds_what_it_means(query: FrenchQuery, library: Shelf) -> None:
    found = ids(answer(library, query.text))
    assert set(query.finds) <= set(found[:10])
    assert not set(query.misses) & set(found)
    if query.nothing:
        assert found == []
    elif query.same_as:
        assert set(found) == set(ids(answer(library, query.same_as)))
        assert found
    else:
        assert found

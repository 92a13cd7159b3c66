"""F13: no query, however made, takes long, takes memory or breaks anything."""

import resource
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from corpus.settings import Settings
from search.live_index import Shelf
from search.query import QueryRefused, SearchQuery
from tests.faults.hostile_queries import FIXED, hostile_queries
from web.app import create_app

pytestmark = pytest.mark.model

MAX_MS = 250
MAX_MEGABYTES = 32


def slowest(ask: Callable[[str], None], queries: list[str]) -> tuple[float, str]:
    """The longest time of the processor in milliseconds: a busy machine is not a fault."""
    return max((_milliseconds(ask, query), query) for query in queries)


def _milliseconds(ask: Callable[[str], None], query: str) -> float:
    began = time.thread_time()
    ask(query)
    return (time.thread_time() - began) * 1000


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_f13_no_query_breaks_the_engine(library: Shelf, is_full: bool) -> None:
    refused = 0

    def ask(query: str) -> None:
        nonlocal refused
        with library.reading() as reading:
            try:
                reading.search(SearchQuery(query))
                reading.suggest(query, 5)
            except QueryRefused:
                refused += 1

    assert len(FIXED) >= 56
    queries = list(hostile_queries(100_000 if is_full else 1_500))
    slowest(ask, queries[: len(FIXED)])
    before = megabytes()
    worst, query = slowest(ask, queries)
    print(f"F13 engine: {len(queries)}, refused {refused}, max {worst:.0f} ms {query[:40]!r}")
    assert worst < MAX_MS
    assert megabytes() - before < MAX_MEGABYTES


def test_f13_no_query_gives_a_5xx(library: Shelf, is_full: bool) -> None:
    client = create_app(library, Settings()).test_client()
    statuses: dict[int, int] = {}

    def ask(address: str) -> None:
        status = client.get(address, buffered=True).status_code
        statuses[status] = statuses.get(status, 0) + 1

    queries = list(hostile_queries(70_000 if is_full else 1_200, seed=130))
    addresses = [
        address + quote(query, errors="surrogatepass")
        for query in queries
        if len(query) < 10_000  # longer ones are refused before the application: F14
        for address in ("/recherche?q=", "/api/v1/search?pourquoi=1&q=", "/api/v1/suggest?q=")
    ]
    slowest(ask, addresses[: len(FIXED)])
    before = megabytes()
    worst, address = slowest(ask, addresses)
    print(f"F13 HTTP: {statuses}, max {worst:.0f} ms {address[:40]}")
    assert set(statuses) <= {200, 400}
    assert worst < MAX_MS
    assert megabytes() - before < MAX_MEGABYTES

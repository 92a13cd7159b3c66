"""F13: no query, however made, takes long, takes memory or breaks anything.

Work is counted: no clock says the same on two machines.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from urllib.parse import quote

import pytest

from corpus.settings import Settings
from indexer.spellings import MIN_LETTERS
from search.answering import Found
from search.engine import Asking, impacts
from search.explanation import Explainer
from search.facets import facets_of
from search.live_index import IndexReading, Shelf
from search.query import MAX_CHARACTERS, PAGE_SIZE, QueryRefused, SearchQuery, question_from
from search.terms import compiled
from tests.faults.hostile_queries import FIXED, hostile_queries
from web.app import create_app

pytestmark = pytest.mark.model

MAX_SECONDS = 5  # of the processor: a guard for what no count sees
MAX_MEGABYTES = 32

# A question, its repair, ten words alone, ten pieces dropped one by one, and the culprits together.
MAX_QUESTIONS = 23
MAX_WORDS_TRIED = MAX_CHARACTERS // (MIN_LETTERS + 1)
MEANT = 10  # at most, near by meaning, after those of a page
A_SEARCH = {
    "parsed": 1,
    "answered": 1,
    "found": MAX_QUESTIONS,
    "compiled": MAX_QUESTIONS + MAX_WORDS_TRIED,
    "looked up": 600,
    "read": PAGE_SIZE + MEANT,
    "explained": PAGE_SIZE + MEANT,
}
# What may begin a label is read in four ways; in each, forty words of the corpus may be tried.
SUGGESTIONS = {"parsed": 1 + 4, "found": 4 + 4 * 40, "compiled": 4 + 4 * 40, "looked up": 1_000}

Most = dict[str, tuple[float, str]]


@contextmanager
def work_counted() -> Iterator[Counter[str]]:
    """Count the calls of what a search is made of, wherever it was imported."""
    counts: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        for name, called in (
            ("parsed", question_from),
            ("answered", facets_of),
            ("found", Found.__init__),
            ("compiled", compiled),
            ("looked up", impacts),
            ("read", Asking.record),
            ("explained", Explainer.explanation),
        ):
            counted = _counted(name, called, counts)
            for owner in [*sys.modules.values(), Found, Asking, Explainer]:
                if vars(owner).get(called.__name__) is called:
                    patch.setattr(owner, called.__name__, counted)
        yield counts


def _counted(name: str, called: Callable[..., Any], counts: Counter[str]) -> Callable[..., Any]:
    @wraps(called)
    def counted(*arguments: Any, **options: Any) -> Any:
        counts[name] += 1
        return called(*arguments, **options)

    return counted


def most_work(ask: Callable[[str], None], queries: list[str]) -> Most:
    """The most that one query asked of each kind of work, with that query; "s": its seconds."""
    most: Most = {}
    with work_counted() as counts:
        for query in queries:
            counts.clear()
            began = time.thread_time()
            ask(query)
            spent = {**counts, "s": time.thread_time() - began}
            for name, number in spent.items():
                most[name] = max(most.get(name, (0, "")), (number, query))
    return most


def check(most: Most, bounds: dict[str, int]) -> None:
    """Every kind of work was done, and none above its bound."""
    assert set(most) == {*bounds, "s"}
    bounded = {**bounds, "s": MAX_SECONDS}
    assert not {name: worst for name, worst in most.items() if worst[0] > bounded[name]}


def numbers(most: Most) -> str:
    return ", ".join(f"{name} {worst:.3g}" for name, (worst, _) in sorted(most.items()))


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_f13_no_query_breaks_the_engine(library: Shelf, is_full: bool) -> None:
    refused = 0

    def ask(query: str, do: Callable[[IndexReading, str], object]) -> None:
        nonlocal refused
        with library.reading() as reading:
            try:
                do(reading, query)
            except QueryRefused:
                refused += 1

    def search(query: str) -> None:
        ask(query, lambda reading, text: reading.search(SearchQuery(text, explain=True)))

    def suggest(query: str) -> None:
        ask(query, lambda reading, text: reading.suggest(text, 5))

    assert len(FIXED) >= 56
    queries = list(hostile_queries(100_000 if is_full else 1_500))
    for do in (search, suggest):
        most_work(do, queries[: len(FIXED)])
    before = megabytes()
    searched, suggested = most_work(search, queries), most_work(suggest, queries)
    print(f"F13 engine: {len(queries)}, refused {refused}")
    print(f"F13 search: {numbers(searched)}; suggestions: {numbers(suggested)}")
    check(searched, A_SEARCH)
    check(suggested, SUGGESTIONS)
    assert megabytes() - before < MAX_MEGABYTES


def test_f13_no_query_gives_a_5xx(library: Shelf, is_full: bool) -> None:
    client = create_app(library, Settings()).test_client()
    statuses: dict[int, int] = {}

    def ask(address: str) -> None:
        status = client.get(address, buffered=True).status_code
        statuses[status] = statuses.get(status, 0) + 1

    queries = [
        quote(query, errors="surrogatepass")
        for query in hostile_queries(70_000 if is_full else 1_200, seed=130)
        if len(query) < 10_000  # longer ones are refused before the application: F14
    ]

    def most_of(*addresses: str) -> Most:
        return most_work(ask, [address + query for query in queries for address in addresses])

    most_work(ask, [f"/recherche?q={query}" for query in queries[: len(FIXED)]])
    before = megabytes()
    searched = most_of("/recherche?q=", "/api/v1/search?pourquoi=1&q=")
    suggested = most_of("/api/v1/suggest?q=")
    print(f"F13 HTTP: {statuses}, search: {numbers(searched)}; suggestions: {numbers(suggested)}")
    assert set(statuses) <= {200, 400}
    check(searched, A_SEARCH)
    check(suggested, SUGGESTIONS)
    assert megabytes() - before < MAX_MEGABYTES

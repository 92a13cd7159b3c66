"""F10: sixteen threads that take turns every ten microseconds are answered as one thread is."""

import sys
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from corpus.site import Site
from indexer.generations import index_store
from search.answer import answer_as_json
from search.live_index import Shelf
from search.query import SearchQuery

pytestmark = pytest.mark.model

THREADS = 16
QUERIES = [
    SearchQuery("financement de l’ingénierie"),
    SearchQuery("voiture", order="pertinence", explain=True),
    SearchQuery('"petite faim"'),
    SearchQuery("ballayeuse"),
    SearchQuery("ESS habitants -réunion", order="date"),
    SearchQuery("theme:mobilite vélo", every_word=True),
    SearchQuery("licorne cantine xyzzyx"),
    SearchQuery(),
]


@pytest.fixture
def fast_switching() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def answered(shelf: Shelf, query: SearchQuery) -> dict[str, Any]:
    """An answer without the time it took, and what is suggested and shown beside it."""
    with shelf.reading() as reading:
        answer = answer_as_json(reading.search(query), "")
        answer.pop("took_ms")
        answer["suggested"] = [repr(group) for group in reading.suggest(query.text[:6], 5)]
        if answer["hits"]:
            first = answer["hits"][0]["id"]
            answer["related"] = [document.id for document in reading.related(first)]
    return answer


def test_f10_threads_share_nothing_that_changes(
    sample_site: Site, is_full: bool, fast_switching: None
) -> None:
    shelf = Shelf(index_store(sample_site), places=THREADS)
    expected = [answered(Shelf(index_store(sample_site)), query) for query in QUERIES]
    end = time.monotonic() + (300 if is_full else 10)
    wrong: list[str] = []
    counts = [0] * THREADS

    def ask(thread: int) -> None:
        while time.monotonic() < end:
            place = (counts[thread] + thread) % len(QUERIES)
            try:
                if answered(shelf, QUERIES[place]) != expected[place]:
                    wrong.append(QUERIES[place].text)
            except Exception as fault:
                wrong.append(repr(fault))
            counts[thread] += 1

    threads = [Thread(target=ask, args=(thread,)) for thread in range(THREADS)]
    for started in threads:
        started.start()
    for started in threads:
        started.join()
    print("F10", sum(counts), "answers")
    assert wrong == []
    assert min(counts) >= 1

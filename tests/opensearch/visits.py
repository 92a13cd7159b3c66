"""Searches at a steady rate, while something happens; what failed, and what was answered wrong."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from search.answer import Answer
from search.live_index import Shelf
from search.query import SearchQuery

TEXTS = ("voiture", "eau école", "commune", "cahier spirale", "balayeuse", "médecin", "vélo cargo")


Found = tuple[object, ...]


@dataclass
class Visits:
    """What became of the searches: the failures, the answers that are of no edition."""

    count: int = 0
    failed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def __str__(self) -> str:
        told = f"{self.count} searches, {len(self.failed)} failed, {len(self.wrong)} wrong"
        return f"{told}, the slowest took {self.slowest:.2f} s"


def answers(library: Shelf) -> dict[str, Found]:
    """What each text finds now."""
    with library.reading() as reading:
        return {text: found(reading.search(SearchQuery(text))) for text in TEXTS}


def found(answer: Answer) -> Found:
    """What tells an answer from that of another edition, or of a part of the index."""
    hits = [(hit.document.id, hit.document.webinar.title) for hit in answer.hits]
    return answer.total, hits, answer.facets


@contextmanager
def visited(library: Shelf, *editions: dict[str, Found], rate: float = 8.0) -> Iterator[Visits]:
    """Search until the end of the block; each answer must be that of one edition (today's)."""
    visits, over = Visits(), threading.Event()
    expected = editions or (answers(library),)

    def one(text: str) -> None:
        began = time.monotonic()
        try:
            with library.reading() as reading:
                answer = found(reading.search(SearchQuery(text)))
        except Exception as error:
            visits.failed.append(f"{type(error).__name__} {error}"[:200])
            return
        visits.slowest = max(visits.slowest, time.monotonic() - began)
        if answer not in [edition[text] for edition in expected]:
            visits.wrong.append(text)

    def come() -> None:
        with ThreadPoolExecutor(6) as pool:
            while not over.wait(1 / rate):
                pool.submit(one, TEXTS[visits.count % len(TEXTS)])
                visits.count += 1

    visitors = threading.Thread(target=come)
    visitors.start()
    try:
        yield visits
    finally:
        over.set()
        visitors.join()

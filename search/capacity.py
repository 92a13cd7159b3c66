"""How much one process searches at once, and for how long."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MAX_SEARCHES = 8  # at once in one process
SECONDS = 2.0  # a hostile query takes less than a quarter of one: this is for what nobody foresaw


class SearchBusy(RuntimeError):
    """The process cannot answer this search now; the message is for the visitor, in French."""


class Deadline:
    """The moment after which a search is given up.

    By default its own work is counted: a machine that stalls makes it late, and refuses nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._moment = float("inf")

    def begin(self, seconds: float = SECONDS) -> None:
        """Count from now."""
        self._moment = self._clock() + seconds

    def check(self) -> None:
        """Raise `SearchBusy` when the time is over."""
        if self._clock() > self._moment:
            raise SearchBusy(
                "Cette recherche demande trop de temps. Essayez avec moins de mots, "
                "ou dans un instant."
            )


class Guard:
    """Lets a few searches in at once; the others are told at once to come back."""

    def __init__(self, places: int = MAX_SEARCHES) -> None:
        self._places = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one of the places, or raise `SearchBusy`: waiting would only hold a thread."""
        if not self._places.acquire(blocking=False):
            raise SearchBusy("Trop de recherches à la fois. Réessayez dans un instant.")
        try:
            yield
        finally:
            self._places.release()

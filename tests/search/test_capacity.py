"""A process answers a few searches at once, each within its time; what is beyond is told so."""

import time

import pytest

from search.capacity import MAX_SEARCHES, Deadline, Guard, SearchBusy
from search.live_index import Shelf
from search.query import SearchQuery


def test_one_search_too_many_is_told_at_once() -> None:
    guard = Guard(2)
    with guard.place(), guard.place(), pytest.raises(SearchBusy, match="Réessayez"), guard.place():
        pass
    with guard.place():
        pass


def test_a_place_is_given_back_after_a_fault() -> None:
    guard = Guard(1)
    with pytest.raises(ZeroDivisionError), guard.place():
        raise ZeroDivisionError
    with guard.place():
        pass


def test_a_deadline_holds_from_when_it_begins() -> None:
    deadline = Deadline()
    deadline.check()
    deadline.begin(60)
    deadline.check()
    deadline.begin(-1)
    with pytest.raises(SearchBusy, match="moins de mots"):
        deadline.check()


def test_a_machine_that_stalls_refuses_nothing() -> None:
    deadline = Deadline()
    deadline.begin(0.2)
    time.sleep(0.3)
    deadline.check()


@pytest.mark.model
def test_a_search_past_its_time_is_given_up(
    library: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.capacity.Deadline.begin.__defaults__", (-1.0,))
    with library.reading() as reading, pytest.raises(SearchBusy):
        reading.search(SearchQuery("eau"))


@pytest.mark.model
def test_all_places_taken_refuse_a_search_and_leave_pages(library: Shelf) -> None:
    with library.reading() as reading:
        places = [reading._guard.place() for _ in range(MAX_SEARCHES)]
        for place in places:
            place.__enter__()
        try:
            assert reading.overview().verbatims
            with pytest.raises(SearchBusy):
                reading.suggest("eau", 5)
        finally:
            for place in places:
                place.__exit__(None, None, None)
        assert reading.suggest("eau", 5) is not None

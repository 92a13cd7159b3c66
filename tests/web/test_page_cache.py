"""A page is made once for an edition, and given again as it was."""

from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from flask import Response
from flask.testing import FlaskClient

from web.page_cache import RecentPages

Make = Callable[[], Response]


class Maker:
    """Makes a page with the number of pages that it made."""

    def __init__(self, length: int = 100, status: int = 200) -> None:
        self.made = 0
        self._length = length
        self._status = status

    def __call__(self) -> Response:
        self.made += 1
        return Response(f"{self.made}".ljust(self._length), self._status, {"X-Made": "oui"})


@pytest.fixture
def recent() -> RecentPages:
    return RecentPages(1_000)


def test_a_page_is_made_once_and_given_again_whole(recent: RecentPages) -> None:
    make = Maker()
    first, again = (recent.page("1", "/", make) for _ in range(2))
    assert make.made == 1
    assert again is not first
    assert (again.status, again.data, list(again.headers)) == (
        first.status,
        first.data,
        list(first.headers),
    )


def test_what_is_added_to_an_answer_is_not_given_to_the_next(recent: RecentPages) -> None:
    make = Maker()
    for _ in range(2):
        response = recent.page("1", "/", make)
        assert "X-More" not in response.headers
        response.headers["X-More"] = "oui"


def test_another_address_or_edition_is_another_page(recent: RecentPages) -> None:
    make = Maker()
    for edition, address in (("1", "/"), ("1", "/a"), ("2", "/"), ("1", "/a")):
        recent.page(edition, address, make)
    assert make.made == 4


@pytest.mark.parametrize("status", [302, 404, 500, 503])
def test_only_what_was_found_is_kept(recent: RecentPages, status: int) -> None:
    make = Maker(status=status)
    for _ in range(2):
        assert recent.page("1", "/", make).status_code == status
    assert make.made == 2


def test_a_stream_is_left_to_flow(recent: RecentPages) -> None:
    response = recent.page("1", "/", lambda: Response(iter(["a", "b"])))
    assert response.is_streamed
    assert response.get_data(as_text=True) == "ab"


def test_the_page_asked_longest_ago_goes_first(recent: RecentPages) -> None:
    make = Maker(length=400)
    for address in ("/a", "/b", "/a", "/c", "/a"):  # /c takes the place of /b
        recent.page("1", address, make)
    assert make.made == 3
    recent.page("1", "/b", make)
    assert make.made == 4


def test_a_page_longer_than_all_the_room_is_not_kept(recent: RecentPages) -> None:
    make = Maker(length=1_001)
    for _ in range(2):
        recent.page("1", "/", make)
    assert make.made == 2


def test_threads_share_it(recent: RecentPages) -> None:
    wrong: list[str] = []

    def ask(user: int) -> None:
        for turn in range(300):
            address = f"/{(user * 7 + turn) % 20}"
            edition = str(turn // 100)
            made = f"{edition}{address}".ljust(120)
            page = recent.page(edition, address, partial(Response, made))
            if page.get_data(as_text=True) != made:
                wrong.append(address)

    threads = [Thread(target=ask, args=(user,)) for user in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("address", ["/", "/recherche?q=vélo", "/theme/emploi"])
def test_a_page_given_again_is_sent_as_the_first_time(client: FlaskClient, address: str) -> None:
    first, again = client.get(address), client.get(address)
    assert again.data == first.data
    assert [name for name, _ in again.headers] == [name for name, _ in first.headers]


def test_a_head_before_it_leaves_the_page_whole(client: FlaskClient) -> None:
    assert client.head("/themes").data == b""
    assert b"<h1" in client.get("/themes").data

"""The pages that were made last, given again without being made: most are asked more than once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from flask import Response

_MOST = 8_000_000  # bytes in a process
_LONGEST = 400_000  # bytes of a page


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    headers: tuple[tuple[str, str], ...]


class RecentPages:
    """Pages of one edition (a generation of the index) by their address, the oldest go first.

    Threads may share it. Only what was found is kept: never an error, a stream or a redirection.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._edition: Hashable = None
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def page(self, edition: Hashable, address: Hashable, make: Callable[[], Response]) -> Response:
        """The page of an address in an edition; `make` is called when it is not kept."""
        if kept := self._kept(edition, address):
            return Response(kept.body, headers=list(kept.headers))
        response = make()
        if response.status_code == HTTPStatus.OK and response.is_sequence:
            self._keep(edition, address, response)
        return response

    def _kept(self, edition: Hashable, address: Hashable) -> _Page | None:
        with self._lock:
            if edition != self._edition or address not in self._pages:
                return None
            self._pages.move_to_end(address)
            return self._pages[address]

    def _keep(self, edition: Hashable, address: Hashable, response: Response) -> None:
        page = _Page(response.get_data(), tuple(response.headers))
        if len(page.body) > _LONGEST:
            return
        with self._lock:
            if edition != self._edition:  # what was withdrawn leaves the memory too
                self._edition, self._size = edition, 0
                self._pages.clear()
            if former := self._pages.pop(address, None):
                self._size -= len(former.body)
            self._pages[address] = page
            self._size += len(page.body)
            while self._size > self._most:
                self._size -= len(self._pages.popitem(last=False)[1].body)

"""How much of the site one address may take: a part of the time of a process, and some in advance.

What counts is the work that each answer took, so that hundreds of people behind one address are
answered from memory, while few may ask what is long. What draws a page or checks the site is not
counted. Each process counts for itself, in memory.
"""

import logging
import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Flask, Response, current_app, g, request

from corpus.settings import ServerSettings
from web.settings import current_settings

UNCOUNTED = {"static", "pages.health", "widget.script", "frames.host_script"}
RELAY_PART = 90  # of a hundred: for all those whom a proxy that nobody declared stands for
MOST_KNOWN = 10_000  # addresses
_log = logging.getLogger(__name__)
_NEAR = [
    ip_network(near)
    for near in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("::1/128", "fc00::/7"),
    )
]
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
Clock = Callable[[], float]


class TooManyRequests(RuntimeError):
    """This visitor has taken too much; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Debts:
    """The seconds of work that each address owes, paid back as time goes by.

    An address is answered as long as it owes no more than the `advance`.
    """

    def __init__(self, advance: float, clock: Clock = time.monotonic) -> None:
        self.advance = advance
        self._clock = clock
        self._owed: dict[str, tuple[float, float]] = {}  # how much, and when that was
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._owed)

    def owed(self, who: str, part: float) -> float:
        """What an address owes now, when it pays back that part of each second."""
        with self._lock:
            return self._left(who, part)

    def charge(self, who: str, part: float, seconds: float) -> None:
        """Count an answer that took so much work."""
        with self._lock:
            self._owed[who] = self._left(who, part) + seconds, self._clock()
            if len(self._owed) > MOST_KNOWN:
                known = [(one, self._left(one, part)) for one in self._owed]
                self._owed = {one: (left, self._clock()) for one, left in known if left > 0}

    def _left(self, who: str, part: float) -> float:
        owed, then = self._owed.get(who, (0.0, 0.0))
        return max(0.0, owed - (self._clock() - then) * part)


def register_limits(
    app: Flask, work: Clock = time.thread_time, clock: Clock = time.monotonic
) -> None:
    """Count the work of each answer, and raise `TooManyRequests` beyond; two clocks tell it."""
    server: ServerSettings = app.extensions["settings"].serveur
    debts = Debts(server.avance, clock)

    def weigh() -> None:
        if request.endpoint in UNCOUNTED or not server.part:
            return
        who, part = visitor(), part_of(server)
        owed = debts.owed(who, part)
        g.limit = _told(debts.advance, owed, part)
        if owed > debts.advance:
            raise TooManyRequests(max(1, math.ceil((owed - debts.advance) / part)))
        g.weighed = who, part, work()

    def charge(response: Response) -> Response:
        if weighed := g.pop("weighed", None):
            who, part, began = weighed
            if response.is_streamed:  # an export is made as it is sent
                response.call_on_close(lambda: debts.charge(who, part, work() - began))
            else:
                debts.charge(who, part, work() - began)
        return response

    app.before_request(_tell_of_a_relay)
    app.before_request(weigh)
    app.after_request(charge)
    app.after_request(_tell_programs)


def _told(advance: float, owed: float, part: float) -> tuple[int, int, int]:
    """The milliseconds of work that may be taken at once, those left, the seconds to have all."""
    left = max(0.0, advance - owed)
    return round(advance * 1000), round(left * 1000), math.ceil(owed / part)


def _tell_programs(response: Response) -> Response:
    """On the API, say what is left."""
    if "limit" in g and request.path.startswith("/api/"):
        for name, value in zip(("Limit", "Remaining", "Reset"), g.limit, strict=True):
            response.headers[f"X-RateLimit-{name}"] = str(value)
    return response


def _tell_of_a_relay() -> None:
    """Say once that all visitors are counted as one, and which setting tells them apart."""
    state = current_app.extensions
    if "relay_told" not in state and stands_for_many(current_settings().serveur):
        state["relay_told"] = True
        _log.warning(
            "un relais se tient devant le site, réglez «\u00a0relais\u00a0» (table serveur)"
        )


def part_of(server: ServerSettings) -> float:
    """The part of a process that the address of this request may take for good."""
    part = max(server.part, RELAY_PART) if stands_for_many(server) else server.part
    return part / 100


def stands_for_many(server: ServerSettings) -> bool:
    """Say whether a proxy that the settings do not declare seems to bring this request.

    What it says of its visitors is not believed: they share one part, which is larger.
    """
    if server.relais or not any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return any(address in network for network in _NEAR)


def visitor() -> str:
    """Who is counted: an address, or the network that one subscriber has in IPv6."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)

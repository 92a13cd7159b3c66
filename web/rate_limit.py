"""How much one visitor may ask. What draws a page or checks the site is not counted.

Each process counts for itself, so each allows its share. Counts live in memory, for a minute.
"""

import logging
import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from corpus.settings import ServerSettings
from web.settings import current_settings

UNCOUNTED = {"static", "pages.health", "widget.script", "frames.host_script"}
AS_ONE_TYPES = {"api.search", "api.suggest"}
LETTERS = 5  # one is asked at each letter, or nearly: five times what a page may
RELAY = 10  # visitors that a proxy which nobody declared may stand for
_log = logging.getLogger(__name__)
_NEAR = [
    ip_network(near)
    for near in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("::1/128", "fc00::/7"),
    )
]
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


class TooManyRequests(RuntimeError):
    """This visitor has asked too much; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def register_limits(app: Flask) -> None:
    """Count the requests of each visitor, and raise `TooManyRequests` beyond."""
    counts = FixedWindowRateLimiter(MemoryStorage())

    def count() -> None:
        if request.endpoint in UNCOUNTED:
            return
        who = visitor()
        for limit in allowance():
            is_within = counts.hit(limit, who)
            reset, left = counts.get_window_stats(limit, who)
            wait = max(1, math.ceil(reset - time.time()))
            if "limit" not in g or left < g.limit[1]:
                g.limit = (limit.amount, left, wait)
            if not is_within:
                raise TooManyRequests(wait)

    app.before_request(_tell_of_a_relay)
    app.before_request(count)
    app.after_request(_tell_programs)


def _tell_programs(response: Response) -> Response:
    """On the API, say what is left of the limit that is the nearest."""
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


def allowance() -> list[RateLimitItem]:
    """What this request counts against; nothing where there is no limit."""
    server = current_settings().serveur
    factor = LETTERS if request.endpoint in AS_ONE_TYPES else 1
    if stands_for_many(server):
        factor *= RELAY
    share = max(1, server.processus)
    return [
        item(max(1, -(-most * factor // share)))
        for item, most in (
            (RateLimitItemPerSecond, server.par_seconde),
            (RateLimitItemPerMinute, server.par_minute),
        )
        if most
    ]


def stands_for_many(server: ServerSettings) -> bool:
    """Say whether a proxy that the settings do not declare seems to bring this request.

    What it says of its visitors is not believed: they share one count, which is larger.
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

"""F20: many who ask too much, and many who are slow, leave the others what they came for."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import cycle, islice
from pathlib import Path
from threading import Event

import pytest

from tests.faults.serving import Server, fetched, served
from tests.faults.visitors import visits

pytestmark = pytest.mark.model

GREEDY = 4
SLOW = 200
PATHS = ["/recherche?q=voiture", "/api/v1/search?q=habitants", "/"]


@pytest.fixture
def server(few_webinars: Path, limits: str) -> Iterator[Server]:
    settings = few_webinars / "verbatheque.toml"
    limited = f"relais = 1\n{limits}"
    text = settings.read_text("utf-8").partition("[serveur]")[0]
    settings.write_text(f"{text}[serveur]\n{limited}", "utf-8")
    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        yield server


def from_address(address: str) -> Callable[[int], dict[str, str]]:
    return lambda _user: {"X-Forwarded-For": address}


@pytest.mark.parametrize("limits", ["part = 1\navance = 0\n"], ids=["a small part"])
def test_f20_a_greedy_client_is_refused_fast_and_the_others_go_on(
    server: Server, is_full: bool
) -> None:
    over = Event()
    greedy, threads = visits(server.port, PATHS, GREEDY, over.is_set, from_address("203.0.113.1"))
    calm = polite(server, 60 if is_full else 8)
    over.set()
    for thread in threads:
        thread.join()
    asked, refused = sum(greedy.statuses.values()), greedy.statuses[429]
    print(
        f"F20 greedy: {asked}, refused {refused}, p50 {greedy.percentile(0.5):.1f} ms,"
        f" others {sorted(calm)[-1]:.0f} ms at most"
    )
    assert set(greedy.statuses) <= {200, 429}
    assert not greedy.faults
    assert refused > asked / 2
    refusals = [
        line for line in map(json.loads, server.logged().splitlines()) if line.get("status") == 429
    ]
    assert len(refusals) >= refused
    assert not any(line["generation"] for line in refusals)  # the index was not even asked for
    assert greedy.percentile(0.5) < 500  # 2 at rest: a guard, whatever else the machine does


def polite(server: Server, seconds: float) -> list[float]:
    """Ask calmly as other visitors, and give the milliseconds; each must be answered."""
    times, end, visitor = [], time.monotonic() + seconds, 0
    while time.monotonic() < end:
        visitor = visitor % 200 + 2
        began = time.perf_counter()
        fetched(f"{server.address}/recherche?q=eau", {"X-Forwarded-For": f"203.0.113.{visitor}"})
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(0.1)
    return times


# How a slow client begins, and what it then adds now and then.
SLOWNESS = [
    (b"", b""),
    (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n"),
    (b"GET /recherche?q=a", b"a"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n", b"a"),
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n", b"X"),
    (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na", b"a"),
]


@pytest.mark.parametrize("limits", [""], ids=["the usual part"])
def test_f20_slow_clients_hold_no_thread(server: Server, is_full: bool) -> None:
    with ExitStack() as opened:
        clients = [
            (opened.enter_context(socket.create_connection(("127.0.0.1", server.port))), more)
            for _, more in islice(cycle(SLOWNESS), SLOW)
        ]
        for (client, _), (began, _more) in zip(clients, cycle(SLOWNESS), strict=False):
            client.settimeout(2)
            client.sendall(began)
        times: list[float] = []
        for _ in range(120 if is_full else 4):
            for client, more in clients:
                with suppress(OSError):  # it was shown the door
                    client.sendall(more)
            times += polite(server, 1)
    print(f"F20 slow: others {sorted(times)[len(times) // 2]:.0f}, at most {max(times):.0f} ms")
    assert len(clients) >= SLOW
    assert max(times) < 5_000  # 300 at rest; nobody waits until a slow client is shown the door
    assert len(server.workers()) == 2
    assert '"level": "error"' not in server.logged()

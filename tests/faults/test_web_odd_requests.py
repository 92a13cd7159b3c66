"""F14: whatever is sent to the real server, it answers in French, guarded, and never with a 5xx."""

import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.odd_requests import FIXED, Odd, mutations
from tests.faults.serving import Server, fetched, served

pytestmark = pytest.mark.model


@pytest.fixture
def server(few_webinars: Path) -> Iterator[Server]:
    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        yield server


def answer_to(port: int, sent: bytes) -> bytes:
    """The first answer to some bytes, as it came."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        received = b""
        with suppress(OSError):  # refused before all was sent: the answer is there
            client.sendall(sent)
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)
            while chunk := client.recv(65_536):
                received += chunk
        return received


def faults_of(odd: Odd, received: bytes) -> Iterator[str]:
    """What is wrong with an answer."""
    sent, statuses = odd
    received = received.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", received)
    if not found:
        yield f"no answer: {received[:80]!r}"
        return
    status = int(found[1])
    if status not in statuses:
        yield f"status {status}"
    head, _, body = received.partition(b"\r\n\r\n")
    for name in (
        b"Content-Security-Policy: default-src 'none'",
        b"X-Content-Type-Options: nosniff",
    ):
        if name not in head:
            yield f"without {name.decode()}"
    if b"Traceback" in body or b"/site-packages/" in body or b"Set-Cookie" in head:
        yield "a trace or a cookie"
    is_head = sent.startswith(b"HEAD")
    if status >= 400 and not is_head and not re.search("[éàèêô’]".encode(), body):
        yield "an error that is not in French"
    target = sent.split(b" ", 2)[1] if sent.count(b" ") > 1 else b""
    is_problem = b"application/problem+json" in head
    if status >= 400 and target.startswith(b"/api/") and not is_problem and sent.startswith(b"GET"):
        yield "an error of the API that is no problem+json"


def test_f14_odd_requests_get_their_refusal(server: Server) -> None:
    assert len(FIXED) >= 100
    wrong = {
        odd[0][:90]: list(faults)
        for odd in FIXED
        if (faults := list(faults_of(odd, answer_to(server.port, odd[0]))))
    }
    assert wrong == {}
    assert "records" in fetched(server.address + "/sante")
    assert '"level": "error"' not in server.logged()


def test_f14_mutated_requests_never_give_a_5xx(server: Server, is_full: bool) -> None:
    odds = list(mutations(5_000 if is_full else 400))
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda odd: answer_to(server.port, odd[0]), odds))
    statuses = Counter(answer[9:12].decode("latin-1") for answer in answers)
    print("F14", dict(statuses))
    wrong = {
        odd[0][:90]: answer[:90]
        for odd, answer in zip(odds, answers, strict=True)
        if answer[9:10] == b"5" or b"Traceback" in answer
    }
    assert wrong == {}
    unanswered = sum(not answer for answer in answers)
    assert unanswered <= len(odds) // 20  # a head that never ends is closed without an answer
    assert '"level": "error"' not in server.logged()

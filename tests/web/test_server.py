"""The server itself, in a process of its own."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.problems import Refused
from search.query import MAX_CHARACTERS
from tests.small_site import published
from web.server import HEAD_SECONDS, serve

pytestmark = pytest.mark.process  # a server in a process of its own

ROOT = Path(__file__).parents[2]
SERVER = """
import sys
from pathlib import Path
from corpus.settings import ServerSettings, Settings
from corpus.site import Site
from search.live_index import open_library
from web.app import create_app
from web.server import serve

library = open_library(Site(Path(sys.argv[1])))
serve(lambda: create_app(library, Settings()), port=0,
      server=lambda: ServerSettings(processus=1))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", SERVER, str(published().folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Verbathèque répond sur http://127.0.0.1:")
        assert said.endswith("(Ctrl+C pour arrêter)\n")
        yield process, said.split()[3]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_it_answers_once_it_says_so(server: tuple[subprocess.Popen[str], str]) -> None:
    with urllib.request.urlopen(server[1] + "/sante") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("length", [MAX_CHARACTERS + 1, 10_000, 60_000])
def test_a_query_too_long_is_a_french_400(
    server: tuple[subprocess.Popen[str], str], length: int
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(server[1] + "/recherche?q=" + "a" * length)
    with refusal.value as answer:
        assert answer.status == 400
        assert f"{MAX_CHARACTERS} caractères" in answer.read().decode()
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_an_address_too_long_is_a_problem_for_a_program(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(server[1] + "/api/v1/search?q=" + "a" * 10_000)
    with refusal.value as answer:
        assert answer.status == 400
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.read())["status"] == 400


def raw(address: str, *sent: bytes) -> bytes:
    """The answer to bytes that are sent one after the other."""
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as client:
        for part in sent:
            client.sendall(part)
            time.sleep(0.05)
        client.settimeout(10)
        received = b""
        with suppress(ConnectionResetError):  # cut off, and told so
            while chunk := client.recv(4096):
                received += chunk
    return received


def test_a_head_that_comes_in_pieces_is_awaited(server: tuple[subprocess.Popen[str], str]) -> None:
    head = b"GET /sante HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert raw(
        server[1], *(head[place : place + 7] for place in range(0, len(head), 7))
    ).startswith(b"HTTP/1.1 200")


def test_a_head_that_never_ends_is_let_go(server: tuple[subprocess.Popen[str], str]) -> None:
    began = time.monotonic()
    assert raw(server[1], b"GET /sante HTTP/1.1\r\n") == b""
    assert time.monotonic() - began < HEAD_SECONDS + 3


def test_a_request_with_a_body_closes_the_connection(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    head = b"POST /sante HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
    answer = raw(server[1], head)
    assert answer.startswith(b"HTTP/1.1 405")
    assert b"Connection: close" in answer


def test_a_port_in_use_is_a_french_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with pytest.raises(Refused, match=rf"Le port {port} est déjà pris\."):
            serve(pytest.fail, port=port)


@pytest.mark.parametrize("host", ["nulle-part.invalid", "a..b"])
def test_an_unknown_host_is_a_french_refusal(host: str) -> None:
    with pytest.raises(Refused, match="inconnue de cette machine"):
        serve(pytest.fail, host=host)

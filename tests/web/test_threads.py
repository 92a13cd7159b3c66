"""Whom the threads of a worker answer, and who is left to the other workers."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

pytestmark = pytest.mark.process  # a server in a process of its own

ROOT = Path(__file__).parents[2]
ARRIVAL = 0.3  # seconds within which a request that was sent has arrived
SERVER = """
import os
from flask import Flask
from corpus.settings import ServerSettings
from web.server import serve

def held(path):
    os.write(1, f"asked {path}\\n".encode())
    return os.read(0, 1)

def application():
    app = Flask(__name__)
    app.add_url_rule("/<path>", view_func=held)
    return app

serve(application, port=0, server=lambda: ServerSettings(processus=1, fils=1))
"""


class Held:
    """A worker with one thread, which answers a request when it is told to."""

    def __init__(self, process: Popen[bytes]) -> None:
        self._process = process
        said = self._line()
        while not said.startswith("Verbathèque répond"):
            said = self._line()
        self._port = int(said.split()[3].rpartition(":")[2])
        self._visitors: list[HTTPConnection] = []

    def visitor(self, path: str) -> HTTPConnection:
        """A newcomer who asks; the answer is not awaited."""
        visitor = HTTPConnection("127.0.0.1", self._port, timeout=20)
        visitor.request("GET", path)
        self._visitors.append(visitor)
        return visitor

    def asked(self) -> str:
        """The path of the next request that a thread takes."""
        said = self._line()
        while not said.startswith("asked "):
            said = self._line()
        return said.split()[1]

    def release(self, visitor: HTTPConnection) -> None:
        """Let the request that holds the thread be answered."""
        assert self._process.stdin is not None
        self._process.stdin.write(b".")
        self._process.stdin.flush()
        assert visitor.getresponse().read() == b"."

    def kill_worker(self) -> None:
        pid = self._process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        os.kill(int(workers), signal.SIGKILL)

    def end(self) -> None:
        for visitor in self._visitors:
            visitor.close()
        self._process.terminate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        assert line, "the server is gone"
        return line


@pytest.fixture
def server() -> Iterator[Held]:
    with Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdin=PIPE, stdout=PIPE) as process:
        held = Held(process)
        yield held
        held.end()


def test_visitors_who_ask_without_a_pause_let_a_newcomer_in(server: Held) -> None:
    first = server.visitor("/1")
    assert server.asked() == "1"
    server.release(first)
    second = server.visitor("/2")
    assert server.asked() == "2"
    server.release(second)

    first.request("GET", "/3")
    assert server.asked() == "3"
    second.request("GET", "/4")
    time.sleep(ARRIVAL)
    newcomer = server.visitor("/new")
    time.sleep(ARRIVAL)
    server.release(first)
    assert server.asked() == "4"
    first.request("GET", "/5")
    time.sleep(ARRIVAL)
    server.release(second)
    assert server.asked() == "new"
    server.release(newcomer)
    assert server.asked() == "5"
    server.release(first)


def test_a_killed_worker_held_no_more_newcomers_than_its_threads(server: Held) -> None:
    lost = server.visitor("/lost")
    assert server.asked() == "lost"
    left = server.visitor("/left")
    time.sleep(ARRIVAL)
    server.kill_worker()
    with pytest.raises((ConnectionResetError, RemoteDisconnected)):
        lost.getresponse()
    server.release(left)
    assert server.asked() == "left"

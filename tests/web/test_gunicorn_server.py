"""The server itself, in a process of its own."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.query import MAX_CHARACTERS
from web.gunicorn_server import serve

ROOT = Path(__file__).parents[2]
SERVER = """
from corpus.settings import Settings
from tests.web.memory_library import MemoryLibrary
from web.app import create_app
from web.gunicorn_server import serve

serve(lambda: create_app(MemoryLibrary(), Settings()), port=0, workers=1)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", SERVER]
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


def test_a_port_in_use_is_a_french_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        assert serve(pytest.fail, port=port) == 2
    assert f"Le port {port} est déjà pris." in capsys.readouterr().err


@pytest.mark.parametrize("host", ["nulle-part.invalid", "a..b"])
def test_an_unknown_host_is_a_french_refusal(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(pytest.fail, host=host) == 2
    assert "inconnue de cette machine" in capsys.readouterr().err

"""`verbatheque edit`: its first line is the address, and nothing else opens."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calling import call
from web.cli.options import REFUSED

pytestmark = pytest.mark.process


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "web.cli.main", "edit", "--no-browser", "--site", str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        yield process.stdout.readline().decode().strip()
        process.terminate()


def test_the_first_line_opens_the_bench_and_nothing_else_does(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        assert "établi" in answer.read().decode()
    root = address[: address.index("/", 8) + 1]
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        urllib.request.urlopen(root)
    refused.value.close()
    assert root.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert call("edit", "--no-browser", "--port", str(port), "--site", site) == REFUSED
    assert "déjà pris" in capsys.readouterr().err

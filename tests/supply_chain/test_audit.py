"""The audit: what is known fails, what could not be asked is said and never taken for a yes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.supply_chain.audit import Verdict, main, verdict_of

pytestmark = pytest.mark.process

FLAW = {"id": "TEST-2026-1", "fix_versions": ["9.0"], "aliases": [], "description": ""}


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ([], Verdict((), 0, ())),
        ([{"name": "flask", "version": "3.1", "vulns": []}], Verdict((), 1, ())),
        ([{"name": "flask", "skip_reason": "not found"}], Verdict((), 0, ("flask",))),
        (
            [
                {"name": "flask", "version": "3.1", "vulns": [FLAW]},
                {"name": "model", "skip_reason": "not found"},
            ],
            Verdict(("flask 3.1: TEST-2026-1, fixed in 9.0",), 1, ("model",)),
        ),
        (
            [{"name": "flask", "version": "3.1", "vulns": [FLAW | {"fix_versions": []}]}],
            Verdict(("flask 3.1: TEST-2026-1, fixed in no version yet",), 1, ()),
        ),
    ],
)
def test_a_report_is_read(packages: list[dict[str, Any]], expected: Verdict) -> None:
    assert verdict_of({"dependencies": packages, "fixes": []}) == expected


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_a_service_that_cannot_be_asked_is_told(
    options: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody answers there
    assert main([*options, "-s", "osv"]) == code
    assert "SKIPPED" in capsys.readouterr().out


def test_a_wrong_use_is_no_missing_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--no-such-option"]) == 1
    assert "SKIPPED" not in capsys.readouterr().out


def test_a_known_vulnerability_fails(capsys: pytest.CaptureFixture[str]) -> None:
    flaw = {
        "id": "TEST-2026-1",
        "affected": [
            {
                "package": {"name": "flask", "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}],
            }
        ],
    }
    with service({"flask": [flaw]}) as address:
        assert main(["-s", "osv", "--osv-url", address]) == 1
    told = capsys.readouterr().out
    assert "TEST-2026-1, fixed in 99" in told
    assert "Vulnerabilities: 1 in " in told


def test_no_known_vulnerability_passes(capsys: pytest.CaptureFixture[str]) -> None:
    with service({}) as address:
        assert main(["--strict", "-s", "osv", "--osv-url", address]) == 0
    assert "Vulnerabilities: 0 in " in capsys.readouterr().out


@contextmanager
def service(flaws: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """A vulnerability service of our own on a free port; pip-audit is the real one."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps({"vulns": flaws.get(asked["package"]["name"], [])}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query"
        finally:
            server.shutdown()
            thread.join()

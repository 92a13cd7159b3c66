"""A site that is rebuilt without end goes on answering, whole, while its processes come and go."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.faults.serving import ROOT, Server, served
from tests.faults.visitors import Outcome, visited, visits

pytestmark = pytest.mark.model

USERS = 8
PATHS = [
    "/api/v1/search?q=voiture",
    "/api/v1/search?q=financer+l%E2%80%99ing%C3%A9nierie&tri=pertinence",
    "/recherche?q=habitants",
    "/recherche?theme=mobilite",
    "/api/v1/search?q=cantine&limit=50",
    "/webinaires",
    "/",
    "/recherche?q=ballayeuse",
]


class Rebuilding:
    """Builders one after the other; some are killed in the middle of their work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._over = Event()
        self._draw = random.Random(7)
        self._thread = Thread(target=self._run)
        self.published: list[int] = []
        self.killed = 0

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Rebuild until the end of the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._thread.join()

    def wait_for(self, editions: int, within: float) -> None:
        """Until so many are published, or for some seconds; a busy machine takes long over them."""
        latest = time.monotonic() + within
        while len(self.published) < editions and time.monotonic() < latest:
            time.sleep(0.1)

    def _run(self) -> None:
        while not self._over.is_set():
            first = len(self.published) + 1000 * self.killed + 1
            command = [sys.executable, "-m", "tests.faults.editions", str(self._folder), str(first)]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as builder:
                self._follow(builder)
                builder.kill()

    def _follow(self, builder: subprocess.Popen[str]) -> None:
        """Let it publish a few editions, then kill it at any moment of the next."""
        assert builder.stdout is not None
        wanted = self._draw.randint(2, 5)
        for _ in range(wanted):
            line = builder.stdout.readline()
            if self._over.is_set() or not line:
                return
            self.published.append(int(line))
        time.sleep(self._draw.uniform(0.0, 0.5))
        builder.kill()
        self.killed += 1


def during(
    server: Server, folder: Path, act: Callable[[Rebuilding], None], *, keeps: bool = True
) -> tuple[Outcome, Rebuilding]:
    """What visitors meet while the site is rebuilt and something else happens."""
    over = Event()
    rebuilding = Rebuilding(folder)
    with rebuilding.going_on():
        outcome, visitors = visits(server.port, PATHS, USERS, over.is_set, keeps=keeps)
        try:
            act(rebuilding)
        finally:
            over.set()
            for visitor in visitors:
                visitor.join()
    return outcome, rebuilding


def test_f7_rebuilding_fails_no_request_and_mixes_no_edition(
    few_webinars: Path, is_full: bool, record_property: Callable[[str, object], None]
) -> None:
    def wait(rebuilding: Rebuilding) -> None:
        time.sleep(15)
        rebuilding.wait_for(200 if is_full else 3, within=5400 if is_full else 180)

    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        idle = visited(server.port, PATHS, USERS, 60 if is_full else 3)
        outcome, rebuilding = during(server, few_webinars, wait)
        assert '"level": "error"' not in server.logged()
    told = {
        "requests": sum(outcome.statuses.values()),
        "published": len(rebuilding.published),
        "builders killed": rebuilding.killed,
        "editions seen": len(outcome.editions),
        "p99 idle": round(idle.percentile(0.99), 1),
        "p99 rebuilding": round(outcome.percentile(0.99), 1),
        "max": round(outcome.percentile(1), 1),
    }
    print("F7", told)
    for name, value in told.items():
        record_property(name, value)
    assert outcome.failed == 0, (outcome.statuses, outcome.faults)
    assert outcome.mixed == []
    assert len(outcome.editions) >= 2
    assert not is_full or rebuilding.killed >= 50
    assert not is_full or len(rebuilding.published) >= 200
    assert not is_full or outcome.percentile(0.99) < 2 * idle.percentile(0.99)


def test_f8_reloading_fails_no_request(few_webinars: Path, is_full: bool) -> None:
    def reload(rebuilding: Rebuilding) -> None:
        for _ in range(50 if is_full else 3):
            server.reload()
            time.sleep(0.2)

    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        outcome, _ = during(server, few_webinars, reload)
    print("F8 reload", sum(outcome.statuses.values()), outcome.faults)
    assert outcome.failed == 0, (outcome.statuses, outcome.faults)
    assert outcome.mixed == []


def test_f8_a_killed_worker_fails_only_what_it_was_answering(
    few_webinars: Path, is_full: bool
) -> None:
    times: list[float] = []
    kills = 50 if is_full else 5

    def kill(rebuilding: Rebuilding) -> None:
        for _ in range(kills):
            worker = random.Random(len(times)).choice(server.workers())
            os.kill(worker, signal.SIGKILL)
            began = time.monotonic()
            while len(set(server.workers()) - {worker}) < 2:
                assert time.monotonic() < began + 5, "no other worker came within 5 s"
                time.sleep(0.02)
            times.append(time.monotonic() - began)
            time.sleep(0.5)

    with served(few_webinars, "--workers", "2", "--threads", "4") as server:
        outcome, _ = during(server, few_webinars, kill, keeps=False)
        after = visited(server.port, PATHS, USERS, 1)
    print("F8 kill", kills, outcome.faults, "back in", round(max(times), 2), "s")
    assert set(outcome.statuses) == {200}
    assert sum(outcome.faults.values()) <= 4 * kills
    assert outcome.mixed == []
    assert after.failed == 0

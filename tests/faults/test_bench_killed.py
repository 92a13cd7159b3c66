"""The bench killed at any moment: what it answered is there, and what was sent is there or not."""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from corpus.adding.addition import addition_of
from corpus.bench.workbook import Workbook
from corpus.site import Site, read_site
from indexer.generations import index_store
from tests.calling import call

pytestmark = pytest.mark.process

Start = Callable[[Path], "Bench"]
LIVES = 30
_DEAD = (ConnectionError, http.client.HTTPException, TimeoutError)


@dataclass
class Bench:
    """A running bench, asked as its pages do."""

    pid: int
    address: str
    living: set[int]  # those that somebody has to end
    csrf: str = ""

    def get(self, path: str = "") -> str:
        return self._asked("GET", path, None, {})

    def send(self, path: str, sent: dict[str, Any]) -> None:
        self._asked("POST", path, json.dumps(sent), {"Content-Type": "application/json"})

    def submit(self, path: str) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._asked("POST", path, urlencode({"csrf": self.csrf}), form)

    def kill(self) -> None:
        self.living.discard(self.pid)
        os.kill(self.pid, signal.SIGKILL)

    def _asked(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> str:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.netloc, timeout=60)
        try:
            connection.request(method, place.path + path, body, {"X-CSRF": self.csrf, **headers})
            answer = connection.getresponse()
            told = answer.read().decode("utf-8")
            assert answer.status in {200, 302}, told
            return told
        finally:
            connection.close()


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Start the bench of a site."""
    command = [sys.executable, "-m", "tests.faults.warm_bench"]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, text=True) as warm:
        assert warm.stdin is not None
        assert warm.stdout is not None
        source, asks, living = warm.stdout, warm.stdin, set[int]()

        def started(site: Path) -> Bench:
            asks.write(f"{site}\n")
            asks.flush()
            pid, address = int(source.readline()), source.readline().strip()
            living.add(pid)
            bench = Bench(pid, address, living)
            found = re.search('name="csrf" content="([^"]+)"', bench.get())
            assert found
            bench.csrf = found[1]
            return bench

        yield started
        while living:
            os.kill(living.pop(), signal.SIGKILL)
        asks.close()


@pytest.fixture
def name(site: Path, page: Path) -> str:
    addition = addition_of(site, page)
    addition.write()
    return addition.path.stem


@dataclass(frozen=True)
class Shown:
    """How the first idea is worded on the bench, and on the disk."""

    bench: str
    disk: str

    @classmethod
    def of(cls, site: Path, name: str) -> "Shown":
        book = Workbook.opened(site, name)
        [idea] = re.findall(r"## 1\. (.*) \{", book.path.read_text("utf-8"))
        return cls(book.webinar.key_ideas[0].text, idea)


def test_killed_at_thirty_moments_nothing_answered_is_lost(
    start: Start, site: Path, name: str
) -> None:
    draw, idea = random.Random(18), Workbook.opened(site, name).webinar.key_ideas[0].id
    cut = 0
    for life in range(LIVES):
        known = sent = Shown.of(site, name)
        bench = start(site)
        timer = Timer(draw.uniform(0.01, 0.25), bench.kill)
        timer.start()
        try:
            for number in range(10_000):
                told, path = f"Vie {life}, essai {number}.", f"webinaire/{name}/"
                if number % 3 == 2:
                    sent = Shown(known.bench, known.bench)
                    bench.send(f"{path}enregistrer", {})
                else:
                    sent = Shown(told, known.disk)
                    fields = {"idea": idea, "text": told}
                    bench.send(f"{path}changer", {"kind": "word", "fields": fields})
                known = sent
        except _DEAD:
            cut += known != sent
        timer.join()
        assert Shown.of(site, name) in {known, sent}
        assert [p.name for p in (site / "webinaires").glob("[!.]*")] == [f"{name}.md"]
        assert read_site(site).webinars[0].verbatims
    assert cut >= LIVES // 3  # most fell while something was being done


@pytest.mark.model
def test_killed_while_publishing_the_site_answers_and_the_next_time_ends(
    start: Start, site: Path, name: str
) -> None:
    assert call("build", "--site", site) == 0
    said = Workbook.opened(site, name).webinar.verbatims[0].id
    store = index_store(Site(site))
    for life in range(5):
        before = store.current().manifest.generation
        bench = start(site)
        fields = {"verbatims": [said], "speaker": ("Noé Vial", "Ana Lu")[life % 2]}
        bench.send(f"webinaire/{name}/changer", {"kind": "attribute", "fields": fields})
        bench.send(f"webinaire/{name}/enregistrer", {})
        saved = Workbook.opened(site, name).text
        bench.submit("publier/")
        time.sleep(life * 0.4)
        bench.kill()
        assert Workbook.opened(site, name).path.read_text("utf-8") == saved
        assert store.current().manifest.generation in {before, before + 1}
        assert not store.current().degraded
    bench = start(site)
    bench.submit("publier/")
    while json.loads(bench.get("publier/etat"))["running"]:
        time.sleep(0.1)
    assert store.current().manifest.generation > before
    bench.kill()

"""The French model in its own process: the same words, and nothing left behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.reading.confined import fresh_python
from indexer import tagging
from indexer.french import load_french
from indexer.tagging import TaggingFailed, tagged_apart

pytestmark = pytest.mark.model

TEXTS = ["Les élus ont parlé\u2028d’eau.", "", "« Oui », dit-elle\u00a0: 😀 \u0085 fin."]


Started = list[subprocess.Popen[bytes]]


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """The processes that a test starts: its own, ended with it."""
    processes: Started = []

    def start(module: str) -> subprocess.Popen[bytes]:
        processes.append(fresh_python(module))
        return processes[-1]

    monkeypatch.setattr(tagging, "fresh_python", start)
    monkeypatch.setattr(tagging, "_idle", [])
    yield processes
    tagging.end_idle()


def test_the_other_process_says_what_this_one_would() -> None:
    with tagged_apart(TEXTS) as answers:
        assert list(answers) == list(load_french()(TEXTS))


def test_one_process_serves_again() -> None:
    for _ in range(2):
        with tagged_apart(TEXTS) as answers:
            list(answers)
        (process,) = tagging._idle
    assert process.poll() is None


def test_without_a_text_nothing_is_started() -> None:
    with tagged_apart([]) as answers:
        assert list(answers) == []
    assert tagging._idle == []


def test_much_can_be_asked_and_little_read() -> None:
    texts = [f"La phrase {number} parle de l’eau." for number in range(20_000)]
    with tagged_apart(texts) as answers:
        assert next(answers)[0].form == "La"
    assert tagging._idle == []


def test_a_block_that_fails_leaves_no_process(started: Started) -> None:
    with pytest.raises(ZeroDivisionError), tagged_apart(TEXTS):
        raise ZeroDivisionError
    assert started[0].poll() == -signal.SIGKILL
    assert tagging._idle == []


def test_a_process_that_dies_is_told(started: Started) -> None:
    with tagged_apart(TEXTS) as answers:
        started[0].kill()
        with pytest.raises(TaggingFailed, match="arrêt -9"):
            list(answers)


def test_a_process_that_died_meanwhile_is_not_asked(started: Started) -> None:
    for _ in range(2):
        with tagged_apart(TEXTS) as answers:
            assert len(list(answers)) == len(TEXTS)
        started[-1].kill()
        started[-1].wait()
    assert len(started) == 2


def test_it_ends_when_its_builder_is_killed() -> None:
    program = (
        "import os, signal\n"
        "from indexer import tagging\n"
        "with tagging.tagged_apart(['Oui.']) as answers: list(answers)\n"
        "print(tagging._idle[0].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    state = Path("/proc", said.stdout.strip(), "stat")
    for _ in range(100):
        if not state.exists() or ") Z " in state.read_text("utf-8"):
            return
        time.sleep(0.05)
    pytest.fail("the process of the model stays")

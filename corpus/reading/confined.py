"""Another Python of ours, and a page from outside read in one that can do no harm (`cell.py`)."""

import atexit
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.extraction.extracted import Reading
from corpus.problems import CorpusError
from corpus.reading.formats import Format
from corpus.values import value_from


@dataclass(frozen=True, slots=True)
class Limits:
    """Time by the clock as well as of the processor; memory in bytes.

    Nine seconds of reading: with the start of the process, an editor waits for less than ten.
    """

    seconds: int = 9
    memory: int = 512_000_000


def bind_to(limits: Limits) -> None:
    """Give up for good what reading does not need.

    A limit that the system lacks is skipped: on macOS memory is not bound, time alone is.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds)
    for name, soft, hard in (
        ("RLIMIT_AS", limits.memory, limits.memory),
        ("RLIMIT_CPU", limits.seconds, limits.seconds + 1),
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_FSIZE", 0, 0),
        ("RLIMIT_NOFILE", 0, 0),  # neither a file nor a socket can be opened any more
    ):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


def fresh_python(
    module: str, *arguments: str, stderr: int = subprocess.PIPE, start_new_session: bool = False
) -> subprocess.Popen[bytes]:
    """Run `python -m MODULE`, which knows what this process knows; its text is UTF-8."""
    path = os.pathsep.join(str(Path(place).resolve()) for place in sys.path if place)
    # -P: the folder where the command is typed may hold anything, a « corpus.py » included.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        start_new_session=start_new_session,
    )


def cause_of_death(complaint: bytes, code: int | None) -> str:
    """Why it ended: the last line of what it complained of, or its exit code."""
    said = complaint.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else f"arrêt {code}"


_COPY_TEXT = "copiez-en le texte utile dans un fichier .txt"
_CELL = "corpus.reading.cell"
_LIMITS = Limits()


class Cell:
    """The process, started at the first page, replaced if it dies; it serves one page at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Have a page read; raise `OSError` or `ValueError` when the process did not answer."""
        process = self._process = self._process or fresh_python(
            _CELL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n" + data)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
        except BaseException:
            self.close()
            raise
        return answer

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


_cell = Cell()
atexit.register(_cell.close)


def read_confined(data: bytes, kind: Format, limits: Limits = _LIMITS) -> Reading:
    """A page and what it says, read under limits; raise `CorpusError` when they are met."""
    request = {"format": kind, "size": len(data), "limits": asdict(limits)}
    try:
        ((outcome, detail),) = _cell.ask(request, data).items()
        if outcome == "read":
            reading: Reading = value_from(Reading, detail)
            return reading
    except (OSError, ValueError, TypeError, AttributeError) as error:
        message = "la lecture de cette page s’est interrompue : relancez la commande."
        raise CorpusError(message) from error
    raise CorpusError(_refusal(outcome, detail, limits))


# The system ends a process that takes too much; a library in C++ ends itself.
_OUT_OF_MEMORY = {signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}


def _refusal(outcome: str, detail: Any, limits: Limits) -> str:
    if outcome == "refused":
        return str(detail)
    if outcome == "killed" and detail in {signal.SIGALRM, signal.SIGXCPU}:
        return f"cette page demande plus de {limits.seconds} s de lecture : {_COPY_TEXT}."
    if outcome == "memory" or (outcome == "killed" and detail in _OUT_OF_MEMORY):
        room = limits.memory // 1_000_000
        return f"cette page demande plus de {room} Mo de mémoire : {_COPY_TEXT}."
    if outcome == "nested":
        return f"cette page a trop d’éléments les uns dans les autres : {_COPY_TEXT}."
    return f"cette page a fait échouer la lecture ({detail}) : {_COPY_TEXT}, et signalez-la."

"""Reading a page from outside in a process that can do no harm; see `corpus.reading.cell`."""

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

from corpus.extraction.extracted import Reading, value_from
from corpus.problems import CorpusError
from corpus.reading.formats import Format


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


_ROOT = Path(__file__).parents[2]
_COPY_TEXT = "copiez-en le texte utile dans un fichier .txt"


_LIMITS = Limits()


class Cell:
    """The process, started at the first page, replaced if it dies; it serves one page at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Have a page read; raise `OSError` or `ValueError` when the process did not answer."""
        process = self._process = self._process or _started()
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


def _started() -> subprocess.Popen[bytes]:
    # -P: the folder where the command is typed may hold anything, a « corpus.py » included.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "corpus.reading.cell"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        start_new_session=True,
    )


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


def _refusal(outcome: str, detail: Any, limits: Limits) -> str:
    if outcome == "refused":
        return str(detail)
    if outcome == "killed" and detail in {signal.SIGALRM, signal.SIGXCPU}:
        return f"cette page demande plus de {limits.seconds} s de lecture : {_COPY_TEXT}."
    if outcome == "memory" or (outcome == "killed" and detail == signal.SIGKILL):
        room = limits.memory // 1_000_000
        return f"cette page demande plus de {room} Mo de mémoire : {_COPY_TEXT}."
    if outcome == "nested":
        return f"cette page a trop d’éléments les uns dans les autres : {_COPY_TEXT}."
    return f"cette page a fait échouer la lecture ({detail}) : {_COPY_TEXT}, et signalez-la."

"""A new index is read by another process before it is published, which knows nothing but the files.

`Check` is the question that the layer above asks of it: a function at the top of its module,
since the other process finds it by its name.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.problem import Problem, Severity
from corpus.site import Site
from indexer.fresh_python import cause_of_death, fresh_python


@dataclass(frozen=True, slots=True)
class Review:
    """What golden queries say of a new index: faults keep it out, movements are told (French)."""

    faults: tuple[Problem, ...] = ()
    movements: tuple[str, ...] = ()


Check = Callable[[Path, Site], Review]


class UnreadableIndex(RuntimeError):
    """The other process could not read the new index whole; the message says why, in French."""


def unchecked(_folder: Path, _site: Site) -> Review:
    """Ask nothing."""
    return Review()


class FreshReader:
    """Another process, started while the index is being written: it is ready when that is done."""

    def __init__(self, process: "subprocess.Popen[str]", check: Check) -> None:
        self._process = process
        self._check = check

    def begin(self, folder: Path) -> None:
        """Let it read what the engine wrote, while the other files are being written."""
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it died: `review` will say why
            self._process.stdin.write(f"{json.dumps(str(folder.resolve()))}\n")
            self._process.stdin.flush()

    def review(self, site: Site, expected: dict[str, Any]) -> Review:
        """Read the rest of the index and ask it the check; `expected` is what it must hold."""
        question = {
            "site": str(site.folder.resolve()),
            "golden": [asdict(golden) for golden in site.golden],
            "check": [self._check.__module__, self._check.__qualname__],
            "expected": expected,
        }
        answer, complaint = self._process.communicate(json.dumps(question))
        if self._process.returncode:
            cause = cause_of_death(complaint, self._process.returncode)
            raise UnreadableIndex(f"sa relecture par un autre processus a échoué ({cause})")
        return _review(json.loads(answer))


@contextmanager
def fresh_reader(check: Check) -> Iterator[FreshReader]:
    """Start the process that will read the new index; it ends with the block."""
    with fresh_python("indexer.fresh_reading", check.__module__) as process:
        try:
            yield FreshReader(process, check)
        finally:
            process.kill()


def _review(answer: dict[str, Any]) -> Review:
    if fault := answer.get("fault"):
        raise UnreadableIndex(fault)
    faults = tuple(
        Problem(**{**fault, "severity": Severity(fault["severity"])}) for fault in answer["faults"]
    )
    return Review(faults, tuple(answer["movements"]))

"""A new index is read by another process before it is published, which knows nothing but the files.

`Check` is the question that the layer above asks of it: a function at the top of its module,
since the other process finds it by its name.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.problem import Problem, Severity
from corpus.site import Site


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


def reviewed_afresh(folder: Path, site: Site, check: Check, expected: dict[str, Any]) -> Review:
    """Read a new index in a fresh process and ask it `check`; `expected` is what it must hold."""
    question = {
        "folder": str(folder.resolve()),
        "site": str(site.folder.resolve()),
        "golden": [asdict(golden) for golden in site.golden],
        "check": [check.__module__, check.__qualname__],
        "expected": expected,
    }
    command = [sys.executable, "-P", "-m", "indexer.fresh_reading"]
    path = os.pathsep.join(str(Path(place).resolve()) for place in sys.path if place)
    found = subprocess.run(
        command,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )
    if found.returncode:
        raise UnreadableIndex(_why(found))
    answer = json.loads(found.stdout)
    if fault := answer.get("fault"):
        raise UnreadableIndex(fault)
    faults = tuple(
        Problem(**{**fault, "severity": Severity(fault["severity"])}) for fault in answer["faults"]
    )
    return Review(faults, tuple(answer["movements"]))


def _why(found: "subprocess.CompletedProcess[str]") -> str:
    said = found.stderr.strip().splitlines()
    cause = said[-1] if said else f"arrêt {found.returncode}"
    return f"sa relecture par un autre processus a échoué ({cause})"

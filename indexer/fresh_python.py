"""Another Python that knows our modules and nothing of this one: it is asked by a pipe."""

import os
import subprocess
import sys
from pathlib import Path


def fresh_python(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """Run `python -m MODULE`, its three streams open as UTF-8 text."""
    path = os.pathsep.join(str(Path(place).resolve()) for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )


def cause_of_death(complaint: str, code: int | None) -> str:
    """Why it ended: the last line of what it complained of, or its exit code."""
    said = complaint.strip().splitlines()
    return said[-1] if said else f"arrêt {code}"

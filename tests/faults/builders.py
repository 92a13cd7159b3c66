"""Real builders that can be killed, forked from warm ones; one warm one for each lane."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

from indexer.disk import FAIL_AT
from tests.faults.small_site import SmallSite

LANES = 4
_ROOT = Path(__file__).parents[2]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Builder:
    """A started `verbatheque build`."""

    def __init__(self, folder: Path, *options: str, fail_at: str = "", lane: int = 0) -> None:
        self._asked, self._answers = _warm(lane)
        arguments = [*options, "--site", str(folder)]
        request = {"arguments": arguments, "environment": {FAIL_AT: fail_at}}
        self._asked.write(json.dumps(request) + "\n")
        self._asked.flush()
        self.pid = int(self._answers.readline())

    def kill(self) -> None:
        """Kill it, if it has not ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def exit_code(self) -> int:
        """Wait for its end."""
        return int(self._answers.readline())


@cache
def _warm(lane: int) -> tuple[IO[str], IO[str]]:
    """The input and output of a warm builder, which ends with this process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.warm_builder"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
        env={**os.environ, **_ONE_THREAD},
    )
    _WARM.append(process)
    assert process.stdin
    assert process.stdout
    return process.stdin, process.stdout


_WARM: list["subprocess.Popen[str]"] = []


def stop_warm_builders() -> None:
    """End them all."""
    _warm.cache_clear()
    while _WARM:
        with _WARM.pop() as process:
            assert process.stdin
            process.stdin.close()


def built(site: SmallSite, *options: str, fail_at: str = "", lane: int = 0) -> int:
    """Build a site to the end; the exit code."""
    return Builder(site.folder, *options, fail_at=fail_at, lane=lane).exit_code()


def in_lanes(site: SmallSite, work: Callable[[SmallSite, int, int], None], count: int) -> None:
    """Do `work` on rounds 0 to `count`, on as many copies of the site as there are lanes."""
    copies = [site.copied(site.folder.with_name(f"lane-{lane}")) for lane in range(LANES)]

    def run_lane(lane: int) -> None:
        for number in range(lane, count, LANES):
            work(copies[lane], number, lane)

    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(run_lane, range(LANES)))

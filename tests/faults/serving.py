"""`verbatheque serve` in a process of its own, as an operator has it, and what it holds."""

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, its log, and the processes under it."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    def workers(self) -> list[int]:
        """The processes that answer."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text("ascii").split()]

    def memory(self) -> int:
        """Kilobytes that the workers hold; of what several hold together, each counts its share."""
        return sum(_proportional_size(pid) for pid in self.workers())

    def open_files(self) -> dict[int, int]:
        """How many files each worker holds open."""
        return {pid: len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.workers()}

    def settled_files(self) -> dict[int, int]:
        """The same when visitors are gone: their connections take a moment to close."""
        files, deadline = self.open_files(), time.monotonic() + 10
        while time.monotonic() < deadline:
            time.sleep(0.5)
            former, files = files, self.open_files()
            if files == former:
                break
        return files

    def reload(self) -> None:
        """Ask for other workers, and wait until the old ones are gone."""
        old = set(self.workers())
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 30
        while old & set(self.workers()) or not self.workers():
            assert time.monotonic() < deadline, "the old workers are still there"
            time.sleep(0.05)

    def logged(self) -> str:
        """All that was written on its error output."""
        return self.log.read_text("utf-8")


def _proportional_size(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")))


@contextmanager
def served(folder: Path, *options: str, cores: set[int] | None = None) -> Iterator[Server]:
    """Serve a site on a port of the system's choice, until the end of the block."""
    command = [sys.executable, "-m", "web.cli.main", "serve", "--site", str(folder), "--port", "0"]
    if cores:
        command = ["taskset", "-c", ",".join(map(str, sorted(cores))), *command]
    log = folder / "serve.log"
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Verbathèque répond sur"), log.read_text("utf-8")
        try:
            yield Server(process, said.split()[3], log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def fetched(address: str, headers: dict[str, str] | None = None) -> str:
    """The body of a page that must be there."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {})) as answer:
        return str(answer.read().decode())

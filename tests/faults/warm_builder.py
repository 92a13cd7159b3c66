"""A process that has imported everything, and forks a `verbatheque build` for each line it reads.

Forking spares each build the seconds that imports take: the kills fall on the build itself.
The process that reads the new index is forked too: its imports are nine tenths of a small build.
Answers with the pid of each build, then with its exit code.
"""

import json
import os
import subprocess
import sys
from importlib import import_module

import sklearn.feature_extraction.text
import sklearn.linear_model  # noqa: F401

from indexer import last, verification, volumes
from indexer.cluster import store
from web.cli.main import command_named, verbatheque
from web.cli.options import run


def main() -> None:
    """Serve until the input ends."""
    command_named("build")  # imports what it needs
    volumes.LEAST_FULL, last.GROWN = 1, 9.0  # each webinar is a volume; those that stay are linked
    store._LEASE, store._RENEWED = 4.0, 0.5  # of a builder that died on a cluster
    verification.fresh_python = forked_python  # type: ignore[assignment, attr-defined]
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _build(request["arguments"], request["environment"])
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def forked_python(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """What `fresh_python` gives, without its imports: what would run before `exec` is all."""

    def run() -> None:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # locks, and the pipe that waits for `exec`
        code = 1
        try:
            sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
            sys.argv = [module, *arguments]
            import_module(module).main()
            sys.stdout.flush()
            code = 0
        finally:
            os._exit(code)

    pipe = subprocess.PIPE
    return subprocess.Popen([module], stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=run)


def _build(arguments: list[str], environment: dict[str, str]) -> None:
    os.environ.update(environment)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os._exit(run(verbatheque, ["build", *arguments]))


if __name__ == "__main__":
    main()

"""A process that has imported everything, and forks a `verbatheque build` for each line it reads.

Forking spares each build the seconds that imports take: the kills fall on the build itself.
Answers with the pid of each build, then with its exit code.
"""

import json
import os
import sys

import sklearn.feature_extraction.text
import sklearn.linear_model  # noqa: F401

from web.cli.main import command_named, verbatheque
from web.cli.options import run


def main() -> None:
    """Serve until the input ends."""
    command_named("build")  # imports what it needs
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _build(request["arguments"], request["environment"])
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _build(arguments: list[str], environment: dict[str, str]) -> None:
    os.environ.update(environment)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os._exit(run(verbatheque, ["build", *arguments]))


if __name__ == "__main__":
    main()

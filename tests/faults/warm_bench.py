"""A process that has imported the bench, and forks a `verbatheque edit` for each site it reads.

Forking spares each life the seconds that imports take. Answers with the pid of each, which says
its address on the same output.
"""

import os
import sys

from web.cli.main import command_named, verbatheque
from web.cli.options import run


def main() -> None:
    """Serve until the input ends."""
    command_named("edit")  # imports what it needs
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            print(os.getpid(), flush=True)
            os._exit(run(verbatheque, ["edit", "--no-browser", "--site", line.strip()]))
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()

"""What reading one page may take from the machine, and how a process binds itself to it."""

import resource
import signal
from contextlib import suppress
from dataclasses import dataclass


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

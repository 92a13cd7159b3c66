"""Visitors who ask again and again, and who count what they were answered."""

import http.client
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread

EDITION = re.compile(r"édition (\d+)")


@dataclass
class Outcome:
    """What visitors met. `mixed`: answers made of two editions of the site."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    mixed: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def note(self, path: str, status: int, body: str, seconds: float) -> None:
        """Count an answer."""
        editions = set(EDITION.findall(body))
        with self._lock:
            self.statuses[status] += 1
            self.milliseconds.append(seconds * 1000)
            self.editions |= editions
            if len(editions) > 1:
                self.mixed.append(f"{path}: {sorted(editions)}")

    def note_fault(self, fault: Exception) -> None:
        """Count a request without an answer."""
        with self._lock:
            self.faults[type(fault).__name__] += 1

    @property
    def failed(self) -> int:
        """Requests that were not answered well."""
        wrong = sum(count for status, count in self.statuses.items() if status >= 400)
        return wrong + sum(self.faults.values())

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share was answered."""
        times = sorted(self.milliseconds)
        return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def visits(
    port: int,
    paths: Sequence[str],
    users: int,
    is_over: Callable[[], bool],
    headers: Callable[[int], dict[str, str]] = lambda _: {},
    *,
    keeps: bool = True,
    every: float = 0,
    again: bool = True,
) -> tuple[Outcome, list[Thread]]:
    """Start visitors; each goes round the paths from a place of its own until `is_over`.

    `keeps`: they ask again through the connection that they have. `every`: seconds from one of
    their questions to the next, unless the answer takes longer; they begin one after the other.
    `again`: an address may have been asked before.
    """
    outcome = Outcome()

    def visit(user: int) -> None:
        connection, turn = http.client.HTTPConnection("127.0.0.1", port, timeout=60), user * 7
        time.sleep(every * user / users)
        while not is_over():
            path, turn, began = paths[turn % len(paths)], turn + 1, time.perf_counter()
            if not again:
                path += f"{'&' if '?' in path else '?'}n={user}.{turn}"
            try:
                connection.request("GET", path, headers=headers(user))
                answer = connection.getresponse()
                body = answer.read().decode()
                if not keeps:
                    connection.close()
                outcome.note(path, answer.status, body, time.perf_counter() - began)
            except (OSError, http.client.HTTPException) as fault:
                outcome.note_fault(fault)
                connection.close()
            time.sleep(max(0.0, every - (time.perf_counter() - began)))
        connection.close()

    threads = [Thread(target=visit, args=(user,)) for user in range(users)]
    for thread in threads:
        thread.start()
    return outcome, threads


def visited(
    port: int,
    paths: Sequence[str],
    users: int,
    seconds: float,
    every: float = 0,
    *,
    again: bool = True,
) -> Outcome:
    """What visitors met in that time."""
    end = time.monotonic() + seconds
    outcome, threads = visits(
        port, paths, users, lambda: time.monotonic() > end, every=every, again=again
    )
    for thread in threads:
        thread.join()
    return outcome

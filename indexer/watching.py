"""What an editor saves, seen by looking: no library, any file system, nothing left running."""

import time
from collections.abc import Iterator

from corpus.site import Site, writeup_paths

_EVERY = 1.0  # seconds between two looks

State = dict[str, tuple[int, int]]  # a file to its time and size


def changes(site: Site) -> Iterator[None]:
    """Yield at once, then each time that files changed and have been still for one look."""
    seen: State = {}
    last = _state(site)
    while True:
        if last != seen:
            seen = last
            yield
        time.sleep(_EVERY)
        state = _state(site)
        while state != last:  # an editor is still saving
            last = state
            time.sleep(_EVERY)
            state = _state(site)


def _state(site: Site) -> State:
    state: State = {}
    for path in [*writeup_paths(site.folder), *sorted(site.folder.glob("*.toml"))]:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        state[str(path)] = (found.st_mtime_ns, found.st_size)
    return state

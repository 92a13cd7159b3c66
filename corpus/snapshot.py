"""The sources of a site, read as they stood at one moment, even while an editor writes."""

import time
import unicodedata
from pathlib import Path

from corpus.problem import CorpusError
from corpus.site import DERIVED, TABLES, WRITEUPS, writeup_paths

_PATIENCE = 10.0  # seconds
_PAUSE = 0.05
_SETTLED_NS = 100_000_000  # a clock of the file system may not tell two writes of one instant
_LONGEST_NAME = 255  # bytes

_State = tuple[int, int, int]


def snapshot_of(folder: Path) -> dict[str, bytes]:
    """Read every source by its name; while one changes, read again, and refuse after 10 s."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            before = _states(folder)
            if _has_settled(before):
                contents = {name: (folder / name).read_bytes() for name in before}
                if _states(folder) == before:
                    return contents
        except FileNotFoundError:
            pass  # renamed or removed in between
        time.sleep(_PAUSE)
    raise CorpusError(
        "les fichiers du site changent sans cesse : recommencez dans un moment. Rien n’a été écrit."
    )


def is_source(name: str) -> bool:
    """Whether a site is made of files of that name, written with « / »."""
    folder, slash, file = name.rpartition("/")
    if not slash:
        return name in TABLES
    return (
        folder == WRITEUPS
        and file.endswith(".md")
        and "\\" not in file
        and all(unicodedata.category(letter)[0] != "C" for letter in file)
        and len(file.encode()) <= _LONGEST_NAME
    )


def left_aside(folder: Path) -> list[str]:
    """What lies in the folder and is no source; hidden files are nobody's concern."""
    found = [*folder.iterdir(), *(folder / WRITEUPS).glob("*")]
    names = {f"{path.relative_to(folder).as_posix()}{'/' * path.is_dir()}" for path in found}
    sources = {*_source_paths(folder), f"{WRITEUPS}/", f"{DERIVED}/"}
    return sorted(n for n in names - sources if not Path(n).name.startswith("."))


def _source_paths(folder: Path) -> dict[str, Path]:
    """The sources by their names, in the order of the names."""
    tables = [path for name in TABLES if (path := folder / name).is_file()]
    return {path.relative_to(folder).as_posix(): path for path in (*tables, *writeup_paths(folder))}


def _states(folder: Path) -> dict[str, _State]:
    return {name: _state(path) for name, path in _source_paths(folder).items()}


def _state(path: Path) -> _State:
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_size


def _has_settled(states: dict[str, _State]) -> bool:
    now = time.time_ns()
    return not any(0 <= now - changed < _SETTLED_NS for _, changed, _ in states.values())

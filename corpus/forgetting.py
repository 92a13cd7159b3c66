"""Forgetting a person or a quote (RGPD): out of the write-ups, and of all made from them."""

import difflib
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.problem import CorpusError
from corpus.records import Speaker, Verbatim, Webinar
from corpus.site import DERIVED, writeup_paths
from corpus.typography import fold, slug_from
from corpus.writeup import writeup_from
from corpus.writeup_reader import read_writeup


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes from one write-up."""

    path: Path
    before: str
    after: str
    verbatims: tuple[Verbatim, ...]
    speakers: tuple[Speaker, ...]

    def diff(self) -> str:
        """The lines that go."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), "avant", "après", "", "", 0, ""
        )
        return "\n".join(lines)


def removals_of_person(folder: Path, name: str) -> list[Removal]:
    """What would go if a person were forgotten, whatever the accents and capitals of the name."""
    wanted = slug_from(name)
    if not wanted:
        raise CorpusError("donnez le nom tel qu’il est dans les comptes rendus : « Prénom Nom ».")

    def is_theirs(said: Verbatim) -> bool:
        return said.speaker is not None and slug_from(said.speaker.name) == wanted

    return _removals(folder, is_theirs, lambda person: slug_from(person.name) == wanted)


def removals_of_verbatim(folder: Path, verbatim_id: str) -> list[Removal]:
    """What would go if one quote were forgotten; its speaker stays."""
    wanted = verbatim_id.removeprefix("#")
    return _removals(folder, lambda said: said.id == wanted, lambda person: False)


def _removals(
    folder: Path, goes: Callable[[Verbatim], bool], leaves: Callable[[Speaker], bool]
) -> list[Removal]:
    removals = []
    for path, text, webinar in _writeups(folder):
        verbatims = tuple(said for said in webinar.verbatims if goes(said))
        speakers = tuple(person for person in webinar.speakers if leaves(person))
        if verbatims or speakers:
            kept = replace(
                webinar,
                speakers=tuple(p for p in webinar.speakers if p not in speakers),
                verbatims=tuple(v for v in webinar.verbatims if v not in verbatims),
            )
            # The whole file is written anew: comments may name the person too.
            removals.append(Removal(path, text, writeup_from(kept), verbatims, speakers))
    return removals


def _writeups(folder: Path) -> Iterator[tuple[Path, str, Webinar]]:
    for path in writeup_paths(folder):
        text = path.read_text("utf-8", errors="replace")
        webinar = read_writeup(text, slug_from(path.stem)).webinar if slug_from(path.stem) else None
        if webinar:
            yield path, text, webinar


def mentions_left(folder: Path, name: str, removals: list[Removal]) -> list[str]:
    """Where the name would still stand: an introduction, a key idea, somebody else's words."""
    after = {removal.path: removal.after for removal in removals}
    wanted = " ".join(fold(name).split())
    return [
        f"{path.relative_to(folder)}, ligne {number}"
        for path in [*writeup_paths(folder), *sorted(folder.glob("*.toml"))]
        for number, line in enumerate(
            (after.get(path) or path.read_text("utf-8", errors="replace")).split("\n"), 1
        )
        if wanted in " ".join(fold(line).split())
    ]


def forget(folder: Path, removals: list[Removal]) -> bool:
    """Rewrite the write-ups, then delete every index and cache; say whether there were any."""
    with _no_build(folder):
        for removal in removals:
            removal.path.write_text(removal.after, "utf-8")
        derived = folder / DERIVED
        existed = derived.is_dir() and any(p.is_file() for p in derived.rglob("*"))
        if derived.is_dir():
            shutil.rmtree(derived)
        return existed


@contextmanager
def _no_build(folder: Path) -> Iterator[None]:
    """Keep builders out, with the lock they use: one of them could bring the words back."""
    lock = folder / DERIVED / "index" / "BUILD.lock"
    if not lock.exists():
        yield
        return
    descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise CorpusError(
            "une construction est en cours : attendez qu’elle finisse. Rien n’a été changé."
        ) from error
    finally:
        os.close(descriptor)

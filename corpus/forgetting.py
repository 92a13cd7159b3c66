"""Forgetting a person or a quote (RGPD): out of the write-ups, and of all made from them."""

import difflib
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.adding.draft import bare, memories
from corpus.problems import CorpusError
from corpus.records import Speaker, Verbatim, Webinar
from corpus.site import DERIVED, writeup_paths
from corpus.typography import fold, slug_from
from corpus.writeups.reading import read_writeup
from corpus.writeups.rewriting import rewritten


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
    """What would go if a person were forgotten, whatever the accents and capitals of the name.

    « jean-martin-vaux », written as in an address, is the person of that page alone.
    """
    wanted = slug_from(name)
    if not wanted:
        raise CorpusError("donnez le nom tel qu’il est dans les comptes rendus : « Prénom Nom ».")

    def is_wanted(person: Speaker) -> bool:
        return wanted == (person.id if name == wanted else slug_from(person.name))

    removals = _removals(
        folder, lambda said: said.speaker is not None and is_wanted(said.speaker), is_wanted
    )
    people = sorted({person.id for removal in removals for person in removal.speakers})
    if name != wanted and len(people) > 1:
        raise CorpusError(
            f"plusieurs personnes portent ce nom : {', '.join(people)}. Donnez l’une de ces fiches."
        )
    return removals


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
            removals.append(Removal(path, text, rewritten(text, kept), verbatims, speakers))
    return removals


def _writeups(folder: Path) -> Iterator[tuple[Path, str, Webinar]]:
    """The write-ups that can be read; the others are in no index."""
    for path in writeup_paths(folder):
        webinar_id = slug_from(path.stem)
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        webinar = read_writeup(text, webinar_id).webinar if webinar_id else None
        if webinar:
            yield path, text, webinar


def mentions_left(folder: Path, name: str, removals: list[Removal]) -> list[str]:
    """Where the name would still stand: an introduction, a key idea, somebody else's words."""
    after = {removal.path: removal.after for removal in removals}
    wanted = _words(name)
    return [
        f"{path.relative_to(folder)}, ligne {number}"
        for path in [*writeup_paths(folder), *sorted(folder.glob("*.toml"))]
        for number, line in enumerate(
            (after.get(path) or path.read_text("utf-8", errors="replace")).split("\n"), 1
        )
        if wanted in _words(line)
    ]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was made from the write-ups and went too; `sources` are the pages still on the disk."""

    generations: int
    had_cache: bool
    pages: int
    sources: tuple[Path, ...]


def forget(folder: Path, removals: list[Removal], name: str = "") -> Erased:
    """Rewrite the write-ups, then delete every index and cache, and the pages that are concerned.

    The cache is deleted whole, not row by row: a database keeps the pages it frees.
    """
    derived = folder / DERIVED
    with _no_build(folder):
        for removal in removals:
            removal.path.write_bytes(removal.after.encode("utf-8"))
        pages = list(_pages_naming(folder, name, removals))
        for path, _ in pages:
            path.unlink()
        generations = [p for p in (derived / "index" / "gens").glob("*") if p.is_dir()]
        caches = [path for path in derived.iterdir() if path.is_file()]
        for path in caches:
            path.unlink()
        _delete_at_once(derived / "index")
    sources = tuple(source for _, source in pages if source and source.is_file())
    return Erased(len(generations), bool(caches), len(pages), sources)


def _pages_naming(
    folder: Path, name: str, removals: list[Removal]
) -> Iterator[tuple[Path, Path | None]]:
    """The pages remembered that hold the name or one of the quotes, with where they come from."""
    texts = [bare(said.text) for removal in removals for said in removal.verbatims]
    wanted = _words(name)
    for path, memory in memories(folder):
        held = bare(f"{memory.text}\n{memory.draft}") if memory else ""
        if memory is None:
            yield path, None
        elif (wanted and wanted in _words(held)) or any(text in held for text in texts):
            yield path, Path(memory.source)


def _words(text: str) -> str:
    return " ".join(fold(text).split())


def _delete_at_once(folder: Path) -> None:
    """Take a folder away in one step: a server that looks meets all of it or nothing."""
    with TemporaryDirectory(prefix=".oubli-", dir=folder.parent) as away:
        folder.rename(Path(away) / folder.name)


@contextmanager
def _no_build(folder: Path) -> Iterator[None]:
    """Keep builders out, with the lock they use: one of them could bring the words back."""
    lock = folder / DERIVED / "index" / "BUILD.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise CorpusError(
            "une construction est en cours : attendez qu’elle finisse. Rien n’a été changé."
        ) from error
    finally:
        os.close(descriptor)

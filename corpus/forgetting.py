"""Forgetting a person or a quote (RGPD): out of the write-ups, and of the pages remembered."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.adding.draft import memories
from corpus.bench.workbook import steps_kept
from corpus.problems import CorpusError
from corpus.records import Speaker, Verbatim, Webinar
from corpus.site import writeup_paths
from corpus.typography import bare, fold, slug_from
from corpus.writeups.reading import Writeup, read_writeup
from corpus.writeups.rewriting import rewritten
from corpus.writeups.writing import writeup_from


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
    for path, writeup, webinar in _writeups(folder):
        verbatims = tuple(said for said in webinar.verbatims if goes(said))
        speakers = tuple(person for person in webinar.speakers if leaves(person))
        if verbatims or speakers:
            kept = replace(
                webinar,
                speakers=tuple(p for p in webinar.speakers if p not in speakers),
                verbatims=tuple(v for v in webinar.verbatims if v not in verbatims),
            )
            after = rewritten(writeup, kept).text
            removals.append(Removal(path, writeup.text, after, verbatims, speakers))
    return removals


def _writeups(folder: Path) -> Iterator[tuple[Path, Writeup, Webinar]]:
    """The write-ups that can be read; the others are in no index."""
    for path in writeup_paths(folder):
        webinar_id = slug_from(path.stem)
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        writeup = read_writeup(text, webinar_id) if webinar_id else None
        if writeup and writeup.webinar:
            yield path, writeup, writeup.webinar


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


def forget(folder: Path, removals: list[Removal], name: str = "") -> list[Path | None]:
    """Rewrite the write-ups, and delete the pages that are concerned: where each came from.

    The steps of the bench go too: an undo would bring the words back. Call under the lock of
    builders: one of them could.
    """
    for removal in removals:
        removal.path.write_bytes(removal.after.encode("utf-8"))
    for path, text in steps_kept(folder):
        if _holds(bare(text), name, removals):
            path.unlink()
    pages = list(_pages_naming(folder, name, removals))
    for path, _ in pages:
        path.unlink()
    return [source for _, source in pages]


def _pages_naming(
    folder: Path, name: str, removals: list[Removal]
) -> Iterator[tuple[Path, Path | None]]:
    """The pages remembered that hold the name or one of the quotes, with where they come from."""
    for path, memory in memories(folder):
        held = bare(f"{memory.text}\n{writeup_from(memory.draft)}") if memory else ""
        if memory is None:
            yield path, None
        elif _holds(held, name, removals):
            yield path, Path(memory.source)


def _holds(held: str, name: str, removals: list[Removal]) -> bool:
    """Say whether a text, laid bare, holds the name or one of the quotes."""
    texts = [bare(said.text) for removal in removals for said in removal.verbatims]
    wanted = _words(name)
    return bool(wanted and wanted in _words(held)) or any(text in held for text in texts)


def _words(text: str) -> str:
    return " ".join(fold(text).split())

"""A new index is read by another process before it is published, which knows nothing but the files.

It gets ready while the index is written. A line names the folder and the segments that were
written: it reads what the engine holds in them.
The next line is the question: it reads the rest, and gives one answer. All lines are JSON.

`Check` is the question that the layer above asks of it: a function at the top of its module,
since the other process finds it by its name.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from corpus.lists import GoldenQuery
from corpus.problems import Problem, problem_from
from corpus.reading.confined import cause_of_death, fresh_python
from corpus.site import Site
from indexer import fields
from indexer.affinity import load_themes
from indexer.index_reader import Segment, read_back, same_postings
from indexer.mapped import load_columns
from indexer.postings import arrays_digest, documents_saying, load_postings
from indexer.stored import load_records, record_of, records_digest, sizes_of
from indexer.vectors import load_table


def fault_of(folder: Path, found: Sequence[Segment], expected: dict[str, Any]) -> str:
    """How an index differs from what was meant, in French, or ""; `found` is what its engine says.

    Every other file is read here; of the engine's postings, those of the segments that have rows:
    the others were read when they were written, and their digests are known.
    """
    size = sum(segment.size for segment in found)
    if size != expected["documents"]:
        return f"{expected['documents']} textes à indexer, {size} relus dans l’index"
    volumes = {name: texts for name, texts in sizes_of(folder).items() if texts}
    if volumes != {segment.name: segment.size for segment in found}:
        return "les volumes de l’index ne sont pas ceux qui ont été écrits"
    if records_digest(folder, volumes) != expected["records"]:
        return "un texte relu dans l’index n’est pas celui qui a été écrit"
    copies = load_postings(folder, size)
    if arrays_digest(copies.arrays) != expected["postings"]:
        return "les mots relus dans l’index ne sont pas ceux qui ont été écrits"
    records = load_records(folder)
    for segment in (segment for segment in found if segment.rows):
        start, end = segment.start, segment.start + segment.size
        for name, rows in segment.rows.items():
            if not same_postings(name, rows, copies, start, end):
                return f"les mots relus dans le moteur (champ {name}) ne sont pas ceux des textes"
        for number in range(start, end):
            if documents_saying(copies, fields.ID, record_of(records, number)["id"]) != [number]:
                return "un texte de l’index ne se retrouve pas par son identifiant"
    return _fault_of_lists(folder, size)


def _fault_of_lists(folder: Path, size: int) -> str:
    for name in (fields.LEXICON_FILE, fields.SPELLING_FILE, fields.CHOICES_FILE):
        load_columns(folder / name)
    load_themes(folder / fields.THEMES_FILE)
    json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    with np.load(folder / fields.COLUMNS_FILE, allow_pickle=False) as columns:
        if any(len(columns[name]) != size for name in fields.COLUMNS):
            return "une colonne de l’index n’a pas une ligne par texte"
    for name in (fields.MEANINGS_FILE, fields.WHOLES_FILE):
        if (folder / name).exists() and len(load_table(folder / name)) < size:
            return "le sens de certains textes manque à l’index"
    return ""


def answer_to(question: dict[str, Any], folder: Path, found: Sequence[Segment]) -> dict[str, Any]:
    """When the index is whole, ask it the golden queries of its site."""
    if fault := fault_of(folder, found, question["expected"]):
        return {"fault": fault}
    module, name = question["check"]
    check: Check = getattr(import_module(module), name)
    golden = tuple(
        GoldenQuery(g["text"], tuple(g["expected"]), tuple(g["excluded"]), g["rank"])
        for g in question["golden"]
    )
    review = check(folder, Site(Path(question["site"]), golden=golden))
    return {"faults": [asdict(f) for f in review.faults], "movements": list(review.movements)}


def main() -> None:
    """Answer the question that comes; none comes when the builder gave up, or died."""
    import_module(sys.argv[1])
    if not (line := sys.stdin.readline()):
        return
    told = json.loads(line)
    folder = Path(told["folder"])
    found = read_back(folder, told["written"])
    if question := sys.stdin.read():
        answer = answer_to(json.loads(question), folder, found)
        json.dump(answer, sys.stdout, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Review:
    """What golden queries say of a new index: faults keep it out, movements are told (French)."""

    faults: tuple[Problem, ...] = ()
    movements: tuple[str, ...] = ()


Check = Callable[[Path, Site], Review]


class UnreadableIndex(RuntimeError):
    """The other process could not read the new index whole; the message says why, in French."""


class BuildRefused(RuntimeError):
    """The new index was not published, and the old one stays; the message says why, in French."""


def unchecked(_folder: Path, _site: Site) -> Review:
    """Ask nothing."""
    return Review()


class FreshReader:
    """Another process, started while the index is being written: it is ready when that is done."""

    def __init__(self, process: subprocess.Popen[bytes], check: Check) -> None:
        self._process = process
        self._check = check

    def begin(self, folder: Path, written: Sequence[str]) -> None:
        """Let it read the segments that were written, while the other files are being written."""
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it died: `review` will say why
            line = json.dumps({"folder": str(folder.resolve()), "written": [*written]})
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()

    def review(self, site: Site, expected: dict[str, Any]) -> Review:
        """Read the rest of the index and ask it the check; `expected` is what it must hold."""
        question = {
            "site": str(site.folder.resolve()),
            "golden": [asdict(golden) for golden in site.golden],
            "check": [self._check.__module__, self._check.__qualname__],
            "expected": expected,
        }
        answer, complaint = self._process.communicate(json.dumps(question).encode())
        if self._process.returncode:
            cause = cause_of_death(complaint, self._process.returncode)
            raise UnreadableIndex(f"sa relecture par un autre processus a échoué ({cause})")
        return _review(json.loads(answer))


@contextmanager
def fresh_reader(check: Check) -> Iterator[FreshReader]:
    """Start the process that will read the new index; it ends with the block."""
    with fresh_python("indexer.verification", check.__module__) as process:
        try:
            yield FreshReader(process, check)
        finally:
            process.kill()


def _review(answer: dict[str, Any]) -> Review:
    if fault := answer.get("fault"):
        raise UnreadableIndex(fault)
    return Review(tuple(map(problem_from, answer["faults"])), tuple(answer["movements"]))


if __name__ == "__main__":
    main()

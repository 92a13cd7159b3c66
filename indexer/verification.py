"""A new index is read by another process before it is published, which knows nothing but the files.

It gets ready while the index is written. A line names the folder: it reads what the engine wrote.
The next line is the question: it reads the rest, and gives one answer. All lines are JSON.

`Check` is the question that the layer above asks of it: a function at the top of its module,
since the other process finds it by its name.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from corpus.lists import GoldenQuery
from corpus.problems import Problem, Severity
from corpus.reading.confined import cause_of_death, fresh_python
from corpus.site import Site
from indexer import fields
from indexer.index_writer import ReadBack, read_back
from indexer.lexicon import load_lexicon
from indexer.postings import arrays_digest, load_postings, same_postings
from indexer.vectors import load_table
from indexer.vocabulary import load_forms


def fault_of(folder: Path, found: ReadBack, expected: dict[str, Any]) -> str:
    """How an index differs from what was meant, in French, or ""; `found` is what its engine says.

    Every other file is read here.
    """
    if len(found.ids) != expected["documents"]:
        return f"{expected['documents']} textes à indexer, {len(found.ids)} relus dans l’index"
    if found.records != expected["records"]:
        return "un texte relu dans l’index n’est pas celui qui a été écrit"
    if "" in found.ids:
        return "un texte de l’index ne se retrouve pas par son identifiant"
    copies = load_postings(folder, len(found.ids))
    if arrays_digest(copies.arrays) != expected["postings"]:
        return "les mots relus dans l’index ne sont pas ceux qui ont été écrits"
    for name, rows in found.rows.items():
        if not same_postings(name, rows, copies):
            return f"les mots relus dans le moteur (champ {name}) ne sont pas ceux des textes"
    return _fault_of_lists(folder, len(found.ids))


def _fault_of_lists(folder: Path, size: int) -> str:
    load_lexicon(folder / fields.LEXICON_FILE)
    load_forms(folder / fields.FORMS_FILE)
    json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    with np.load(folder / fields.COLUMNS_FILE, allow_pickle=False) as columns:
        if any(len(columns[name]) != size for name in fields.COLUMNS):
            return "une colonne de l’index n’a pas une ligne par texte"
    meanings = folder / fields.MEANINGS_FILE
    if meanings.exists() and len(load_table(meanings)) < size:
        return "le sens de certains textes manque à l’index"
    return ""


def answer_to(question: dict[str, Any], folder: Path, found: ReadBack) -> dict[str, Any]:
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
    folder = Path(json.loads(line))
    found = read_back(folder)
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


def unchecked(_folder: Path, _site: Site) -> Review:
    """Ask nothing."""
    return Review()


class FreshReader:
    """Another process, started while the index is being written: it is ready when that is done."""

    def __init__(self, process: subprocess.Popen[bytes], check: Check) -> None:
        self._process = process
        self._check = check

    def begin(self, folder: Path) -> None:
        """Let it read what the engine wrote, while the other files are being written."""
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it died: `review` will say why
            self._process.stdin.write(json.dumps(str(folder.resolve())).encode() + b"\n")
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
    faults = tuple(
        Problem(**{**fault, "severity": Severity(fault["severity"])}) for fault in answer["faults"]
    )
    return Review(faults, tuple(answer["movements"]))


if __name__ == "__main__":
    main()

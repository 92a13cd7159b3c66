"""The fresh process that reads a new index: `python -m indexer.fresh_reading CHECK_MODULE`.

It gets ready while the index is written. A line names the folder: it reads what the engine wrote.
The next line is the question: it reads the rest, and gives one answer. All lines are JSON.
"""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from corpus.golden import GoldenQuery
from corpus.site import Site
from indexer import fields
from indexer.forms import load_forms
from indexer.index_writer import ReadBack, read_back
from indexer.lexicon import load_lexicon
from indexer.postings import load_postings, postings_digest, same_postings
from indexer.verification import Check


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
    copies = load_postings(folder / fields.POSTINGS_FILE, fields.WORD_FIELDS)
    if postings_digest(copies) != expected["postings"]:
        return "les mots relus dans l’index ne sont pas ceux qui ont été écrits"
    for name, postings in found.postings.items():
        if not same_postings(postings, copies[name]):
            return f"les mots relus dans le moteur (champ {name}) ne sont pas ceux des textes"
    return _fault_of_lists(folder, len(found.ids))


def _fault_of_lists(folder: Path, size: int) -> str:
    load_lexicon(folder / fields.LEXICON_FILE)
    load_forms(folder / fields.FORMS_FILE)
    json.loads((folder / fields.CATALOGUE_FILE).read_text("utf-8"))
    with np.load(folder / fields.COLUMNS_FILE, allow_pickle=False) as columns:
        if any(len(columns[name]) != size for name in fields.COLUMNS):
            return "une colonne de l’index n’a pas une ligne par texte"
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


if __name__ == "__main__":
    main()

"""How well the people of real pages are read: who is published, with which role and organisation.

Reads the marked pages of ../shared/eval/pages and quotes when they are there. A person of the gold
who has a role or an organisation is looked for by name. Each of the two is right when its words are
the same without case, accents, marks and small words; an absent one when nothing is read. « à côté
du nom » counts only those whose page tells all of it right after the name, as the gold has it.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.cell import page_from_bytes
from corpus.reading.source import bytes_of_file
from corpus.records import Speaker
from corpus.typography import fold

SHARED = Path(__file__).parents[3] / "shared" / "eval"
_SMALL = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"])
_ROWS = ("tous", "à côté du nom")


def main() -> None:
    """Print a line per mistake, then the shares; or say what is missing."""
    folders = [Path(each) for each in sys.argv[1:]] or [SHARED / "pages", SHARED / "quotes"]
    counts: Counter[str] = Counter()
    for folder in folders:
        if not (folder / "gold.jsonl").is_file():
            print(f"Pas de pages annotées dans « {folder} » : donnez leur dossier.")
            continue
        for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
            counts += _counts(folder, json.loads(line))
    print(f"{'':<16}{'attendus':>10}{'publiés':>10}{'rôle':>8}{'organisation':>14}")
    for row in _ROWS:
        told, found = counts[f"{row} told"], counts[f"{row} found"]
        shares = [counts[f"{row} {part}"] / found if found else 0 for part in ("role", "body")]
        print(f"{row:<16}{told:>10}{found:>10}{shares[0]:>8.3f}{shares[1]:>14.3f}")


def _counts(folder: Path, document: dict[str, Any]) -> Counter[str]:
    path = next((folder / "docs").glob(f"{document['doc']}.*"))
    counts: Counter[str] = Counter()
    try:
        page = page_from_bytes(*bytes_of_file(path))
    except CorpusError as refused:  # a format that is not read
        print(refused)
        return counts
    read = {tuple(_words(s.name)): s for s in extraction_from(page).speakers}
    words = _words(" ".join(block.text for block in page.blocks))
    for told in document["speakers"]:
        expected = Speaker(told["name"], told.get("role") or "", told.get("org") or "")
        if expected.role or expected.organisation:
            right = _right(expected, read.get(tuple(_words(expected.name))), document["doc"])
            for row in _ROWS if _is_beside(expected, words) else _ROWS[:1]:
                counts.update(f"{row} {what}" for what in ["told", *right])
    return counts


def _right(expected: Speaker, read: Speaker | None, page: str) -> list[str]:
    if read is None:
        print(f"{page} : {expected.name} n’est pas publié")
        return []
    role = _words(expected.role) == _words(read.role)
    body = _words(expected.organisation) == _words(read.organisation)
    if not (role and body):
        given = f"« {read.role} », « {read.organisation} »"
        wanted = f"« {expected.role} », « {expected.organisation} »"
        print(f"{page} : {expected.name}, {given} au lieu de {wanted}")
    return ["found", *(["role"] if role else []), *(["body"] if body else [])]


def _is_beside(person: Speaker, page: list[str]) -> bool:
    """Say whether the words of a person stand on the page in a row."""
    row = _words(f"{person.name} {person.role} {person.organisation}")
    return any(page[at : at + len(row)] == row for at, word in enumerate(page) if word == row[0])


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if word not in _SMALL]


if __name__ == "__main__":
    main()

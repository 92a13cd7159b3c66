"""How well the roles and organisations of people are read out of real pages.

Reads the marked pages of ../shared/eval/pages and quotes when they are there. A person of the gold
is looked for by name, and counts when the gold gives a role or an organisation. Each of the two is
right when its words are the same, without case, accents, marks and small words; an absent one is
right when nothing was read.
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
    for part in ("role", "organisation"):
        right, told = counts[f"{part} right"], counts["found"]
        print(f"{part:<14}{right}/{told}{right / told if told else 0:>8.3f}")
    print(f"{'trouvés':<14}{counts['found']}/{counts['told']}")


def _counts(folder: Path, document: dict[str, Any]) -> Counter[str]:
    path = next((folder / "docs").glob(f"{document['doc']}.*"))
    counts: Counter[str] = Counter()
    try:
        found = extraction_from(page_from_bytes(*bytes_of_file(path))).speakers
    except CorpusError as refused:  # a format that is not read
        print(refused)
        return counts
    for told in document["speakers"]:
        expected = Speaker(told["name"], told.get("role") or "", told.get("org") or "")
        if not (expected.role or expected.organisation):
            continue
        read = next((s for s in found if _words(s.name) == _words(expected.name)), None)
        counts["told"] += 1
        if read is None:
            print(f"{document['doc']}: {expected} absent")
            continue
        counts["found"] += 1
        counts += _right(document["doc"], expected, read)
    return counts


def _right(name: str, expected: Speaker, read: Speaker) -> Counter[str]:
    pairs = {
        "role": (expected.role, read.role),
        "organisation": (expected.organisation, read.organisation),
    }
    for part, (wanted, given) in pairs.items():
        if _words(wanted) != _words(given):
            print(f"{name}: {expected.name}, {part} « {given} », attendu « {wanted} »")
    return Counter(f"{part} right" for part, (a, b) in pairs.items() if _words(a) == _words(b))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if word not in _SMALL]


if __name__ == "__main__":
    main()

"""Judged queries over quotes and their key ideas: the folder `ideas`, read."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.site import SAMPLE_SITE, Site, read_site
from search.evaluation import Collection

FOLDER = Path(__file__).parent / "ideas"
KINDS = ("mot", "question", "sujet", "rien")
PARTS = ("réglage", "garde")
_KEPT_OUT_OF = 3  # one query in three is kept aside


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What somebody types, and how well each quote answers, from 1 to 3; the others do not."""

    id: str
    kind: str
    text: str
    judgements: dict[str, int]

    @property
    def part(self) -> str:
        """Nothing is tuned on what is « garde »; the words decide, so that nobody chooses."""
        number = int(hashlib.sha256(self.text.encode("utf-8")).hexdigest(), 16)
        return "garde" if number % _KEPT_OUT_OF == 0 else "réglage"


def sites() -> tuple[Site, Site]:
    """The sample site, and the pages written for these queries."""
    return read_site(SAMPLE_SITE), read_site(FOLDER)


def judged_queries() -> list[JudgedQuery]:
    """The queries with their settled judgements."""
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    for row in judgement_rows():
        scores[row["query-id"]][row["corpus-id"]] = int(row["score"])
    return [JudgedQuery(**row, judgements=scores[row["id"]]) for row in _rows("queries.tsv")]


def judgement_rows() -> Iterator[dict[str, str]]:
    """What was judged, with the grade of each pass."""
    return _rows("judgements.tsv")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def collection_of(queries: list[JudgedQuery]) -> Collection:
    """The same, as the measures of retrieval take them; the quotes stay in their pages."""
    texts = {query.id: query.text for query in queries}
    return Collection({}, texts, {query.id: query.judgements for query in queries})

"""The only module that reads with Whoosh: what it holds is what the arrays of an index say.

Another process does so for each new index, before it is published: `indexer/verification.py`.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from whoosh import index
from whoosh.reading import IndexReader

from indexer import fields
from indexer.postings import Numbers, Postings, ends_of, hash_of, key_of, order_of

Row = tuple[str, list[int], list[int], list[int]]  # a term, its texts, how often, the positions


class Rows:
    """What the engine says of a field: its terms, in which texts, how often and where in them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._terms: list[str] = []
        self._ends, self._said_ends = array("q", [0]), array("q", [0])
        self._documents, self._counts, self._positions = array("i"), array("i"), array("i")
        for term, documents, counts, positions in rows:
            self._terms.append(term)
            self._documents.extend(documents)
            self._counts.extend(counts)
            self._positions.extend(positions)
            self._ends.append(len(self._documents))
            self._said_ends.append(len(self._positions))

    def __iter__(self) -> Iterator[tuple[str, Numbers, Numbers, Numbers]]:
        documents, counts, positions = (
            np.frombuffer(each, dtype=np.int32)
            for each in (self._documents, self._counts, self._positions)
        )
        for place, term in enumerate(self._terms):
            here = slice(*self._ends[place : place + 2])
            said = slice(*self._said_ends[place : place + 2])
            yield term, documents[here], counts[here], positions[said]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it is read back: its name, its first text, how many it has, its postings."""

    name: str
    start: int
    size: int
    rows: dict[str, Rows]


def read_back(folder: Path, names: Sequence[str] | None = None) -> list[Segment]:
    """Open what was written; read every posting and position of the segments that are named."""
    with index.open_dir(str(folder), readonly=True).searcher() as searcher:
        segments, start = list[Segment](), 0
        if not searcher.doc_count_all():
            return segments
        for reader in (leaf for leaf, _ in searcher.reader().leaf_readers()):
            name, size = str(reader.segment().segment_id()), int(reader.doc_count_all())
            read = fields.ENGINE_FIELDS if names is None or name in names else ()
            rows = {field: Rows(_rows(reader, field)) for field in read}
            segments.append(Segment(name, start, size, rows))
            start += size
        return segments


def _rows(reader: IndexReader, name: str) -> Iterator[Row]:
    for term in reader.lexicon(name):
        matcher = reader.postings(name, term)
        ids, counts, said = list[int](), list[int](), list[int]()
        while matcher.is_active():
            positions = matcher.value_as("positions")
            ids.append(matcher.id())
            counts.append(len(positions))
            said.extend(positions)
            matcher.next()
        yield term.decode("utf-8"), ids, counts, said


def same_postings(field: str, found: Rows, stored: Postings, start: int, end: int) -> bool:
    """Say whether the terms that the engine has of some texts are said in them as often, and where.

    The engine numbers these texts from 0, the postings from `start`.
    """
    rows, here = _rows_of(field, stored), stored.arrays
    starts, documents, codes = (here[name] for name in ("starts", "documents", "codes"))
    said, _ = stored.ways[field]
    ends = ends_of(stored, field)[start : end + 1]
    order, told = np.zeros(ends[-1] - ends[0], dtype=np.uint32), 0
    for term, numbers, counts, positions in found:
        row = rows.get(term)
        if row is None:
            return False
        first, last = int(starts[row]), int(starts[row + 1])
        within = np.searchsorted(documents[first:last], [start, end])
        place = slice(first + int(within[0]), first + int(within[1]))
        if not np.array_equal(numbers, documents[place] - start):
            return False
        if not np.array_equal(counts, said[codes[place]]):
            return False
        places = np.repeat(ends[numbers] - ends[0], counts) + positions
        if places.max(initial=-1) >= len(order):
            return False
        order[places] = hash_of(key_of(field, term))
        told += len(numbers)
    is_whole = told == _told(rows, stored, start, end)
    return is_whole and np.array_equal(order, here[order_of(field)][ends[0] : ends[-1]])


def _told(rows: Mapping[str, int], stored: Postings, start: int, end: int) -> int:
    """How many postings of a field some texts have."""
    within = (stored.arrays["documents"] >= start) & (stored.arrays["documents"] < end)
    before = np.concatenate([[0], np.cumsum(within, dtype=np.int64)])
    spread = np.diff(before[stored.arrays["starts"]])
    return int(spread[np.array([*rows.values()], dtype=np.int64)].sum())


def _rows_of(field: str, stored: Postings) -> dict[str, int]:
    """The row of each term of a field."""
    ends, keys = stored.arrays["ends"].tolist(), stored.arrays["keys"].tobytes()
    start = key_of(field, "")
    return {
        keys[end + len(start) : ends[row + 1]].decode(): row
        for row, end in enumerate(ends[:-1])
        if keys.startswith(start, end)
    }

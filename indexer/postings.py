"""The postings of an index as arrays in files, beside those of the engine: they score at once.

They are made from the documents; the reading of a new index compares them with the engine's.
A term of a field has a row: it is said in `documents[starts[row]:starts[row + 1]]`, in the way
that `codes` tells there. A way is how often the term is said in a text of a certain length: of
these pairs a field has few, and what each is worth is computed at the build (BM25).

Nothing here becomes an object of Python: the files are mapped, so that processes and generations
share them, and a row is found by its hash.
"""

import hashlib
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer import fields

K1 = 1.2
B = 0.9  # short texts: their length says much

Numbers = npt.NDArray[np.int32]
Worths = npt.NDArray[np.float64]

_ARRAYS = ("hashes", "ends", "keys", "starts", "documents", "codes", "said", "norms", "first")


def _file(name: str) -> str:
    return f"postings-{name}.npy"


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of all fields, mapped. `first`: where the ways of each begin in `said`, `norms`.

    `hashes` are sorted; the row of a term is the place of its hash, where `keys` has its letters.
    """

    size: int
    hashes: memoryview
    arrays: Mapping[str, Any]
    ways: Mapping[str, tuple[Worths, Worths]]  # `said` and `norms` by field


def _key(field: str, term: str) -> bytes:
    return f"{field} {term}".encode()  # no term holds a space


class FieldPostings:
    """The postings of one field while they are gathered, document after document."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._said = array("i")
        self._sizes = array("i")

    def add(self, terms: Iterable[str]) -> None:
        """Gather the terms of the next document."""
        before = len(self._said)
        places = self._places
        self._said.extend([places.setdefault(term, len(places)) for term in terms])
        self._sizes.append(len(self._said) - before)

    def terms(self) -> list[str]:
        """The terms, by their rows."""
        return list(self._places)

    def rows(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The row, the document and the count of each posting, by rows; the documents' lengths."""
        sizes = np.frombuffer(self._sizes, dtype=np.int32)
        documents = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        both = np.frombuffer(self._said, dtype=np.int32) * np.int64(len(sizes)) + documents
        both, counts = np.unique(both, return_counts=True)
        found, documents = np.divmod(both, max(1, len(sizes)))
        whole = np.int32
        return found.astype(whole), documents.astype(whole), counts.astype(whole), sizes


def gathered() -> dict[str, FieldPostings]:
    """Nothing yet, for each field."""
    return {name: FieldPostings() for name in fields.WORD_FIELDS}


def arrays_of(postings: Mapping[str, FieldPostings]) -> dict[str, Any]:
    """The arrays of all fields, as they are written."""
    keys: list[bytes] = []
    spread, documents, codes, said, norms, first = [], [], [], [], [], [0]
    for name in fields.WORD_FIELDS:
        field = postings[name]
        rows, numbers, counts, lengths = field.rows()
        keys += (_key(name, term) for term in field.terms())
        spread.append(np.bincount(rows, minlength=len(field.terms())))
        ways, code = _ways(counts, lengths[numbers], lengths)
        documents.append(numbers)
        codes.append(code)
        said.append(ways[0])
        norms.append(ways[1])
        first.append(first[-1] + len(ways[0]))
    both = np.concatenate(documents), np.concatenate(codes)
    return _by_hash(keys, np.concatenate(spread), *both) | {
        "said": np.concatenate(said),
        "norms": np.concatenate(norms),
        "first": np.array(first, dtype=np.int64),
    }


def _ways(
    counts: Numbers, lengths: Numbers, all_lengths: Numbers
) -> tuple[tuple[Worths, Worths], npt.NDArray[np.int64]]:
    """The pairs of a count and a length, as what BM25 divides, and the pair of each posting."""
    pairs, code = np.unique(lengths * np.int64(1 << 32) + counts, return_inverse=True)
    said = (pairs & 0xFFFFFFFF).astype(np.float64)
    mean = float(all_lengths.astype(np.float32).sum()) / max(1, len(all_lengths))
    norms = K1 * (1 - B + B * (pairs >> 32).astype(np.float32) / (mean or 1.0))
    return (said, said + norms), code


def _by_hash(
    keys: list[bytes], spread: Any, documents: Numbers, codes: npt.NDArray[np.int64]
) -> dict[str, Any]:
    """Put the rows in the order of their hashes."""
    hashes = np.fromiter(map(zlib.crc32, keys), np.uint32, len(keys))
    order = np.argsort(hashes, kind="stable")
    starts = np.concatenate([[0], np.cumsum(spread)])
    new_starts = np.concatenate([[0], np.cumsum(spread[order])])
    moved = np.repeat(starts[order] - new_starts[:-1], spread[order]) + np.arange(new_starts[-1])
    sizes = [len(keys[place]) for place in order.tolist()]
    narrow = np.uint16 if not len(codes) or codes.max() < 1 << 16 else np.uint32
    return {
        "hashes": hashes[order],
        "ends": np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
        "keys": np.frombuffer(b"".join(keys[place] for place in order.tolist()), np.uint8),
        "starts": new_starts.astype(np.int64),
        "documents": documents[moved],
        "codes": codes[moved].astype(narrow),
    }


def arrays_digest(arrays: Mapping[str, Any]) -> str:
    """The digest of all arrays, numbers and letters."""
    digest = hashlib.sha256()
    for name in _ARRAYS:
        digest.update(memoryview(arrays[name]))
    return digest.hexdigest()


def save_postings(folder: Path, arrays: Mapping[str, Any]) -> None:
    """Write a file for each array: nothing in them can run."""
    for name in _ARRAYS:
        np.save(folder / _file(name), arrays[name], allow_pickle=False)


def load_postings(folder: Path, size: int) -> Postings:
    """Map what `save_postings` wrote; `size` is the number of documents."""
    arrays = {
        name: np.load(folder / _file(name), mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in _ARRAYS
    }
    first, said, norms = (arrays[name] for name in ("first", "said", "norms"))
    spans = zip(fields.WORD_FIELDS, pairwise(first.tolist()), strict=True)
    ways = {name: (said[start:end], norms[start:end]) for name, (start, end) in spans}
    return Postings(size, memoryview(arrays["hashes"]), arrays, ways)


class Rows:
    """What an engine says of a field: its terms, where and how often each is said."""

    def __init__(self, rows: Iterable[tuple[str, list[int], list[int]]]) -> None:
        self.terms: list[str] = []
        self._ends, self._documents, self._counts = array("q", [0]), array("i"), array("i")
        for term, documents, counts in rows:
            self.terms.append(term)
            self._documents.extend(documents)
            self._counts.extend(counts)
            self._ends.append(len(self._documents))

    def __iter__(self) -> Iterator[tuple[str, Numbers, Numbers]]:
        documents = np.frombuffer(self._documents, dtype=np.int32)
        counts = np.frombuffer(self._counts, dtype=np.int32)
        for term, start, end in zip(self.terms, self._ends, self._ends[1:], strict=False):
            yield term, documents[start:end], counts[start:end]


def same_postings(field: str, found: Rows, stored: Postings) -> bool:
    """Say whether an engine's terms of a field are said in the same documents as often."""
    rows = _rows_of(field, stored)
    starts, documents, codes = (stored.arrays[name] for name in ("starts", "documents", "codes"))
    said, _ = stored.ways[field]
    for term, numbers, counts in found:
        row = rows.pop(term, None)
        here = slice(0, 0) if row is None else slice(starts[row], starts[row + 1])
        if not np.array_equal(numbers, documents[here]):
            return False
        if not np.array_equal(counts, said[codes[here]]):
            return False
    return not rows


def _rows_of(field: str, stored: Postings) -> dict[str, int]:
    """The row of each term of a field."""
    ends, keys = stored.arrays["ends"].tolist(), stored.arrays["keys"].tobytes()
    start = _key(field, "")
    return {
        keys[end + len(start) : ends[row + 1]].decode(): row
        for row, end in enumerate(ends[:-1])
        if keys.startswith(start, end)
    }

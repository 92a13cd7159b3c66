"""The postings of an index as arrays, beside those of the engine: they score at once.

They are made from the documents; the reading of a new index compares them with the engine's.

For each field: `terms` gives the row of a term; row r holds the documents
`documents[starts[r]:starts[r + 1]]` and how often each says the term, in `counts`. `lengths`
is the number of terms of each document in the field, exact (the engine rounds it).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_ARRAYS = ("starts", "documents", "counts", "lengths")


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of one field."""

    terms: dict[str, int]
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    counts: npt.NDArray[np.float32]
    lengths: npt.NDArray[np.float32]


Postings = dict[str, FieldPostings]


def field_postings(rows: Iterable[tuple[str, list[int], list[float]]], size: int) -> FieldPostings:
    """Gather (term, documents, counts); `size` is the number of documents."""
    terms: dict[str, int] = {}
    starts, documents, counts = [0], list[int](), list[float]()
    for term, ids, weights in rows:
        terms[term] = len(terms)
        documents += ids
        counts += weights
        starts.append(len(documents))
    docs, tfs = np.array(documents, dtype=np.int32), np.array(counts, dtype=np.float32)
    lengths = np.bincount(docs, weights=tfs, minlength=size).astype(np.float32)
    return FieldPostings(terms, np.array(starts, dtype=np.int64), docs, tfs, lengths)


def postings_of(documents: Sequence[Mapping[str, list[str]]], names: Iterable[str]) -> Postings:
    """The postings of documents given by their terms, field by field."""
    return {
        name: field_postings(
            _rows([document.get(name, []) for document in documents]), len(documents)
        )
        for name in names
    }


def _rows(documents: Sequence[list[str]]) -> Iterator[tuple[str, list[int], list[float]]]:
    found: dict[str, dict[int, float]] = {}
    for number, terms in enumerate(documents):
        for term in terms:
            counts = found.setdefault(term, {})
            counts[number] = counts.get(number, 0) + 1
    for term in sorted(found):
        yield term, list(found[term]), list(found[term].values())


def same_postings(left: FieldPostings, right: FieldPostings) -> bool:
    """Say whether two fields hold the same terms of the same documents as often."""
    return list(left.terms) == list(right.terms) and all(
        np.array_equal(getattr(left, part), getattr(right, part)) for part in _ARRAYS
    )


def postings_digest(postings: Mapping[str, FieldPostings]) -> str:
    """The digest of all fields, terms and numbers."""
    digest = hashlib.sha256()
    for array in _arrays(postings).values():
        digest.update(array.tobytes())
    return digest.hexdigest()


def save_postings(path: Path, postings: Mapping[str, FieldPostings]) -> None:
    """Write all fields in one file, numbers and UTF-8 only: nothing in it can run."""
    np.savez(path, **_arrays(postings))


def _arrays(postings: Mapping[str, FieldPostings]) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, field in sorted(postings.items()):
        arrays |= {f"{name}.{part}": getattr(field, part) for part in _ARRAYS}
        joined = "\n".join(field.terms).encode("utf-8")
        arrays[f"{name}.terms"] = np.frombuffer(joined, dtype=np.uint8)
    return arrays


def load_postings(path: Path, names: Iterable[str]) -> Postings:
    """Read what `save_postings` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return {name: _field(stored, name) for name in names}


def _field(stored: Mapping[str, npt.NDArray[np.generic]], name: str) -> FieldPostings:
    joined = stored[f"{name}.terms"].tobytes().decode("utf-8")
    terms = {term: row for row, term in enumerate(joined.split("\n") if joined else [])}
    starts, documents, counts, lengths = (stored[f"{name}.{part}"] for part in _ARRAYS)
    return FieldPostings(
        terms,
        starts.astype(np.int64),
        documents.astype(np.int32),
        counts.astype(np.float32),
        lengths.astype(np.float32),
    )

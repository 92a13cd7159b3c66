"""The postings of an index as arrays in files, beside those of the engine: they score at once.

They are made from the documents, and from those of the last index for texts that stay; the reading
of a new index compares what is new with the engine's.
A term of a field has a row: it is said in `documents[starts[row]:starts[row + 1]]`, in the way
that `codes` tells there. A way is how often the term is said in a text of a certain length: of
these pairs a field has few, and what each is worth is computed at the build (BM25).
Of the fields in `ENGINE_FIELDS` the hashes of the words of all texts are kept in their order too:
phrases are found there (`search/engine.py`).

Nothing here becomes an object of Python: the files are mapped, so that processes and generations
share them, and a row is found by its hash.
"""

import hashlib
import zlib
from array import array
from bisect import bisect_left
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
_TOGETHER = 200_000  # postings that are placed at once: what is made of them stays near

Numbers = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint32]
Worths = npt.NDArray[np.float64]


def order_of(field: str) -> str:
    """The array of the words of all texts in their order, each as its hash."""
    return f"order-{field}"


_ARRAYS = (
    *("hashes", "ends", "keys", "starts", "documents", "codes", "said", "norms", "first"),
    *("long", "lengths"),  # from which the next index goes on: of each way, of each text by field
    *map(order_of, fields.ENGINE_FIELDS),
)


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


def key_of(field: str, term: str) -> bytes:
    """A term with its field, as bytes: no term holds a space."""
    return f"{field} {term}".encode()


def hash_of(key: bytes) -> int:
    """The CRC-32 of a term with its field."""
    return zlib.crc32(key)


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

    def order(self, field: str) -> Hashes:
        """The hashes of the terms, in the order in which they are said."""
        hashes = (hash_of(key_of(field, term)) for term in self._places)
        each = np.fromiter(hashes, np.uint32, len(self._places))
        return each[np.frombuffer(self._said, dtype=np.int32)]

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
    return {name: FieldPostings() for name in fields.POSTED_FIELDS}


@dataclass(frozen=True, slots=True)
class _Piece:
    """The postings of texts that follow one another, by rows: how many each row has."""

    rows: Numbers
    spread: Any
    documents: Numbers
    codes: Any


class Weaving:
    """The postings of an index, from those of the last one and those of new texts.

    What is kept and what is new is given in the order of the texts. The numbers of an old text
    move, its ways do not: new ones come after those known.
    """

    def __init__(self, old: Postings | None = None) -> None:
        self.size = 0
        self._old = old or _NONE
        self._kept = (0, 0)  # texts of the old postings that are still to be taken over
        self._rows: dict[bytes, int] = {}
        self._keys: list[bytes] = []  # of the rows that the old postings have not
        self._pieces: list[_Piece] = []
        self._lengths: list[Any] = []
        self._orders: dict[str, list[Any]] = {name: [] for name in fields.ENGINE_FIELDS}
        self._ways = {name: _ways_of(name, self._old) for name in fields.POSTED_FIELDS}

    def keep(self, start: int, end: int) -> None:
        """Go on with texts of the old postings; those that follow one another go together."""
        if self._kept[1] != start:
            self._take_over()
            self._kept = (start, start)
        self._kept = (self._kept[0], end)
        self.size += end - start

    def _take_over(self) -> None:
        (start, end), self._kept = self._kept, (0, 0)
        if start == end:
            return
        arrays = self._old.arrays
        documents, codes, starts = (arrays[name] for name in ("documents", "codes", "starts"))
        spread = np.diff(starts)
        if (start, end) != (0, self._old.size):
            within = (documents >= start) & (documents < end)
            documents, codes = documents[within], codes[within]
            spread = np.add.reduceat(within, starts[:-1], dtype=np.int64)  # no row is empty
        rows = np.arange(len(spread), dtype=np.int32)
        moved = documents + np.int32(self.size - end)
        self._pieces.append(_Piece(rows, spread, moved, codes))
        self._lengths.append(arrays["lengths"][start:end])
        for name, pieces in self._orders.items():
            ends = ends_of(self._old, name)
            pieces.append(arrays[order_of(name)][ends[start] : ends[end]])

    def add(self, postings: Mapping[str, FieldPostings]) -> None:
        """Go on with new texts."""
        self._take_over()
        lengths = []
        for name in fields.POSTED_FIELDS:
            local, documents, counts, sizes = postings[name].rows()
            rows = [self._row(key_of(name, term)) for term in postings[name].terms()]
            spread = np.bincount(local, minlength=len(rows))
            codes = self._ways[name].codes(counts, sizes[documents])
            known = np.array(rows, dtype=np.int32)
            moved = documents + np.int32(self.size)
            self._pieces.append(_Piece(known, spread, moved, codes))
            lengths.append(sizes)
        self._lengths.append(np.stack(lengths, axis=1))
        for name, pieces in self._orders.items():
            pieces.append(postings[name].order(name))
        self.size += len(lengths[0])

    def _row(self, key: bytes) -> int:
        row = self._rows.get(key, -1)
        if row < 0:
            row = row_of(self._old, key)
            if row < 0:
                row = len(self._old.hashes) + len(self._keys)
                self._keys.append(key)
            self._rows[key] = row
        return row

    def arrays(self) -> dict[str, Any]:
        """The arrays of all fields, as they are written; rows that nobody says any more go."""
        self._take_over()
        old = self._old
        fresh = np.fromiter(map(hash_of, self._keys), np.uint32, len(self._keys))
        hashes = np.concatenate([np.asarray(old.hashes, dtype=np.uint32), fresh])
        spread = np.zeros(len(hashes), dtype=np.int64)
        for piece in self._pieces:
            spread[piece.rows] += piece.spread  # a row comes once in a piece
        said = np.flatnonzero(spread)
        order = said[np.argsort(hashes[said], kind="stable")]
        starts = np.concatenate([[0], np.cumsum(spread[order])])
        keys, ends = self._letters(order)
        found = {"hashes": hashes[order], "ends": ends, "keys": keys, "starts": starts}
        return found | self._woven(order, starts) | self._worths() | self._in_order()

    def _in_order(self) -> dict[str, Any]:
        none = np.zeros(0, dtype=np.uint32)
        return {
            order_of(name): np.concatenate([none, *pieces]) for name, pieces in self._orders.items()
        }

    def _letters(self, order: Any) -> tuple[Any, Any]:
        """The letters of rows, and where each ends."""
        old = self._old.arrays
        letters = np.concatenate([old["keys"], np.frombuffer(b"".join(self._keys), np.uint8)])
        sizes = np.concatenate([np.diff(old["ends"]), np.array([*map(len, self._keys)], np.int64)])
        starts = np.concatenate([[0], np.cumsum(sizes)])
        ends = np.concatenate([[0], np.cumsum(sizes[order])])
        return letters[places_of(starts[order], sizes[order])], ends

    def _woven(self, order: Any, starts: Any) -> dict[str, Any]:
        """Every posting at its place: in a row, texts stay in the order in which they came."""
        at = np.zeros(int(order.max(initial=-1)) + 1, dtype=np.int64)
        at[order] = starts[:-1]
        most = max((len(ways.said) for ways in self._ways.values()), default=0)
        documents = np.empty(int(starts[-1]), dtype=np.int32)
        codes = np.empty(int(starts[-1]), dtype=np.uint16 if most <= 1 << 16 else np.uint32)
        for piece in self._pieces:
            held = piece.spread > 0
            rows, spread = piece.rows[held], piece.spread[held]
            ends = np.concatenate([[0], np.cumsum(spread)])
            for some in _shared_out(ends):
                here = slice(ends[some.start], ends[some.stop])
                places = places_of(at[rows[some]], spread[some])
                documents[places], codes[places] = piece.documents[here], piece.codes[here]
            at[rows] += spread
        return {"documents": documents, "codes": codes}

    def _worths(self) -> dict[str, Any]:
        """What BM25 divides, for each way of each field."""
        none = np.zeros((0, len(fields.POSTED_FIELDS)), dtype=np.int32)
        lengths = np.concatenate([none, *self._lengths])
        said, norms, long, first = [], [], [], [0]
        for ways, column in zip(self._ways.values(), lengths.T, strict=True):
            said.append(np.array(ways.said, dtype=np.float64))
            long.append(np.array(ways.long, dtype=np.int32))
            mean = float(column.astype(np.float32).sum()) / max(1, len(column)) or 1.0
            norm = K1 * (1 - B + B * long[-1].astype(np.float32) / mean)
            norms.append(said[-1] + norm)
            first.append(first[-1] + len(said[-1]))
        return {
            "said": np.concatenate(said),
            "norms": np.concatenate(norms),
            "long": np.concatenate(long),
            "first": np.array(first, dtype=np.int64),
            "lengths": np.ascontiguousarray(lengths),
        }


class _Ways:
    """The ways of a field: how often a term is said, in a text of what length."""

    def __init__(self, said: list[int], long: list[int]) -> None:
        self.said, self.long = said, long
        self._codes = {pair: code for code, pair in enumerate(zip(said, long, strict=True))}

    def codes(self, counts: Numbers, lengths: Numbers) -> Any:
        """The way of each posting; one that is new is the next."""
        pairs, which = np.unique(lengths * np.int64(1 << 32) + counts, return_inverse=True)
        return np.array([*map(self._code, pairs.tolist())], dtype=np.uint32)[which]

    def _code(self, pair: int) -> int:
        said, long = pair & 0xFFFFFFFF, pair >> 32
        code = self._codes.setdefault((said, long), len(self.said))
        if code == len(self.said):
            self.said.append(said)
            self.long.append(long)
        return code


def ends_of(postings: Postings, field: str) -> Any:
    """Where the words of each text end in their order; the first begins at 0."""
    lengths = postings.arrays["lengths"][:, fields.POSTED_FIELDS.index(field)]
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def places_of(starts: Any, sizes: Any) -> Any:
    """The places of slices, one slice after the other."""
    ends = np.cumsum(sizes)
    return np.repeat(starts - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)


def _shared_out(ends: Any) -> Iterator[slice]:
    """Rows whose postings end so, a few postings at a time: what is made of them stays small."""
    cuts = np.searchsorted(ends, np.arange(_TOGETHER, ends[-1], _TOGETHER))
    for first, last in pairwise(np.unique([0, *cuts, len(ends) - 1]).tolist()):
        yield slice(first, last)


def arrays_of(postings: Mapping[str, FieldPostings]) -> dict[str, Any]:
    """The arrays of texts alone."""
    weaving = Weaving()
    weaving.add(postings)
    return weaving.arrays()


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
    return _postings_of(size, arrays)


def _postings_of(size: int, arrays: Mapping[str, Any]) -> Postings:
    said, norms = arrays["said"], arrays["norms"]
    spans = _spans(arrays).items()
    ways = {name: (said[here], norms[here]) for name, here in spans}
    return Postings(size, memoryview(arrays["hashes"]), arrays, ways)


def _spans(arrays: Mapping[str, Any]) -> dict[str, slice]:
    """Where the ways of each field are."""
    ends = pairwise(arrays["first"].tolist())
    return {name: slice(*span) for name, span in zip(fields.POSTED_FIELDS, ends, strict=True)}


def row_of(postings: Postings, key: bytes) -> int:
    """The row of a term of a field, -1 for none: its hash tells it, its letters that it is it."""
    hashed, hashes = hash_of(key), postings.hashes
    row = bisect_left(hashes, hashed)
    ends, keys = postings.arrays["ends"], postings.arrays["keys"]
    while row < len(hashes) and hashes[row] == hashed:
        if keys[ends[row] : ends[row + 1]].tobytes() == key:
            return row
        row += 1
    return -1


def place_of(postings: Postings, field: str, term: str) -> slice:
    """Where the postings of a term are."""
    row, starts = row_of(postings, key_of(field, term)), postings.arrays["starts"]
    return slice(starts[row], starts[row + 1]) if row >= 0 else slice(0, 0)


def documents_saying(postings: Postings, field: str, term: str) -> Numbers:
    """The texts that say a term."""
    found: Numbers = postings.arrays["documents"][place_of(postings, field, term)]
    return found


_NONE = _postings_of(
    0,
    {
        "hashes": np.zeros(0, np.uint32),
        "ends": np.zeros(1, np.int64),
        "keys": np.zeros(0, np.uint8),
        "starts": np.zeros(1, np.int64),
        "documents": np.zeros(0, np.int32),
        "codes": np.zeros(0, np.uint16),
        "said": np.zeros(0),
        "norms": np.zeros(0),
        "long": np.zeros(0, np.int32),
        "lengths": np.zeros((0, len(fields.POSTED_FIELDS)), np.int32),
        "first": np.zeros(len(fields.POSTED_FIELDS) + 1, np.int64),
        **{order_of(name): np.zeros(0, np.uint32) for name in fields.ENGINE_FIELDS},
    },
)


def _ways_of(field: str, postings: Postings) -> "_Ways":
    here = _spans(postings.arrays)[field]
    said, long = postings.arrays["said"][here], postings.arrays["long"][here]
    return _Ways(said.astype(np.int64).tolist(), long.tolist())

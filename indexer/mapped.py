"""Arrays and texts in one file that is mapped: processes and generations share it.

Nothing in such a file can run, and nothing of it becomes an object of Python before it is asked
for. Its first line tells, in JSON, where each array is; texts are two: their letters, and where
each ends.
"""

import json
import mmap
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

Columns = Mapping[str, Any]  # what is written: arrays, and sequences of texts
_ALIGNED = 64  # bytes
_LETTERS, _ENDS = ".letters", ".ends"  # what follows the name of texts


@dataclass(frozen=True, slots=True)
class Strings:
    """Texts that are mapped, by their places."""

    letters: memoryview
    ends: memoryview

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, place: int) -> str:
        return str(self.letters[self.ends[place] : self.ends[place + 1]], "utf-8")


def as_bytes(columns: Columns) -> bytes:
    """The content of a file of columns."""
    arrays: dict[str, Any] = {}
    for name, column in columns.items():
        if isinstance(column, np.ndarray):
            arrays[name] = column
            continue
        texts = [text.encode() for text in column]
        arrays[name + _LETTERS] = np.frombuffer(b"".join(texts), np.uint8)
        arrays[name + _ENDS] = np.array([0, *accumulate(map(len, texts))], np.int64)
    starts = accumulate((_padded(array.nbytes) for array in arrays.values()), initial=0)
    rows = {
        name: (array.dtype.str, len(array), start)
        for (name, array), start in zip(arrays.items(), starts, strict=False)
    }
    head = json.dumps(rows).encode() + b"\n"
    parts = [head, *(array.tobytes() for array in arrays.values())]
    return b"".join(part.ljust(_padded(len(part)), b"\0") for part in parts)


def columns_in(content: bytes | mmap.mmap) -> dict[str, Any]:
    """The columns of such a content: arrays, and `Strings`."""
    head = content[: content.find(b"\n") + 1]
    first = _padded(len(head))
    arrays: dict[str, Any] = {
        name: np.frombuffer(content, kind, count, first + start)
        if count
        else np.zeros(0, dtype=kind)
        for name, (kind, count, start) in json.loads(head).items()
    }
    texts = [name.removesuffix(_ENDS) for name in arrays if name.endswith(_ENDS)]
    for name in texts:
        letters, ends = arrays.pop(name + _LETTERS), arrays.pop(name + _ENDS)
        arrays[name] = Strings(memoryview(letters), memoryview(ends))
    return arrays


def save_columns(path: Path, columns: Columns) -> None:
    """Write a file of columns."""
    path.write_bytes(as_bytes(columns))


def load_columns(path: Path) -> dict[str, Any]:
    """Map what `save_columns` wrote."""
    with path.open("rb") as file:
        return columns_in(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


@dataclass(frozen=True, slots=True)
class Keys:
    """Texts in the order of their hashes: each tells its row."""

    hashes: memoryview
    texts: Strings

    def row(self, text: str) -> int:
        """The row of a text; -1 when it is none of them."""
        key, letters, ends = text.encode(), self.texts.letters, self.texts.ends
        hashed, hashes = zlib.crc32(key), self.hashes
        row = bisect_left(hashes, hashed)
        while row < len(hashes) and hashes[row] == hashed:
            if letters[ends[row] : ends[row + 1]] == key:
                return row
            row += 1
        return -1


def by_hash(texts: Sequence[str]) -> tuple[list[int], Any]:
    """The places of texts in the order of their hashes, and these."""
    hashes = np.fromiter((zlib.crc32(text.encode()) for text in texts), np.uint32, len(texts))
    order = np.argsort(hashes, kind="stable")
    return order.tolist(), hashes[order]


class TextMap(Mapping[str, str]):
    """Texts by other texts, mapped."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._keys = Keys(memoryview(columns[f"{name} hashes"]), columns[f"{name} keys"])
        self._values: Strings = columns[f"{name} values"]

    def __getitem__(self, key: str) -> str:
        row = self._keys.row(key)
        if row < 0:
            raise KeyError(key)
        return self._values[row]

    def __iter__(self) -> Iterator[str]:
        return map(self._keys.texts.__getitem__, range(len(self)))

    def __len__(self) -> int:
        return len(self._values)

    def in_memory(self) -> dict[str, str]:
        """The same as a dictionary: for whoever asks it everything."""
        return dict(zip(self, map(self._values.__getitem__, range(len(self))), strict=True))


def text_map(texts: Mapping[str, str], name: str) -> Columns:
    """The columns of a `TextMap`."""
    known = sorted(texts)
    order, hashes = by_hash(known)
    keys = [known[place] for place in order]
    return {
        f"{name} hashes": hashes,
        f"{name} keys": keys,
        f"{name} values": [texts[key] for key in keys],
    }

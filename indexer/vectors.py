"""Vectors of texts, and the table that keeps them: one a row, under a key, one byte a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]  # one row a text
Code = npt.NDArray[np.int8]
Ints = npt.NDArray[Any]
Table = npt.NDArray[np.void]  # fields: `key`, 16 bytes; `code`, signed bytes
Wholes = npt.NDArray[np.void]  # fields: `code`, signed bytes; `step`, what one is worth

Identity = dict[str, str]  # of an encoder: name, version, digest of the weights

BACKED = 0.5  # of what a quote means by itself is what the key idea it backs means
AROUND = 0.4  # of its likeness is that of its page

KEY = 16
_MOST = 127  # of a signed byte
_TOGETHER = 256  # vectors that are made at once: they stay near the processor


def unit(vectors: Vectors) -> Vectors:
    """Each of length 1; nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))


def code_of(vector: Vector) -> Code:
    """A vector in bytes; its length is lost, which says nothing."""
    most = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (_MOST / most)).astype(np.int8)


def table_of(rows: Sequence[tuple[bytes, Code]]) -> Table:
    size = len(rows[0][1]) if rows else 0
    table: Table = np.zeros(len(rows), dtype=[("key", np.uint8, KEY), ("code", np.int8, size)])
    for place, (key, code) in enumerate(rows):
        table[place] = (np.frombuffer(key, dtype=np.uint8), code)
    return table


def with_rows(table: Table, rows: Sequence[tuple[bytes, Code]]) -> Table:
    """A table, and more rows after its own."""
    more = table_of(rows)
    if not len(table) or not len(more):
        return table if len(table) else more
    return np.concatenate((table, more))


def keys_of(table: Table) -> list[bytes]:
    """The key of each row."""
    keys = np.ascontiguousarray(table["key"]).tobytes()
    return [keys[start : start + KEY] for start in range(0, len(keys), KEY)]


def vectors_of(rows: Table) -> Vectors:
    """The vectors of some rows."""
    codes = rows["code"]
    vectors: Vectors = np.empty(codes.shape, dtype=np.float32)
    for at in range(0, len(codes), _TOGETHER):
        some = codes[at : at + _TOGETHER].astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", some, some))
        np.divide(some, np.maximum(lengths, 1)[:, None], out=vectors[at : at + _TOGETHER])
    return vectors


def ideas_of(is_idea: npt.NDArray[np.bool_], webinars: Ints) -> Ints:
    """The key idea that each text backs, the last before it in its webinar; -1: none."""
    last = np.maximum.accumulate(np.where(is_idea, np.arange(len(is_idea)), -1))
    backs = ~is_idea & (last >= 0) & (webinars[last] == webinars)
    return np.where(backs, last, -1).astype(np.int32)


def wholes_of(table: Table, ideas: Ints, webinars: Ints) -> Wholes:
    """What each text means by itself, by the key idea that it backs and by its page.

    `ideas` tells the first, -1 for none, `webinars` the second: the texts of a page stand together.
    """
    count, size = len(webinars), table["code"].shape[1]
    wholes: Wholes = np.empty(count, dtype=[("code", np.int8, size), ("step", np.float32)])
    pages = _pages_of(table, webinars)
    for at in range(0, count, _TOGETHER):
        here = slice(at, min(at + _TOGETHER, count))
        numbers = np.arange(here.start, here.stop)
        meant = (1 - BACKED) * vectors_of(table[here])
        meant += BACKED * vectors_of(table[np.where(ideas[here] < 0, numbers, ideas[here])])
        meant *= 1 - AROUND
        meant += AROUND * pages[webinars[here]]
        steps = np.abs(meant).max(axis=1, initial=1e-9) / _MOST
        wholes["code"][here], wholes["step"][here] = np.round(meant / steps[:, None]), steps
    return wholes


def _pages_of(table: Table, webinars: Ints) -> Vectors:
    """The mean of what the texts of each page mean."""
    pages = np.zeros((webinars.max(initial=-1) + 1, table["code"].shape[1]), dtype=np.float32)
    for at in range(0, len(webinars), _TOGETHER):
        here = webinars[at : at + _TOGETHER]
        starts = np.flatnonzero(np.diff(here, prepend=-1))
        vectors = vectors_of(table[at : at + len(here)])
        pages[here[starts]] += np.add.reduceat(vectors, starts, axis=0)
    counts = np.bincount(webinars, minlength=len(pages))[:, None]
    return np.asarray(pages / np.maximum(counts, 1), dtype=np.float32)


def save_table(path: Path, table: Table) -> None:
    """Write bytes only: nothing in the file can run."""
    np.save(path, table, allow_pickle=False)


def load_table(path: Path) -> Table:
    """Map the file: the processes of a machine share it."""
    table: Table = np.load(path, mmap_mode="r", allow_pickle=False)
    return table


@dataclass(frozen=True, slots=True)
class Meanings:
    """The table of a site, and the theme that each row after the documents speaks of."""

    encoder: Identity
    table: Table
    documents: int
    themes: npt.NDArray[np.int32]

    @property
    def of_documents(self) -> Vectors:
        """The vector of each document."""
        return vectors_of(self.table[: self.documents])

    @property
    def of_themes(self) -> Vectors:
        """The mean of what the label and the seed terms of each theme mean."""
        terms = vectors_of(self.table[self.documents :])
        count = int(self.themes.max(initial=-1)) + 1
        return unit(np.array([terms[self.themes == theme].mean(axis=0) for theme in range(count)]))

    def of_some_themes(self, first: int, count: int) -> "Meanings":
        """The same texts with some of the themes only, the first of which is now number 0."""
        own = (self.themes >= first) & (self.themes < first + count)
        rows = np.concatenate((self.table[: self.documents], self.table[self.documents :][own]))
        return Meanings(self.encoder, rows, self.documents, self.themes[own] - first)

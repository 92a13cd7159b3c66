"""The stored records of an index: two files for each volume, mapped.

One holds the records, one after the other, as JSON; the other where each ends.
"""

import hashlib
import json
import mmap
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import numpy as np

from indexer import fields
from indexer.fields import StoredRecord


def sizes_of(folder: Path) -> dict[str, int]:
    """The names of the volumes of an index, in their order, and how many texts each has."""
    rows = json.loads((folder / fields.VOLUMES_FILE).read_text("utf-8"))
    return {name: texts for name, texts, _ in rows}


def records_files(name: str) -> tuple[str, str]:
    """The files of the records of a volume, and of their ends."""
    return f"{name}.records", f"{name}.ends.npy"


def as_stored(record: StoredRecord) -> bytes:
    """A record as it is written."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8")


def save_records(folder: Path, name: str, records: Sequence[bytes]) -> None:
    """Write the records of a volume."""
    whole, ends = records_files(name)
    (folder / whole).write_bytes(b"".join(records))
    lengths = [0, *map(len, records)]
    np.save(folder / ends, np.array([*accumulate(lengths)], np.int64), allow_pickle=False)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one index: of each volume, its first text, and what `raw_record` reads."""

    starts: list[int]
    volumes: list[tuple[mmap.mmap | bytes, Any]]


def load_records(folder: Path) -> Records:
    """Map what `save_records` wrote of all volumes."""
    sizes = sizes_of(folder)
    starts = [0, *accumulate(sizes.values())]
    return Records(starts, [_mapped(folder, name) for name in sizes])


def record_of(records: Records, number: int) -> StoredRecord:
    """What was stored of a text."""
    volume = bisect_right(records.starts, number) - 1
    (whole, ends), place = records.volumes[volume], number - records.starts[volume]
    return cast(StoredRecord, json.loads(whole[int(ends[place]) : int(ends[place + 1])]))


def _mapped(folder: Path, name: str) -> tuple[mmap.mmap | bytes, Any]:
    whole, ends = records_files(name)
    with (folder / whole).open("rb") as file:
        empty = not (folder / whole).stat().st_size  # no file of nothing is mapped
        content = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return content, np.load(folder / ends, mmap_mode="r", allow_pickle=False)


def records_digest(folder: Path, names: Iterable[str]) -> str:
    """The digest of all records of some volumes: however they are cut, it is the same."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((folder / records_files(name)[0]).read_bytes())
    return digest.hexdigest()

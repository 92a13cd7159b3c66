"""What is known of every document at once: arrays of one row a document, and their lists."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer import fields
from indexer.vectors import ideas_of

Ints = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """The columns of a generation; see `indexer.fields` for what each holds."""

    kinds: Ints
    speakers: Ints
    organisations: Ints
    webinars: Ints
    days: Ints
    years: Ints
    affinities: Floats

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.kinds)

    @cached_property
    def ideas(self) -> Ints:
        """The key idea that each quote backs, the last before it in its webinar; -1: none."""
        return ideas_of(self.kinds == fields.KINDS.index("idee"), self.webinars)

    @cached_property
    def strongest(self) -> Floats:
        """The affinity of each document to the theme that it is most about."""
        found: Floats = self.affinities.max(axis=1, initial=0.0)
        return found

    @cached_property
    def themed(self) -> Mask:
        """`[document, theme]`: is it said to be about it?"""
        mask: Mask = self.affinities >= fields.MIN_AFFINITY
        return mask


def load_columns(path: Path) -> Columns:
    """Read what the build wrote; nothing in the file can run."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in fields.COLUMNS}
    days, places = np.unique(arrays["days"], return_inverse=True)
    years = np.array([date.fromordinal(day).year if day else 0 for day in days.tolist()])[places]
    affinities = arrays.pop("affinities").astype(np.float64)
    return Columns(**arrays, years=years.astype(np.int32), affinities=affinities)

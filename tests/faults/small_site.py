"""The site that faults are tried on, and how much of each is tried."""

import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.site import Site, writeup_paths
from indexer.generations import Generation, GenerationStore, index_store
from indexer.index_reader import read_back
from indexer.stored import records_digest, sizes_of

FULL = os.environ.get("VERBATHEQUE_FAULTS") == "full"


def rounds(every_change: int, full: int) -> int:
    """How often to try: the column of the fault matrix that was asked for."""
    return full if FULL else every_change


@dataclass(frozen=True)
class SmallSite:
    """A site whose first write-up has two versions, which differ by the role of a speaker."""

    folder: Path
    records: tuple[str, ...] = ()  # what `records_of` finds of each version

    @cached_property
    def store(self) -> GenerationStore:
        """Its generations."""
        return index_store(Site(self.folder))

    def copied(self, folder: Path) -> "SmallSite":
        """The same site with its index elsewhere."""
        shutil.copytree(self.folder, folder)
        return SmallSite(folder, self.records)

    def write(self, version: int) -> None:
        """Save one of the two versions, as an editor would."""
        path = writeup_paths(self.folder)[0]
        text = path.read_text("utf-8").replace("fonction: Ancien ", "fonction: ")
        path.write_text(text.replace("fonction: ", "fonction: Ancien ", version), "utf-8")


def records_of(generation: Generation) -> str:
    """The digest of every text that the index gives back; equal to that of its manifest."""
    read_back(generation.folder)
    found = records_digest(generation.folder, sizes_of(generation.folder))
    assert found == generation.manifest.facts["records"]
    return found


def assert_recovered(site: SmallSite, before: str, version: int) -> None:
    """What serves is the old index or the new one, whole; the lock is free; nothing is left."""
    current = site.store.current()
    assert not current.degraded
    assert records_of(current) in {before, site.records[version]}
    with site.store.lock():
        assert not list((site.store.root / "gens").glob(".tmp-*"))

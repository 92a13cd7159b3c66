"""An index in volumes: the texts of a run of webinars, written once, linked by later indexes.

A volume is a segment of the engine, the stored records, and what forms and acronyms were counted
in its texts. It is kept as long as all its webinars are the same, and written anew as a whole, so
that no word of a text that is gone stays in it. Volumes are in the order of the write-ups, hence
so are the texts; one of a run that is new or changed is small enough to be written in a second.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from indexer import fields

LEAST_FULL = 512  # texts of a full volume, in a small index
TIMES = 4  # how many times larger a volume may be that what is new is written with
MOST = 24  # full volumes of a large index, about: each searcher opens the files of all


@dataclass(frozen=True, slots=True)
class Member:
    """A webinar as a volume knows it: its id, its digest and how many texts it has."""

    id: str
    digest: str
    texts: int


@dataclass(frozen=True, slots=True)
class Volume:
    """A run of webinars; `name` is that of what is written of it, "" when it is to be written."""

    members: tuple[Member, ...]
    name: str = ""

    @property
    def texts(self) -> int:
        """How many texts it has."""
        return sum(member.texts for member in self.members)


def planned(old: Sequence[Volume], members: Sequence[Member]) -> list[Volume]:
    """The volumes of an index, those of the last one kept where nothing moved.

    What is left between two of them joins the smaller one while that is not much larger and both
    fit in one volume, else it is cut in equal volumes. So what comes bit by bit is written a few
    times, in volumes that grow, and a full one is not written again for a webinar beside it.
    """
    full = max(LEAST_FULL, sum(member.texts for member in members) // MOST)
    runs = _runs(old, members)
    while (place := _that_joins(runs, full)) is not None:
        near = [at for at in (place - 1, place + 1) if 0 <= at < len(runs) and runs[at].name]
        other = min(near, key=lambda at: runs[at].texts)
        start = min(place, other)
        runs[start : start + 2] = [Volume(runs[start].members + runs[start + 1].members)]
        runs = list(_touching_joined(runs))
    return [volume for run in runs for volume in ([run] if run.name else _cut(run, full))]


def _runs(old: Sequence[Volume], members: Sequence[Member]) -> list[Volume]:
    """Old volumes whose webinars still follow one another, and what is between them."""
    places = {member: place for place, member in enumerate(members)}
    owners: list[Volume | None] = [None] * len(members)
    for volume in old:
        start = places.get(volume.members[0], -1) if volume.members else -1
        if start >= 0 and tuple(members[start : start + len(volume.members)]) == volume.members:
            owners[start : start + len(volume.members)] = [volume] * len(volume.members)
    pairs = zip(members, owners, strict=True)
    grouped = groupby(pairs, key=lambda pair: id(pair[1]))
    return [
        owner or Volume((first, *(member for member, _ in rest)))
        for _, run in grouped
        for (first, owner), *rest in [list(run)]
    ]


def _that_joins(runs: Sequence[Volume], full: int) -> int | None:
    """A run to be written that fits in one volume with a kept one beside it, not much larger."""
    for place, run in enumerate(runs):
        beside = (*runs[max(0, place - 1) : place], *runs[place + 1 : place + 2])
        kept = [each.texts for each in beside if each.name]
        if not run.name and kept and min(kept) <= min(TIMES * run.texts, full - run.texts):
            return place
    return None


def _touching_joined(runs: Sequence[Volume]) -> Iterator[Volume]:
    """Make one run of those to be written that follow one another."""
    for is_kept, group in groupby(runs, key=lambda run: bool(run.name)):
        if is_kept:
            yield from group
        else:
            yield Volume(tuple(member for run in group for member in run.members))


def _cut(run: Volume, full: int) -> Iterator[Volume]:
    """Equal shares of a run, none with many more texts than a full volume."""
    count = -(-run.texts // full) or 1
    share, members, texts = run.texts / count, list[Member](), 0
    for member in run.members:
        members.append(member)
        texts += member.texts
        if texts >= share:
            yield Volume(tuple(members))
            members, texts = [], 0
    if members:
        yield Volume(tuple(members))


def save_volumes(folder: Path, volumes: Sequence[Volume]) -> None:
    """Write the list of the volumes, in their order."""
    rows = [[volume.name, volume.texts, len(volume.members)] for volume in volumes]
    (folder / fields.VOLUMES_FILE).write_text(json.dumps(rows), "utf-8")


def load_volumes(folder: Path, members: Sequence[Member]) -> list[Volume]:
    """Read what `save_volumes` wrote of an index of these webinars."""
    volumes, start = [], 0
    for name, _, count in json.loads((folder / fields.VOLUMES_FILE).read_text("utf-8")):
        volumes.append(Volume(tuple(members[start : start + count]), name))
        start += count
    return volumes


def counts_file(name: str) -> str:
    """The file of what was counted in the texts of a volume."""
    return f"{name}.counts.json"


def members_of(digests: Mapping[str, str], texts: Mapping[str, int]) -> list[Member]:
    """The webinars of an index, from their digests and how many texts each has."""
    return [Member(name, digest, texts[name]) for name, digest in digests.items()]

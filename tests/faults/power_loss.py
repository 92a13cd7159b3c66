"""A model of a disk that loses what was not synced: contents of files and names in folders.

It watches a folder while a program runs, at every `fsync`, rename and removal. What `fsync` has
not confirmed may be there, be gone, be cut, or be zeros; names are kept or lost one by one.
"""

import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

Node = tuple[int, int]  # inode, and its birth in this recording


@dataclass
class Moment:
    """What is on the disk for certain, and what may be."""

    root: Node
    names: dict[Node, dict[str, Node]]
    likely_names: dict[Node, dict[str, Node]]
    contents: dict[Node, bytes]
    likely_contents: dict[Node, bytes]
    acknowledged: int


@dataclass
class Recorder:
    """Records the moments of a folder; `acknowledged` counts what the program said was done."""

    folder: Path
    acknowledged: int = 0
    moments: list[Moment] = field(default_factory=list)
    _held: ExitStack = field(default_factory=ExitStack)
    _seen: dict[int, Node] = field(default_factory=dict)
    _sizes: dict[Node, tuple[int, int]] = field(default_factory=dict)
    _names: dict[Node, dict[str, Node]] = field(default_factory=dict)
    _contents: dict[Node, bytes] = field(default_factory=dict)
    _likely: dict[Node, bytes] = field(default_factory=dict)

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Record around every call that touches folders or syncs; the calls are the real ones."""
        for name in ("fsync", "rename", "replace", "unlink", "rmdir", "mkdir"):
            monkeypatch.setattr(os, name, self._around(name, getattr(os, name)))

    def _around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*arguments: Any, **options: Any) -> Any:
            self._look()
            result = call(*arguments, **options)
            self._look()
            if name == "fsync" and (node := self._seen.get(os.fstat(arguments[0]).st_ino)):
                self._confirm(node)
            return result

        return recorded

    def close(self) -> None:
        """Let the files go."""
        self._held.close()

    def _confirm(self, node: Node) -> None:
        last = self.moments[-1]
        if node in last.likely_names:
            self._names[node] = last.likely_names[node]
        elif node in self._likely:
            self._contents[node] = self._likely[node]
        self._look()

    def _look(self) -> None:
        if not self.folder.is_dir():
            return
        likely: dict[Node, dict[str, Node]] = {}
        root = self._node(self.folder)
        for place, _, _ in os.walk(self.folder):
            entries = {path.name: self._node(path) for path in sorted(Path(place).iterdir())}
            likely[self._node(Path(place))] = entries
        self.moments.append(
            Moment(
                root,
                dict(self._names),
                likely,
                dict(self._contents),
                dict(self._likely),
                self.acknowledged,
            )
        )

    def _node(self, path: Path) -> Node:
        """Who a path is. Held open, so that the system gives its inode to nobody else."""
        state = path.stat()
        node = self._seen.get(state.st_ino)
        if node is None:
            descriptor = os.open(path, os.O_RDONLY)
            self._held.callback(os.close, descriptor)
            node = self._seen[state.st_ino] = (state.st_ino, len(self._seen))
        version = (state.st_mtime_ns, state.st_size)
        if stat.S_ISREG(state.st_mode) and self._sizes.get(node) != version:
            self._sizes[node] = version
            self._likely[node] = path.read_bytes()
        return node


def states(moments: list[Moment], draw: random.Random, count: int) -> Iterator[tuple[Moment, int]]:
    """Moments at random, each with the seed of one way to lose what was not confirmed."""
    for _ in range(count):
        yield draw.choice(moments), draw.randrange(1 << 30)


def write_state(moment: Moment, folder: Path, seed: int) -> None:
    """Write what a power cut at that moment may leave."""
    _write_folder(moment, moment.root, folder, random.Random(seed))


def _write_folder(moment: Moment, node: Node, folder: Path, draw: random.Random) -> None:
    folder.mkdir()
    certain, likely = moment.names.get(node, {}), moment.likely_names.get(node, {})
    for name in sorted({*certain, *likely}):
        kept = draw.choice([certain, likely]).get(name)
        if kept is None:
            continue
        if kept in moment.likely_names or kept in moment.names:
            _write_folder(moment, kept, folder / name, draw)
        else:
            (folder / name).write_bytes(_left(moment, kept, draw))


def _left(moment: Moment, node: Node, draw: random.Random) -> bytes:
    certain, likely = moment.contents.get(node), moment.likely_contents.get(node, b"")
    if certain == likely:
        return likely
    place = draw.randrange(len(likely) + 1)
    zeros = likely[:place] + bytes(len(likely) - place)
    return draw.choice([certain or b"", likely, likely[:place], b"", zeros])

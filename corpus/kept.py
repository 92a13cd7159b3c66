"""Values in their order on the disk, so that memory holds one at a time.

The file has no name: nobody else can write in it, and it goes with this process.
"""

import json
import os
import weakref
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import mkstemp
from typing import Any, TypeVar, overload

from corpus.records import Webinar
from corpus.writeups.rows import row_of, webinar_of

T = TypeVar("T")


class Kept(Sequence[T]):
    """A sequence of which each value is read from the disk whenever it is asked for.

    `written` says what JSON holds of a value, `read` makes the value of it again.
    """

    def __init__(
        self, written: Callable[[T], Any], read: Callable[[Any], T], values: Iterable[T] = ()
    ) -> None:
        self._written, self._read = written, read
        self._file, name = mkstemp(prefix="verbatheque-")
        os.unlink(name)
        weakref.finalize(self, os.close, self._file)
        self._ends = array("q", [0])
        for value in values:
            self.append(value)

    def append(self, value: T) -> None:
        """Keep one more."""
        content = zlib.compress(json.dumps(self._written(value)).encode(), 1)
        os.pwrite(self._file, content, self._ends[-1])
        self._ends.append(self._ends[-1] + len(content))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[T]:
        return (self._value(place) for place in range(len(self)))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        places = range(len(self))[place]
        if isinstance(places, range):
            return [self._value(each) for each in places]
        return self._value(places)

    def _value(self, place: int) -> T:
        start, end = self._ends[place : place + 2]
        content = zlib.decompress(os.pread(self._file, end - start, start))
        return self._read(json.loads(content))


def kept_webinars(webinars: Iterable[Webinar]) -> Kept[Webinar]:
    """Keep webinars on the disk."""
    return Kept(row_of, webinar_of, webinars)

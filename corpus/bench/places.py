"""Where each verbatim stands on its page, and the words that stand between two places of it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.problems import CorpusError
from corpus.records import is_writable
from corpus.typography import bare

_CUT = 400  # characters between two pieces of a quote that « dit-elle » cuts
_FEW = 3  # words: a shorter piece stands anywhere
_MARKS = '«»“”"‹› \u00a0\u202f\n'


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page: its line, counted from 0, and the character of the line."""

    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a line a quote holds."""

    line: int
    start: int
    end: int


class PageWords:
    """The lines of a page, searched whatever their spaces and apostrophes."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._ends: list[int] = []  # in the joined text, where each line ends
        at = 0
        for line in lines:
            at += len(line) + 1
            self._ends.append(at)
        self._joined = "\n".join(lines)
        # The bare text and, for each of its characters, where it stands in the joined one.
        self._places = [found.start() for found in re.finditer(r"\s+|\S", self._joined)]
        self._bare = bare(self._joined)
        self._places_of = lru_cache(maxsize=8)(self._found)  # most gestures move no words

    def places_of(self, texts: Iterable[str]) -> list[tuple[Piece, ...]]:
        """Where each text stands; one said twice is the next one, in the order of the page."""
        return list(self._places_of(tuple(texts)))

    def _found(self, texts: tuple[str, ...]) -> list[tuple[Piece, ...]]:
        found: list[tuple[Piece, ...]] = []
        after = 0
        for text in texts:
            stretches = self._stretches(bare(text).strip(), after)
            after = stretches[-1][1] if stretches else after
            found.append(tuple(p for start, end in stretches for p in self._pieces(start, end)))
        return found

    def _stretches(self, wanted: str, after: int) -> list[tuple[int, int]]:
        start = self._bare.find(wanted, after)
        if start < 0:
            start = self._bare.find(wanted)
        return [(start, start + len(wanted))] if start >= 0 else self._cut_up(wanted, after)

    def _cut_up(self, wanted: str, after: int) -> list[tuple[int, int]]:
        """The pieces of a quote that the page interrupts; none unless all of it is found."""
        words = wanted.split(" ")
        found: list[tuple[int, int]] = []
        done, first, last = 0, 0, len(self._bare)
        while done < len(words):
            count = self._longest(words[done:], first, last)
            if count < min(_FEW, len(words) - done):
                return []
            piece = " ".join(words[done : done + count])
            begin = max(after, first) if not found else first
            start = self._bare.find(piece, begin, last)
            start = start if start >= 0 else self._bare.find(piece, first, last)
            found.append((start, start + len(piece)))
            done, first = done + count, start + len(piece)
            last = min(len(self._bare), first + _CUT)
        return found

    def _longest(self, words: Sequence[str], first: int, last: int) -> int:
        """How many of the first words stand together: more never do where fewer do not."""
        window = self._bare[first:last]
        return bisect_left(
            range(1, len(words) + 1), True, key=lambda n: " ".join(words[:n]) not in window
        )

    def _pieces(self, start: int, end: int) -> Iterable[Piece]:
        here, last = self._places[start], self._places[end - 1] + 1
        line = bisect_left(self._ends, here + 1)
        while here < last:
            begins = self._ends[line] - len(self.lines[line]) - 1
            stop = min(last, self._ends[line] - 1)
            if stop > here:
                yield Piece(line, here - begins, stop - begins)
            line, here = line + 1, self._ends[line]

    def between(self, start: Spot, end: Spot) -> str:
        """The words between two places, without the marks around them; each line a paragraph."""
        if not self._is_here(start) or not self._is_here(end):
            raise CorpusError("ce passage n’est plus sur la page : marquez-le à nouveau.")
        lines = list(self.lines[start.line : end.line + 1])
        if not lines:
            raise CorpusError("marquez des mots de la page.")
        lines[-1] = lines[-1][: end.offset]
        lines[0] = lines[0][start.offset :]
        text = "\n".join(line.strip() for line in lines if line.strip()).strip(_MARKS)
        if not re.search(r"\w", text):
            raise CorpusError("marquez des mots de la page.")
        if not is_writable(text):
            raise CorpusError(
                "ce passage contient un caractère invisible : il ne peut être repris."
            )
        return text

    def _is_here(self, spot: Spot) -> bool:
        return 0 <= spot.line < len(self.lines) and 0 <= spot.offset <= len(self.lines[spot.line])

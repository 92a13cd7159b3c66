"""The pieces of words that the sentence encoder reads, in a third of the time and of the room.

Its package parses their file call by call and keeps every beginning of every piece: half of what
loading it takes, and 40 MB. Here pieces are read in one pass and sorted; a beginning is looked for
among them. What is read of a text is the same (`tests/indexer/test_pieces.py`).
"""

from array import array
from bisect import bisect_left
from functools import lru_cache

_PIECE, _LETTERS, _SCORE = 0x0A, 0x0A, 0x15  # tags of the file, which is of protocol buffers
_KEPT = 50_000  # what was looked for is mostly looked for again
_MOST = 0x7F  # a longer piece would have a longer length


class Pieces:
    """Pieces by their letters, as the encoder asks for them."""

    def __init__(self, pieces: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces, 1)}
        self._sorted = sorted(self._numbers)
        self.get = lru_cache(_KEPT)(self._get)

    def _get(self, letters: str) -> int | None:
        """The number of a piece, from 1; 0 for the beginning of one; else None."""
        if number := self._numbers.get(letters):
            return number
        place = bisect_left(self._sorted, letters)
        begins = place < len(self._sorted) and self._sorted[place].startswith(letters)
        return 0 if begins else None


def read_pieces(content: bytes) -> tuple[list[str], "array[float]", int]:
    """The pieces that a file begins with, how likely each is, and where they end.

    Raise `ValueError` when they are not written as expected.
    """
    pieces, scores, place = list[str](), bytearray(), 0
    while content[place] == _PIECE:
        size, letters = content[place + 1], content[place + 3]
        start, end = place + 4, place + 4 + letters
        if size > _MOST or content[place + 2] != _LETTERS or content[end] != _SCORE:
            raise ValueError("not the file of pieces that was expected")
        pieces.append(content[start:end].decode())
        scores += content[end + 1 : end + 5]
        place += 2 + size
    return pieces, array("f", bytes(scores)), place

"""The doubts that `add` left in a write-up: what each is beside, and how it is settled."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from corpus.records import Verbatim
from corpus.writeups.reading import Writeup
from corpus.writeups.writing import TO_CHECK

_HEAD = re.compile(rf"{TO_CHECK}(?:\s*\(ligne (\d+) de la page\))?\s*:\s*")
_NAMES = re.compile(r"«\s*([^«»]+?)\s*»")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question on one part (« » : the whole write-up); `first` and `last` are its lines."""

    part: str
    message: str
    first: int
    last: int

    @property
    def key(self) -> str:
        """What tells it from the others of its write-up."""
        return f"{self.part}:{self.first}"

    @property
    def names(self) -> tuple[str, ...]:
        """Who else the message says may have said it."""
        return tuple(_NAMES.findall(self.message))

    @property
    def is_of_marks(self) -> bool:
        """Say whether it is about quotation marks: else, beside a quote, it asks who said it."""
        return "guillemet" in self.message

    @property
    def asks_who(self) -> bool:
        """Say whether naming somebody, or nobody, is the answer."""
        return bool(self.part) and not self.is_of_marks and "attribu" in self.message


def doubts_of(writeup: Writeup) -> Iterator[Doubt]:
    """The doubts in the order of the file; one stands right above the part it is about."""
    starts = {place.first: part_id for part_id, place in writeup.places.items()}
    ends = {comment.first: comment.last for comment in writeup.comments}
    for comment in writeup.comments:
        if comment.asks and comment.is_closed:
            below = comment.last + 1
            while below in ends:
                below = ends[below] + 1
            message = _HEAD.sub("", comment.text, count=1)
            yield Doubt(starts.get(below, ""), message, comment.first, comment.last)


def settled(writeup: Writeup, keys: Container[str]) -> str:
    """The write-up without some doubts: the lines that held nothing else go with them."""
    lines = writeup.text.split("\n")
    gone: set[int] = set()
    for doubt in doubts_of(writeup):
        own = [line.strip() for line in lines[doubt.first - 1 : doubt.last]]
        if doubt.key in keys and own[0].startswith("<!--") and own[-1].endswith("-->"):
            gone.update(range(doubt.first, doubt.last + 1))
            is_alone = not _filled(lines, doubt.first - 2) and not _filled(lines, doubt.last)
            if is_alone and not doubt.part:
                gone.add(doubt.last + 1)
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in gone)


def dated(writeup: Writeup) -> set[str]:
    """The doubts that the date of the webinar answers."""
    return {d.key for d in doubts_of(writeup) if not d.part and "date du webinaire" in d.message}


def _filled(lines: list[str], index: int) -> bool:
    return 0 <= index < len(lines) and bool(lines[index].strip())


def answered(writeup: Writeup, verbatims: Container[str]) -> set[str]:
    """The doubts on who said some quotes: naming somebody answers them."""
    said = {
        part.id
        for part in (writeup.webinar.parts if writeup.webinar else ())
        if isinstance(part, Verbatim) and part.id in verbatims
    }
    return {d.key for d in doubts_of(writeup) if d.part in said and not d.is_of_marks}

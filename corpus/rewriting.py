"""Making a write-up say another record by touching only the lines of what differs.

What an editor wrote around them (comments, free text, blank lines, order of the keys) stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.comments import Comment, comment_of
from corpus.records import Webinar
from corpus.writeup import writeup_from
from corpus.writeup_body import Place
from corpus.writeup_reader import Writeup, read_writeup
from corpus.writeup_units import Unit, body_units, head_units, wanted_body, wanted_head

_PASSES = 4


def rewritten(text: str, wanted: Webinar) -> str:
    """The text that says `wanted`; what it says already keeps its bytes."""
    for again in range(_PASSES):
        writeup = read_writeup(text, wanted.id)
        if writeup.webinar == wanted:
            return text
        if writeup.webinar is None:
            break
        # A number or an id that the file leaves out may depend on its neighbours: look again.
        text = _edited(text, writeup, wanted, may_be_unlisted=not again)
    return writeup_from(wanted)


def annotated(text: str, webinar_id: str, notes: dict[str, list[str]]) -> str:
    """The text with comments above the parts they concern; those of no part go under the head."""
    sheet = _Sheet.of(text)
    writeup = read_writeup(text, webinar_id)
    for part_id, messages in notes.items():
        comments = [comment_of(message) for message in messages]
        if part_id in writeup.places:
            sheet.insert(writeup.places[part_id].first - 1, comments)
        elif comments:
            sheet.insert(writeup.body_line - 1, ["", *comments])
    return sheet.text()


def _edited(text: str, writeup: Writeup, wanted: Webinar, *, may_be_unlisted: bool) -> str:
    sheet = _Sheet.of(text)
    head = head_units(writeup, sheet.lines)
    listed = {unit.key[1] for unit in head if unit.key[0] == "personne"}
    unlisted = {
        speaker
        for speaker in (writeup.webinar.speakers if writeup.webinar else ())
        if may_be_unlisted and speaker.name not in listed
    }
    _change(sheet, head, wanted_head(wanted, head, unlisted), _Head())
    _change(sheet, body_units(writeup), wanted_body(wanted), _Body(writeup, sheet.lines))
    return sheet.text()


@dataclass
class _Sheet:
    """The lines of a file with what is struck out and what is put in; lines count from 1."""

    lines: list[str]
    eol: str
    is_ended: bool
    struck: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "_Sheet":
        eol = "\r\n" if "\r\n" in text else "\n"
        return cls(text.removesuffix("\n").split("\n"), eol, text.endswith("\n"))

    def insert(self, after: int, lines: Sequence[str]) -> None:
        self.added.setdefault(after, []).extend(lines)

    def strike(self, place: Place) -> None:
        self.struck.update(range(place.first, place.last + 1))

    def text(self) -> str:
        pieces = []
        for number, line in enumerate(self.lines, 1):
            pieces += [f"{new}{self.eol}" for new in self.added.get(number - 1, ())]
            if number not in self.struck:
                is_last = number == len(self.lines) and not self.is_ended
                pieces.append(line + (self.eol if is_last else "\n"))
        pieces += [f"{new}{self.eol}" for new in self.added.get(len(self.lines), ())]
        return "".join(pieces) if self.is_ended else "".join(pieces).removesuffix(self.eol)


class _Head:
    """How the front matter is laid out: a line after the other."""

    def insertion(self, before: Unit | None, after: Unit | None) -> int:
        return before.place.last if before else 1

    def removal(self, unit: Unit) -> Iterator[Place]:
        yield unit.place

    def block(self, unit: Unit, is_first: bool) -> Sequence[str]:
        return unit.lines

    def replacement(self, unit: Unit, wanted: Unit) -> Sequence[str]:
        return wanted.lines

    def closing(self, after: int, unit: Unit) -> Sequence[str]:
        return ()


class _Body:
    """How a body is laid out: blocks parted by empty lines, with comments beside them."""

    def __init__(self, writeup: Writeup, lines: list[str]) -> None:
        self._lines = lines
        self._fence = writeup.body_line - 1
        self._comments = writeup.comments
        self._ends = {comment.last: comment for comment in writeup.comments}
        self._starts = {comment.first: comment for comment in writeup.comments}
        self._hidden = {
            number
            for comment in writeup.comments
            for number in range(comment.first, comment.last + 1)
        }

    def insertion(self, before: Unit | None, after: Unit | None) -> int:
        """Below the block and the lines that touch it; above the comments of the next."""
        stop = self._top(after.place.first) if after else len(self._lines) + 1
        number = before.place.last if before else self._fence
        while number + 1 < stop and (before is None or self._touches(number + 1)):
            number += 1
        return number if before else self._under_comments(number)

    def _under_comments(self, stop: int) -> int:
        """Under the head and the comments that follow it."""
        number = self._fence
        for comment in self._comments:
            is_next = all(not line.strip() for line in self._lines[number : comment.first - 1])
            if is_next and comment.last <= stop:
                number = comment.last
        return number

    def _touches(self, number: int) -> bool:
        return number in self._hidden or bool(self._lines[number - 1].strip())

    def _top(self, first: int) -> int:
        """The first line of the comments that stand right above a block."""
        while comment := self._ends.get(first - 1):
            first = comment.first
        return first

    def removal(self, unit: Unit) -> Iterator[Place]:
        """The block, an empty line beside it, and what `add` asked about it."""
        if unit.key[0] == "chapeau":
            yield unit.place
            return
        first, last = unit.place.first, unit.place.last
        while (above := self._ends.get(first - 1)) and self._asks_alone(above):
            first = above.first
        while (below := self._starts.get(last + 1)) and self._asks_alone(below):
            if self._is_above_a_block(below):
                break
            last = below.last
        if first - 1 > self._fence and not self._touches(first - 1):
            first -= 1
        elif last < len(self._lines) and not self._touches(last + 1):
            last += 1
        yield Place(first, last)

    def _asks_alone(self, comment: Comment) -> bool:
        line = self._lines[comment.first - 1].strip()
        return comment.asks and line.startswith("<!--")

    def _is_above_a_block(self, comment: Comment) -> bool:
        while below := self._starts.get(comment.last + 1):
            comment = below
        return comment.last < len(self._lines) and self._touches(comment.last + 1)

    def block(self, unit: Unit, is_first: bool) -> Sequence[str]:
        if unit.key[0] == "chapeau" and not is_first:
            return unit.lines
        return ["", *unit.lines]

    def replacement(self, unit: Unit, wanted: Unit) -> Sequence[str]:
        """The new lines, under the comments that stood inside the old ones."""
        inside = [
            comment_of(comment.text)
            for comment in self._comments
            if unit.place.first <= comment.first and comment.last <= unit.place.last
        ]
        return [*inside, *wanted.lines]

    def closing(self, after: int, unit: Unit) -> Sequence[str]:
        is_tight = after < len(self._lines) and self._touches(after + 1)
        return [""] if is_tight and unit.key[0] != "chapeau" else ()


def _change(sheet: _Sheet, old: list[Unit], new: list[Unit], layout: _Head | _Body) -> None:
    """Strike out and put in what makes the units of `old` those of `new`."""
    matcher = SequenceMatcher(None, [u.key for u in old], [u.key for u in new], autojunk=False)
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            for unit, wanted in zip(old[start:end], new[new_start:new_end], strict=True):
                if unit.value != wanted.value:
                    sheet.strike(unit.place)
                    sheet.insert(unit.place.first - 1, layout.replacement(unit, wanted))
            continue
        for unit in old[start:end]:
            for place in layout.removal(unit):
                sheet.strike(place)
        before = old[start - 1] if start else None
        after = layout.insertion(before, old[start] if start < len(old) else None)
        for rank in range(new_start, new_end):
            is_first = rank == 0 or new[rank - 1].key[0] != "chapeau"
            sheet.insert(after, layout.block(new[rank], is_first))
        if new_start < new_end:
            sheet.insert(after, layout.closing(after, new[new_end - 1]))

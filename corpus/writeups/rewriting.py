"""Making a write-up say another record by touching only the lines of what differs.

What an editor wrote around them (comments, free text, blank lines, order of the keys) stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.writeups.head import Entry, speaker_from
from corpus.writeups.reading import Place, Writeup, read_writeup
from corpus.writeups.writing import (
    Comment,
    FrontValue,
    Line,
    Written,
    comment_of,
    front_matter_from,
    front_values_of,
    introduction_lines,
    part_lines,
    person_values_of,
    without_comments,
    written,
)

PEOPLE = "intervenants"
Key = tuple[str, str]
_NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part by its key; equal values need no change. `place` is where it stands, when it does."""

    key: Key
    value: Any
    lines: tuple[str, ...] = ()
    place: Place = _NOWHERE


def head_units(writeup: Writeup, lines: list[str]) -> list[Unit]:
    """The keys of the front matter and, below theirs, the people, as they stand in the file."""
    starts = sorted((entry.line, key) for key, entry in writeup.entries.items())
    ends = [line for line, _ in starts[1:]] + [writeup.body_line - 1]
    units = []
    for (start, key), end in zip(starts, ends, strict=True):
        place = Place(start, _last_filled(lines, start, end - 1))
        people = _people(writeup.entries[key], place, lines) if key == PEOPLE else []
        last = people[0].place.first - 1 if people else place.last
        value = _value(writeup, key, people)
        units += [Unit(("tete", key), value, place=Place(start, last)), *people]
    return units


def _value(writeup: Writeup, key: str, people: list[Unit]) -> Any:
    if key == PEOPLE:
        is_list = isinstance(writeup.entries[key].value, list)
        return bool(people) if is_list else None  # a list we cannot cut is written anew
    return front_values_of(writeup.webinar).get(key) if writeup.webinar else None


def _people(people: Entry, place: Place, lines: list[str]) -> list[Unit]:
    """The people of a list written with one dash by person; none when it is written otherwise."""
    if isinstance(people.value, str):
        return []
    starts = [
        min((entry.line for entry in person.values()), default=place.first)
        for person in people.value
    ]
    if any(not lines[start - 1].lstrip().startswith("- ") for start in starts):
        return []
    ends = [*(start - 1 for start in starts[1:]), place.last]
    units: list[Unit] = []
    seen: set[str] = set()
    for person, start, end in zip(people.value, starts, ends, strict=True):
        speaker = speaker_from(person)
        is_read = speaker is not None and speaker.name not in seen
        name = speaker.name if speaker else ""
        seen.add(name)
        kind = "personne" if is_read else f"ligne {start}"
        value = speaker if is_read else None
        own = Place(start, _last_filled(lines, start, end))
        units.append(Unit((kind, name), value, place=own))
    return units


def _last_filled(lines: list[str], first: int, last: int) -> int:
    """The last line of a stretch that is neither empty nor a comment of the front matter."""
    while last > first and (
        not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")
    ):
        last -= 1
    return last


def wanted_head(webinar: Webinar, present: list[Unit], unlisted: set[Speaker]) -> list[Unit]:
    """The head that says `webinar`, in the order of the file; `unlisted` people stay so."""
    values = front_values_of(webinar) | {PEOPLE: None}
    people = [speaker for speaker in webinar.speakers if speaker not in unlisted]
    said = {unit.key[1]: unit for unit in present if unit.key[0] == "tete"}
    units: list[Unit] = []
    for key in _keys(values, people, said):
        if key == PEOPLE and people:
            units.append(Unit(("tete", key), True, (f"{PEOPLE}:",)))
            units += _wanted_people(people, present)
        elif values.get(key):
            written = tuple(front_matter_from({key: values[key]}))[1:-1]
            units.append(Unit(("tete", key), values[key], written))
        elif not said[key].value:
            units.append(said[key])  # unknown, or not understood: it is the editor's to mend
    return units


def _keys(
    values: Mapping[str, FrontValue], people: list[Speaker], said: dict[str, Unit]
) -> list[str]:
    """The keys of the file in its order, and those it lacks where we would write them."""
    order, keys = list(values), list(said)
    for key in order:
        if key not in keys and (values[key] or (key == PEOPLE and people)):
            later = [k for k in keys if k in order and order.index(k) > order.index(key)]
            keys.insert(keys.index(later[0]) if later else len(keys), key)
    return keys


def _wanted_people(people: list[Speaker], present: list[Unit]) -> Iterator[Unit]:
    """Those to list; a doubled or nameless entry stays behind the one that it follows."""
    strays: dict[Key | None, list[Unit]] = {}
    names = {speaker.name for speaker in people}
    before: Key | None = None
    for unit in present:
        if unit.key[0] == "personne":
            before = unit.key if unit.key[1] in names else before
        elif unit.key[0] != "tete" and (not unit.key[1] or unit.key[1] in names):
            strays.setdefault(before, []).append(unit)
    yield from strays.get(None, ())
    for speaker in people:
        lines = tuple(front_matter_from({PEOPLE: [person_values_of(speaker)]}))[2:-1]
        unit = Unit(("personne", speaker.name), speaker, lines)
        yield unit
        yield from strays.get(unit.key, ())


def body_units(writeup: Writeup) -> list[Unit]:
    """The lines of the introduction, the key ideas and the quotes, as they stand in the file."""
    filled = [place for place, (_, line) in enumerate(writeup.introduction) if line.strip()]
    units = (
        [
            Unit(("chapeau", line), line, place=Place(number, number))
            for number, line in writeup.introduction[filled[0] : filled[-1] + 1]
        ]
        if filled
        else []
    )
    if writeup.webinar:
        units += [
            Unit(unit.key, unit.value, place=writeup.places[unit.key[1]])
            for unit in map(_part, writeup.webinar.parts)
        ]
    return sorted(units, key=lambda unit: unit.place.first)


def wanted_body(webinar: Webinar) -> list[Unit]:
    """The body that says `webinar`."""
    written = introduction_lines(webinar)
    read = webinar.introduction.split("\n")
    units = [
        Unit(("chapeau", line), line, (as_written,))
        for as_written, line in zip(written, read, strict=False)
    ]
    for idea in (None, *webinar.key_ideas):
        units += [_part(idea)] if idea else []
        units += map(_part, webinar.verbatims_of(idea))
    return units


def _part(part: KeyIdea | Verbatim) -> Unit:
    if isinstance(part, KeyIdea):
        return Unit(("idee", part.id), (part.number, part.text), tuple(part_lines(part)))
    name = part.speaker.name if part.speaker else None
    return Unit(("verbatim", part.id), (part.text, name, part.start), tuple(part_lines(part)))


_PASSES = 4


def rewritten(writeup: Writeup, wanted: Webinar) -> Written:
    """The write-up that says `wanted`; what it says already keeps its bytes."""
    for again in range(_PASSES):
        if writeup.webinar == wanted:
            return writeup.as_it_stands()
        if writeup.webinar is None:
            break
        text = _edited(writeup, wanted, may_be_unlisted=not again)
        if sure := _as_we_write(text, wanted):
            return sure
        # A number or an id that the file leaves out may depend on its neighbours: look again.
        writeup = read_writeup(text, wanted.id)
    return written(wanted)


def revised(writeup: Writeup, wanted: Webinar) -> Writeup:
    """The same, read again: for who goes on from there, it costs less than to compare texts."""
    for again in range(_PASSES):
        if writeup.webinar in (wanted, None):
            break
        writeup = read_writeup(_edited(writeup, wanted, may_be_unlisted=not again), wanted.id)
    if writeup.webinar == wanted:
        return writeup
    return read_writeup(written(wanted).text, wanted.id)


def _as_we_write(text: str, wanted: Webinar) -> Written | None:
    """The text with its lines if it surely says `wanted`: but for comments, it is how we write."""
    ours = written(wanted)
    head = ours.lines[""] - 1
    said, we_say = (
        [*lines[:head], *without_comments(lines[head:])[0]]
        for lines in (_numbered(text.replace("\r\n", "\n")), _numbered(ours.text))
    )
    is_cut = any(  # a comment inside a quote may end it
        above + 1 < number and line[:1] == last[:1] == ">"
        for (above, last), (number, line) in pairwise(said)
    )
    if is_cut or [line for _, line in said] != [line for _, line in we_say]:
        return None
    place_of = {our_line: line for (line, _), (our_line, _) in zip(said, we_say, strict=True)}
    return Written(text, {part_id: place_of.get(n, n) for part_id, n in ours.lines.items()})


def _numbered(text: str) -> list[Line]:
    return list(enumerate(text.removesuffix("\n").split("\n"), 1))


def annotated(writeup: Written, notes: Mapping[str, list[str]]) -> str:
    """The text with comments above the parts they concern; those of no part go under the head."""
    sheet = _Sheet.of(writeup.text)
    for part_id, messages in notes.items():
        comments = [comment_of(message) for message in messages]
        if part_id and part_id in writeup.lines:
            sheet.insert(writeup.lines[part_id] - 1, comments)
        elif comments:
            sheet.insert(writeup.lines[""] - 1, ["", *comments])
    return sheet.text()


def _edited(writeup: Writeup, wanted: Webinar, *, may_be_unlisted: bool) -> str:
    sheet = _Sheet.of(writeup.text)
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

"""A write-up cut into the units that change one by one: head entries, people, ideas, quotes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.front_matter import Entry, FrontValue, front_matter_from
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.writeup import (
    front_values_of,
    idea_lines,
    introduction_lines,
    person_values_of,
    quote_lines,
)
from corpus.writeup_body import Place
from corpus.writeup_head import speaker_from
from corpus.writeup_reader import Writeup

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
        return Unit(("idee", part.id), (part.number, part.text), tuple(idea_lines(part)))
    name = part.speaker.name if part.speaker else None
    return Unit(("verbatim", part.id), (part.text, name, part.start), tuple(quote_lines(part)))

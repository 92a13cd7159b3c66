"""Where the words of a query stand in a text: spans over the untouched letters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.records import Span
from indexer import fields
from indexer.analysis import NO_COMPOUNDS, Compounds, Word, joint
from search.looks import Adjacent, Unit

# Where each form stands in the stored words: surfaces, lemmas, stems, families, starts, ends.
_FORMS = {fields.SURFACE: 0, fields.LEMMA: 1, fields.STEM: 2, fields.FAMILY: 3}
_STARTS, _ENDS = 4, 5
_HYPHENS = {"-", "\u2010", "\u2011"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark: single forms by field (a space on both sides), joined pairs, and sequences."""

    forms: dict[str, frozenset[str]]
    joints: frozenset[str]
    compounds: Compounds
    sequences: tuple[Adjacent, ...]


def marks_from(units: Iterable[Unit], compounds: Compounds = NO_COMPOUNDS) -> Marks:
    """Gather what the words of a query are looked for as."""
    looks = [look for unit in units for look in unit.looks]
    forms: dict[str, set[str]] = {name: set() for name in (*_FORMS, fields.JOINED)}
    for look in looks:
        if not isinstance(look, Adjacent) and look.field in forms:
            forms[look.field].add(look.text)
    joints = frozenset(forms.pop(fields.JOINED))
    sequences = tuple(look for look in looks if isinstance(look, Adjacent))
    found = {
        name: frozenset(f" {text} " for text in texts if text) for name, texts in forms.items()
    }
    is_met = not compounds.keys.isdisjoint(joints)
    return Marks(found, joints, compounds if is_met else NO_COMPOUNDS, sequences)


def highlights(text: str, words: Sequence[Any], marks: Marks) -> tuple[Span, ...]:
    """The spans to mark in a text whose analysed words are given; none overlap."""
    starts, ends = words[_STARTS], words[_ENDS]
    if not starts:
        return ()
    marked: set[int] = set()
    for written, wanted in zip(words, marks.forms.values(), strict=False):
        marked.update(_places(f" {written} ", wanted))
    if marks.joints:
        marked.update(_joined_places(words, marks))
    for sequence in marks.sequences:
        marked.update(_sequence_places(words, sequence))
    return tuple(_merged(text, ((starts[place], ends[place]) for place in sorted(marked))))


def _places(written: str, wanted: Iterable[str]) -> Iterator[int]:
    """The places of some words among those that are written, each between two spaces."""
    for form in wanted:
        at = written.find(form)
        while at >= 0:
            yield written.count(" ", 0, at)
            at = written.find(form, at + len(form) - 1)


def _joined_places(words: Sequence[Any], marks: Marks) -> set[int]:
    places, run = set[int](), words[0].replace(" ", "")
    if any(key in run for key in marks.joints):  # else none of them is written here
        surfaces = words[0].split(" ")
        places |= {place for place, one in enumerate(surfaces) if joint(one) in marks.joints}
        for place, (left, right) in enumerate(pairwise(surfaces)):
            if joint(left + right) in marks.joints:
                places |= {place, place + 1}
    if marks.compounds.keys:
        rows = zip(*(words[place].split(" ") for place in _FORMS.values()), strict=True)
        whole = [Word._make((*row, 0, 0, not row[1])) for row in rows]
        for start, end, key in marks.compounds.runs(whole):
            if key in marks.joints:
                places.update(range(start, end))
    return places


def _sequence_places(words: Sequence[Any], sequence: Adjacent) -> set[int]:
    """Empty words may stand between the lemmas of an expansion, never inside a phrase."""
    written, found = words[_FORMS[sequence.field]].split(" "), set[int]()
    if not set(sequence.texts).issubset(written):
        return found
    through = sequence.field == fields.LEMMA
    places = [place for place, form in enumerate(written) if form or not through]
    length = len(sequence.texts)
    for first in range(len(places) - length + 1):
        window = places[first : first + length]
        if tuple(written[place] for place in window) == sequence.texts:
            found.update(window)
    return found


def _merged(text: str, places: Iterable[tuple[int, int]]) -> Iterable[Span]:
    """One span for neighbours that only a hyphen parts (« tiers-lieux »)."""
    spans: list[Span] = []
    for start, end in places:
        if spans and text[spans[-1].end : start] in _HYPHENS:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans

"""Where the words of a query stand in a text: spans over the untouched letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.records import Span
from indexer import fields
from indexer.analysis import NO_COMPOUNDS, Compounds, Word, joint
from search.looks import Adjacent, Unit

# Where each form stands in the stored words: [surface, lemma, stem, family, start, end].
_FORMS = {fields.SURFACE: 0, fields.LEMMA: 1, fields.STEM: 2, fields.FAMILY: 3}
_START, _END = 4, 5
_HYPHENS = {"-", "\u2010", "\u2011"}


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark: single forms by field, joined pairs, and sequences."""

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
    found = {name: frozenset(texts - {""}) for name, texts in forms.items()}
    return Marks(found, joints, compounds, sequences)


def highlights(text: str, words: Sequence[Sequence[Any]], marks: Marks) -> tuple[Span, ...]:
    """The spans to mark in a text whose analysed words are given; none overlap."""
    surfaces, lemmas, stems, families = (marks.forms[name] for name in _FORMS)
    marked = {
        place
        for place, (surface, lemma, stem, family, *_) in enumerate(words)
        if surface in surfaces or lemma in lemmas or stem in stems or family in families
    }
    if marks.joints:
        marked.update(_joined_places(words, marks))
    for sequence in marks.sequences:
        marked.update(_sequence_places(words, sequence))
    return tuple(_merged(text, words, sorted(marked)))


def _joined_places(rows: Sequence[Sequence[Any]], marks: Marks) -> set[int]:
    surfaces = [row[0] for row in rows]
    places = {place for place, one in enumerate(surfaces) if joint(one) in marks.joints}
    for place, (left, right) in enumerate(pairwise(surfaces)):
        if joint(left + right) in marks.joints:
            places |= {place, place + 1}
    if not marks.compounds.keys.isdisjoint(marks.joints):
        words = [Word._make((*row, not row[1])) for row in rows]
        for start, end, key in marks.compounds.runs(words):
            if key in marks.joints:
                places.update(range(start, end))
    return places


def _sequence_places(words: Sequence[Sequence[Any]], sequence: Adjacent) -> set[int]:
    """Empty words may stand between the lemmas of an expansion, never inside a phrase."""
    form = _FORMS[sequence.field]
    through = sequence.field == fields.LEMMA
    places = [p for p, word in enumerate(words) if word[form] or not through]
    length = len(sequence.texts)
    found: set[int] = set()
    for first in range(len(places) - length + 1):
        window = places[first : first + length]
        if tuple(words[place][form] for place in window) == sequence.texts:
            found.update(window)
    return found


def _merged(text: str, words: Sequence[Sequence[Any]], places: Sequence[int]) -> Iterable[Span]:
    """One span for neighbours that only a hyphen parts (« tiers-lieux »)."""
    spans: list[Span] = []
    for place in places:
        start, end = words[place][_START], words[place][_END]
        if spans and text[spans[-1].end : start] in _HYPHENS:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans

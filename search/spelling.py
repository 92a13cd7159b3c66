"""Typing errors: the form of the corpus that a word not found in it was most likely meant to be.

Compared without accents. A form may be near by its letters (rapidfuzz: one letter added, lost,
changed, or two swapped) or by its sound (« farmassie » for « pharmacie »).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.typography import fold
from indexer.vocabulary import Form

MIN_LETTERS = 4  # shorter words have too many neighbours
LONG_WORD = 7  # letters from which two errors are repaired

# How French spells its sounds, in this order, over folded letters; only what is often mixed up.
_SOUNDS = (
    ("eau|au", "o"),
    ("ph", "f"),
    ("sch|ch", "$"),
    ("qu?|k", "k"),
    ("gu(?=[eiy])", "G"),
    ("ge(?=[aou])|g(?=[eiy])", "j"),
    ("(?<=[^s])ti(?=on|el|eu)", "si"),
    ("sc(?=[eiy])|c(?=[eiy])|ç", "s"),
    ("c", "k"),
    ("(?<=[aeiouy])s(?=[aeiouy])", "z"),
    ("h", ""),
    ("y", "i"),
    ("ai|ei|oe", "e"),
    ("(?:e[nm]|am)(?=[^aeiouynm]|$)", "an"),
    ("(?:aim|ain|ein|im|ym)(?=[^aeiouynm]|$)", "in"),
)
_SOUND = re.compile("|".join(f"(?P<s{n}>{spelt})" for n, (spelt, _) in enumerate(_SOUNDS)))
_DOUBLED = re.compile(r"(.)\1")

# Keys that touch on a French keyboard.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
# The slips of a hand, likeliest first: the key beside, a letter more or less, any other key.
_NEAR_KEY, _LENGTH, _FAR_KEY = range(3)


class _Nearness(NamedTuple):
    """How far a form is from what was typed: the smallest is the best repair."""

    errors: int  # one when it sounds alike
    other_doubles: bool
    changes: int
    other_letters: bool
    other_sound: bool
    slip: int
    other_initial: bool
    rarity: int
    form: str

    @property
    def is_likely(self) -> bool:
        """Two letters typed for any two others make another word, not an error."""
        return self.errors < 2 or self.slip < _FAR_KEY or not self.other_letters


@dataclass(frozen=True, slots=True)
class Spelling:
    """The forms of a corpus: by themselves, by number of letters, by sound."""

    forms: dict[str, Form]
    by_length: dict[int, tuple[str, ...]]
    by_sound: dict[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        """Say whether a word is a form of the corpus, accents aside."""
        return fold(word) in self.forms

    def nearest(self, word: str) -> str | None:
        """The form that a word stands for, as it is shown: itself when the corpus has it."""
        typed = fold(word)
        if typed in self.forms:
            return self.forms[typed].display
        if len(typed) < MIN_LETTERS or not typed.isalpha():
            return None
        near = (self._nearness(typed, form) for form in self._near(typed))
        best = min((nearness for nearness in near if nearness.is_likely), default=None)
        return self.forms[best.form].display if best else None

    def _near(self, typed: str) -> Iterator[str]:
        errors = _errors_allowed(typed)
        for length in range(len(typed) - errors, len(typed) + errors + 1):
            forms = self.by_length.get(length, ())
            found = process.extract(
                typed, forms, scorer=OSA.distance, score_cutoff=errors, limit=None
            )
            yield from (form for form, _, _ in found)
        yield from self.by_sound.get(sound_of(typed), ())

    def _nearness(self, typed: str, form: str) -> _Nearness:
        changes = OSA.distance(typed, form)
        sounds_alike = sound_of(typed) == sound_of(form)
        return _Nearness(
            errors=1 if sounds_alike else changes,
            other_doubles=_squeezed(typed) != _squeezed(form),
            changes=changes,
            other_letters=sorted(typed) != sorted(form),
            other_sound=not sounds_alike,
            slip=_slip(typed, form),
            other_initial=typed[0] != form[0],
            rarity=-self.forms[form].count,
            form=form,
        )


def spelling_from(forms: Iterable[Form]) -> Spelling:
    """Prepare the tables. Forms that are not words (« 2023 », « co2 ») are known, not proposed."""
    known = {form.form: form for form in forms}
    words = [form for form in known if form.isalpha() and len(form) >= MIN_LETTERS - 1]
    return Spelling(
        known,
        {length: tuple(group) for length, group in groupby(sorted(words, key=len), len)},
        {s: tuple(group) for s, group in groupby(sorted(words, key=sound_of), sound_of)},
    )


def _errors_allowed(typed: str) -> int:
    return 1 if len(typed) < LONG_WORD else 2


def sound_of(folded: str) -> str:
    """A key that words said alike share, roughly: « bato » and « bateaux »."""
    return _squeezed(_SOUND.sub(lambda found: _SOUNDS[int(str(found.lastgroup)[1:])][1], folded))


def is_slip(typed: str, form: str) -> bool:
    """Say whether one letter was lost or added, or doubled anywhere."""
    return _squeezed(typed) == _squeezed(form) or (
        len(typed) != len(form) and OSA.distance(typed, form) == 1
    )


def _squeezed(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _slip(typed: str, form: str) -> int:
    """How rare the error is: a key hit for its neighbour, a letter more or less, another key."""
    if len(typed) != len(form):
        return _LENGTH
    wrong = [(a, b) for a, b in zip(typed, form, strict=True) if a != b]
    return _NEAR_KEY if all(pair in _NEIGHBOURS for pair in wrong) else _FAR_KEY


def _touching() -> Iterator[tuple[str, str]]:
    places = {key: (x, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    for one, (x, y) in places.items():
        for other, (x2, y2) in places.items():
            if one != other and abs(x - x2) <= 1 and abs(y - y2) <= 1:
                yield one, other


_NEIGHBOURS = frozenset(_touching())

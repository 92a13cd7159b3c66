"""Typing errors: the form of the corpus that a word not found in it was most likely meant to be.

Compared without accents. A form may be near by its letters (rapidfuzz: one letter added, lost,
changed, or two swapped) or by its sound (« farmassie » for « pharmacie »).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from corpus.typography import fold
from indexer.mapped import Keys
from indexer.spellings import MIN_LETTERS, bits_of, sound_hash, sound_of, squeezed

LONG_WORD = 7  # letters from which two errors are repaired

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
    """The forms of a corpus: `columns` are those of `indexer.spellings`."""

    columns: Mapping[str, Any]

    def _row(self, folded: str) -> int:
        keys = Keys(memoryview(self.columns["hashes"]), self.columns["forms"])
        return keys.row(folded)

    def knows(self, word: str) -> bool:
        """Say whether a word is a form of the corpus, accents aside."""
        return self._row(fold(word)) >= 0

    def nearest(self, word: str) -> str | None:
        """The form that a word stands for, as it is shown: itself when the corpus has it."""
        typed = fold(word)
        row, displays = self._row(typed), self.columns["displays"]
        if row >= 0:
            return str(displays[row])
        if len(typed) < MIN_LETTERS or not typed.isalpha():
            return None
        near = (self._nearness(typed, row) for row in self._near(typed))
        best = min((nearness for nearness in near if nearness.is_likely), default=None)
        return str(displays[self._row(best.form)]) if best else None

    def _near(self, typed: str) -> Iterator[int]:
        """The rows of the forms that are near by their letters, or sound alike."""
        errors, forms = _errors_allowed(typed), self.columns["forms"]
        for row in self._sharing_letters(typed, errors):
            if OSA.distance(typed, forms[row], score_cutoff=errors) <= errors:
                yield row
        sound = sound_of(typed)
        hashed, sounds = sound_hash(sound), self.columns["sounds"]
        first, last = (np.searchsorted(sounds, hashed, side) for side in ("left", "right"))
        for row in self.columns["heard"][first:last].tolist():
            if sound_of(forms[row]) == sound:
                yield row

    def _sharing_letters(self, typed: str, errors: int) -> list[int]:
        """The rows of the forms that have almost the letters of a word, and almost as many."""
        lengths, asked = self.columns["lengths"], np.uint64(bits_of(typed))
        ends = np.clip((len(typed) - errors, len(typed) + errors + 1), 0, len(lengths) - 1)
        first, last = lengths[ends].tolist()
        bits = self.columns["bits"][first:last]
        lost, added = np.bitwise_count(asked & ~bits), np.bitwise_count(bits & ~asked)
        found: list[int] = self.columns["words"][first:last][
            (lost <= errors) & (added <= errors)
        ].tolist()
        return found

    def _nearness(self, typed: str, row: int) -> _Nearness:
        form = self.columns["forms"][row]
        changes = OSA.distance(typed, form)
        sounds_alike = sound_of(typed) == sound_of(form)
        return _Nearness(
            errors=1 if sounds_alike else changes,
            other_doubles=squeezed(typed) != squeezed(form),
            changes=changes,
            other_letters=sorted(typed) != sorted(form),
            other_sound=not sounds_alike,
            slip=_slip(typed, form),
            other_initial=typed[0] != form[0],
            rarity=-int(self.columns["counts"][row]),
            form=form,
        )


def _errors_allowed(typed: str) -> int:
    return 1 if len(typed) < LONG_WORD else 2


def is_slip(typed: str, form: str) -> bool:
    """Say whether one letter was lost or added, or doubled anywhere."""
    return squeezed(typed) == squeezed(form) or (
        len(typed) != len(form) and OSA.distance(typed, form) == 1
    )


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

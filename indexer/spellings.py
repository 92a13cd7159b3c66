"""The forms of a corpus as repairs look for them: by their letters and by their sound, mapped.

A letter added or lost changes one of the bits of a word, a letter changed two, letters swapped
none: of all forms, few are left to be compared letter by letter.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.mapped import by_hash

MIN_LETTERS = 4  # shorter words have too many neighbours


@dataclass(frozen=True, slots=True)
class Form:
    """A folded form, how it is shown, and in how many documents it stands."""

    form: str
    display: str
    count: int


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


def sound_of(folded: str) -> str:
    """A key that words said alike share, roughly: « bato » and « bateaux »."""
    return squeezed(_SOUND.sub(lambda found: _SOUNDS[int(str(found.lastgroup)[1:])][1], folded))


def squeezed(word: str) -> str:
    """A word without its doubled letters."""
    return _DOUBLED.sub(r"\1", word)


def bits_of(word: str) -> int:
    """The letters of a word: a bit for each that is in it, another when it is there twice."""
    bits = 0
    for letter in word:
        once = 1 << (ord(letter) & 31)
        bits |= (bits & once) << 32 | once
    return bits


def spelling_columns(forms: Iterable[Form]) -> dict[str, Any]:
    """The columns of some forms; of a form that comes twice, the last counts.

    Those that are no words (« 2023 », « co2 ») are known, not proposed. `words` are the rows of
    the others, by their lengths: those of n letters are from `lengths[n]` on.
    """
    known = {form.form: form for form in forms}
    spelt = sorted(known)
    order, hashes = by_hash(spelt)
    rows = [known[spelt[place]] for place in order]
    words = [n for n, row in enumerate(rows) if _may_be_meant(row.form)]
    words.sort(key=lambda n: len(rows[n].form))
    sizes = np.array([len(rows[n].form) for n in words], dtype=np.int64)
    sounds = np.array([sound_hash(sound_of(rows[n].form)) for n in words], dtype=np.uint32)
    heard = np.argsort(sounds, kind="stable")
    places = np.array(words, dtype=np.int32)
    return {
        "hashes": hashes,
        "forms": [row.form for row in rows],
        "displays": [row.display for row in rows],
        "counts": np.array([row.count for row in rows], dtype=np.int32),
        "words": places,
        "bits": np.array([bits_of(rows[n].form) for n in words], dtype=np.uint64),
        "lengths": np.searchsorted(sizes, np.arange(sizes.max(initial=0) + 2)),
        "sounds": sounds[heard],
        "heard": places[heard],
    }


def sound_hash(sound: str) -> int:
    """What a sound is looked for by."""
    return zlib.crc32(sound.encode())


def _may_be_meant(form: str) -> bool:
    return form.isalpha() and len(form) >= MIN_LETTERS - 1

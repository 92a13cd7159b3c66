"""One spelling for the many ways to type a text, with the way back to the very letters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("’‘ʼ´`′‛", "'"),
    **dict.fromkeys("‐‑‒−", "-"),
    **dict.fromkeys("–—", " "),
    **dict.fromkeys("·•‧∙⋅", "·"),
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}
# ASCII, the accented letters of Latin-1, and the signs of French text: one letter each, NFC.
_PLAIN = re.compile("[\\x20-~\\nÀ-ÅÇ-ÖØ-åç-öø-ÿ«»…€°\\u00a0\\u202f’‘‐‑–—·“”]*")
_LETTER_FOR_LETTER = str.maketrans(
    {sign: plain for sign, plain in _SAME.items() if len(plain) == 1 and not sign.isascii()}
    | dict.fromkeys("\n\u00a0\u202f", " ")
)


@dataclass(frozen=True, slots=True)
class Normal:
    """`text[i]` was made of `source[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normal_from(source: str) -> Normal:
    """NFC; one apostrophe, one hyphen, one space, no ligature, nothing invisible."""
    if _PLAIN.fullmatch(source):  # most texts: letter for letter
        places = range(len(source) + 1)
        return Normal(source.translate(_LETTER_FOR_LETTER), tuple(places[:-1]), tuple(places[1:]))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(source):
        for letter in _normal_cluster(source[start:end]):
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return Normal("".join(letters), tuple(starts), tuple(ends))


@lru_cache(maxsize=2_000)
def is_hyphen(between: str) -> bool:
    """Say whether what stands between two words is one hyphen, however it is typed."""
    return normal_from(between).text == "-"


def _clusters(source: str) -> list[tuple[int, int]]:
    """Cut before every character that does not combine with the one before it."""
    cuts = [place for place, c in enumerate(source) if not unicodedata.combining(c)]
    if not cuts or cuts[0]:
        cuts.insert(0, 0)
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(source)], strict=True) if a < b]


@lru_cache(maxsize=2_000)
def _normal_cluster(cluster: str) -> str:
    if len(cluster) == 1 and cluster.isascii():
        return cluster if cluster.isprintable() else " "
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(_normal_letter(letter) for letter in composed)


def _normal_letter(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    category = unicodedata.category(letter)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category in {"Zs", "Zl", "Zp", "Cc"} else letter

"""The letters of a picture: their widths, and which signs they can write.

Newsreader, regular and semi-bold, Latin letters only; licence in `fonts/OFL.txt`. The library that
draws is loaded when the first picture is asked for, never before.
"""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weight = Literal["Regular", "SemiBold"]

FINER = 2  # drawn that much larger, then reduced: letters stand at half pixels

_FOLDER = Path(__file__).parent / "fonts"

# Signs that look like another one: the font has the second only.
_STAND_INS = str.maketrans(
    dict.fromkeys("\u202f\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", "\u00a0")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", "")
)
_COVERED = (
    "0020-007E 00A0-0131 0134-0148 014A-017E 018F 0192 01A0-01A1 01AF-01B0 01C4-01CC 01E6-01E7 "
    "01EA-01EB 01FA-021B 022A-022D 0230-0233 0237 0259 02B9-02BA 02BC 02C6-02C7 02DA 02DC-02DD "
    "0300-0301 0303-0304 0308-0309 0323 1E80-1E85 1E9E 1EA0-1EF9 2013-2014 2018-201A 201C-201E "
    "2020 2022 2026 2032-2033 2039-203A 2044 20A1 20A3-20A4 20A6-20A7 20A9 20AB-20AD 20B1-20B2 "
    "20B5 20B9-20BA 20BC-20BD 2122 2212 2215"
)


def is_drawable(text: str) -> bool:
    """Say whether the fonts have every sign of a text."""
    return all(ord(sign) in _covered() for sign in drawn(text) if sign != "\n")


def drawn(text: str) -> str:
    """The same text in signs that the fonts have, when there is one that looks the same."""
    return unicodedata.normalize("NFC", text).translate(_STAND_INS)


@cache
def _covered() -> frozenset[int]:
    spans = (span.partition("-") for span in _COVERED.split())
    return frozenset(
        code for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1)
    )


@lru_cache(maxsize=100)
def font(weight: Weight, size: int) -> "FreeTypeFont":
    """A font at one size in pixels, as it is drawn: larger, to be reduced."""
    from PIL import ImageFont

    path = _FOLDER / f"Newsreader-{weight}.ttf"
    return ImageFont.truetype(path, size * FINER, layout_engine=ImageFont.Layout.BASIC)


def measure(weight: Weight, size: int) -> Callable[[str], float]:
    """How wide texts are, in pixels, when they are drawn at that size.

    Not in proportion to the size: each letter keeps to whole pixels.
    """

    def width(text: str) -> float:
        return _width(weight, size, text)

    return width


@lru_cache(maxsize=4000)
def _width(weight: Weight, size: int, text: str) -> float:
    return font(weight, size).getlength(drawn(text)) / FINER

"""Days as French people write them: 2023, mars 2022, 12 mars 2022, 12/03/2022, 2022-03-12."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from corpus.typography import fold
from search.query import QueryRefused

# Folded, with the abbreviations in use; « sept. » loses its full stop when it is read.
_NAMES = """
janvier janv | fevrier fevr fev | mars | avril avr | mai | juin | juillet juil | aout |
septembre sept | octobre oct | novembre nov | decembre dec
"""
_MONTHS = {
    name: number for number, names in enumerate(_NAMES.split("|"), 1) for name in names.split()
}
_YEAR = r"(?P<year>[12]\d{3})"  # nothing was said outside, and a day before is always a day
_WRITTEN = re.compile(
    rf"(?:(?P<day>1er|\d{{1,2}})\s+)?(?P<name>[^\W\d_]{{3,9}})\.?\s+{_YEAR}(?!\w)", re.IGNORECASE
)
_ISO = re.compile(rf"{_YEAR}(?:-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?)?")
_FIGURES = re.compile(rf"(?:(?P<day>\d{{1,2}})[/.-])?(?P<month>\d{{1,2}})[/.-]{_YEAR}")


@dataclass(frozen=True, slots=True)
class Days:
    """A day, a month or a year: its first and its last day."""

    first: date
    last: date


def days_from(text: str) -> Days:
    """Read a day, a month or a year; raise `QueryRefused` for anything else."""
    try:
        year, month, day = _figures_of(fold(text.strip()))
        months = (1, 12) if month is None else (month, month)
        days = (1, monthrange(year, months[1])[1]) if day is None else (day, day)
        return Days(date(year, months[0], days[0]), date(year, months[1], days[1]))
    except ValueError:
        message = f"« {text} » n’est pas une date. Écrivez par exemple 2023, mars 2022"
        raise QueryRefused(f"{message} ou 2022-03-12.") from None


def leading_date(text: str) -> str:
    """The date in words that a text begins with, « mars 2022 » or « 12 mars 2022 »; else ""."""
    found = _WRITTEN.match(text)
    return found[0] if found and fold(found["name"]) in _MONTHS else ""


def _figures_of(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day, None for what is not said; raise `ValueError` when it is no date."""
    found = _WRITTEN.fullmatch(text)
    if found:
        month: int | None = _MONTHS.get(found["name"], 0)
    else:
        found = _ISO.fullmatch(text) or _FIGURES.fullmatch(text)
        if found is None:
            raise ValueError(text)
        month = int(found["month"]) if found["month"] else None
    day = found["day"]
    return int(found["year"]), month, int(day.removesuffix("er")) if day else None

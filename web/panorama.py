"""The picture of the corpus: themes down, webinars (or years) across, a disc for each meeting.

Pure geometry: the template draws it, with its table behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Any

from flask import url_for

from search.views import Panorama
from web.typography import date_in_words

MOST_WEBINARS = 24  # beyond, a column is a year

LEFT = 240  # for the labels of the themes
TOP = 92  # for the labels of the columns
CELL = 34
_RIGHT = 64  # the label of the last column leans over
_LARGEST = 14  # radius


@dataclass(frozen=True, slots=True)
class Column:
    """A webinar or a year. `label` is short, `title` whole; `filter` narrows a search to it."""

    label: str
    title: str
    address: str
    filter: tuple[str, str]
    x: int


@dataclass(frozen=True, slots=True)
class Disc:
    """The quotes of a theme in a column; none is drawn for 0."""

    count: int
    radius: float
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A theme, with one disc for each column."""

    label: str
    address: str
    y: int
    count: int
    discs: tuple[Disc, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn; sizes are in the units of the view box."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    width: int
    height: int
    has_years: bool


def chart_from(panorama: Panorama) -> Chart:
    """Place the themes and the columns; the area of a disc is its number of quotes."""
    has_years = len(panorama.webinars) > MOST_WEBINARS
    columns, counts = _years(panorama) if has_years else _webinars(panorama)
    most = max((max(row, default=0) for row in counts), default=0)
    rows = tuple(
        Row(
            theme.label,
            url_for("pages.theme", slug=theme.id),
            TOP + CELL * place + CELL // 2,
            theme.count,
            tuple(_disc(count, most, theme.id, c) for count, c in zip(row, columns, strict=True)),
        )
        for place, (theme, row) in enumerate(zip(panorama.themes, counts, strict=True))
    )
    width, height = LEFT + CELL * len(columns) + _RIGHT, TOP + CELL * len(rows) + 4
    return Chart(tuple(columns), rows, width, height, has_years)


def _disc(count: int, most: int, theme: str, column: Column) -> Disc:
    asked: dict[str, Any] = {"theme": theme, "type": "verbatim", **dict([column.filter])}
    radius = round(_LARGEST * sqrt(count / most), 1) if most else 0
    return Disc(count, radius, url_for("pages.results", **asked))


def _webinars(panorama: Panorama) -> tuple[list[Column], Sequence[Sequence[int]]]:
    columns = []
    for place, webinar in enumerate(panorama.webinars):
        day = date_in_words(webinar.held_on) if webinar.held_on else ""
        columns.append(
            Column(
                day.split(" ", 1)[-1],
                f"{webinar.title}, {day}",
                url_for("pages.webinar", webinar_id=webinar.id),
                ("webinaire", webinar.id),
                _x(place),
            )
        )
    return columns, panorama.counts


def _years(panorama: Panorama) -> tuple[list[Column], list[list[int]]]:
    """The same, webinars of one year together."""
    placed = [(w.held_on.year if w.held_on else 0, n) for n, w in enumerate(panorama.webinars)]
    years = [(year, [n for _, n in group]) for year, group in groupby(placed, lambda p: p[0])]
    columns = [
        Column(
            str(year),
            str(year),
            url_for("pages.results", annee=year),
            ("annee", str(year)),
            _x(place),
        )
        for place, (year, _) in enumerate(years)
    ]
    return columns, [
        [sum(row[n] for n in numbers) for _, numbers in years] for row in panorama.counts
    ]


def _x(place: int) -> int:
    return LEFT + CELL * place + CELL // 2

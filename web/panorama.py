"""The picture of the corpus: themes down, webinars (or years) across, a disc for each meeting.

It is a table, whose cells hold a disc and its number.
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

LARGEST = 15  # radius of a disc, in the units of its view box


@dataclass(frozen=True, slots=True)
class Column:
    """A webinar and its month, or a year; `filter` narrows a search to it."""

    label: str
    month: str
    address: str
    filter: tuple[str, str]


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
    count: int
    discs: tuple[Disc, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    has_years: bool


def chart_from(panorama: Panorama) -> Chart:
    """The themes and the columns; the area of a disc is its number of quotes."""
    has_years = len(panorama.webinars) > MOST_WEBINARS
    columns, counts = _years(panorama) if has_years else _webinars(panorama)
    most = max((max(row, default=0) for row in counts), default=0)
    rows = tuple(
        Row(
            theme.label,
            url_for("pages.theme", slug=theme.id),
            theme.count,
            tuple(_disc(count, most, theme.id, c) for count, c in zip(row, columns, strict=True)),
        )
        for theme, row in zip(panorama.themes, counts, strict=True)
    )
    return Chart(tuple(columns), rows, has_years)


def _disc(count: int, most: int, theme: str, column: Column) -> Disc:
    asked: dict[str, Any] = {"theme": theme, "type": "verbatim", **dict([column.filter])}
    radius = round(LARGEST * sqrt(count / most), 1) if most else 0
    return Disc(count, radius, url_for("pages.results", **asked))


def _webinars(panorama: Panorama) -> tuple[list[Column], Sequence[Sequence[int]]]:
    columns = []
    for webinar in panorama.webinars:
        day = date_in_words(webinar.held_on) if webinar.held_on else ""
        month = day.split(" ", 1)[-1]
        address = url_for("pages.webinar", webinar_id=webinar.id)
        columns.append(Column(webinar.title, month, address, ("webinaire", webinar.id)))
    return columns, panorama.counts


def _years(panorama: Panorama) -> tuple[list[Column], list[list[int]]]:
    """The same, webinars of one year together."""
    placed = [(w.held_on.year if w.held_on else 0, n) for n, w in enumerate(panorama.webinars)]
    years = [(year, [n for _, n in group]) for year, group in groupby(placed, lambda p: p[0])]
    columns = [
        Column(str(year), "", url_for("pages.results", annee=year), ("annee", str(year)))
        for year, _ in years
    ]
    return columns, [
        [sum(row[n] for n in numbers) for _, numbers in years] for row in panorama.counts
    ]

"""The ways to narrow a search, and the values of each."""

from dataclasses import dataclass

from corpus.typography import fold
from indexer.fields import Catalogue

Values = tuple[tuple[str, str], ...]  # ids and labels

_KIND_LABELS = {"verbatim": "Citations", "idee": "Idées clés"}


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to narrow: `name` is its parameter, `attribute` its field in `Filters`.

    `shown` holds the places of its values, in the order in which equal counts are shown.
    """

    name: str
    label: str
    attribute: str
    values: Values
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many texts have the values of a facet: (place, count) of those that are told, in the
    order in which they are shown, and how many other values some text has.
    """

    values: list[tuple[int, int]]
    untold: int = 0


def dimensions_from(catalogue: Catalogue) -> tuple[Dimension, ...]:
    """The facets of a corpus, in the order in which they are shown."""
    speakers = _listed(catalogue["speakers"])
    organisations = _listed(catalogue["organisations"])
    webinars = tuple((entry["id"], entry["title"]) for entry in catalogue["webinars"])
    return (
        _dimension("theme", "Thèmes", "themes", _listed(catalogue["themes"])),
        _dimension("intervenant", "Intervenant·es", "speakers", speakers),
        _dimension("organisation", "Organisations", "organisations", organisations),
        _dimension("webinaire", "Webinaires", "webinars", webinars),
        _dimension_of_years(catalogue),
        _dimension("type", "Types", "kinds", tuple(_KIND_LABELS.items())),
    )


def _dimension(name: str, label: str, attribute: str, values: Values) -> Dimension:
    """Equal counts are shown in the order of the labels, É among the E."""
    order = sorted(range(len(values)), key=lambda place: fold(values[place][1]))
    return Dimension(name, label, attribute, values, tuple(order))


def _dimension_of_years(catalogue: Catalogue) -> Dimension:
    """Latest first, and always so."""
    values = tuple((year, year) for year in years_of(catalogue))
    return Dimension("annee", "Années", "years", values, tuple(range(len(values))))


def years_of(catalogue: Catalogue) -> list[str]:
    """The years in which something was said, latest first."""
    told = (entry for entry in catalogue["webinars"] if entry["ideas"] or entry["verbatims"])
    held = {entry["held_on"][:4] for entry in told if entry["held_on"]}
    return [year.lstrip("0") for year in sorted(held, reverse=True)]


def _listed(entries: list[dict[str, str]]) -> Values:
    return tuple((entry["id"], entry["label"]) for entry in entries)

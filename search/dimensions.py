"""The ways to narrow a search, and the values of each."""

from dataclasses import dataclass

from corpus.typography import fold
from indexer.fields import Catalogue
from search.columns import Columns, catalogue_years, titles

Values = tuple[tuple[str, str], ...]  # ids and labels

_KIND_LABELS = {"verbatim": "Verbatims", "idee": "Idées clés"}


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


def dimensions_from(catalogue: Catalogue, columns: Columns) -> tuple[Dimension, ...]:
    """The facets of a corpus, in the order in which they are shown."""
    speakers = _listed(catalogue["speakers"])
    organisations = _listed(catalogue["organisations"])
    webinars = _listed(titles(catalogue))
    return (
        _dimension("theme", "Thèmes", "themes", _listed(catalogue["themes"])),
        _dimension("intervenant", "Intervenant·es", "speakers", speakers),
        _dimension("organisation", "Organisations", "organisations", organisations),
        _dimension("webinaire", "Webinaires", "webinars", webinars),
        _years(columns),
        _dimension("type", "Types", "kinds", tuple(_KIND_LABELS.items())),
    )


def _dimension(name: str, label: str, attribute: str, values: Values) -> Dimension:
    """Equal counts are shown in the order of the labels, É among the E."""
    order = sorted(range(len(values)), key=lambda place: fold(values[place][1]))
    return Dimension(name, label, attribute, values, tuple(order))


def _years(columns: Columns) -> Dimension:
    """Latest first, and always so."""
    values = tuple((year, year) for year in catalogue_years(columns))
    return Dimension("annee", "Années", "years", values, tuple(range(len(values))))


def _listed(entries: list[dict[str, str]]) -> Values:
    return tuple((entry["id"], entry["label"]) for entry in entries)

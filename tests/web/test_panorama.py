"""The picture of the corpus: every number has its disc, in proportion, with its link."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from search.answer import WebinarReference
from search.views import Entry, Panorama
from web.panorama import LARGEST, MOST_WEBINARS, Chart, chart_from


def panorama(webinars: int) -> Panorama:
    """Two themes; theme 0 has n quotes in the n-th webinar, theme 1 has one in the first."""
    held = tuple(
        WebinarReference(f"w{n}", f"Webinaire {n}", date(2020 + n // 12, n % 12 + 1, 1), "", "")
        for n in range(webinars)
    )
    counts = (tuple(range(webinars)), (1,) + (0,) * (webinars - 1))
    entries = (Entry("eau", "Eau", sum(counts[0])), Entry("bois", "Bois", 1))
    return Panorama(entries, held, counts)


@pytest.fixture
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("asked")
def test_the_area_of_a_disc_is_its_number_of_quotes() -> None:
    [first, second] = chart_from(panorama(5)).rows
    assert [disc.count for disc in first.discs] == [0, 1, 2, 3, 4]
    areas = [disc.radius**2 for disc in first.discs]
    assert areas == pytest.approx([n / 4 * areas[4] for n in range(5)], rel=0.02)
    assert second.discs[0].radius == first.discs[1].radius


@pytest.mark.usefixtures("asked")
def test_a_disc_leads_to_its_quotes() -> None:
    chart = chart_from(panorama(3))
    address = chart.rows[0].discs[2].address
    assert address == "/recherche?theme=eau&type=verbatim&webinaire=w2"
    assert next(column.address for column in chart.columns) == "/webinaire/w0"


@pytest.mark.usefixtures("asked")
def test_many_webinars_are_counted_by_year() -> None:
    chart = chart_from(panorama(MOST_WEBINARS + 6))
    assert chart.has_years
    assert [column.label for column in chart.columns] == ["2020", "2021", "2022"]
    assert [disc.count for disc in chart.rows[0].discs] == [66, 210, 159]
    assert chart.rows[0].discs[1].address == "/recherche?theme=eau&type=verbatim&annee=2021"


@pytest.mark.usefixtures("asked")
def test_no_disc_leaves_its_cell() -> None:
    chart: Chart = chart_from(panorama(MOST_WEBINARS))
    radii = [disc.radius for row in chart.rows for disc in row.discs]
    assert max(radii) == LARGEST
    assert min(radii) == 0


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("webinars", [0, 1])
def test_an_empty_corpus_is_a_picture_too(webinars: int) -> None:
    few = panorama(2)
    kept = replace(
        few, webinars=few.webinars[:webinars], counts=tuple(row[:webinars] for row in few.counts)
    )
    assert len(chart_from(kept).columns) == webinars

"""What pages show of the corpus, counted twice: by the view, and quote by quote."""

from collections import Counter

import pytest

from corpus.site import Site
from search.live_index import Shelf

pytestmark = pytest.mark.model


def test_an_organisation_holds_all_that_was_said_for_it(library: Shelf) -> None:
    with library.reading() as reading:
        said = [d for d in reading.everything() if d.organisation]
        names = Counter(d.organisation for d in said)
        for entry in reading.overview().organisations:
            view = reading.organisation(entry.id)
            assert view is not None
            assert len(view.verbatims) == entry.count == names[view.name]
            assert sum(speaker.count for speaker in view.speakers) == entry.count
            days = [d.webinar.held_on for d in view.verbatims if d.webinar.held_on]
            assert days == sorted(days, reverse=True)
        assert reading.organisation("nulle-part") is None


def test_the_panorama_counts_every_themed_quote_once(library: Shelf, sample_site: Site) -> None:
    with library.reading() as reading:
        seen = reading.panorama()
        days = [webinar.held_on for webinar in seen.webinars]
        assert days == sorted(days)  # type: ignore[type-var]
        assert len(days) == len(sample_site.webinars)
        for theme, row in zip(seen.themes, seen.counts, strict=True):
            assert sum(row) == theme.count


def test_a_theme_is_counted_year_by_year_without_a_gap(library: Shelf) -> None:
    with library.reading() as reading:
        for theme in reading.overview().themes:
            view = reading.theme(theme.id)
            assert view is not None
            years = [count.year for count in view.years]
            assert years == list(range(years[0], years[-1] + 1))
            assert sum(count.count for count in view.years) == theme.count

"""The day on which a text came: kept from one index to the next."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.records import Verbatim, Webinar
from corpus.site import Site
from indexer import fields
from indexer.additions import days_of
from indexer.build import build
from indexer.catalogue import parts_of
from indexer.generations import index_store
from tests.small_site import SMALL_SITE, words_alone

pytestmark = pytest.mark.process  # it builds indexes
FIRST, THEN, NOW = date(2026, 1, 5), date(2026, 2, 6), date(2026, 3, 7)


def webinar(name: str, *words: str) -> Webinar:
    said = tuple(Verbatim(f"{name}-{word}", f"On dit {word} ici.") for word in words)
    return Webinar(name, "Un webinaire", held_on=date(2020, 1, 1), verbatims=said)


def days(site: Site, today: date, *webinars: Webinar) -> dict[str, str]:
    """What the index says once these webinars are built."""
    build(replace(site, webinars=webinars), tagging=words_alone, today=lambda: today, force=True)
    catalogue = index_store(site).current().folder / fields.CATALOGUE_FILE
    return dict(json.loads(catalogue.read_text("utf-8"))["added"])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return replace(SMALL_SITE, folder=tmp_path, webinars=(), golden=())


def test_a_text_keeps_its_day_and_what_a_site_opens_with_has_none(site: Site) -> None:
    assert days(site, FIRST, webinar("un", "pain")) == {"un-pain": ""}
    later = days(site, THEN, webinar("un", "pain", "sel"), webinar("deux", "eau"))
    assert later == {"un-pain": "", "un-sel": "2026-02-06", "deux-eau": "2026-02-06"}
    last = days(site, NOW, webinar("un", "sel"), webinar("deux", "eau", "feu"))
    assert last == {"un-sel": "2026-02-06", "deux-eau": "2026-02-06", "deux-feu": "2026-03-07"}


def test_an_index_that_kept_no_days_dates_what_is_new_alone(site: Site) -> None:
    days(site, FIRST, webinar("un", "pain"))
    published = replace(index_store(site).current(), folder=site.folder / "nowhere")
    parts = parts_of([webinar("un", "pain", "sel"), webinar("deux", "eau")])
    known = {"un-pain": "", "un-sel": "", "deux-eau": "2026-02-06"}
    assert days_of(parts, published, THEN) == known

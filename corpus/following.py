"""Following the feeds of a site: what is new and matches becomes a draft, never more.

What was met is remembered, so that a page that was refused, or removed by hand, does not come back.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.adding.addition import addition_of
from corpus.followed import DRAFTED, KNOWN, REFUSED, Met, followed, keep
from corpus.problems import CorpusError
from corpus.reading.confined import read_confined
from corpus.reading.fetching import Network, address_from, fetched
from corpus.settings import Settings
from corpus.site import settings_of, writeup_paths
from corpus.typography import fold, slug_from
from corpus.writeups.reading import read_writeup

_AT_ONCE = 10  # pages drafted in one run: a first run meets years of them


def follow(site: Path, network: Network | None = None) -> tuple[list[Met], list[str]]:
    """Draft what is new; what was met in this run, and the faults of the feeds."""
    settings = settings_of(site)
    before = followed(site)
    seen = {each.address for each in before} | _sources(site)
    faults: list[str] = []
    met: list[Met] = []
    for feed in settings.suivi.flux:
        try:
            announced = list(_announced(feed, settings, network))
        except CorpusError as error:
            faults.append(str(error))
            continue
        for address, title in announced:
            is_new = address not in seen and _matches(settings.suivi.mots, f"{address} {title}")
            if is_new and len(met) < _AT_ONCE:
                seen.add(address)
                met.append(_met(site, address, title, network))
    if met:
        keep(site, met)
    return met, faults


def _announced(feed: str, settings: Settings, network: Network | None) -> Iterator[tuple[str, str]]:
    found = fetched(address_from(feed), settings.lecture.hotes, network, of_feeds=True)
    for block in read_confined(found.data, found.kind).page.blocks:
        address, _, title = block.text.partition(" ")
        yield address, title


def _matches(words: Iterable[str], text: str) -> bool:
    told = f" {slug_from(text)} ".replace("-", " ")
    wanted = [fold(word) for word in words]
    return not wanted or any(f" {slug_from(word).replace('-', ' ')}" in told for word in wanted)


def _met(site: Path, address: str, title: str, network: Network | None) -> Met:
    try:
        addition = addition_of(site, address_from(address), network=network)
    except CorpusError as error:
        return Met(address, title, REFUSED, message=str(error))
    if not addition.is_new:
        return Met(address, title, KNOWN, addition.path.stem)
    addition.write()
    return Met(address, title or addition.extraction.title, DRAFTED, addition.path.stem)


def _sources(site: Path) -> set[str]:
    """The addresses of the pages that have a write-up."""
    read = (
        read_writeup(path.read_text("utf-8", errors="replace"), slug_from(path.stem) or "x").webinar
        for path in writeup_paths(site)
    )
    return {webinar.url for webinar in read if webinar}

"""Editions of a site: the same words each time, so that none is analysed again; the number of the
edition stands in every title, role and organisation. Run as a program, it publishes without end.
"""

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from corpus.records import Speaker, Webinar
from corpus.site import Site, read_site
from indexer.build import build


def edition_of(site: Site, number: int) -> Site:
    """The site, marked."""
    return replace(site, webinars=tuple(_marked(w, number) for w in site.webinars), golden=())


def _marked(webinar: Webinar, number: int) -> Webinar:
    mark = f"édition {number}"

    def marked(speaker: Speaker | None) -> Speaker | None:
        return speaker and replace(speaker, role=mark, organisation=mark)

    return replace(
        webinar,
        title=f"{webinar.title}, {mark}",
        speakers=tuple(replace(s, role=mark, organisation=mark) for s in webinar.speakers),
        verbatims=tuple(replace(v, speaker=marked(v.speaker)) for v in webinar.verbatims),
    )


def main(folder: Path, first: int) -> None:
    """Publish editions one after the other; each is told once it is there."""
    site = read_site(folder)
    for number in count(first):
        build(edition_of(site, number), force=True)
        print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

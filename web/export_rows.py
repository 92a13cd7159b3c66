"""An export in columns: a quote or a key idea a line, safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from indexer.fields import MIN_AFFINITY
from search.answer import Document
from web.links import safe_link
from web.typography import clock

HEADER = (
    *("id", "type", "texte", "intervenant", "fonction", "organisation", "webinaire", "date"),
    *("idée clé", "thèmes", "adresse", "source", "replay", "début", "licence", "index du"),
)
# What a spreadsheet reads as a formula, or drops at the beginning of a cell; our own mark too, so
# that taking one « ' » away always gives the text back.
_RISKY = re.compile(r"['=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where exported lines come from: a site, its address, its licence, the day of its index."""

    site: str
    address: str
    licence: str
    built_at: str

    def link(self, found: Document) -> str:
        """The page of a quote, wherever the file is opened."""
        return self.address.rstrip("/") + found.path


def csv_lines(documents: Iterable[Document], origin: Origin) -> Iterator[str]:
    """French spreadsheets part columns at « ; » and know UTF-8 by its mark."""
    yield "\ufeff" + _csv_line(HEADER)
    for found in documents:
        yield _csv_line(map(cell, row(found, origin)))


def _csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def row(found: Document, origin: Origin) -> tuple[str, ...]:
    """The cells of a line, in the order of the header, as they were published.

    Licence and date stand on each line: a line copied elsewhere keeps them.
    """
    idea = found.key_idea
    held_on = found.webinar.held_on
    themes = (theme.label for theme in found.themes if theme.affinity >= MIN_AFFINITY)
    return (
        found.id,
        "citation" if found.kind == "verbatim" else "idée clé",
        found.text,
        found.speaker,
        found.role,
        found.organisation,
        found.webinar.title,
        held_on.isoformat() if held_on else "",
        idea.text if idea else "",
        " | ".join(themes),
        origin.link(found),
        safe_link(found.webinar.url),
        safe_link(found.webinar.replay_url),
        clock(found.start) if found.start is not None else "",
        origin.licence,
        origin.built_at,
    )


def cell(text: str) -> str:
    """The text, after a « ' » when a spreadsheet would run it: « =1+1 » stays what was said."""
    return f"'{text}" if _RISKY.match(text) else text

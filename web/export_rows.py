"""One line of an export: a quote or a key idea in columns, safe to open in a spreadsheet."""

import re

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


def row(found: Document, address: str, licence: str, built_at: str) -> tuple[str, ...]:
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
        address.rstrip("/") + found.path,
        safe_link(found.webinar.url),
        safe_link(found.webinar.replay_url),
        clock(found.start) if found.start is not None else "",
        licence,
        built_at,
    )


def cell(text: str) -> str:
    """The text, after a « ' » when a spreadsheet would run it: « =1+1 » stays what was said."""
    return f"'{text}" if _RISKY.match(text) else text

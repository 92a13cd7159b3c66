"""The citation for BibTeX and BibLaTeX, in UTF-8."""

import re

from web.citations.citation import Citation
from web.citations.names import PersonName
from web.typography import clock, quoted

# What BibTeX or TeX would read as a command. Braces become commands: even after a backslash they
# would count, and one alone would swallow the rest of the file.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%$&#_"},
}


def bibtex(citation: Citation) -> str:
    """An `@misc` entry: the words are its title, the webinar how they were published."""
    day = citation.held_on
    moment = f", {clock(citation.start)}" if citation.start is not None else ""
    fields = {
        "author": _author(citation.author),
        "title": f"{{{_escaped(citation.words)}}}",  # twice in braces: capitals are kept
        "howpublished": _escaped(f"Webinaire {quoted(citation.webinar)}{moment}"),
        "organization": _escaped(citation.publisher),
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "day": str(day.day) if day else "",
        "url": citation.address,
        "language": "french",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def _author(author: PersonName | None) -> str:
    """« de La Tour, Pierre »; a name without parts stays whole in braces of its own."""
    if author is None:
        return ""
    if not author.given:
        return f"{{{_escaped(author.family)}}}"
    return _escaped(f"{author.whole_family}, {author.given}")


def _escaped(text: str) -> str:
    return re.sub(r"[\\{}~^%$&#_]", lambda sign: _ESCAPES[sign[0]], text)

"""The citation for reference managers that read RIS."""

from collections.abc import Iterator

from web.citations.citation import Citation
from web.citations.names import PersonName
from web.typography import clock

BREAK = " ¶ "  # RIS ends a field at the end of its line


def ris(citation: Citation) -> str:
    """A film or a broadcast when there is a replay to follow, else an electronic source."""
    lines = (f"{tag}  - {_one_line(value)}" for tag, value in _fields(citation) if value)
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    day = citation.held_on
    yield "TY", "VIDEO" if citation.replay else "ELEC"
    yield "ID", citation.key
    yield "AU", _author(citation.author)
    yield "TI", citation.words
    yield "T2", citation.webinar
    yield "M3", "Webinaire"
    yield "PB", citation.publisher
    yield "PY", str(day.year) if day else ""
    yield "DA", f"{day:%Y/%m/%d}/" if day else ""
    yield "UR", citation.address
    yield "L2", citation.replay
    yield "N1", f"À {clock(citation.start)}" if citation.start is not None else ""
    yield "LA", "fr"


def _author(author: PersonName | None) -> str:
    """« La Tour, Pierre de »; a name without parts has no comma."""
    if author is None:
        return ""
    after = " ".join(part for part in (author.given, author.particle) if part)
    return f"{author.family}, {after}" if after else author.family


def _one_line(text: str) -> str:
    """Line ends become « ¶ » between spaces; a « ¶ » of the text is doubled."""
    return text.replace("¶", "¶¶").replace("\n", BREAK)

"""Links that leave the site, and the line one copies to cite a quote."""

from urllib.parse import urldefrag, urlsplit

from search.answer import Document
from web.typography import date_in_words, quoted


def safe_link(address: str) -> str:
    """The address if a browser may follow it from our pages, else "": http and https only."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def moment_link(replay: str, start: int) -> str:
    """The replay at that second; "" when there is no replay to follow."""
    return f"{urldefrag(replay).url}#t={start}" if safe_link(replay) else ""


def citation_line(document: Document, address: str) -> str:
    """One line to paste elsewhere: the untouched words, who said them, where and when."""
    author = ", ".join(
        part for part in (document.speaker, document.role, document.organisation) if part
    )
    held_on = document.webinar.held_on
    place = f"webinaire {quoted(document.webinar.title)}"
    place += f" du {date_in_words(held_on)}" if held_on else ""
    source = f"{author}, {place}" if author else place
    return f"{quoted(document.text)} — {source}. {address.rstrip('/')}{document.path}"

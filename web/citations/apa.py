"""The citation in words, after the 7th edition of the APA rules as French usage adapts them."""

from datetime import date

from corpus.counting import THIN
from web.citations.citation import Citation
from web.citations.names import PersonName
from web.typography import clock, date_in_words, quoted


def apa(citation: Citation) -> str:
    """« Nom, P. (2021, 4 mai). « Les mots. » Dans Titre [Webinaire]. Organisation. Adresse »."""
    words = quoted(citation.words, THIN) if citation.is_quote else _sentence(citation.words)
    words += "" if citation.words.endswith((".", "!", "?", "…")) or not citation.is_quote else "."
    day = f"({_day(citation.held_on)})."
    author = _author(citation.author)
    # Without an author the title takes its place, before the date.
    head = f"{author} {day} {words}" if author else f"{words} {day}"
    moment = f" ({clock(citation.start)})" if citation.start is not None else ""
    place = f"Dans {citation.webinar}{moment} [Webinaire]."
    # An author who publishes is not named twice.
    publisher = "" if _is_publisher(citation) else citation.publisher
    return " ".join(part for part in (head, place, _sentence(publisher), citation.address) if part)


def _author(author: PersonName | None) -> str:
    if author is None:
        return ""
    if not author.given:
        return _sentence(author.family)
    after = " ".join(part for part in (author.initials, author.particle) if part)
    return f"{author.family}, {after}"


def _day(day: date | None) -> str:
    return f"{day.year}, {date_in_words(day).rpartition(' ')[0]}" if day else f"s.{THIN}d."


def _is_publisher(citation: Citation) -> bool:
    return citation.author is not None and citation.author.family == citation.publisher


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."

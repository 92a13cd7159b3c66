"""Links that leave the site."""

import re
from urllib.parse import quote

from corpus.moments.replay import moment_link as moment_link
from corpus.moments.replay import safe_link as safe_link
from search.answer import Document, WebinarReference
from web.typography import citation_line as citation_line
from web.typography import date_in_words, quoted

_WHOLE_PASSAGE = 80  # characters: a longer one is named by its first and last words
_EDGE_WORDS = 5
_MAX_MAIL = 1500  # characters of words: mail programs cut addresses of more than 2,000


def passage_link(page: str, words: str) -> str:
    """The page at these words, for browsers that read text fragments; "" when unsafe."""
    if not safe_link(page):
        return ""
    passage = _passage(words)
    return f"{page}{'' if '#' in page else '#'}:~:text={passage}" if passage else page


def _passage(words: str) -> str:
    """The words when they are few, else the first and the last of them.

    Only stretches that any page writes alike are named: none of the spaces of French typography.
    """
    between_spaces = (part.strip(' .,;:!?…«»"') for part in re.split(r"[^\S ]+", words))
    stretches = [part.split() for part in between_spaces if " " in part]
    if not stretches:
        return ""
    first, last = stretches[0], stretches[-1]
    is_short = len(" ".join(first)) <= _WHOLE_PASSAGE or len(first) < 2 * _EDGE_WORDS
    if len(stretches) == 1 and is_short:
        return _encoded(first)
    return f"{_encoded(first[:_EDGE_WORDS])},{_encoded(last[-_EDGE_WORDS:])}"


def _encoded(words: list[str]) -> str:
    """Percent-encode also the hyphen, which the syntax of text fragments keeps for itself."""
    return quote(" ".join(words), safe="").replace("-", "%2D")


def mail_link(document: Document, address: str) -> str:
    """An e-mail to write, with the quote and its link; a long quote is left to the link."""
    line = citation_line(document, address)
    if len(line) > _MAX_MAIL:
        line = f"{document.webinar.title}\n{address.rstrip('/')}{document.path}"
    said_by = f" de {document.speaker}" if document.speaker else ""
    subject = f"Une citation{said_by}" if document.kind == "verbatim" else "Une idée clé"
    return _message(subject, line)


def webinar_mail_link(webinar: WebinarReference, address: str) -> str:
    """An e-mail to write, with the title of a webinar and the link to its page."""
    held_on = f", {date_in_words(webinar.held_on)}" if webinar.held_on else ""
    words = f"{quoted(webinar.title)}{held_on}\n{address.rstrip('/')}/webinaire/{webinar.id}"
    return _message(f"Webinaire {quoted(webinar.title)}", words)


def _message(subject: str, body: str) -> str:
    """Lines end as mail programs want them; « + » would be shown as it is."""
    lines = body.replace("\n", "\r\n")
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"

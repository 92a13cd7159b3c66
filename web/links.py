"""Links that leave the site, and the line one copies to cite a quote."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urlsplit

from search.answer import Document, WebinarReference
from web.typography import date_in_words, quoted

_WHOLE_PASSAGE = 80  # characters: a longer one is named by its first and last words
_EDGE_WORDS = 5
_MAX_MAIL = 1500  # characters of words: mail programs cut addresses of more than 2,000


def safe_link(address: str) -> str:
    """The address if a browser may follow it from our pages, else "": http and https only."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def moment_link(replay: str, start: int) -> str:
    """The replay at that second, as its player reads it; "" when there is no replay to follow."""
    if not safe_link(replay):
        return ""
    address = urldefrag(replay).url
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    for belongs, link in _PLAYERS:
        if belongs(host, parts.path):
            return link(address, start)
    return f"{address}#t={start}"  # a media fragment: for files, and ignored elsewhere


def _parameter(name: str, unit: str = "") -> Callable[[str, int], str]:
    def link(address: str, start: int) -> str:
        parts = urlsplit(address)
        kept = [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key not in {"t", "start", "time_continue"}
        ]
        return parts._replace(query=urlencode([*kept, (name, f"{start}{unit}")])).geturl()

    return link


def _is_host(*hosts: str) -> Callable[[str, str], bool]:
    return lambda host, path: host in hosts


def _is_peertube(host: str, path: str) -> bool:
    """Told by its addresses, which hold a UUID or its short form: anyone may have an instance."""
    return re.fullmatch(r"/(w|videos/(watch|embed))/(\w{21,22}|[0-9a-f-]{36})", path) is not None


_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_PLAYERS: list[tuple[Callable[[str, str], bool], Callable[[str, int], str]]] = [
    (lambda h, p: h in _YOUTUBE and p.startswith("/embed/"), _parameter("start")),
    (_is_host(*_YOUTUBE), _parameter("t", "s")),
    (_is_host("vimeo.com", "player.vimeo.com"), lambda address, start: f"{address}#t={start}s"),
    (_is_host("dailymotion.com", "dai.ly", "geo.dailymotion.com"), _parameter("start")),
    (_is_peertube, _parameter("start", "s")),
]


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


def citation_line(document: Document, address: str) -> str:
    """One line to paste elsewhere: the untouched words, who said them, where and when."""
    author = ", ".join(
        part for part in (document.speaker, document.role, document.organisation) if part
    )
    held_on = document.webinar.held_on
    place = f"webinaire {quoted(document.webinar.title)}"
    place += f" du {date_in_words(held_on)}" if held_on else ""
    source = f"{author}, {place}" if author else place
    words = quoted(document.text) if document.kind == "verbatim" else document.text
    return f"{words} — {source}. {address.rstrip('/')}{document.path}"

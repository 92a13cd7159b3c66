"""The forms of a citation: in words (APA), BibTeX, CSL-JSON, RIS, for engines, as a CSV line."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from corpus.settings import Settings
from corpus.typography import THIN
from indexer.fields import MIN_AFFINITY
from search.answer import Document
from web.cite.citation import Citation, PersonName
from web.links import moment_link, safe_link
from web.typography import clock, date_in_words, quoted


def apa(citation: Citation) -> str:
    """« Nom, P. (2021, 4 mai). « Les mots. » Dans Titre [Webinaire]. Organisation. Adresse »."""
    words = quoted(citation.words, THIN) if citation.is_quote else _sentence(citation.words)
    words += "" if citation.words.endswith((".", "!", "?", "…")) or not citation.is_quote else "."
    day = f"({_day(citation.held_on)})."
    author = _apa_author(citation.author)
    # Without an author the title takes its place, before the date.
    head = f"{author} {day} {words}" if author else f"{words} {day}"
    moment = f" ({clock(citation.start)})" if citation.start is not None else ""
    place = f"Dans {citation.webinar}{moment} [Webinaire]."
    # An author who publishes is not named twice.
    publisher = "" if _is_publisher(citation) else citation.publisher
    return " ".join(part for part in (head, place, _sentence(publisher), citation.address) if part)


def _apa_author(author: PersonName | None) -> str:
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
        "author": _bibtex_author(citation.author),
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


def _bibtex_author(author: PersonName | None) -> str:
    """« de La Tour, Pierre »; a name without parts stays whole in braces of its own."""
    if author is None:
        return ""
    if not author.given:
        return f"{{{_escaped(author.family)}}}"
    return _escaped(f"{author.whole_family}, {author.given}")


def _escaped(text: str) -> str:
    return re.sub(r"[\\{}~^%$&#_]", lambda sign: _ESCAPES[sign[0]], text)


def csl(citation: Citation) -> list[dict[str, Any]]:
    """One item. « speech » and not « interview »: words said at an event, nobody asks questions."""
    day = citation.held_on
    fields = {
        "id": citation.key,
        "type": "speech",
        "genre": "Webinaire",
        "title": citation.words,
        "event-title": citation.webinar,
        "container-title": citation.webinar,
        "author": [_csl_author(citation.author)] if citation.author else None,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "publisher": citation.publisher,
        "URL": citation.address,
        "language": "fr-FR",
        "note": f"À {clock(citation.start)}" if citation.start is not None else "",
    }
    return [{name: value for name, value in fields.items() if value}]


def _csl_author(author: PersonName) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    parts = {
        "family": author.family,
        "given": author.given,
        "dropping-particle": author.particle,
    }
    return {name: value for name, value in parts.items() if value}


BREAK = " ¶ "  # RIS ends a field at the end of its line


def ris(citation: Citation) -> str:
    """A film or a broadcast when there is a replay to follow, else an electronic source."""
    lines = (f"{tag}  - {_one_line(value)}" for tag, value in _fields(citation) if value)
    return "\r\n".join([*lines, "ER  - ", ""])


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    day = citation.held_on
    yield "TY", "VIDEO" if citation.replay else "ELEC"
    yield "ID", citation.key
    yield "AU", _ris_author(citation.author)
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


def _ris_author(author: PersonName | None) -> str:
    """« La Tour, Pierre de »; a name without parts has no comma."""
    if author is None:
        return ""
    after = " ".join(part for part in (author.given, author.particle) if part)
    return f"{author.family}, {after}" if after else author.family


def _one_line(text: str) -> str:
    """Line ends become « ¶ » between spaces; a « ¶ » of the text is doubled."""
    return text.replace("¶", "¶¶").replace("\n", BREAK)


def linked_data(said: Document, settings: Settings) -> dict[str, Any]:
    """A `Quotation` by a real person (`creator`, not `spokenByCharacter`: that is for fiction)."""
    root = settings.adresse.rstrip("/")
    held_on = said.webinar.held_on
    webinar = {
        "@type": "Event",
        "name": said.webinar.title,
        "startDate": held_on.isoformat() if held_on else None,
        "url": f"{root}/webinaire/{said.webinar.id}",
    }
    quotation = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": root + said.path,
        "url": root + said.path,
        "text": said.text,
        "inLanguage": "fr",
        "creator": _person(said, root),
        "dateCreated": webinar["startDate"],
        "recordedIn": _known(webinar),
        "isBasedOn": safe_link(said.webinar.url),
        "associatedMedia": _video(said),
        "about": [{"@type": "Thing", "name": theme.label} for theme in said.themes],
        "license": safe_link(settings.licence),
    }
    return _known(quotation)


def _person(said: Document, root: str) -> dict[str, Any] | None:
    if not said.speaker:
        return None
    employer = {"@type": "Organization", "name": said.organisation} if said.organisation else None
    return _known(
        {
            "@type": "Person",
            "name": said.speaker,
            "jobTitle": said.role,
            "affiliation": employer,
            "url": f"{root}/intervenant/{said.speaker_id}",
        }
    )


def _video(said: Document) -> dict[str, Any] | None:
    """The replay, and the moment in it when it is known."""
    replay = safe_link(said.webinar.replay_url)
    if not replay:
        return None
    video: dict[str, Any] = {"@type": "VideoObject", "name": said.webinar.title, "url": replay}
    if said.start is not None:
        video["hasPart"] = {
            "@type": "Clip",
            "name": said.speaker or said.webinar.title,
            "startOffset": said.start,
            "url": moment_link(replay, said.start),
        }
    return video


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


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

"""From a write-up, as written by a hand or by us, to a record and what an editor should look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.comments import Comment, Line
from corpus.front_matter import FrontMatterFault, entries_from, split_front_matter
from corpus.problem import Problem, ProblemLog
from corpus.records import Webinar, is_writable
from corpus.writeup_body import Body, Place
from corpus.writeup_head import Entries, date_from, link_from, speakers_from, title_from


@dataclass(frozen=True, slots=True)
class Writeup:
    """What was read: the webinar, or None when nothing could be, the problems met, and where.

    `places` are those of the key ideas and verbatims, by id; `introduction` has its own lines.
    """

    webinar: Webinar | None
    problems: tuple[Problem, ...]
    entries: Entries = field(default_factory=dict)
    introduction: tuple[Line, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    body_line: int = 1


def read_writeup(text: str, webinar_id: str, file: str = "") -> Writeup:
    """Read a write-up; a fault is a problem with its line, never an exception."""
    log = ProblemLog(file)
    try:
        front, text, body_line = split_front_matter(_clean(text))
        entries = entries_from(front)
    except FrontMatterFault as fault:
        log.error("en-tete", f"{fault}.", fault.line)
        return Writeup(None, tuple(log.problems))
    title = title_from(entries, log)
    body = Body(webinar_id, log, speakers_from(entries, log))
    body.read(text, body_line)
    webinar = _webinar(webinar_id, title, entries, body, log)
    return Writeup(
        webinar,
        tuple(log.problems),
        entries,
        tuple(body.introduction),
        body.places,
        tuple(body.comments),
        body_line,
    )


def _clean(text: str) -> str:
    """What editors and their tools leave in a file without seeing it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " ")
    if is_writable(text):
        return text
    line = next(n for n, part in enumerate(text.split("\n"), 1) if not is_writable(part))
    raise FrontMatterFault(
        "caractère de contrôle invisible : retapez cette ligne et enregistrez en UTF-8", line
    )


def _webinar(
    webinar_id: str, title: str, entries: Entries, body: Body, log: ProblemLog
) -> Webinar | None:
    held_on = date_from(entries, "date", log)
    if not title:
        return None
    if held_on is None:
        message = "« date » (le jour du webinaire) manque ; ajoutez « date: 2024-03-12 »."
        log.warn("sans-date", message, 1)
    if not body.verbatims:
        log.warn("sans-verbatim", "aucun verbatim (« > … ») dans ce fichier.")
    return Webinar(
        id=webinar_id,
        title=title,
        held_on=held_on,
        published_on=date_from(entries, "publie", log),
        url=link_from(entries, "source", log),
        replay_url=link_from(entries, "replay", log),
        introduction="\n".join(line for _, line in body.introduction).strip(),
        speakers=tuple(body.speakers),
        key_ideas=tuple(body.ideas),
        verbatims=tuple(body.verbatims),
    )

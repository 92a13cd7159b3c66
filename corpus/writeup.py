"""The Markdown write-up of a webinar: the only source of truth, made to be edited by hand.

Reading forgives (an id, a number or a speaker may be missing); writing has one form only, so
that any record comes back equal and any write-up we wrote comes back byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.comments import escaped
from corpus.front_matter import FrontValue, front_matter_from
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar

# The lines of an introduction that would read as something else.
_LOOKALIKE = re.compile(r"[#>\\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between braces after a heading or a name: `{#id debut=12:04}`."""

    id: str = ""
    start: int | None = None


def writeup_from(webinar: Webinar) -> str:
    """Write a webinar; `read_writeup` gives the same webinar back."""
    return "\n".join(_lines(webinar)) + "\n"


def _lines(webinar: Webinar) -> Iterator[str]:
    yield from front_matter_from(front_values_of(webinar))
    if webinar.introduction:
        yield ""
        yield from introduction_lines(webinar)
    for idea in (None, *webinar.key_ideas):
        if idea:
            yield from ("", *idea_lines(idea))
        for verbatim in webinar.verbatims_of(idea):
            yield from ("", *quote_lines(verbatim))


def front_values_of(webinar: Webinar) -> dict[str, FrontValue]:
    """The values of the front matter, in the order they are written."""
    return {
        "titre": webinar.title,
        "date": webinar.held_on,
        "publie": webinar.published_on,
        "source": webinar.url,
        "replay": webinar.replay_url,
        "intervenants": [person_values_of(speaker) for speaker in webinar.speakers],
    }


def person_values_of(speaker: Speaker) -> dict[str, str]:
    """The values of one person of the list."""
    values = {
        "nom": speaker.name,
        "fonction": speaker.role,
        "organisation": speaker.organisation,
        "fiche": speaker.own_id,
    }
    return {key: value for key, value in values.items() if value}


def introduction_lines(webinar: Webinar) -> Iterator[str]:
    """The lines of the introduction, as they are written."""
    for line in webinar.introduction.split("\n") if webinar.introduction else ():
        yield escaped("\\" + line if _LOOKALIKE.match(line) else line)


def idea_lines(idea: KeyIdea) -> Iterator[str]:
    """The heading of a key idea."""
    yield f"## {idea.number}. {escaped(idea.text)} {_mark(idea)}"


def unescaped(line: str) -> str:
    """Undo the backslash that protects a line of an introduction."""
    return line[1:] if line.startswith("\\") else line


def quote_lines(verbatim: Verbatim) -> Iterator[str]:
    """A quote and, on its last line, who said it."""
    for line in escaped(verbatim.text).split("\n"):
        yield f"> {line}" if line else ">"
    name = f"— {escaped(verbatim.speaker.name)} " if verbatim.speaker else ""
    yield f"> {name}{_mark(verbatim)}"


def _mark(part: KeyIdea | Verbatim) -> str:
    start = part.start if isinstance(part, Verbatim) else None
    return f"{{#{part.id}}}" if start is None else f"{{#{part.id} debut={moment_from(start)}}}"


def moment_from(seconds: int) -> str:
    """Write a moment as one reads it on a replay: 12:04, or 1:02:03 past the hour."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def seconds_from(moment: str) -> int | None:
    """Read 12:04 or 1:02:03; None when it is neither."""
    found = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,3}):([0-5]\d)", moment)
    if not found:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return None if hours and minutes > 59 else (hours * 60 + minutes) * 60 + seconds

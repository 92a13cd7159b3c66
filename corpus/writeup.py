"""The Markdown write-up of a webinar: the only source of truth, made to be edited by hand.

Reading forgives (an id, a number or a speaker may be missing); writing has one form only, so
that any record comes back equal and any write-up we wrote comes back byte for byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.front_matter import FrontValue, front_matter_from
from corpus.records import KeyIdea, Verbatim, Webinar

# The lines of an introduction that would read as something else.
_LOOKALIKE = re.compile(r"[#>\\]|<!--")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between braces after a heading or a name: `{#id debut=12:04}`."""

    id: str = ""
    start: int | None = None


def writeup_from(webinar: Webinar) -> str:
    """Write a webinar; `read_writeup` gives the same webinar back."""
    return "\n".join(_lines(webinar)) + "\n"


def _lines(webinar: Webinar) -> Iterator[str]:
    yield from front_matter_from(_front_values(webinar))
    if webinar.introduction:
        yield ""
        yield from map(_escaped, webinar.introduction.split("\n"))
    for idea in (None, *webinar.key_ideas):
        if idea:
            yield from ("", f"## {idea.number}. {idea.text} {_mark(idea)}")
        for verbatim in webinar.verbatims_of(idea):
            yield ""
            yield from _quote_lines(verbatim)


def _front_values(webinar: Webinar) -> dict[str, FrontValue]:
    return {
        "titre": webinar.title,
        "date": webinar.held_on,
        "publie": webinar.published_on,
        "source": webinar.url,
        "replay": webinar.replay_url,
        "intervenants": [
            {
                key: value
                for key, value in (
                    ("nom", speaker.name),
                    ("fonction", speaker.role),
                    ("organisation", speaker.organisation),
                )
                if value
            }
            for speaker in webinar.speakers
        ],
    }


def _escaped(line: str) -> str:
    return "\\" + line if _LOOKALIKE.match(line) else line


def unescaped(line: str) -> str:
    """Undo the backslash that protects a line of an introduction."""
    return line[1:] if line.startswith("\\") else line


def _quote_lines(verbatim: Verbatim) -> Iterator[str]:
    for line in verbatim.text.split("\n"):
        yield f"> {line}" if line else ">"
    name = f"— {verbatim.speaker.name} " if verbatim.speaker else ""
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

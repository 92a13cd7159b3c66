"""The Markdown write-up of a webinar: the only source of truth, made to be edited by hand.

A text that holds `<!--` itself is written with one more backslash before it, taken away when read.

Reading forgives (an id, a number or a speaker may be missing); writing has one form only, so
that any record comes back equal and any write-up we wrote comes back byte for byte.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar

Line = tuple[int, str]
FrontValue = str | date | list[dict[str, str]] | None

FENCE = "---"

_OPENING = re.compile(r"(?<!\\)<!--")
_ESCAPED = re.compile(r"(\\+)<!--")
_BARE_LINE = re.compile(r"\s*>?\s*")
TO_CHECK = "À vérifier"


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands between `<!--` and `-->`, on which lines of the file."""

    text: str
    first: int
    last: int
    is_closed: bool = True

    @property
    def asks(self) -> bool:
        """Say whether the comment is one that `add` wrote for the editor to check."""
        return self.text.startswith(TO_CHECK)


def escaped(text: str) -> str:
    """Keep a text from opening a comment."""
    return re.sub(r"(\\*)<!--", r"\1\\<!--", text)


def comment_of(text: str) -> str:
    """Write a comment on one line."""
    return f"<!-- {_on_one_line(text.replace('-->', '→'))} -->"


def _on_one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def without_comments(lines: Iterable[Line]) -> tuple[list[Line], list[Comment]]:
    """Take the comments out. A line that held nothing else goes with them: its number is missing.

    A comment that is never closed hides the rest, as it does in a browser.
    """
    kept: list[Line] = []
    comments: list[Comment] = []
    opened: tuple[int, list[str]] | None = None
    number = 0
    for number, line in lines:
        was_open = opened is not None
        bare, opened, closed = _stripped(line, number, opened)
        comments += closed
        holds_comment = was_open or opened or closed
        is_spare = not bare and _is_after_comment(kept, comments, number)
        if not (holds_comment and _BARE_LINE.fullmatch(bare)) and not is_spare:
            kept.append((number, _ESCAPED.sub(lambda found: found[1][1:] + "<!--", bare)))
    if opened:
        first, pieces = opened
        comments.append(Comment(_on_one_line(" ".join(pieces)), first, number, is_closed=False))
    return kept, comments


def _stripped(
    line: str, number: int, opened: tuple[int, list[str]] | None
) -> tuple[str, tuple[int, list[str]] | None, list[Comment]]:
    """What of a line is outside comments; the comment still open at its end; those it closes."""
    bare, rest = "", line
    closed: list[Comment] = []
    while True:
        if opened:
            first, pieces = opened
            inside, end, rest = rest.partition("-->")
            pieces.append(inside)
            if not end:
                return bare, opened, closed
            closed.append(Comment(_on_one_line(" ".join(pieces)), first, number))
            opened = None
            rest = rest if bare.strip() else rest.lstrip(" ")
        found = _OPENING.search(rest)
        if not found:
            return bare + rest, None, closed
        bare += rest[: found.start()].rstrip(" ")
        opened, rest = (number, []), rest[found.end() :]


def _is_after_comment(kept: list[Line], comments: list[Comment], number: int) -> bool:
    """Say whether only a comment parts a line from an empty one: one of the two is enough."""
    return bool(comments and comments[-1].last == number - 1 and kept and not kept[-1][1])


# The lines of an introduction that would read as something else.
_LOOKALIKE = re.compile(r"[#>\\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between braces after a heading or a name: `{#id debut=12:04}`."""

    id: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A write-up and the line on which each part begins, by its id; "" is the body's."""

    text: str
    lines: Mapping[str, int]


def writeup_from(webinar: Webinar) -> str:
    """Write a webinar; `read_writeup` gives the same webinar back."""
    return written(webinar).text


def written(webinar: Webinar) -> Written:
    """Write a webinar, and tell where its parts stand."""
    lines = list(front_matter_from(front_values_of(webinar)))
    starts = {"": len(lines) + 1}
    if webinar.introduction:
        lines += ["", *introduction_lines(webinar)]
    for idea in (None, *webinar.key_ideas):
        parts: list[KeyIdea | Verbatim] = [idea] if idea else []
        for part in [*parts, *webinar.verbatims_of(idea)]:
            starts[part.id] = len(lines) + 2
            lines += ["", *part_lines(part)]
    return Written("\n".join(lines) + "\n", starts)


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key, as one writes them by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def front_matter_from(values: dict[str, FrontValue]) -> Iterator[str]:
    """Write the keys that have a value, one way only: the same values give the same bytes."""
    kept: dict[str, Any] = {key: value for key, value in values.items() if value}
    dumped = yaml.dump(
        kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    yield FENCE
    yield from dumped.rstrip("\n").split("\n")
    yield FENCE


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


def part_lines(part: KeyIdea | Verbatim) -> Iterator[str]:
    """The heading of a key idea; a quote and, on its last line, who said it."""
    if isinstance(part, KeyIdea):
        yield f"## {part.number}. {escaped(part.text)} {_mark(part)}"
        return
    for line in escaped(part.text).split("\n"):
        yield f"> {line}" if line else ">"
    name = f"— {escaped(part.speaker.name)} " if part.speaker else ""
    yield f"> {name}{_mark(part)}"


def unescaped(line: str) -> str:
    """Undo the backslash that protects a line of an introduction."""
    return line[1:] if line.startswith("\\") else line


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

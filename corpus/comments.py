"""HTML comments in a write-up: for the editor's eyes, never part of a record.

A text that holds `<!--` itself is written with one more backslash before it, taken away when read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

Line = tuple[int, str]

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

"""What a page says, as values and as JSON; it takes nothing of what reading takes.

Only what a type allows is made again: the process that read a hostile page is not believed.
"""

import json
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from corpus.problems import Problem
from corpus.reading.blocks import Page
from corpus.records import Speaker


@dataclass(frozen=True, slots=True)
class ExtractedIdea:
    """A key idea; `lines` are those of the page that it takes up."""

    number: int
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExtractedVerbatim:
    """A quotation word for word; `key_idea` is a number, `line` that of its opening mark.

    `confidence`, from 0 to 1, is how sure it is that `speaker` said it, or nobody named (None).
    """

    text: str
    speaker: str | None
    key_idea: int | None
    section: str | None
    start: int | None
    line: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a page says, before an editor has read it."""

    title: str
    held_on: date | None
    published_on: date | None
    url: str
    replay_url: str
    introduction: str
    speakers: tuple[Speaker, ...]
    key_ideas: tuple[ExtractedIdea, ...]
    verbatims: tuple[ExtractedVerbatim, ...]
    problems: tuple[Problem, ...]

    def titled(self, title: str) -> "Extraction":
        """Take the title that an editor gives, and drop the doubts about the one that was read."""
        if not (title := " ".join(title.split())):
            return self
        problems = tuple(problem for problem in self.problems if problem.code != "titre")
        return replace(self, title=title, problems=problems)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page from outside once read: its pieces, and what is said on it."""

    page: Page
    extraction: Extraction


def extraction_as_json(extraction: Extraction) -> dict[str, Any]:
    """The contract of `verbatheque extract --json`: what is not known is null."""
    return {
        "title": extraction.title,
        "held_on": _iso(extraction.held_on),
        "published_on": _iso(extraction.published_on),
        "url": extraction.url or None,
        "replay_url": extraction.replay_url or None,
        "speakers": [
            {"name": s.name, "role": s.role or None, "organisation": s.organisation or None}
            for s in extraction.speakers
        ],
        "key_ideas": [{"number": i.number, "text": i.text} for i in extraction.key_ideas],
        "verbatims": [
            {
                "text": v.text,
                "speaker": v.speaker,
                "key_idea": v.key_idea,
                "section": v.section,
                "start": v.start,
                "confidence": round(v.confidence, 2),
            }
            for v in extraction.verbatims
        ],
        "problems": [
            {"code": p.code, "message": p.message, "line": p.line, "severity": p.severity.value}
            for p in extraction.problems
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def json_from(value: Any) -> bytes:
    """Write a dataclass on one line; `None`, dates and enumerations included."""
    return json.dumps(asdict(value), default=_written).encode("ascii")


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def value_from(kind: Any, found: Any) -> Any:
    """Make a value of this type again; raise `ValueError` when that is not what was found."""
    if isinstance(kind, UnionType):
        (wanted,) = (each for each in get_args(kind) if each is not type(None))
        return None if found is None else value_from(wanted, found)
    if get_origin(kind) is tuple:
        return tuple(value_from(get_args(kind)[0], each) for each in _require(found, list))
    if isinstance(kind, type) and is_dataclass(kind):
        fields = _require(found, dict)
        hints = _hints(kind)
        if fields.keys() != hints.keys():
            raise ValueError(f"not the fields of {kind}")
        return kind(**{name: value_from(hints[name], fields[name]) for name in hints})
    if kind is date:
        return date.fromisoformat(_require(found, str))
    if issubclass(kind, str):
        return kind(_require(found, str))
    return _require(found, kind)


def _require(found: Any, kind: type) -> Any:
    if type(found) is not kind:
        raise ValueError(f"{kind.__name__} expected, not {type(found).__name__}")
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)

"""What a page says, as values and as JSON; it takes nothing of what reading takes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.pages.blocks import Page
from corpus.problem import Problem
from corpus.records import Speaker


@dataclass(frozen=True, slots=True)
class ExtractedIdea:
    """A key idea, its number and its line on the page."""

    number: int
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ExtractedVerbatim:
    """A quotation word for word; `key_idea` is a number, `line` that of its opening mark."""

    text: str
    speaker: str | None
    key_idea: int | None
    section: str | None
    start: int | None
    line: int


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

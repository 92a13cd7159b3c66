"""What a page says; it takes nothing of what reading takes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

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

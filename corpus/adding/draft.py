"""The record that a page drafts, what to check in it, and what the page said last time.

Kept beside the index, and as disposable: without it, `add` asks where it could have known.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.extracted import Extraction
from corpus.problems import Problem
from corpus.reading.blocks import Page
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id
from corpus.site import DERIVED
from corpus.typography import spaced
from corpus.values import json_from, value_from
from corpus.writeups.reading import read_writeup
from corpus.writeups.rewriting import annotated
from corpus.writeups.writing import TO_CHECK, written

_FOLDER = "pages"


@dataclass(frozen=True, slots=True)
class PageMemory:
    """The page a write-up comes from: its address, its words, and the record it drafts."""

    source: str
    text: str
    draft: Webinar


def text_of(page: Page) -> str:
    """The words of a page, without the lines that hold a phone number or an address."""
    return "\n".join(b.text for b in page.blocks if not has_contact_data(b.text))


def remembered(site: Path, webinar_id: str) -> PageMemory | None:
    """What is known of the page of a write-up, if it is."""
    try:
        found = json.loads(_path(site, webinar_id).read_bytes())
        if isinstance(found["draft"], str):  # a write-up, as 0.1.0 kept it
            draft = read_writeup(found["draft"], webinar_id).webinar
            return PageMemory(found["source"], found["text"], draft) if draft else None
        memory: PageMemory = value_from(PageMemory, found)
        return memory
    except (OSError, ValueError, TypeError, LookupError):
        return None


def remember(site: Path, webinar_id: str, memory: PageMemory) -> None:
    """Keep what a page says now."""
    path = _path(site, webinar_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(json_from(memory))


def memories(site: Path) -> Iterator[tuple[Path, PageMemory | None]]:
    """Every page that is remembered; None for what cannot be read."""
    for path in sorted((site / DERIVED / _FOLDER).glob("*")):
        yield path, remembered(site, path.stem)


def _path(site: Path, webinar_id: str) -> Path:
    return site / DERIVED / _FOLDER / f"{webinar_id}.json"


UNTITLED = "Titre à compléter"
_OF_THE_WHOLE = {"date", "titre"}

Notes = dict[str, list[str]]
"""What to check, by the id of the part it stands beside; "" is the whole write-up."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record made from a page, and its doubts."""

    webinar: Webinar
    notes: Notes = field(default_factory=dict)

    def text(self) -> str:
        """The write-up to read over."""
        return annotated(written(self.webinar), self.notes)


def draft_from(extraction: Extraction, webinar_id: str) -> Draft:
    """Make the record; verbatims stand in the order of their key ideas."""
    texts = [*(i.text for i in extraction.key_ideas), *(v.text for v in extraction.verbatims)]
    ids = _ids(webinar_id, texts)
    lines: dict[str, int] = {}
    ideas: dict[int, KeyIdea] = {}
    for found in extraction.key_ideas:
        idea = KeyIdea(next(ids), found.number, found.text, webinar_id)
        ideas[found.number], lines[idea.id] = idea, found.lines[0]
    speakers = {speaker.name: speaker for speaker in extraction.speakers}
    verbatims = []
    for said in extraction.verbatims:
        key_idea = ideas.get(said.key_idea) if said.key_idea is not None else None
        speaker = speakers.get(said.speaker) if said.speaker else None
        verbatims.append(Verbatim(next(ids), said.text, speaker, key_idea, said.start))
        lines[verbatims[-1].id] = said.line
    webinar = _webinar(extraction, webinar_id, speakers.values(), ideas.values(), verbatims)
    return Draft(webinar, _notes(extraction.problems, lines))


def _webinar(
    extraction: Extraction,
    webinar_id: str,
    speakers: Iterable[Speaker],
    ideas: Iterable[KeyIdea],
    verbatims: Iterable[Verbatim],
) -> Webinar:
    key_ideas = tuple(ideas)
    order = {idea: place for place, idea in enumerate(key_ideas)}
    return Webinar(
        id=webinar_id,
        title=extraction.title or UNTITLED,
        held_on=extraction.held_on,
        published_on=extraction.published_on,
        url=extraction.url,
        replay_url=extraction.replay_url,
        introduction=extraction.introduction,
        speakers=tuple(speakers),
        key_ideas=key_ideas,
        verbatims=tuple(sorted(verbatims, key=lambda v: order[v.key_idea] if v.key_idea else -1)),
    )


def _ids(webinar_id: str, texts: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    for text in texts:
        taken.add(chosen := fresh_id(webinar_id, text, taken))
        yield chosen


def _notes(problems: Iterable[Problem], lines: dict[str, int]) -> Notes:
    """Each doubt beside the part of its line, or the last one above it."""
    notes: Notes = {}
    for problem in problems:
        above = [
            (line, part_id)
            for part_id, line in lines.items()
            if problem.line and line <= problem.line and problem.code not in _OF_THE_WHOLE
        ]
        beside = max(above)[1] if above else ""
        place = f" (ligne {problem.line} de la page)" if problem.line else ""
        notes.setdefault(beside, []).append(spaced(f"{TO_CHECK}{place} : {problem.message}"))
    return notes

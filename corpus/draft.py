"""The record that a page drafts, and what an editor should check beside each of its parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.comments import TO_CHECK
from corpus.pages.extracted import Extraction
from corpus.problem import Problem
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id
from corpus.rewriting import annotated
from corpus.typography import spaced
from corpus.writeup import writeup_from

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
        return annotated(writeup_from(self.webinar), self.webinar.id, self.notes)


def draft_from(extraction: Extraction, webinar_id: str) -> Draft:
    """Make the record; verbatims stand in the order of their key ideas."""
    texts = [*(i.text for i in extraction.key_ideas), *(v.text for v in extraction.verbatims)]
    ids = _ids(webinar_id, texts)
    lines: dict[str, int] = {}
    ideas: dict[int, KeyIdea] = {}
    for found in extraction.key_ideas:
        idea = KeyIdea(next(ids), found.number, found.text, webinar_id)
        ideas[found.number], lines[idea.id] = idea, found.line
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

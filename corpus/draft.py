"""The record that a page drafts: ids given, verbatims in the order of their key ideas."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.front_matter import FENCE
from corpus.pages.extraction import Extraction
from corpus.problem import Problem
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id
from corpus.writeup import writeup_from

UNTITLED = "Titre à compléter"


def webinar_from(extraction: Extraction, webinar_id: str) -> Webinar:
    """Make the record; two equal texts get ids told apart by an ordinal."""
    texts = [*(i.text for i in extraction.key_ideas), *(v.text for v in extraction.verbatims)]
    ids = _ids(webinar_id, texts)
    ideas = {
        idea.number: KeyIdea(next(ids), idea.number, idea.text, webinar_id)
        for idea in extraction.key_ideas
    }
    speakers = {speaker.name: speaker for speaker in extraction.speakers}
    verbatims = [
        Verbatim(
            next(ids),
            said.text,
            _speaker(speakers, said.speaker),
            ideas.get(said.key_idea) if said.key_idea is not None else None,
            said.start,
        )
        for said in extraction.verbatims
    ]
    order = {idea: place for place, idea in enumerate(ideas.values())}
    return Webinar(
        id=webinar_id,
        title=extraction.title or UNTITLED,
        held_on=extraction.held_on,
        published_on=extraction.published_on,
        url=extraction.url,
        replay_url=extraction.replay_url,
        introduction=extraction.introduction,
        speakers=tuple(speakers.values()),
        key_ideas=tuple(ideas.values()),
        verbatims=tuple(sorted(verbatims, key=lambda v: order[v.key_idea] if v.key_idea else -1)),
    )


def _speaker(speakers: dict[str, Speaker], name: str | None) -> Speaker | None:
    return speakers.get(name) if name else None


def _ids(webinar_id: str, texts: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    for text in texts:
        taken.add(chosen := fresh_id(webinar_id, text, taken))
        yield chosen


def draft_of(webinar: Webinar, problems: Sequence[Problem]) -> str:
    """The write-up to read over, with what to check in a comment under its head."""
    text = writeup_from(webinar)
    if not problems:
        return text
    head, fence, body = text.partition(f"\n{FENCE}\n")
    checks = [
        f"  - ligne {problem.line or '?'} de la page : {problem.message.replace('-->', '→')}"
        for problem in problems
    ]
    comment = ["", "<!-- À vérifier, puis effacer ce commentaire :", *checks, "-->"]
    return head + fence + "\n".join(comment) + "\n" + body

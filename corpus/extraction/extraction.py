"""From the blocks of a page to what was said, with what an editor should check."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.extraction.body import Body, body_of
from corpus.extraction.boilerplate import content_from
from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.candidates import candidates_of
from corpus.extraction.contacts import has_contact_data
from corpus.extraction.evidence import Evidence
from corpus.extraction.extracted import ExtractedIdea, ExtractedVerbatim, Extraction
from corpus.extraction.head import (
    PageTitle,
    introduction_of,
    is_replay_line,
    links_of,
    page_dates_of,
    title_of,
)
from corpus.extraction.key_ideas import key_ideas_of, missing_numbers
from corpus.extraction.marks import pairing_of
from corpus.extraction.model import learnt
from corpus.extraction.people import called_in, names_presented, speakers_introduced
from corpus.extraction.roles import with_cards_joined
from corpus.extraction.roster import roster_of
from corpus.extraction.surroundings import PageText
from corpus.extraction.turns import turns_of, warn_private_turns
from corpus.extraction.verbatims import Said, verbatims_of
from corpus.extraction.voices import Voices
from corpus.problems import ProblemLog
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.records import Speaker
from corpus.typography import fold

NO_PROSE = {BlockKind.TURN, BlockKind.CAPTION}
_OPENING = 3000  # characters
_DESCRIBING = 200  # blocks that name somebody: whoever speaks is presented before


def extraction_from(page: Page) -> Extraction:
    """Read a page of any format; what is doubtful is a problem, never a guess in silence."""
    log = ProblemLog("")
    content = content_from([block for block in page.blocks if block.kind not in NO_PROSE])
    title = title_of(page, content)
    blocks = content[content.index(title.block) + 1 :] if title.block else content
    ideas = key_ideas_of(blocks, title.text)
    for number in missing_numbers(ideas):
        message = f"l’idée numéro {number} n’a pas été trouvée\u00a0; vérifiez la numérotation."
        log.warn("numerotation", message, ideas[0].lines[0])
    evidence = evidence_of(page, title, blocks, ideas)
    _warn_strays(evidence.voices.page.body, log)
    verbatims = [*_said(evidence, log), *turns_of(page.blocks, evidence.voices.roster, log)]
    warn_private_turns(page.blocks, log)
    verbatims.sort(key=lambda said: said.line)
    if title.doubt:
        log.warn("titre", title.doubt, title.block.line if title.block else None)
    if not title.text:
        log.error("titre", "le titre n’a pas été trouvé\u00a0; ajoutez-le.", 1)
    stops = [idea.lines[0] for idea in ideas[:1]] + [said.line for said in verbatims[:1]]
    end = min(stops, default=None)
    dates = page_dates_of(page, content, title)
    url, replay_url, doubts = links_of(page, page.blocks)
    log.problems.extend((*page.doubts, *dates.problems, *doubts))
    return Extraction(
        title=title.text,
        held_on=dates.held_on,
        published_on=dates.published_on,
        url=url,
        replay_url=replay_url,
        # A page without ideas or verbatims is not one long introduction.
        introduction=introduction_of([b for b in blocks if end is not None and b.line < end]),
        speakers=_speakers(evidence, title.text, verbatims, end),
        key_ideas=ideas,
        verbatims=tuple(verbatims),
        problems=tuple(log.problems),
    )


def evidence_of(
    page: Page, title: PageTitle, blocks: Sequence[Block], ideas: Sequence[ExtractedIdea]
) -> Evidence:
    """Everything that may have been said on a page, and the signs of it."""
    body = body_of([b for b in blocks if not is_replay_line(b.text) or not ideas], ideas)
    headline = Block(BlockKind.HEADING, title.text, 0)
    # People are introduced before the first idea, or anywhere in a page without ideas.
    head = [block for block in body.blocks if not ideas or block.line < ideas[0].lines[0]]
    introduced = speakers_introduced([headline, *with_cards_joined(head)])
    introduced += [Speaker(name) for name in page.people]
    texts = [title.text, page.summary, *(b.text for b in body.blocks)]
    roster = roster_of(texts, introduced, [name for text in texts for name in called_in(text)])
    candidates = candidates_of(body, roster)
    declared = " ".join([page.summary, *page.people, ""])
    top = declared + _top(body, candidates)
    voices = Voices(PageText(body, roster, candidates), title.text, introduced, top)
    return Evidence(voices, f"{title.text} {top}")


def _top(body: Body, candidates: Sequence[Candidate]) -> str:
    """The words before anything that may have been said."""
    ends = [c.opening for c in candidates if c.kind is not Kind.LINE]
    return body.text[: min([*ends, _OPENING])]


def _speakers(
    evidence: Evidence, title: str, verbatims: Sequence[ExtractedVerbatim], end: int | None
) -> tuple[Speaker, ...]:
    """Those who are quoted, and those whom the page presents as its speakers: nobody else."""
    quoted = {said.speaker for said in verbatims if said.speaker}
    _describe(quoted, evidence)
    introduced = {speaker.name for speaker in evidence.voices.introduced}
    headline = Block(BlockKind.HEADING, title, 0)
    presented = names_presented([headline, *evidence.voices.page.body.blocks], end)
    people = evidence.voices.roster.speakers
    return tuple(
        s
        for s in people
        if s.name in quoted or (s.name in introduced and fold(s.name) in presented)
    )


def _describe(quoted: Iterable[str], evidence: Evidence) -> None:
    """Learn the roles and bodies of those who are quoted without one, where the page tells them."""
    roster, body = evidence.voices.roster, evidence.voices.page.body
    bare = [s.name for s in roster.speakers if s.name in quoted and not s.role + s.organisation]
    lasts = [name.rpartition(" ")[2] for name in bare]
    naming = (b for b in with_cards_joined(body.blocks) if any(n in b.text for n in lasts))
    for speaker in speakers_introduced(list(islice(naming, _DESCRIBING)) if bare else [], bare):
        if (known := roster.named(speaker.name)) and known.name in bare:
            roster.learn(replace(speaker, name=known.name))


def _said(evidence: Evidence, log: ProblemLog) -> Iterator[ExtractedVerbatim]:
    model = learnt()
    body = evidence.voices.page.body
    for said in verbatims_of(evidence, model):
        candidate = said.candidate
        index = body.index_at(candidate.start)
        line = body.blocks[index].line
        if has_contact_data(said.text):
            message = "une citation porte des coordonnées\u00a0; elle est laissée de côté."
            log.error("coordonnees", message, line)
            continue
        if not candidate.is_closed:
            message = "un guillemet ouvert n’est pas fermé\u00a0; vérifiez où finit la citation."
            log.warn("guillemets", message, line)
        if doubt := _doubt(said, model.doubt):
            log.warn("intervenant", doubt, line)
        speaker = said.speaker
        if speaker:
            speaker = evidence.voices.roster.learn(Speaker(speaker)).name
        asked = candidate.kind is Kind.SECTION
        section = candidate.label if asked else body.section(index)
        yield ExtractedVerbatim(
            said.text, speaker or None, body.ideas[index], section, None, line, said.confidence
        )


def _doubt(said: Said, threshold: float) -> str:
    """What an editor is asked about the name; nothing where it is sure."""
    others = ", ".join(f"«\u00a0{name}\u00a0»" for name in said.others)
    if not said.speaker:
        told = "cette citation n’est attribuée à personne\u00a0; vérifiez"
        return f"{told} (peut-être {others})." if others else f"{told}."
    if said.confidence >= threshold:
        return ""
    told = f"attribué à {said.speaker}, sans certitude\u00a0; vérifiez"
    return f"{told} (ou bien {others})." if others else f"{told}."


def _warn_strays(body: Body, log: ProblemLog) -> None:
    for _, blocks in body.sections():
        if blocks:
            start = body.starts[blocks[0]]
            text = body.text[start : body.bounds(blocks[-1])[1]]
            for offset in pairing_of(text).strays:
                line = body.blocks[body.index_at(start + offset)].line
                told = f"le guillemet {text[offset]} est seul\u00a0; "
                log.warn("guillemets", f"{told}vérifiez qu’aucune citation ne manque.", line)

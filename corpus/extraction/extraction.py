"""From the blocks of a page to what was said, with what an editor should check."""

import re
from collections.abc import Iterator, Sequence

from corpus.extraction.boilerplate import content_from, has_contact_data
from corpus.extraction.extracted import ExtractedIdea, ExtractedVerbatim, Extraction
from corpus.extraction.head import (
    introduction_of,
    is_replay_line,
    links_of,
    page_dates_of,
    title_of,
)
from corpus.extraction.interviews import Interview, interview_of
from corpus.extraction.key_ideas import FoundIdea, key_ideas_of, missing_numbers
from corpus.extraction.marks import pairing_of
from corpus.extraction.names import mentions_in
from corpus.extraction.passages import Passage, passages_of
from corpus.extraction.people import Roster, names_presented, speakers_introduced
from corpus.extraction.quotes import PassageReader, QuotedWords
from corpus.extraction.roles import with_cards_joined
from corpus.extraction.speech import ENDINGS
from corpus.extraction.turns import Turn, turns_of, warn_private_turns
from corpus.problems import ProblemLog
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.records import Speaker
from corpus.typography import fold

_NEAR_TOP = 10  # blocks
_NO_PROSE = {BlockKind.TURN, BlockKind.CAPTION}
_MANY = 300  # verbatims: as many are no article
_SIGNS = re.compile(r"[»”\"]\s*,?\s*(?:[a-zà-ÿ’'-]+\s){1,3}$")  # « … », conclut Léa Morin
_ANNOUNCES = re.compile(
    r"intervention|échanges? avec|rencontre|conférence|entretien|interview|discussion|dialogue"
    r"|soirée|webinaire|atelier|présentation|\bavec\b|\bpar\b",
    re.IGNORECASE,
)


def extraction_from(page: Page) -> Extraction:
    """Read a page of any format; what is doubtful is a problem, never a guess in silence."""
    log = ProblemLog("")
    content = content_from([block for block in page.blocks if block.kind not in _NO_PROSE])
    title = title_of(page, content)
    blocks = content[content.index(title.block) + 1 :] if title.block else content
    ideas = _ideas(blocks, title.text, log)
    body = [block for block in blocks if not is_replay_line(block.text) or not ideas]
    heading = title.text
    headline = Block(BlockKind.HEADING, heading, 0)
    roster = Roster(speakers_introduced([headline, *with_cards_joined(_head(body, ideas))]))
    interview = interview_of(body, heading, roster)
    guest = _guest(heading, body, roster) or (None if ideas else _only_person(body, roster))
    verbatims = _verbatims(interview.others, ideas, roster, guest, log)
    verbatims += tuple(_answers(interview, ideas, log))
    verbatims += tuple(_spoken(turn) for turn in turns_of(page.blocks, roster, log))
    warn_private_turns(page.blocks, log)
    verbatims = _without_echoes(sorted(verbatims, key=lambda said: said.line))
    if title.doubt:
        log.warn("titre", title.doubt, title.block.line if title.block else None)
    if not heading:
        log.error("titre", "le titre n’a pas été trouvé\u00a0; ajoutez-le.", 1)
    dates = page_dates_of(page, content, title)
    url, replay_url, doubts = links_of(page, page.blocks)
    log.problems.extend((*page.doubts, *dates.problems, *doubts))
    return Extraction(
        title=heading,
        held_on=dates.held_on,
        published_on=dates.published_on,
        url=url,
        replay_url=replay_url,
        introduction=introduction_of(_opening(blocks, ideas, verbatims)),
        speakers=_speakers(roster, [headline, *body], verbatims, _end_of_head(ideas, verbatims)),
        key_ideas=tuple(ExtractedIdea(idea.number, idea.text, idea.lines[0]) for idea in ideas),
        verbatims=verbatims,
        problems=tuple(log.problems),
    )


def _ideas(blocks: Sequence[Block], title: str, log: ProblemLog) -> tuple[FoundIdea, ...]:
    ideas = key_ideas_of(blocks, title)
    for number in missing_numbers(ideas):
        message = f"l’idée numéro {number} n’a pas été trouvée\u00a0; vérifiez la numérotation."
        log.warn("numerotation", message, ideas[0].lines[0])
    return ideas


def _head(blocks: Sequence[Block], ideas: Sequence[FoundIdea]) -> list[Block]:
    """Where people are introduced: before the first idea, or anywhere in a page without ideas."""
    end = ideas[0].lines[0] if ideas else None
    return [block for block in blocks if end is None or block.line < end]


def _guest(heading: str, blocks: Sequence[Block], roster: Roster) -> Speaker | None:
    """The only person whom the title, or the first heading, announces as speaking."""
    first = next((b.text for b in blocks[:_NEAR_TOP] if b.kind is BlockKind.HEADING), "")
    for text in (heading, first):
        names = [m.name for m in mentions_in(text)]
        if len(names) == 1 and _ANNOUNCES.search(text):
            return roster.named(names[0]) or Speaker(names[0])
    return None


def _only_person(blocks: Sequence[Block], roster: Roster) -> Speaker | None:
    """The person of a portrait: the page presents one, or lets one speak, and names nobody else."""
    named = [(m, block.text) for block in blocks for m in mentions_in(block.text)]
    people = {roster.named(m.name) or Speaker(m.name) for m, _ in named} | set(roster.speakers)
    speaks = any(_SIGNS.search(text[max(0, m.start - 40) : m.start]) for m, text in named)
    return people.pop() if len(people) == 1 and (roster.speakers or speaks) else None


def _speakers(
    roster: Roster, blocks: Sequence[Block], verbatims: Sequence[ExtractedVerbatim], end: int | None
) -> tuple[Speaker, ...]:
    """Those who are quoted, and those whom the page presents as its speakers: nobody else."""
    quoted = {said.speaker for said in verbatims}
    presented = names_presented(blocks, end)
    return tuple(s for s in roster.speakers if s.name in quoted or fold(s.name) in presented)


def _opening(
    blocks: Sequence[Block], ideas: Sequence[FoundIdea], verbatims: Sequence[ExtractedVerbatim]
) -> list[Block]:
    end = _end_of_head(ideas, verbatims)
    # A page without ideas or verbatims is not one long introduction.
    return [b for b in blocks if b.line < end] if end is not None else []


def _end_of_head(ideas: Sequence[FoundIdea], verbatims: Sequence[ExtractedVerbatim]) -> int | None:
    stops = [idea.lines[0] for idea in ideas[:1]] + [said.line for said in verbatims[:1]]
    return min(stops, default=None)


def _verbatims(
    blocks: Sequence[Block],
    ideas: Sequence[FoundIdea],
    roster: Roster,
    guest: Speaker | None,
    log: ProblemLog,
) -> tuple[ExtractedVerbatim, ...]:
    reader = PassageReader(roster, guest)
    found: list[ExtractedVerbatim] = []
    for passage in passages_of(blocks, ideas):
        _warn_strays(passage, log)
        in_head = bool(ideas) and passage.key_idea is None
        for words in reader.read(passage, strict=in_head):
            if has_contact_data(words.text):
                message = "une citation porte des coordonnées\u00a0; elle est laissée de côté."
                log.error("coordonnees", message, words.line)
                continue
            _warn_doubts(words, log)
            speaker = words.attribution.speaker
            found.append(
                ExtractedVerbatim(
                    words.text,
                    speaker.name if speaker else None,
                    passage.key_idea,
                    passage.section,
                    None,
                    words.line,
                )
            )
    return tuple(found)


def _without_echoes(verbatims: Sequence[ExtractedVerbatim]) -> tuple[ExtractedVerbatim, ...]:
    """Leave out headings of nobody that shorten words said elsewhere on the page."""
    if len(verbatims) > _MANY:
        return tuple(verbatims)
    words = [set(re.findall(r"\w+", fold(said.text))) for said in verbatims]
    return tuple(
        said
        for said, own in zip(verbatims, words, strict=True)
        if said.speaker or said.text.endswith(tuple(ENDINGS)) or not any(own < w for w in words)
    )


def _spoken(turn: Turn) -> ExtractedVerbatim:
    name = turn.speaker.name if turn.speaker else None
    return ExtractedVerbatim(turn.text, name, None, None, turn.start, turn.line)


def _answers(
    interview: Interview, ideas: Sequence[FoundIdea], log: ProblemLog
) -> Iterator[ExtractedVerbatim]:
    for answer in interview.answers:
        if has_contact_data(answer.text):
            message = "une réponse porte des coordonnées\u00a0; elle est laissée de côté."
            log.error("coordonnees", message, answer.line)
            continue
        if answer.speaker is None:
            message = "cette réponse n’est attribuée à personne\u00a0; vérifiez."
            log.warn("intervenant", message, answer.line)
        above = [idea.number for idea in ideas if idea.lines[0] < answer.line]
        yield ExtractedVerbatim(
            answer.text,
            answer.speaker.name if answer.speaker else None,
            above[-1] if above else None,
            answer.question,
            None,
            answer.line,
        )


def _warn_strays(passage: Passage, log: ProblemLog) -> None:
    for offset in pairing_of(passage.text).strays:
        sign, line = passage.text[offset], passage.blocks[passage.index_at(offset)].line
        message = f"le guillemet {sign} est seul\u00a0; vérifiez qu’aucune citation ne manque."
        log.warn("guillemets", message, line)


def _warn_doubts(words: QuotedWords, log: ProblemLog) -> None:
    if not words.is_closed:
        message = "un guillemet ouvert n’est pas fermé\u00a0; vérifiez où finit la citation."
        log.warn("guillemets", message, words.line)
    if words.attribution.doubt:
        log.warn("intervenant", words.attribution.doubt, words.line)
    elif words.attribution.speaker is None:
        log.warn(
            "intervenant", "cette citation n’est attribuée à personne\u00a0; vérifiez.", words.line
        )

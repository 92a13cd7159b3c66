"""Interviews: the answers below questions, and the turns that a name opens, without any mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.names import is_name_like, mentions_in
from corpus.pages.quotation_marks import begins_with_mark, pairing_of
from corpus.pages.roster import Roster
from corpus.records import Speaker
from corpus.typography import fold

_QUESTION_WORDS = 60
_MANY = 3  # questions; fewer need a page that calls itself an interview
_ADDRESS = re.compile(
    r"\b(?:vous|votre|vos|tu|te|ta|ton|tes|toi)\b|\bt['’]|\b\w+ez[- ](?:nous|vous|moi)\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:je|me|mon|ma|mes|moi|nous|notre|nos|on)\b|\b[jm]['’]", re.I)
_SINGULAR = re.compile(r"\bje\b|\b[jm]['’]|\bmoi\b", re.IGNORECASE)
_CUE = re.compile(
    r"\bentretiens?\b|\binterviews?\b|\binterviewée?s?\b|échangé avec|questions? à\b"
    r"|répond(?:u|ent)?\b"
    r"|rencontre avec|nous (?:parle|raconte|explique)|de nous parler|portrait|témoignages?\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:propos|entretien|interview|témoignages?)\s+(?:recueillis?|réalisée?s?|menée?|par)\b"
    r"|(?:photos?|crédits?|illustrations?)\s*:|pour (?:aller plus loin|en savoir plus)"
    r"|(?:lire|voir|retrouvez)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w.'’ \u00a0-]{0,45}?)(?:,[^:«»?!]{2,60}|\s\([^:()]{2,60}\))?"
    r"[ \u00a0\u202f]?(?::|\s[–—]|\.\s?[–—])[ \u00a0\u202f]+(?=\S)"
)
_ASKERS = re.compile(
    r"(?:q|question|questions|la redaction|redaction|journaliste|le journaliste|la journaliste"
    r"|animateur|animatrice|l['’]animat(?:eur|rice)|interviewe(?:r|ur|use))$"
)
_ANSWERERS = re.compile(r"(?:r|reponse)$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[ -]?){2,4}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered, all its paragraphs together; `question` is its section."""

    text: str
    speaker: Speaker | None
    question: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers of a page, and the blocks that are no part of them."""

    answers: tuple[Answer, ...]
    others: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    who: str
    text: str
    index: int


def interview_of(blocks: Sequence[Block], title: str, roster: Roster) -> Interview:
    """Tell the questions from the answers; a page that is no interview keeps all its blocks."""
    turns = _turns(blocks)
    if turns:
        return _dialogue(blocks, turns, title, roster)
    questions = [i for i, block in enumerate(blocks) if _is_question(blocks, i)]
    sections = [(at, list(_answer(blocks, at))) for at in questions]
    sections = [(at, below) for at, below in sections if below]
    head = list(blocks[: questions[0]]) if questions else []
    if not _is_interview(blocks, sections, head, title):
        return Interview((), tuple(blocks))
    speaker = _interviewee(head, title, roster)
    answers, taken = [], set()
    for at, below in sections:
        if _is_marked([blocks[i] for i in below]):
            continue
        taken.update(below)
        text = "\n".join(blocks[i].text for i in below)
        answers.append(Answer(text, speaker, blocks[at].text, blocks[below[0]].line))
    return Interview(tuple(answers), tuple(b for i, b in enumerate(blocks) if i not in taken))


def _is_question(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    set_apart = block.kind is BlockKind.HEADING or block.is_strong
    if len(block.text.split()) > _QUESTION_WORDS or begins_with_mark(block.text):
        return False
    if block.text.rstrip(" \u00a0»*_").endswith("?"):
        return set_apart or (block.kind is BlockKind.PARAGRAPH and not block.group)
    return set_apart and re.search(r"\b\w+ez-(?:nous|vous|moi)\b", block.text) is not None


def _answer(blocks: Sequence[Block], at: int) -> Iterator[int]:
    apart = blocks[at].kind is BlockKind.HEADING or blocks[at].is_strong
    for i in range(at + 1, len(blocks)):
        block = blocks[i]
        strong = block.is_strong and block.kind is BlockKind.PARAGRAPH
        if block.kind is BlockKind.HEADING or strong or _CREDIT.match(block.text):
            return
        # Where questions are headings, a question within an answer is rhetorical.
        if not apart and _is_question(blocks, i):
            return
        yield i


def _is_interview(
    blocks: Sequence[Block],
    sections: Sequence[tuple[int, list[int]]],
    head: Sequence[Block],
    title: str,
) -> bool:
    if len(sections) < 2:
        return False
    addressed = sum(bool(_ADDRESS.search(blocks[at].text)) for at, _ in sections)
    answered = sum(
        bool(_FIRST_PERSON.search(" ".join(blocks[i].text for i in below))) for _, below in sections
    )
    personal = sum(
        bool(_SINGULAR.search(" ".join(blocks[i].text for i in below))) for _, below in sections
    )
    quoted = sum(any(_is_marked([blocks[i]]) for i in below) for _, below in sections)
    opening = " ".join([title, *(block.text for block in head)])
    has_cue = _CUE.search(opening) is not None
    named = next(mentions_in(opening), None) is not None
    enough = len(sections) >= _MANY or has_cue
    return (
        enough
        and (has_cue or named)
        and addressed * 2 >= len(sections)
        and personal * 2 >= len(sections)
        and answered * 3 >= len(sections) * 2
        and quoted * 2 <= len(sections)
    )


def _is_marked(blocks: Sequence[Block]) -> bool:
    """Say whether marks hold all the words: the quotation is read as any other."""
    text = "\n".join(block.text for block in blocks)
    quoted = sum(q.end - q.start for q in pairing_of(text).quotations)
    return begins_with_mark(text) and quoted * 10 > len(text) * 8


def _interviewee(head: Sequence[Block], title: str, roster: Roster) -> Speaker | None:
    """Whom the title names, or else whom the head names most and presents."""
    scores: Counter[str] = Counter()
    presented = {speaker.name for speaker in roster.speakers}
    for weight, text in [(10, title), *((1, block.text) for block in head)]:
        for mention in mentions_in(text):
            known = roster.named(mention.name)
            name = known.name if known else mention.name
            scores[name] += weight
            if re.match(r"\s*[,(–—]\s*", text[mention.end :]):
                scores[name] += 1
    for name in scores:
        scores[name] += 2 * (name in presented)
    ranked = scores.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return roster.learn(roster.named(ranked[0][0]) or Speaker(ranked[0][0]))


def _turns(blocks: Sequence[Block]) -> list[_Turn]:
    """Blocks that the name of a speaker opens, if the page is made of them."""
    turns = []
    people = {
        part
        for block in blocks
        for mention in mentions_in(block.text)
        for part in fold(mention.name).split()
    }
    for i, block in enumerate(blocks):
        found = _PREFIX.match(block.text)
        if found and block.kind is not BlockKind.HEADING and _may_speak(found["who"], people):
            turns.append(_Turn(found["who"].strip(), block.text[found.end() :], i))
    counts = Counter(fold(turn.who) for turn in turns)
    recurring = {who for who, count in counts.items() if count > 1}
    kept = [turn for turn in turns if fold(turn.who) in recurring or _is_somebody(turn.who)]
    marked = sum(begins_with_mark(turn.text) for turn in kept)
    asked = any(block.text.rstrip(" \u00a0").endswith("?") for block in blocks)
    if len(kept) < _MANY or not recurring or marked * 3 > len(kept) or not asked:
        return []
    return kept


def _may_speak(who: str, people: set[str]) -> bool:
    key = fold(who).rstrip(" .")
    return bool(_ASKERS.match(key) or _ANSWERERS.match(key)) or (
        _is_somebody(who)
        or (who.isupper() and len(who.split()) <= 3 and is_name_like(who.split()))
        or key in people
    )


def _is_somebody(who: str) -> bool:
    return bool(_INITIALS.fullmatch(who)) or next(
        (m.start == 0 and m.end == len(who) for m in mentions_in(who)), False
    )


def _dialogue(
    blocks: Sequence[Block], turns: Sequence[_Turn], title: str, roster: Roster
) -> Interview:
    askers = _askers(turns)
    head = list(blocks[: turns[0].index])
    people = [m.name for text in [title, *(b.text for b in head)] for m in mentions_in(text)]
    answers, taken = [], set()
    question: str | None = None
    ends = {turn.index for turn in turns}
    for turn in turns:
        rest = []
        for i in range(turn.index + 1, len(blocks)):
            block = blocks[i]
            if i in ends or block.kind is BlockKind.HEADING or block.is_strong:
                break
            if _CREDIT.match(block.text):
                break
            rest.append(i)
        if fold(turn.who) in askers:
            question = turn.text
            taken.add(turn.index)
            continue
        above = next((blocks[i] for i in range(turn.index - 1, -1, -1)), None)
        if above and (above.kind is BlockKind.HEADING or above.is_strong):
            question = above.text
        taken.update([turn.index, *rest])
        text = "\n".join([turn.text, *(blocks[i].text for i in rest)])
        speaker = _speaking(turn.who, people, head, title, roster)
        answers.append(Answer(text, speaker, question, blocks[turn.index].line))
    return Interview(tuple(answers), tuple(b for i, b in enumerate(blocks) if i not in taken))


def _askers(turns: Sequence[_Turn]) -> set[str]:
    """Those whose turns are mostly questions."""
    asked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for turn in turns:
        total[fold(turn.who)] += 1
        asked[fold(turn.who)] += turn.text.rstrip(" \u00a0").endswith("?")
    return {who for who in total if asked[who] * 2 > total[who] or _ASKERS.match(who.rstrip(" ."))}


def _speaking(
    who: str, people: Sequence[str], head: Sequence[Block], title: str, roster: Roster
) -> Speaker | None:
    if _ANSWERERS.match(fold(who).rstrip(" .")):
        return _interviewee(head, title, roster)
    letters = re.sub(r"[^\w]", "", who)
    if _INITIALS.fullmatch(who) and len(letters) <= 4:
        names = dict.fromkeys([s.name for s in roster.speakers] + list(people))
        bearers = [name for name in names if _initials(name) == fold(letters)]
        if len(bearers) == 1:
            return roster.learn(roster.named(bearers[0]) or Speaker(bearers[0]))
        if len(bearers) > 1 or "." in who:
            return None
    known = roster.named(who)
    if known:
        return roster.learn(known)
    bearers = [name for name in dict.fromkeys(people) if fold(who) in fold(name).split()]
    return roster.learn(Speaker(bearers[0] if len(bearers) == 1 else who))


def _initials(name: str) -> str:
    return fold("".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper()))

"""Dialogues: the turns that a name opens, without any mark: « Léa Morin : … », « L. M. : … »."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pages.answers import Answer, Interview, ends_answer, interviewee_of
from corpus.pages.blocks import Block, BlockKind
from corpus.pages.names import is_name_like, mentions_in, without_style
from corpus.pages.quotation_marks import begins_with_mark
from corpus.pages.roster import Roster
from corpus.records import Speaker
from corpus.typography import fold

_MANY = 3  # turns
_PREFIX = re.compile(
    r"(?:(?:Réponse|Question)\s(?:de\s|d['’])?(?=[A-ZÀ-Þ]))?"
    r"(?P<who>[A-ZÀ-Þ][\w.'’ \u00a0-]{0,45}?)(?:,[^:«»?!]{2,60}|\s\([^:()]{2,60}\))?"
    r"[ \u00a0\u202f]?(?:::?|\s[–—]|\.\s?[–—-])[ \u00a0\u202f]+(?=\S)"
)
_ASKERS = re.compile(
    r"(?:q|question|questions|la redaction|redaction|journaliste|le journaliste|la journaliste"
    r"|animateur|animatrice|l['’]animat(?:eur|rice)|interviewe(?:r|ur|use))$"
)
_ANSWERERS = re.compile(r"(?:r|reponse)$")
_TITLES = re.compile(r"^$|\b(?:partie|chapitre|titre|acte|introduction|conclusion|annexe|note)s?\b")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[ -]?){2,4}")


@dataclass(frozen=True, slots=True)
class _Turn:
    who: str
    text: str
    index: int
    is_styled: bool  # « Mme Morin »


def dialogue_of(blocks: Sequence[Block], title: str, roster: Roster) -> Interview | None:
    """The turns of a page that is made of them; None where it is not."""
    turns = _turns(blocks, roster)
    if not turns:
        return None
    askers = _askers(turns, roster)
    head = list(blocks[: turns[0].index])
    people = [m.name for text in [title, *(b.text for b in head)] for m in mentions_in(text)]
    opened = {turn.index for turn in turns}
    answers, taken = [], set()
    question: str | None = None
    for turn in turns:
        if fold(turn.who) in askers:
            question = turn.text
            taken.add(turn.index)
            continue
        above = blocks[turn.index - 1] if turn.index else None
        if above and (above.kind is BlockKind.HEADING or above.is_strong):
            question = above.text
        rest = list(_rest(blocks, turn, opened))
        taken.update([turn.index, *rest])
        text = "\n".join([turn.text, *(blocks[i].text for i in rest)])
        speaker = _speaking(turn.who, people, head, title, roster)
        answers.append(Answer(text, speaker, question, blocks[turn.index].line))
    return Interview(tuple(answers), tuple(b for i, b in enumerate(blocks) if i not in taken))


def _rest(blocks: Sequence[Block], turn: _Turn, opened: set[int]) -> Iterator[int]:
    """The blocks that go on with a turn."""
    for i in range(turn.index + 1, len(blocks)):
        if i in opened or ends_answer(blocks[i]):
            return
        yield i


def _turns(blocks: Sequence[Block], roster: Roster) -> list[_Turn]:
    """Blocks that the name of a speaker opens, if the page is made of them."""
    people = {
        part
        for block in blocks
        for mention in mentions_in(block.text)
        for part in fold(mention.name).split()
    }
    turns = []
    curious = _always_asking(blocks)
    for i, block in enumerate(blocks):
        found = _PREFIX.match(block.text)
        who = without_style(found["who"]).strip() if found else ""
        speaks = who in curious or _may_speak(who, people)
        if found and block.kind is not BlockKind.HEADING and speaks:
            is_styled = who != found["who"].strip()
            turns.append(_Turn(who, block.text[found.end() :], i, is_styled))
    counts = Counter(fold(turn.who) for turn in turns)
    recurring = {who for who, count in counts.items() if count > 1}
    kept = [t for t in turns if t.is_styled or fold(t.who) in recurring or _is_somebody(t.who)]
    marked = sum(begins_with_mark(turn.text) for turn in kept)
    asked = any(block.text.rstrip(" \u00a0").endswith("?") for block in blocks)
    presented = all(roster.named(turn.who) for turn in kept)
    if len(kept) < _MANY or not recurring or marked * 3 > len(kept) or not (asked or presented):
        return []
    return kept


def _always_asking(blocks: Sequence[Block]) -> set[str]:
    """What stands before questions only, and more than once: a magazine, a town."""
    asked: dict[str, list[bool]] = {}
    for block in blocks:
        found = _PREFIX.match(block.text)
        if found:
            is_question = block.text.rstrip(" \u00a0").endswith("?")
            asked.setdefault(without_style(found["who"]).strip(), []).append(is_question)
    return {who for who, questions in asked.items() if len(questions) > 1 and all(questions)}


def _may_speak(who: str, people: set[str]) -> bool:
    key = fold(who).rstrip(" .")
    return not _TITLES.search(key) and (
        bool(_ASKERS.match(key) or _ANSWERERS.match(key))
        or _is_somebody(who)
        or (who.isupper() and len(who.split()) <= 3 and is_name_like(who.split()))
        or key in people
    )


def _is_somebody(who: str) -> bool:
    return bool(_INITIALS.fullmatch(who)) or next(
        (m.start == 0 and m.end == len(who) for m in mentions_in(who)), False
    )


def _askers(turns: Sequence[_Turn], roster: Roster) -> set[str]:
    """Those whose turns are mostly questions."""
    asked: Counter[str] = Counter()
    total: Counter[str] = Counter()
    guests = {fold(turn.who) for turn in turns if _is_guest(turn.who, roster)}
    for turn in turns:
        total[fold(turn.who)] += 1
        asked[fold(turn.who)] += turn.text.rstrip(" \u00a0").endswith("?")
    # At a round table few turns are questions, and those who ask them are guests too.
    is_interview = asked.total() * 3 > len(turns)
    mostly = {who for who in total if asked[who] * 2 > total[who] and who not in guests}
    return (mostly if is_interview else set()) | {
        who for who in total if _ASKERS.match(who.rstrip(" ."))
    }


def _is_guest(who: str, roster: Roster) -> bool:
    known = roster.named(who)
    return known is not None and bool(known.role) and "journaliste" not in fold(known.role)


def _speaking(
    who: str, people: Sequence[str], head: Sequence[Block], title: str, roster: Roster
) -> Speaker | None:
    if _ANSWERERS.match(fold(who).rstrip(" .")):
        return interviewee_of(head, title, roster)
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

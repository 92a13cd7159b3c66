"""What an interview gives: answers, and whose they are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.names import is_first_name, mentions_in
from corpus.pages.roster import Roster
from corpus.records import Speaker

_CREDIT = re.compile(
    r"(?:propos|entretien|interview|témoignages?)\s+(?:recueillis?|réalisée?s?|menée?|par)\b"
    r"|par (?-i:[A-ZÀ-Þ][a-zà-ÿ-]+ (?:[A-ZÀ-Þ]|le \d))",
    re.IGNORECASE,
)
_AFTERWORD = re.compile(
    r"(?:photos?|crédits?|illustrations?)\s*:|pour (?:aller plus loin|en savoir plus)"
    r"|(?:lire|voir|retrouvez)\b",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(r"\b(?:[Bb]onjour|[Mm]erci(?: à toi| à vous)?),? (?P<name>[A-ZÀ-Þ][\w-]+)")
_EMPHASIS_WORDS = 8


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


def ends_answer(block: Block) -> bool:
    """Say whether an answer stops at a block: a heading, a question in bold, an afterword."""
    if block.kind is BlockKind.HEADING or is_credit(block) or _AFTERWORD.match(block.text):
        return True
    # A whole sentence in bold is what the page finds important in an answer.
    is_emphasis = block.text.endswith(".") and len(block.text.split()) > _EMPHASIS_WORDS
    return block.is_strong and block.kind is BlockKind.PARAGRAPH and not is_emphasis


def is_credit(block: Block) -> bool:
    """Say whether a line tells who asked the questions or wrote the page."""
    return _CREDIT.match(block.text) is not None


def is_addressed_by_name(text: str) -> bool:
    """Say whether somebody is greeted: « Bonjour Nour, … »."""
    return _greeted(text) is not None


def interviewee_of(
    head: Sequence[Block], title: str, roster: Roster, questions: str = ""
) -> Speaker | None:
    """Whom the title names, or else whom the head names most and presents, or who is greeted."""
    scores: Counter[str] = Counter()
    presented = {speaker.name for speaker in roster.speakers}
    spoken = [(1, block.text) for block in head if not is_credit(block)]
    for weight, text in [(10, title), *spoken]:
        first_names = [m for m in roster.mentions(text) if " " not in m.name]
        for mention in [*mentions_in(text), *first_names]:
            known = roster.named(mention.name)
            name = known.name if known else mention.name
            scores[name] += weight
            if re.match(r"\s*[,(–—]\s*", text[mention.end :]):
                scores[name] += 1
    for name in scores:
        scores[name] += 2 * (name in presented)
    ranked = scores.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None
    someone = ranked[0][0] if ranked else _greeted(questions)
    return roster.learn(roster.named(someone) or Speaker(someone)) if someone else None


def _greeted(text: str) -> str | None:
    found = next((f for f in _VOCATIVE.finditer(text) if is_first_name(f["name"])), None)
    return found["name"] if found else None

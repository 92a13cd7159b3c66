"""Interviews: the answers below questions, without any mark or each between its marks."""

import re
from collections.abc import Iterator, Sequence

from corpus.pages.answers import (
    Answer,
    Interview,
    ends_answer,
    interviewee_of,
    is_addressed_by_name,
    is_credit,
)
from corpus.pages.blocks import Block, BlockKind
from corpus.pages.dialogues import dialogue_of
from corpus.pages.names import begins_with_name, mentions_in
from corpus.pages.quotation_marks import begins_with_mark, pairing_of
from corpus.pages.roles import is_role
from corpus.pages.roster import Roster

_QUESTION_WORDS = 60
_MANY = 3  # questions; fewer need a page that calls itself an interview
_ADDRESS = re.compile(
    r"\b(?:vous|votre|vos|tu|te|ta|ton|tes|toi)\b|\bt['’]|\b\w+ez[- ](?:nous|vous|moi)\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:je|me|mon|ma|mes|moi|nous|notre|nos|on)\b|\b[jm]['’]", re.I)
_SINGULAR = re.compile(r"\bje\b|\b[jm]['’]|\bmoi\b", re.IGNORECASE)
_CUE = re.compile(
    r"\bentretiens?\b|\binterviews?\b|\binterviewée?s?\b|échangé avec|questions?(?: \w+)? à\b"
    r"|répond(?:u|ent)?\b"
    r"|rencontre avec|nous (?:parle|raconte|explique)|de nous parler|portrait|témoignages?\b",
    re.IGNORECASE,
)
_SPOKEN_TITLE = re.compile(r"[^«“\":]{4,60}:\s*[«“\"]")  # « Léa Morin : « … » »
_DASHED = re.compile(r"[–—-]\s")
_Section = tuple[int, list[int]]  # a question and the blocks that answer it


def interview_of(blocks: Sequence[Block], title: str, roster: Roster) -> Interview:
    """Tell the questions from the answers; a page that is no interview keeps all its blocks."""
    dialogue = dialogue_of(blocks, title, roster)
    if dialogue:
        return dialogue
    questions = _questions(blocks)
    sections = [(at, list(_answer(blocks, at, questions))) for at in questions]
    sections = [(at, below) for at, below in sections if below]
    head = list(blocks[: questions[0]]) if questions else []
    if not _is_interview(blocks, sections, head, title, roster):
        return Interview((), tuple(blocks))
    asked = " ".join(blocks[at].text for at, _ in sections)
    speaker = interviewee_of(head, title, roster, asked)
    answers, taken = [], set()
    for at, below in sections:
        text = _words_of([blocks[i] for i in below])
        # Marks around a part of an answer are read as any other; so are those of nobody.
        if text is None or (speaker is None and _is_marked([blocks[i] for i in below])):
            continue
        taken.update(below)
        question = _DASHED.sub("", blocks[at].text, count=1)
        answers.append(Answer(text, speaker, question, blocks[below[0]].line))
    return Interview(tuple(answers), tuple(b for i, b in enumerate(blocks) if i not in taken))


def _questions(blocks: Sequence[Block]) -> list[int]:
    """Where the questions stand; where three or more have a dash, only those count."""
    dashed = [
        i
        for i, block in enumerate(blocks)
        if _DASHED.match(block.text) and _asks(block.text) and i + 1 < len(blocks)
    ]
    answered = [i for i in dashed if not _DASHED.match(blocks[i + 1].text)]
    if len(answered) >= _MANY and len(answered) == len(dashed):
        return answered
    return [i for i, _ in enumerate(blocks) if _is_question(blocks, i)]


def _asks(text: str) -> bool:
    return text.rstrip(" \u00a0\u202f»*_").endswith("?")


def _is_question(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    set_apart = block.kind is BlockKind.HEADING or block.is_strong
    if len(block.text.split()) > _QUESTION_WORDS or begins_with_mark(block.text):
        return False
    if _asks(block.text):
        return set_apart or (block.kind is BlockKind.PARAGRAPH and not block.group)
    return set_apart and re.search(r"\b\w+ez-(?:nous|vous|moi)\b", block.text) is not None


def _answer(blocks: Sequence[Block], at: int, questions: Sequence[int]) -> Iterator[int]:
    apart = blocks[at].kind is BlockKind.HEADING or blocks[at].is_strong
    asked = set(questions)
    for i in range(at + 1, len(blocks)):
        # Where questions are headings, a question within an answer is rhetorical.
        if ends_answer(blocks[i]) or (i in asked and not apart):
            return
        yield i


def _is_interview(
    blocks: Sequence[Block],
    sections: Sequence[_Section],
    head: Sequence[Block],
    title: str,
    roster: Roster,
) -> bool:
    if len(sections) < 2:
        return False
    asked = [blocks[at].text for at, _ in sections]
    answered = [" ".join(blocks[i].text for i in below) for _, below in sections]
    opening = " ".join([title, *(block.text for block in head)])
    has_cue = _CUE.search(opening) is not None or any(map(is_credit, head))
    people = [*mentions_in(opening), *roster.mentions(opening)]
    named = bool(people) or is_addressed_by_name(" ".join(asked))
    # Nobody is named, but all is asked of somebody who says « je ».
    is_told = _share(_ADDRESS, asked) == 1 and _share(_SINGULAR, answered) * 3 >= 2
    if not (has_cue or named or is_told) or not (len(sections) >= _MANY or has_cue):
        return False
    marked = [_is_marked([blocks[i] for i in below]) for _, below in sections]
    quoted = sum(any(_is_marked([blocks[i]]) for i in below) for _, below in sections)
    if not (all(marked) or quoted * 2 <= len(sections)):
        return False
    if all(map(_DASHED.match, asked)) or (all(marked) and has_cue):
        return True
    return _is_exchange(asked, answered, title, presents=any(map(_presents, head)))


def _is_exchange(
    asked: Sequence[str], answered: Sequence[str], title: str, *, presents: bool
) -> bool:
    """Say whether questions address somebody, and answers are in the first person."""
    addressed = _share(_ADDRESS, asked)
    # The page says it is an interview: « nous » is enough, as when a firm answers.
    if _CUE.search(title) and addressed * 2 >= 1 and len(asked) >= _MANY:
        return True
    answers_as_person = _share(_FIRST_PERSON, answered) * 3 >= 2
    if _SPOKEN_TITLE.match(title) and begins_with_name(title):
        return answers_as_person
    is_personal = _share(_SINGULAR, answered) * 2 >= 1 or (presents and addressed == 1)
    return addressed * 2 >= 1 and is_personal and answers_as_person


def _presents(block: Block) -> bool:
    """Say whether a line gives somebody a role."""
    return any(is_role(block.text[m.end :].lstrip(" ,")) for m in mentions_in(block.text))


def _share(sign: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(sign.search(text) is not None for text in texts) / len(texts)


def _words_of(blocks: Sequence[Block]) -> str | None:
    """The words of an answer, without the marks that hold all of them."""
    text = "\n".join(block.text for block in blocks)
    if not _is_marked(blocks):
        return text
    quotations = pairing_of(text).quotations
    whole = len(quotations) == 1 and not text[quotations[0].closing :].strip(" .\u00a0")
    return text[quotations[0].start : quotations[0].end] if whole else None


def _is_marked(blocks: Sequence[Block]) -> bool:
    """Say whether marks hold all the words."""
    text = "\n".join(block.text for block in blocks)
    quoted = sum(q.closing - q.opening for q in pairing_of(text).quotations)
    return begins_with_mark(text) and quoted * 10 > len(text) * 9

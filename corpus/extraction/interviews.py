"""Interviews and dialogues: answers below questions, turns that a name opens, without any mark."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.marks import begins_with_mark, pairing_of
from corpus.extraction.names import (
    begins_with_name,
    is_first_name,
    is_name_like,
    mentions_in,
    without_style,
)
from corpus.extraction.people import Roster
from corpus.extraction.roles import is_role
from corpus.reading.blocks import Block, BlockKind
from corpus.records import Speaker
from corpus.typography import fold

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
_IS_OF = re.compile(r"(?:\b(?:de|par|du|chez)\s|\bd['’])$")  # « un film de Léa Morin »
_VOCATIVE = re.compile(r"\b(?:[Bb]onjour|[Mm]erci(?: à toi| à vous)?),? (?P<name>[A-ZÀ-Þ][\w-]+)")
_ADDRESSED = re.compile(
    r"(?:^|[.?!] )(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,2}), "
    r"(?:tu|vous|peux|pouvez|comment|pourquoi|quel|d['’]où|que|qu['’])\b"
)
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
        named = [
            m for m in mentions_in(text) if text is title or not _IS_OF.search(text[: m.start])
        ]
        for mention in [*named, *first_names]:
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
    found = [*_VOCATIVE.finditer(text), *_ADDRESSED.finditer(text)]
    return next((f["name"] for f in found if is_first_name(f["name"].split()[0])), None)


_MANY_TURNS = 3  # turns
_PREFIX = re.compile(
    r"(?:(?:Réponse|Question)\s(?:de\s|d['’])?(?=[A-ZÀ-Þ]))?"
    r"(?P<who>[A-ZÀ-Þ][\w.'’ \u00a0-]{0,45}?)(?:,[^:«»?!]{2,60}|\s\([^:()]{2,60}\))?"
    r"[ \u00a0\u202f]?(?:::?|\s[–—-]|\.\s?[–—-])[ \u00a0\u202f]+(?=\S)"
)
_ALONE = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w.'’ \u00a0-]{0,45}?)(?:\s\([^:()]{2,60}\))?[ \u00a0\u202f]?:$"
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
        text = "\n".join([turn.text, *(blocks[i].text for i in rest)]).strip()
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
    alone = _alone_on_their_line(blocks, people)
    for i, block in enumerate(blocks):
        found = _PREFIX.match(block.text) or _ALONE.match(block.text)
        who = without_style(found["who"]).strip() if found else ""
        speaks = who in curious or who in alone or _may_speak(who, people)
        if found and block.kind is not BlockKind.HEADING and speaks:
            is_styled = who != found["who"].strip()
            turns.append(_Turn(who, block.text[found.end() :], i, is_styled))
    counts = Counter(fold(turn.who) for turn in turns)
    recurring = {who for who, count in counts.items() if count > 1}
    kept = [
        t
        for t in turns
        if t.is_styled
        or fold(t.who) in recurring
        or t.who in alone
        or _is_somebody(t.who)
        or (is_first_name(t.who) and fold(t.who) in people)
    ]
    marked = sum(begins_with_mark(turn.text) for turn in kept)
    asked = any(block.text.rstrip(" \u00a0").endswith("?") for block in blocks)
    presented = all(roster.named(t.who) or _is_in_full(t.who) or t.who in alone for t in kept)
    if (
        len(kept) < _MANY_TURNS
        or not recurring
        or marked * 3 > len(kept)
        or not (asked or presented)
    ):
        return []
    return kept


def _alone_on_their_line(blocks: Sequence[Block], people: set[str]) -> set[str]:
    """The names that have a line to themselves, on a page where that is how turns begin."""
    found = [_ALONE.match(block.text) for block in blocks if block.kind is not BlockKind.HEADING]
    names = [without_style(each["who"]).strip() for each in found if each]
    names = [name for name in names if all(map(is_first_name, name.split()))]
    is_habit = len(names) >= _MANY_TURNS and len(set(names)) < len(names)
    return set(names) if is_habit and any(fold(name) in people for name in names) else set()


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


def _is_in_full(who: str) -> bool:
    """Say whether a label is a first name and a last name."""
    return " " in who and _is_somebody(who) and not _INITIALS.fullmatch(who)


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
    if is_addressed_by_name(" ".join(asked)) and len(asked) >= _MANY:
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

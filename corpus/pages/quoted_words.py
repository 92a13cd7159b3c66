"""Which quotations of a passage are verbatims, and whose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.pages.attribution import (
    NOBODY,
    Attribution,
    Evidence,
    Surroundings,
    attribution_of,
    last_named,
    signature_inside,
)
from corpus.pages.passages import Passage
from corpus.pages.quotation_marks import Pairing, Quotation, pairing_of
from corpus.pages.roster import Roster
from corpus.pages.speech import ENDINGS, announces_title, is_sentence
from corpus.records import Speaker

_CLAUSE = 6  # words: fewer, woven into a sentence, are a term
_SIGNED_CLAUSE = 2
_ALONE_CLAUSE = 4


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A verbatim where it stands."""

    text: str
    line: int
    attribution: Attribution
    is_closed: bool


class PassageReader:
    """Reads the verbatims of one passage after another, remembering who was named last."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._last: Speaker | None = None

    def read(self, passage: Passage, *, strict: bool) -> Iterator[QuotedWords]:
        """The verbatims in order; `strict` where only words that somebody is said to say count."""
        pairing = pairing_of(passage.text)
        before = NOBODY
        for at, quotation in enumerate(pairing.quotations):
            quotation = self._cut(passage.text, quotation)
            around = _surroundings(passage, pairing, at, quotation)
            earlier = pairing.quotations[at - 1].closing if at else 0
            self._notice(passage.text[earlier : quotation.opening])
            attribution = attribution_of(around, self._roster, self._last)
            if not attribution.evidence and _follows_on(passage, pairing, at) and before.speaker:
                attribution = Attribution(before.speaker, Evidence.CARRIED)
            words = passage.text[quotation.start : quotation.end]
            if not _is_verbatim(words, around, attribution, strict=strict):
                continue
            before = attribution
            self._last = attribution.speaker or self._last
            line = passage.blocks[passage.index_at(quotation.opening)].line
            yield QuotedWords(words, line, attribution, quotation.is_closed)

    def _cut(self, text: str, quotation: Quotation) -> Quotation:
        """Leave a signature out of words that were never closed."""
        words = text[quotation.start : quotation.end]
        cut = None if quotation.is_closed else signature_inside(words, self._roster)
        if cut is None:
            return quotation
        end = quotation.start + cut
        return replace(quotation, end=end, closing=end)

    def _notice(self, text: str) -> None:
        person = last_named(text, self._roster)
        self._last = person or self._last


def _is_verbatim(
    words: str, around: Surroundings, attribution: Attribution, *, strict: bool
) -> bool:
    count = len(words.split())
    alone = not around.before.strip(" –—-_*(0123456789.") and not around.after.strip(" .,;!?_*)")
    signed = attribution.evidence is Evidence.SIGNED
    first = not around.before.strip(" –—-_*(")
    if not alone and announces_title(around.before):
        return False
    if signed and first:
        return count >= _SIGNED_CLAUSE
    if attribution.evidence is Evidence.ANNOUNCED and first:
        return count >= _ALONE_CLAUSE
    if attribution.evidence is Evidence.CARRIED and words.endswith(tuple(ENDINGS)):
        return count >= _ALONE_CLAUSE
    if alone:
        return (
            count >= _ALONE_CLAUSE
            and (is_sentence(words) or count >= _CLAUSE)
            and (not strict or is_sentence(words))
        )
    if count < _CLAUSE:
        return signed and count >= _ALONE_CLAUSE and around.before.rstrip().endswith(":")
    return signed or (not strict and is_sentence(words))


def _surroundings(
    passage: Passage, pairing: Pairing, at: int, quotation: Quotation
) -> Surroundings:
    first, last = passage.index_at(quotation.opening), passage.index_at(quotation.closing)
    start, end = passage.bounds(first)[0], passage.bounds(last)[1]
    previous = pairing.quotations[at - 1] if at else None
    following = pairing.quotations[at + 1] if at + 1 < len(pairing.quotations) else None
    followed = following is not None and following.opening < end
    around = Surroundings(
        before=passage.text[max(start, previous.closing if previous else 0) : quotation.opening],
        after=passage.text[quotation.closing : min(end, following.opening if following else end)],
        inside=passage.text[quotation.start : quotation.end],
        line_so_far=passage.text[start : quotation.opening],
        followed=followed,
    )
    return replace(
        around,
        line_before=_line_beside(passage, pairing, first - 1, first),
        line_after=_line_beside(passage, pairing, last + 1, last),
    )


def _line_beside(passage: Passage, pairing: Pairing, index: int, own: int) -> str:
    """The line above or below a quotation, if it is nearer to it than to any other."""
    if not 0 <= index < len(passage.blocks):
        return ""
    if _holds_quotation(passage, pairing, index):
        # One name may stand above several quotations.
        above = index < own and _holds_names_above(passage, pairing)
        return _line_beside(passage, pairing, index - 1, index) if above else ""
    other = index + (index - own)
    gap = abs(passage.blocks[index].line - passage.blocks[own].line)
    text = passage.blocks[index].text
    if 0 <= other < len(passage.blocks) and _holds_quotation(passage, pairing, other):
        other_gap = abs(passage.blocks[index].line - passage.blocks[other].line)
        introduces = text.endswith(":") or _holds_names_above(passage, pairing)
        belongs = index < own if introduces else index > own
        if other_gap < gap or (other_gap == gap and not belongs):
            return ""
    return text


def _holds_names_above(passage: Passage, pairing: Pairing) -> bool:
    """Say whether the passage begins with a line, not a quotation, as when names stand above."""
    return not _holds_quotation(passage, pairing, 0) and len(passage.blocks[0].text.split()) <= 12


def _holds_quotation(passage: Passage, pairing: Pairing, index: int) -> bool:
    start, end = passage.bounds(index)
    return any(q.opening < end and q.closing > start for q in pairing.quotations)


def _follows_on(passage: Passage, pairing: Pairing, at: int) -> bool:
    """Say whether the quotation before stands on the same line."""
    if not at:
        return False
    quotations: tuple[Quotation, ...] = pairing.quotations
    return passage.index_at(quotations[at - 1].closing) == passage.index_at(quotations[at].opening)

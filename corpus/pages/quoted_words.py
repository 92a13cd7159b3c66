"""Which quotations of a passage are verbatims, and whose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.pages.attribution import (
    NOBODY,
    Attribution,
    Evidence,
    Surroundings,
    attribution_of,
    last_named,
    signature,
    signature_inside,
)
from corpus.pages.blockquotes import lists_verbatims, quotations_of
from corpus.pages.incises import without_incises
from corpus.pages.names import begins_with_name
from corpus.pages.passages import Passage
from corpus.pages.quotation_marks import Pairing, Quotation
from corpus.pages.roles import is_indefinite
from corpus.pages.roster import Roster
from corpus.pages.speech import ENDINGS, announces_title, begins_with_speech_verb, is_sentence
from corpus.records import Speaker

# « La « Circulaire relative à … » » is a name.
_ARTICLE = re.compile(r"(?:\b(?:la|le|les|cette|du|des|au|aux)\s+|\bl['’]\s?)[_*]*$", re.IGNORECASE)
_OF_MANY = re.compile(
    r"verbatim|réaction|question|échange|débat|salle|public|participant|parole|témoignage|entendu",
    re.IGNORECASE,
)
_CLAUSE = 6  # words: fewer, woven into a sentence, are a term
_INCISE_WORDS = 15
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

    def __init__(self, roster: Roster, guest: Speaker | None = None) -> None:
        self._roster = roster
        self._guest = guest
        self._last: Speaker | None = None

    def read(self, passage: Passage, *, strict: bool) -> Iterator[QuotedWords]:
        """The verbatims in order; `strict` where only words that somebody is said to say count."""
        pairing = quotations_of(passage, self._roster)
        before = NOBODY
        joined = -1
        for at, quotation in enumerate(pairing.quotations):
            if at == joined:
                continue
            quotation = self._cut(passage.text, quotation)
            around = _surroundings(passage, pairing, at, quotation)
            earlier = pairing.quotations[at - 1].closing if at else 0
            self._notice(passage.text[earlier : quotation.opening])
            attribution = attribution_of(around, self._roster, self._last)
            if not attribution.evidence and _follows_on(passage, pairing, at) and before.speaker:
                attribution = Attribution(before.speaker, Evidence.CARRIED)
            if attribution.speaker is None and not _is_unnamed(around.after):
                attribution = self._of_section(passage) or attribution
            words = passage.text[quotation.start : quotation.end]
            in_layout = quotation.start == quotation.opening
            listed = lists_verbatims(passage.section)
            if in_layout and not (attribution.evidence or listed):
                continue  # a blockquote of nobody repeats the text or sets a note apart
            words = without_incises(words, self._roster)
            following = pairing.quotations[at + 1 : at + 2]
            joined = at + 1 if following and _goes_on(passage.text, quotation, following[0]) else -1
            if joined > 0:
                words = f"{words} {passage.text[following[0].start : following[0].end]}"
            if not _is_verbatim(words, around, attribution, strict=strict):
                continue
            before = attribution
            self._last = attribution.speaker or self._last
            line = passage.blocks[passage.index_at(quotation.opening)].line
            yield QuotedWords(words, line, attribution, quotation.is_closed)

    def _of_section(self, passage: Passage) -> Attribution | None:
        """A heading that is a name gives it to the words below; else the only guest, in doubt."""
        section = passage.section or ""
        below = signature(section, self._roster) if begins_with_name(section) else NOBODY
        if below.speaker:
            return Attribution(below.speaker, Evidence.CARRIED)
        if self._guest is None or _OF_MANY.search(section):
            return None
        doubt = f"attribué à {self._guest.name}, seule personne annoncée\u00a0; vérifiez."
        return Attribution(self._roster.learn(self._guest), Evidence.NONE, doubt)

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


def _goes_on(text: str, quotation: Quotation, following: Quotation) -> bool:
    """Say whether marks close and open again around an incise: « A », dit-il, « et b »."""
    words, between = text[: quotation.end], text[quotation.closing : following.opening]
    clause = between.strip(" ,_*\u00a0")
    return (
        between.rstrip(" _*\u00a0").endswith(",")
        and text[following.start].islower()
        and not words.endswith((*ENDINGS, ";"))
        and not re.search(r"[.!?;:\n]", clause)
        and len(clause.split()) <= _INCISE_WORDS
        and begins_with_speech_verb(clause)
    )


def _is_unnamed(after: str) -> bool:
    """Say whether the words after name a person without a name: « — une habitante »."""
    return is_indefinite(after.lstrip(" ,–—-(_*"))


def _is_verbatim(
    words: str, around: Surroundings, attribution: Attribution, *, strict: bool
) -> bool:
    count = len(words.split())
    alone = not around.before.strip(" –—-_*(0123456789.") and not around.after.strip(" .,;!?_*)")
    signed = attribution.evidence is Evidence.SIGNED
    first = not around.before.strip(" –—-_*(")
    announced = signed and count >= _CLAUSE and around.before.rstrip().endswith(":")
    if not alone and not announced and announces_title(around.before):
        return False
    if words[:1].isupper() and _ARTICLE.search(around.before):
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
        spoken = begins_with_speech_verb(around.after) and is_sentence(words)
        announced = around.before.rstrip().endswith(":") or spoken
        return signed and count >= _ALONE_CLAUSE and announced
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

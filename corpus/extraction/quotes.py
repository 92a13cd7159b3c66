"""Which quotations of a passage are verbatims, and whose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.extraction.antecedents import Memory, is_reference, tells_of_unnamed
from corpus.extraction.attribution import attribution_of, doubtful, last_named, person_presented
from corpus.extraction.blockquotes import lists_verbatims, quotations_of
from corpus.extraction.marks import Pairing, Quotation
from corpus.extraction.names import begins_with_name, mentions_in
from corpus.extraction.passages import (
    NOBODY,
    Attribution,
    Evidence,
    Passage,
    Surroundings,
    holding,
    surroundings_of,
)
from corpus.extraction.people import KEPT_IN_MIND, Roster
from corpus.extraction.roles import is_indefinite
from corpus.extraction.signatures import signature, signature_inside, without_incises
from corpus.extraction.speech import (
    ENDINGS,
    announces_title,
    begins_with_speech_verb,
    is_sentence,
    names_work,
)
from corpus.records import Speaker

# « La « Circulaire relative à … » » is a name.
_ARTICLE = re.compile(r"(?:\b(?:la|le|les|cette|du|des|au|aux)\s+|\bl['’]\s?)[_*]*$", re.IGNORECASE)
# « Le discours de Léa Morin ».
_SPEECH_OF = re.compile(
    r"(?:(?:le|la|un)\s|l['’])?(?:discours|mots?|témoignage|intervention|parole|regard|avis|message|analyse)"
    r"\s(?:de\s|d['’]|à\s)",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"verbatim|réaction|question|échange|débat|salle|public|participant|parole|témoignage|entendu",
    re.IGNORECASE,
)
_THEY = re.compile(r"[\s,.!?]*(?:s['’]|se\s)?[^\W\d_]+-(?:ils|elles)\b")
_CLAUSE = 6  # words: fewer, woven into a sentence, are a term
_INCISE_WORDS = 15
_QUOTATIONS_ABOVE = 10
_SIGNED_CLAUSE = 2
_ALONE_CLAUSE = 4
_TOLD = 8  # words: a sentence that goes on telling of whoever spoke before it


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
        held = holding(passage, pairing)
        before = NOBODY
        joined = -1
        for at, quotation in enumerate(pairing.quotations):
            if at == joined:
                continue
            quotation = self._cut(passage.text, quotation)
            around = surroundings_of(passage, pairing, at, quotation, held)
            earlier = pairing.quotations[at - 1].closing if at else 0
            self._notice(passage.text[earlier : quotation.opening])
            memory = Memory(self._roster, _above(passage, pairing, at), self._last)
            attribution = attribution_of(around, self._roster, memory)
            if not attribution.evidence and _follows_on(passage, pairing, at) and before.speaker:
                attribution = self._of_words_between(around) or Attribution(
                    before.speaker, Evidence.CARRIED
                )
            if not attribution.evidence and not _is_unnamed(around.after):
                attribution = self._of_line(around) or attribution
            if attribution.speaker is None and not _is_unnamed(around.after):
                attribution = self._of_section(passage, around) or attribution
            if not attribution.speaker and _stands_below(passage, pairing, at, around):
                attribution = self._of_speech_above(attribution, before)
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

    def _of_line(self, around: Surroundings) -> Attribution | None:
        """The only person that the words before name, on the line or on the line above."""
        above = around.line_so_far.strip(" –—-_*") or (
            "" if around.after.strip(" .,;_*") else around.line_before
        )
        if not above:
            return self._of_words_below(around)
        if not above.rstrip().endswith(tuple(ENDINGS)):
            return None
        return self._carried(person_presented(above, self._roster))

    def _of_words_below(self, around: Surroundings) -> Attribution | None:
        """Whom the sentence after presents: « … » À la ferme, Léa trie les pommes."""
        below = around.after.strip(" .\u00a0")
        return self._carried(person_presented(below, self._roster) if below[:1].isupper() else None)

    def _of_words_between(self, around: Surroundings) -> Attribution | None:
        """Whom the sentence between two quotations presents: « Plus loin, Léa, 22 ans, rit. »"""
        _, _, sentence = around.before.rstrip().rstrip(ENDINGS).rpartition(". ")
        if not around.before.rstrip().endswith(tuple(ENDINGS)):
            return None
        return self._carried(person_presented(sentence, self._roster))

    def _carried(self, person: Speaker | None) -> Attribution | None:
        """The words of who is named nearby, in doubt when several people may be meant."""
        if person is None:
            return None
        found = doubtful(person, self._roster)
        return Attribution(found.speaker, Evidence.CARRIED, found.doubt)

    def _of_speech_above(self, found: Attribution, before: Attribution) -> Attribution:
        """A paragraph of nothing but words goes on with those of the paragraph above."""
        return found if found.evidence else self._carried(before.speaker) or found

    def _of_section(self, passage: Passage, around: Surroundings) -> Attribution | None:
        """A heading that is a name gives it to the words below; else the only guest, in doubt."""
        section = passage.section or ""
        own = _SPEECH_OF.match(section)
        name = section[own.end() :] if own else section
        below = signature(name, self._roster) if begins_with_name(name) else NOBODY
        if below.speaker:
            return Attribution(below.speaker, Evidence.CARRIED)
        # « raconte son père » is not the guest.
        if self._guest is None or _OF_MANY.search(section) or _is_of_another(around.after):
            return None
        if tells_of_unnamed(around.before):
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


def _above(passage: Passage, pairing: Pairing, at: int) -> str:
    """The words of the page above a quotation, without those that somebody said."""
    end = pairing.quotations[at].opening
    pieces, start = [], max(0, end - 2 * KEPT_IN_MIND)
    for earlier in pairing.quotations[max(0, at - _QUOTATIONS_ABOVE) : at]:
        if earlier.opening >= start:
            pieces.append(passage.text[start : earlier.opening])
            pieces.append(passage.text[max(earlier.opening, earlier.end - 1) : earlier.closing])
        start = max(start, earlier.closing)
    return " ".join([*pieces, passage.text[start:end]])


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


def _is_of_another(after: str) -> bool:
    """Say whether the page says who speaks, without a name: « raconte son père »."""
    return begins_with_speech_verb(after) and (is_reference(after) or tells_of_unnamed(after[:80]))


def _is_unnamed(after: str) -> bool:
    """Say whether nobody is named by the words after: « — une habitante », « disent-ils »."""
    return is_indefinite(after.lstrip(" ,–—-(_*")) or _THEY.match(after) is not None


def _is_verbatim(
    words: str, around: Surroundings, attribution: Attribution, *, strict: bool
) -> bool:
    count = len(words.split())
    alone = not around.before.strip(" –—-_*(0123456789.") and not around.after.strip(" .,;!?_*)")
    signed = attribution.evidence is Evidence.SIGNED
    first = not around.before.strip(" –—-_*(")
    announced = signed and count >= _CLAUSE and around.before.rstrip().endswith(":")
    spoken = count >= _CLAUSE and begins_with_speech_verb(around.after)
    if not (alone or announced or spoken) and announces_title(around.before):
        return False
    if names_work(around.after):
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


def _stands_below(passage: Passage, pairing: Pairing, at: int, around: Surroundings) -> bool:
    """Say whether words alone in their paragraph follow one that ends with whose words it has."""
    if not at or around.before.strip(" –—-_*") or around.after.strip(" .,;_*"):
        return False
    closing, opening = pairing.quotations[at - 1].closing, pairing.quotations[at].opening
    first, second = passage.index_at(closing), passage.index_at(opening)
    tail = passage.text[closing : passage.bounds(first)[1]].strip(" .\u00a0")
    if second != first + 1:
        return False
    told = len(tail.split()) >= _TOLD and "." not in tail and not any(mentions_in(tail))
    whole = around.inside.rstrip().endswith(tuple(ENDINGS))
    return (begins_with_speech_verb(tail) and "." not in tail) or (
        told and whole and tail[:1].isupper()
    )


def _follows_on(passage: Passage, pairing: Pairing, at: int) -> bool:
    """Say whether the quotation before stands on the same line."""
    if not at:
        return False
    quotations: tuple[Quotation, ...] = pairing.quotations
    return passage.index_at(quotations[at - 1].closing) == passage.index_at(quotations[at].opening)

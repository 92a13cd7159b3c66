"""Quotations by layout: a blockquote says without any mark that its words are somebody's."""

import re
from collections.abc import Iterator
from itertools import groupby

from corpus.extraction.marks import Pairing, Quotation, pairing_of
from corpus.extraction.names import begins_with_name
from corpus.extraction.passages import Evidence, Passage
from corpus.extraction.people import Roster
from corpus.extraction.signatures import signature, signature_inside
from corpus.extraction.speech import ENDINGS, is_sentence
from corpus.reading.blocks import BlockKind
from corpus.typography import fold

_MOSTLY = 0.5  # of the letters between marks: the blockquote is only a frame around them
_SIGNATURE_WORDS = 25
_NOTES = (
    "note",
    "nb",
    "n.b.",
    "attention",
    "remarque",
    "a savoir",
    "a noter",
    "a retenir",
    "en savoir plus",
    "pour aller plus loin",
    "astuce",
    "info",
    "important",
    "avertissement",
    "rappel",
    "[!",
    "definition",
    "resume",
    "en bref",
    "chiffres cles",
    "source",
    "mise a jour",
    "merci",
    "un grand merci",
    "nous remercions",
    "remerciements",
    "photo",
    "credit",
    "legende",
)


_LISTED = re.compile(
    r"verbatims?\b|citations?\b|\bont dit\b|\ba été dit\b|paroles d|\bentendue?s?\b|florilège",
    re.IGNORECASE,
)
_LISTED_WORDS = 5


def lists_verbatims(section: str | None) -> bool:
    """Say whether a heading tells that what stands below it was said: « Ils ont dit »."""
    return section is not None and _LISTED.search(section) is not None


def quotations_of(passage: Passage, roster: Roster) -> Pairing:
    """The quotations between marks, and the blockquotes that hold words without marks."""
    pairing = pairing_of(passage.text)
    quotations = list(pairing.quotations)
    for first, last in _groups(passage):
        start, end = passage.bounds(first)[0], passage.bounds(last)[1]
        inner = [q for q in quotations if q.opening < end and q.closing > start]
        if _is_frame(passage, first, last, inner):
            continue
        quotation = _words_of(passage, first, last, roster)
        if quotation:
            quotations = [q for q in quotations if q not in inner]
            quotations.append(quotation)
    if lists_verbatims(passage.section):
        quotations.extend(_listed(passage, quotations))
    quotations.sort(key=lambda quotation: quotation.start)
    return Pairing(tuple(quotations), pairing.strays)


def _listed(passage: Passage, quotations: list[Quotation]) -> Iterator[Quotation]:
    """The items of a list of verbatims that has no marks at all."""
    items = [i for i, block in enumerate(passage.blocks) if block.kind is BlockKind.LIST_ITEM]
    bounds = [passage.bounds(i) for i in items]
    if any(q.opening < end and q.closing > start for q in quotations for start, end in bounds):
        return
    for start, end in bounds:
        words = passage.text[start:end]
        if len(words.split()) >= _LISTED_WORDS and words.rstrip().endswith(tuple(ENDINGS)):
            yield Quotation(start, end, start, end)


def _groups(passage: Passage) -> Iterator[tuple[int, int]]:
    """The first and last block of each blockquote."""
    for group, numbered in groupby(enumerate(passage.blocks), lambda item: item[1].group):
        indexes = [index for index, _ in numbered]
        if group:
            yield indexes[0], indexes[-1]


def _is_frame(passage: Passage, first: int, last: int, inner: list[Quotation]) -> bool:
    start, end = passage.bounds(first)[0], passage.bounds(last)[1]
    opens_line = any(
        passage.text[passage.bounds(passage.index_at(q.opening))[0] : q.opening].strip(" –—-*_")
        == ""
        and passage.text[q.start : q.end].count(" ") > 2
        for q in inner
    )
    quoted = sum(q.end - q.start for q in inner)
    lead = fold(passage.blocks[first].text)
    items = sum(b.kind is BlockKind.LIST_ITEM for b in passage.blocks[first : last + 1])
    speeches = sum(is_sentence(passage.text[q.start : q.end]) for q in inner)
    return (
        opens_line
        or speeches > 1
        or quoted > _MOSTLY * (end - start)
        or lead.startswith(_NOTES)
        or items * 2 > last + 1 - first
    )


def _words_of(passage: Passage, first: int, last: int, roster: Roster) -> Quotation | None:
    """The blockquote without the lines that say whose it is."""
    if last > first and _announces(passage.blocks[first].text):
        first += 1
    elif last > first and _signs(passage.blocks[last].text, roster):
        last -= 1
    start, end = passage.bounds(first)[0], passage.bounds(last)[1]
    if first == last and _signs(passage.text[start:end], roster):
        return None
    tail = passage.bounds(last)[0]
    cut = signature_inside(passage.text[tail:end], roster)
    if cut:
        end = tail + cut
    return Quotation(start, end, start, end)


def _announces(text: str) -> bool:
    return text.rstrip().endswith(":") and len(text.split()) <= _SIGNATURE_WORDS


def _signs(text: str, roster: Roster) -> bool:
    if len(text.split()) > _SIGNATURE_WORDS:
        return False
    if text.startswith(("–", "—", "- ", "--")):
        return True
    # « Le maire a planté des arbres. » begins with a role and signs nothing.
    if re.search(r"[.!?…](?:\s|$)", text) and not begins_with_name(text):
        return False
    return signature(text, roster).evidence is Evidence.SIGNED

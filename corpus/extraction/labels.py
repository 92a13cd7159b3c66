"""Labels: what opens a turn at the beginning of a line, by a name, initials, a role or a dash."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.datelines import poster_of
from corpus.extraction.marks import has_mark
from corpus.extraction.names import is_known_first_name, is_name_like, without_style
from corpus.extraction.roles import is_indefinite, is_role, without_article
from corpus.extraction.roster import Roster, initials_of
from corpus.reading.blocks import Block, BlockKind
from corpus.typography import fold

_LABEL_WORDS = 8
_NAME_WORDS = 25
_LABEL = re.compile(
    r"(?:>>\s*)?(?:[\[(]?\d\d?[:h]\d\d(?::\d\d)?[\])]?\s+)?"
    r"(?P<bracket>[\[(])?(?P<who>[@A-ZÀ-Þ][\w.'’ \u00a0@·-]{0,60}?)(?(bracket)[\])])"
    r"(?P<role>,[^:«»“”?!]{2,90}|\s\([^:()]{2,90}\))?"
    r"[ \u00a0\u202f]?(?::{1,2}|\s?[–—]|\.\s?[–—-]|\s?-)(?:[ \u00a0\u202f]+|$)"
)
_CAPITALS = re.compile(  # « LÉA MORIN Oui, depuis dix ans. », « R. Depuis dix ans. »
    r"(?P<who>[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:\s[A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){1,3}|[QR]\.)\s+(?=[A-ZÀ-Þ«])"
    r"|(?P<initials>(?:[A-ZÀ-Þ]\.){1,3}[A-ZÀ-Þ]?\.?)\s*(?=[«“\"])"  # « L.M “Oui.” »
)
# « M. le président. La parole est à Mme Morin. », as official reports have it; « Léa Morin. Oui. »
_MINUTED = re.compile(
    r"(?P<who>(?:M\.|Mme|Mlle|Le|La)\s[^.:;,«»?!()]{2,60}?"
    r"|[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){1,2}|[A-ZÀ-Þ]\.\s?[A-ZÀ-Þ])(?:\s\([^()]{1,40}\))?"
    r"(?:,[^.:;?!]{2,80})?\.\s+(?=[A-ZÀ-Þ«])"
)
_ANSWER = re.compile(r"(?:Réponse|Question) (?:d(?:e |u |['’])|à )")
_QUESTION = re.compile(r"q\.?|questions?")
REPLY = re.compile(r"r\.?|reponses?")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[- ]?)+[A-ZÀ-Þ]?")
DASHES = ("–", "—")
_DASH = re.compile(r"[–—]\s+(?=\S)")
_MANY_TURNS = 4
_MANY_MINUTED = 3
_MOST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What opens a turn: the block that it begins, who, and where it ends in the block.

    `is_dated`: a message begins there, sent by `who` on a day; `is_minuted`: nothing but a full
    stop tells it from a sentence.
    """

    index: int
    who: str
    end: int
    is_dated: bool = False
    is_minuted: bool = False

    @property
    def asks(self) -> bool:
        """Say whether it is but the sign of a question: « Q : »."""
        return _QUESTION.fullmatch(fold(self.who)) is not None


def labels_of(blocks: Sequence[Block], heads: Sequence[int | None], roster: Roster) -> list[Label]:
    """Those of a page that are somebody's, by what they are or because they recur.

    `heads` tells the heading that each block stands under.
    """
    lasts = {at - 1 for at, head in enumerate(heads) if head == at} | {len(blocks) - 1}
    each = (_label(at, block, is_last=at in lasts) for at, block in enumerate(blocks))
    found = [label for label in each if label]
    counts = Counter(fold(label.who) for label in found)
    dated = sum(label.is_dated for label in found)
    if sum(label.is_minuted for label in found) < _MANY_MINUTED:
        found = [label for label in found if not label.is_minuted]
    recurring = {who for who, count in counts.items() if count > 1}
    if any(_are_initials(label.who) for label in found if fold(label.who) in recurring):
        recurring.update(fold(label.who) for label in found if _are_initials(label.who))
    return [
        label
        for label in found
        if label.who.startswith("@")
        or (label.is_dated and dated > 1)
        or (label.who in DASHES and counts[label.who] >= _MANY_TURNS)
        or _is_known(label.who, roster)
        or (
            fold(label.who) in recurring
            and (label.who.isupper() or is_name_like(label.who.split()))
        )
    ]


def _are_initials(who: str) -> bool:
    """« MP », « I.S. »: on a page of such labels, one that speaks once is one of them."""
    return who.isupper() and 1 < len(re.sub(r"\W", "", who)) <= _MOST_INITIALS


def _is_known(who: str, roster: Roster) -> bool:
    """Say whether a label is a name, a role (« Le maire ») or somebody (« Une habitante »)."""
    namings = roster.namings_in(who)
    bare = without_article(who)
    is_whole = any(n.start == 0 and n.end == len(who) for n in namings)
    letters = fold(re.sub(r"\W", "", who)) if who.isupper() else ""
    is_initials = len(letters) > 1 and any(initials_of(s.name) == letters for s in roster.speakers)
    is_somebody = is_whole or is_initials or is_known_first_name(who) or is_indefinite(who)
    return is_somebody or (bare != who and is_role(bare))


def _label(index: int, block: Block, *, is_last: bool) -> Label | None:
    if block.kind is BlockKind.HEADING or block.group:
        return None
    dash = _DASH.match(block.text)
    if dash and not stands_as_name(block.text) and not has_mark(block.text):
        return Label(index, dash[0].strip(), dash.end())
    if poster := poster_of(block.text):
        return Label(index, poster, len(block.text), is_dated=True)
    found = _LABEL.match(block.text)
    if found and len(found["who"].split()) <= _LABEL_WORDS:
        bare = without_style(found["who"])
        # « M. A.-P. » may be Meryem A.-P.
        who = _ANSWER.sub("", found["who"] if _INITIALS.fullmatch(bare) else bare).strip()
        if found["role"] and REPLY.fullmatch(fold(who)):  # « R (Léa Morin) : »
            who = found["role"].strip(" (),")
        return Label(index, who, found.end())
    if capitals := _CAPITALS.match(block.text):
        return Label(index, capitals["who"] or capitals["initials"], capitals.end())
    if minuted := _MINUTED.match(block.text):
        return Label(index, without_style(minuted["who"]), minuted.end(), is_minuted=True)
    bare = block.text.strip(" \u00a0:*_[]()")
    if is_last or len(bare.split()) > _LABEL_WORDS or has_mark(bare) or not stands_as_name(bare):
        return None
    who = re.split(r",|\s\(|\s[–—-]\s", without_style(bare))[0].strip()
    return Label(index, who, len(block.text)) if who and not is_role(who) else None


def stands_as_name(text: str) -> bool:
    """Say whether a line is no more than somebody: « Léa Morin, maire », « — Anne »."""
    bare = without_style(text)
    return (
        0 < len(text.split()) <= _NAME_WORDS
        and not has_mark(text)
        and not text.rstrip().endswith((".", "!", "?", ":", ";"))
        and bare[:1].isupper()
        and (
            text.startswith(("–", "—", "-", "("))
            or len(re.split(r",|\(| [–—-] ", bare)[0].split()) <= 4
        )
    )

"""What stands around each quotation of a passage: the words of its line, and the lines beside."""

from dataclasses import replace

from corpus.pages.antecedents import REACH
from corpus.pages.evidence import Surroundings
from corpus.pages.names import begins_with_name
from corpus.pages.passages import Passage
from corpus.pages.quotation_marks import Pairing, Quotation
from corpus.pages.roles import is_role
from corpus.pages.speech import ENDINGS, has_speech_verb


def surroundings_of(
    passage: Passage, pairing: Pairing, at: int, quotation: Quotation, held: frozenset[int]
) -> Surroundings:
    """The words around a quotation; `held` are the blocks that hold one (`holding`)."""
    first, last = passage.index_at(quotation.opening), passage.index_at(quotation.closing)
    start, end = passage.bounds(first)[0], passage.bounds(last)[1]
    near, end = max(start, quotation.opening - REACH), min(end, quotation.closing + REACH)
    previous = pairing.quotations[at - 1] if at else None
    following = pairing.quotations[at + 1] if at + 1 < len(pairing.quotations) else None
    followed = following is not None and following.opening < end
    around = Surroundings(
        before=passage.text[max(near, previous.closing if previous else 0) : quotation.opening],
        after=passage.text[quotation.closing : min(end, following.opening if following else end)],
        inside=passage.text[quotation.start : quotation.end],
        line_so_far=passage.text[near : quotation.opening],
        followed=followed,
    )
    return replace(
        around,
        line_before=_line_beside(passage, held, first - 1, first),
        line_after=_line_beside(passage, held, last + 1, last),
    )


def _line_beside(passage: Passage, held: frozenset[int], index: int, own: int) -> str:
    """The line above or below a quotation, if it is nearer to it than to any other."""
    if not 0 <= index < len(passage.blocks):
        return ""
    if index in held:
        # One name may stand above several quotations.
        above = index < own and _holds_names_above(passage, held)
        return _line_beside(passage, held, index - 1, index) if above else ""
    other = index + (index - own)
    gap = abs(passage.blocks[index].line - passage.blocks[own].line)
    text = passage.blocks[index].text
    if 0 <= other < len(passage.blocks) and other in held:
        other_gap = abs(passage.blocks[index].line - passage.blocks[other].line)
        told = begins_with_name(text) and text.endswith(tuple(ENDINGS)) and has_speech_verb(text)
        introduces = text.endswith(":") or told or _holds_names_above(passage, held)
        belongs = index < own if introduces else index > own
        if other_gap < gap or (other_gap == gap and not belongs):
            return ""
    return text


def _holds_names_above(passage: Passage, held: frozenset[int]) -> bool:
    """Say whether the passage begins with somebody, not a quotation, as when names stand above."""
    first = passage.blocks[0].text
    return (
        0 not in held
        and len(first.split()) <= 12
        and (begins_with_name(first) or is_role(first) or first.endswith(":"))
    )


def holding(passage: Passage, pairing: Pairing) -> frozenset[int]:
    """Which blocks hold a quotation, or a part of one."""
    return frozenset(
        index
        for q in pairing.quotations
        for index in range(passage.index_at(q.opening), passage.index_at(q.closing - 1) + 1)
    )

"""What stands around words on a page: the rest of their line, the lines beside, their heading."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from corpus.extraction.body import Body
from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.marks import begins_with_mark, has_mark
from corpus.extraction.names import opens_with_name
from corpus.extraction.roles import is_indefinite, is_role
from corpus.extraction.roster import Naming, Roster
from corpus.extraction.speech import begins_with_speech_verb, ends_sentence, last_sentence
from corpus.reading.blocks import BlockKind

REACH = 1500  # characters: nobody keeps a person in mind for longer
_NAME_LINE = 120  # characters
_STYLE = 12  # of them: « — Mme »
_INITIAL = re.compile(r"\b[A-ZÀ-Þ]\.$")  # « Marthe T. »
_BLANK = " \u00a0\u202f–—-_*([{)]}.,;!?:0123456789•"
# The full stop of « Dr. Morin » ends nothing.
_CLAUSE_END = re.compile(r"(?<!\bM)(?<!\bDr)(?<!\bPr)(?<!\b[A-Z])[.;!?…](?:\s|$)|\n")

# « … » [8], écrit Léa Morin; « … » 2 écrit Léa Morin
_NOTE_MARK = re.compile(r"\s?(?:\[\d{1,3}\]|\d{1,2}(?=,|\s[a-zà-ÿ]))")


_INCISE = 200  # characters
_COMMA = re.compile(r"[ \u00a0]?,\s+(?=[a-zà-ÿ])")
_INVERTED = re.compile(r"(?:\S+\s){0,2}?\S+-(?:t-)?(?:il|elle|on|ils|elles|je)\b")
_SUBJECT = re.compile(
    r"(?:(?:s['’]|se\s)?\S+)\s+(?:\w+ment\s+|encore\s+|aussi\s+)?"
    r"(?:celui|celle|ceux|un|une|l['’]un|le|la|l['’]|les|des|cet|cette|M\.|Mme)(?=[\s\w])"
)
_VERB = re.compile(r"(?:s['’]|se\s)?\S+\s+(?:\w+ment\s+|encore\s+|aussi\s+)?$")
_GOES_ON = re.compile(
    r"(?:qui|dont|à la tête|(?:l['’]une?|une?|le|la|lui|elle)\b[^,;.]{0,60},)", re.IGNORECASE
)
_PLAIN_VERB = re.compile(
    r"(?:s['’]|se\s)?(?!(?:avec|par|pour|dans|sur|chez|sous|que|qui|des|les|une|dont|mais|puis)\s)"
    r"[a-zà-ÿ]{3,}\s+(?=[A-ZÀ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`before` and `after` are on the line, up to the words set apart beside; the clauses are what
    of them touches the words. `above` and `below` are the lines beside, where nothing else stands
    on the line; `told` is what the page tells above, without the words of others; `announced` is
    the line with a colon above words that stand below one another.
    """

    before: str
    clause_before: str
    after: str
    clause_after: str
    above: str
    below: str
    told: str
    announced: str
    head: str
    is_alone: bool
    followed: bool


class PageText:
    """A page with what may have been said on it, and everybody where they are named."""

    def __init__(self, body: Body, roster: Roster, candidates: Sequence[Candidate]) -> None:
        self.body = body
        self.roster = roster
        self.candidates = candidates
        # Words between marks or set apart are not told by the page itself.
        self._apart = [c for c in candidates if c.kind in {Kind.MARKS, Kind.LAYOUT, Kind.TURN}]
        self._openings = [c.opening for c in self._apart]
        marked = [c for c in candidates if c.kind is Kind.MARKS]
        self._marks_open = [c.opening for c in marked]
        self._marks_close = [c.closing for c in marked]
        # A line that is but a name opens a turn, and holds none of its words.
        held = [c.start if c.kind is Kind.TURN else c.opening for c in self._apart]
        self._held = sorted(held)
        self.namings = [
            Naming(n.start + start, n.end + start, n.names)
            for start, block in zip(body.starts, body.blocks, strict=True)
            for n in roster.namings_in(block.text)
        ]
        self._named_at = [n.start for n in self.namings]
        self._announced = _announced(body)

    def named_within(self, start: int, end: int) -> list[Naming]:
        """Who is named in a stretch of the text, from left to right."""
        return self.namings[bisect_left(self._named_at, start) : bisect_left(self._named_at, end)]

    def named_before(self, offset: int) -> list[Naming]:
        """Who is told of above, the nearest first, but for those named in the words of others."""
        end = bisect_left(self._named_at, offset)
        start = bisect_left(self._named_at, offset - REACH)
        return [n for n in reversed(self.namings[start:end]) if not self._is_said(n, offset)]

    def without_incises(self, candidate: Candidate) -> Candidate:
        """Leave « , explique Léa Morin, » out of words between marks."""
        if candidate.kind not in {Kind.MARKS, Kind.LAYOUT}:
            return candidate
        start, words = candidate.start, self.body.text[candidate.start : candidate.end]
        spans = [(a + start, b + start) for a, b in _incises_in(words, self.roster)]
        own = [s for s in spans if not any(s[0] < b and a < s[1] for a, b in candidate.gaps)]
        return replace(candidate, gaps=tuple(sorted([*candidate.gaps, *own])))

    def around(self, candidate: Candidate) -> Surroundings:
        """The words around some of the page."""
        body, text = self.body, self.body.text
        first, last = (
            body.index_at(candidate.opening),
            body.index_at(max(candidate.closing - 1, candidate.opening)),
        )
        start, end = body.bounds(first)[0], body.bounds(last)[1]
        near = max([start, *self._closed_last(candidate.opening)])
        far = min([end, *self._opened_next(candidate.closing)])
        before = text[near : candidate.opening]
        mark = _NOTE_MARK.match(text, candidate.closing, far)
        after = text[mark.end() if mark else candidate.closing : far]
        bare = after.lstrip(" \u00a0\u202f.,;!?…_*")
        opens, closes = not text[start : candidate.opening].strip(_BLANK), not after.strip(_BLANK)
        head = body.section(first) or ""
        return Surroundings(
            before=before,
            clause_before=last_sentence(before).strip(" \u00a0\u202f_*"),
            after=after,
            clause_after=_CLAUSE_END.split(bare, maxsplit=1)[0],
            above=self._beside(first, -1) if opens else "",
            below=self._beside(last, 1) if closes and far == end else "",
            told=self._told(candidate.opening),
            announced=self._announced[first] if opens else "",
            head="" if body.is_head(first) else head,
            is_alone=opens and closes and far == end,
            followed=far < end,
        )

    def marks_in(self, start: int, end: int) -> bool:
        """Say whether words between marks stand in a stretch of the text."""
        at = bisect_right(self._marks_close, start)
        return at < len(self._marks_open) and self._marks_open[at] < end

    def _closed_last(self, offset: int) -> list[int]:
        at = bisect_right(self._marks_close, offset)
        return self._marks_close[max(0, at - 1) : at]

    def _opened_next(self, offset: int) -> list[int]:
        at = bisect_left(self._marks_open, offset)
        return self._marks_open[at : at + 1]

    def _beside(self, index: int, step: int) -> str:
        """The next line, unless it is words, or a heading; with the name that a role stands by."""
        line, name = self._line_at(index + step), self._line_at(index + 2 * step)
        where = "above" if step < 0 else "below"
        is_role = bool(line and name) and self.names_stand == where
        if is_role and self._kinds[index + step] + self._kinds[index + 2 * step] == "rn":
            return f"{name}, {line}"
        return line

    def _line_at(self, index: int) -> str:
        """A line that is neither a heading nor words, "" if it is one or there is none."""
        if not 0 <= index < len(self.body.blocks) or self.body.is_head(index):
            return ""
        start, end = self.body.bounds(index)
        return "" if self._kinds[index] == "s" else self.body.text[start:end]

    def _holds(self, start: int, end: int) -> bool:
        at = bisect_left(self._held, start)
        return at < len(self._held) and self._held[at] < end

    @cached_property
    def names_stand(self) -> str:
        """Where names that have a line to themselves stand: "above" words, or "below"; else ""."""
        above = below = 0
        for _, blocks in self.body.sections():
            kinds = self._kinds[blocks.start : blocks.stop]
            above += bool(re.match(r"nr?s", kinds)) and kinds.endswith("s")
            below += bool(re.match(r"[^n]?s", kinds)) and bool(re.search(r"sr?nr?$", kinds))
        return "above" if above > below else "below" if below > above else ""

    @cached_property
    def _kinds(self) -> str:
        """What each line is, a letter each."""
        return "".join(map(self._kind_of, range(len(self.body.blocks))))

    def _kind_of(self, index: int) -> str:
        """Words that were said, "s", a name, "n", another short line, "r", anything else, "-"."""
        start, end = self.body.bounds(index)
        text = self.body.text[start:end]
        ends = ends_sentence(text) and not _INITIAL.search(text)
        is_short = len(text) < _NAME_LINE and not (ends or has_mark(text))
        found = self.named_within(start, end) if is_short else []
        if is_short and (opens_with_name(text) or (found and found[0].start - start < _STYLE)):
            return "n"
        below = self.body.blocks[index + 1 : index + 2]
        tells = is_short and (is_role(text) or any(begins_with_mark(b.text) for b in below))
        if self._holds(start, end) and not tells:
            return "s"
        return "r" if is_short else "-"

    def _told(self, offset: int) -> str:
        start = max(0, offset - REACH)
        first = bisect_left(self._openings, start - REACH)
        near = self._apart[first : bisect_left(self._openings, offset)]
        held = [c for c in near if c.closing > start and c.kind is not Kind.TURN]
        # One may hold another.
        starts = [start, *accumulate([c.closing for c in held], max)]
        ends = [*[c.opening for c in held], offset]
        between = zip(starts, ends, strict=True)
        return " ".join([self.body.text[a:b] for a, b in between if a <= b])

    def _is_said(self, naming: Naming, offset: int) -> bool:
        """Say whether the name stands in words between marks, closed before the offset."""
        at = bisect_right(self._openings, naming.start) - 1
        if at < 0:
            return False
        candidate = self._apart[at]
        return (
            candidate.kind is Kind.MARKS
            and candidate.start <= naming.start < candidate.end <= offset
        )


def _announced(body: Body) -> list[str]:
    """For each block, the line with a colon above it and others that are words or items."""
    found, line = [], ""
    for index, block in enumerate(body.blocks):
        found.append(line)
        if block.text.rstrip().endswith(":"):
            line = block.text
        elif body.is_head(index) or not (
            block.group or block.kind is BlockKind.LIST_ITEM or _opens_words(block.text)
        ):
            line = ""
    return found


def _opens_words(text: str) -> bool:
    """Say whether words between marks open the line, behind a dash or not."""
    return begins_with_mark(text.lstrip(_BLANK))


def _incises_in(text: str, roster: Roster) -> Iterator[tuple[int, int]]:
    """Where clauses inside words say who speaks: « On plante, explique Léa Morin, et … ».

    Commas are taken in.
    """
    at = 0
    for comma in _COMMA.finditer(text):
        if comma.start() < at:
            continue
        reach = text[comma.end() : comma.end() + _INCISE].split("\n", 1)[0]
        if not (begins_with_speech_verb(reach) or _PLAIN_VERB.match(reach)):
            continue
        known = _said_until(reach, roster)
        end = _end(reach, known) if known else None
        if end is not None:
            at = comma.end() + end
            yield comma.start(), at


def _said_until(reach: str, roster: Roster) -> int | None:
    """Where the one who speaks is named, a pronoun or a role being enough."""
    inverted = _INVERTED.match(reach)
    if inverted:
        return inverted.end()
    people = roster.namings_in(reach)
    named = next((n for n in people if _VERB.fullmatch(reach[: n.start])), None)
    if named:
        return named.end
    subject = _SUBJECT.match(reach)
    if subject is None:
        return None
    rest = re.sub(r"^\S+\s+", "", reach)
    if not (is_role(rest) or re.match(r"(?:celui|celle|ceux|l['’]une?|cette?|une?)\b", rest)):
        return None
    later = [n.end for n in people if "." not in reach[: n.start]]
    return later[0] if later else subject.end()


def _end(reach: str, start: int) -> int | None:
    """The comma or full stop that ends the clause, brackets and appositions taken in."""
    depth = 0
    for at in range(start, len(reach)):
        sign = reach[at]
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > 0 or sign not in ",.;:":
            continue
        rest = reach[at + 1 :].lstrip()
        if sign == "," and _goes_on(rest):
            continue
        return at + 1
    return None


def _goes_on(rest: str) -> bool:
    """Say whether what follows a comma still tells who speaks: « , qui … », « , une voisine. »"""
    tells = is_role(rest) or is_indefinite(rest)
    return bool(_GOES_ON.match(rest) or (tells and re.search(r"[,.;]", rest)))

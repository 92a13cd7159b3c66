"""Who is named near words on a page: beside them, above them, in them, in their heading."""

import re

from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.model import Signer
from corpus.extraction.names import begins_with_name
from corpus.extraction.persons import Persons, bodies_in
from corpus.extraction.speech import has_speech_verb, last_sentence
from corpus.extraction.surroundings import PageText, Surroundings

_NEAR = (1, 2, 4)  # blocks
_LONGEST = 160  # characters
_SIGN = re.compile(r"[\s,.;_*]*(?P<dash>[–—/|-]+|\(|\[)?\s*(?P<who>\S[^\n]*?)[\s.)\]_*]*$")
_STAGE = re.compile(
    r"(?:rires|applaudissements|photo|crédit|image|illustration|capture|©|sic|ndlr|source"
    r"|traduction|extrait|page|p\.\s?\d|cf|voir|\d|#|http)",
    re.IGNORECASE,
)


class Neighbours:
    """Points to those who are named near words, and to whoever spoke just before them.

    `stand` tells where the page writes names apart from words: "above" them, or "below".
    """

    def __init__(self, page: PageText, persons: Persons, stand: str) -> None:
        self._page = page
        self._persons = persons
        self._names_stand = stand

    def beside(self, candidate: Candidate, around: Surroundings, sign: Signer) -> None:
        """Whoever a label, a signature or a line beside names."""
        self._by_label(candidate, sign)
        if candidate.signature:
            for who in self._persons.signing(candidate.signature):
                sign(who, "tail")
        self._signing_on_line(around, sign)
        lines = {"below": around.below, "above": around.above}
        stand = self._names_stand
        for where in sorted(lines, key=lambda where: where != stand):
            # Where one line signs, the other is that of other words.
            if self._by_line(lines[where], where, sign) and where == stand:
                break
        if around.above.endswith(":"):
            told = self._persons.told_by(around.above)
            for who in told:
                sign(who, "above tells")
            if not told and has_speech_verb(sentence := last_sentence(around.above)):
                for body in bodies_in(sentence)[:1]:
                    sign((body,), "above body")

    def _by_label(self, candidate: Candidate, sign: Signer) -> None:
        if candidate.kind is Kind.TURN:
            is_apart = "\n" in self._page.body.text[candidate.opening : candidate.start]
            apart = "label below others" if self._names_stand == "below" else "label above"
            sign(self._persons.labelled(candidate.label), apart if is_apart else "label")
        elif candidate.kind is Kind.SECTION:
            self._persons.headed(candidate.label, sign)

    def _signing_on_line(self, around: Surroundings, sign: Signer) -> None:
        """« … » – Léa Morin, where nothing else follows."""
        if len(around.after) > _LONGEST:
            return
        match = _SIGN.match(around.after)
        leads = ":" in around.after or begins_with_name(around.before.lstrip("–—-_* "))
        goes_on = around.followed and leads
        if match and not goes_on and not _STAGE.match(match["who"]):
            for who in self._persons.signing(match["who"]):
                sign(who, "sign dash" if match["dash"] else "sign bare")

    def _by_line(self, line: str, where: str, sign: Signer) -> bool:
        """Point to those who sign a line; say whether somebody does."""
        if not line or len(line) > _LONGEST or _STAGE.match(line):
            return False
        bare = line.rstrip(" :")
        people = self._persons.signing(bare.lstrip("–—-( ").rstrip(" )"))
        for who in people:
            sign(who, f"{where} colon" if line.endswith(":") else where)
            if where == self._names_stand:
                sign(who, "where names stand")
        return bool(people)

    def near(self, candidate: Candidate, sign: Signer, *, answers: bool) -> None:
        """Whoever is named around the words, the nearest first; no thing `answers`."""
        self._above(candidate, sign, answers=answers)
        self._on_line(candidate, sign)
        body = self._page.body
        head = body.section(body.index_at(candidate.opening))
        if head:
            self._persons.headed(head, sign)

    def _above(self, candidate: Candidate, sign: Signer, *, answers: bool) -> None:
        """Who was named last above, on the line or a few lines before."""
        body = self._page.body
        own = body.index_at(candidate.opening)
        seen: dict[str, None] = {}
        things: set[str] = set()
        for n in self._page.named_before(candidate.opening):
            names = [name for name in n.names if name not in seen]
            if not names:
                continue
            at = body.index_at(n.start)
            where = sum(own - at >= bound for bound in _NEAR)
            if not any(map(self._persons.is_person, names)):
                if things.isdisjoint(names) and not answers:
                    sign(names, f"thing near {where}")
                things.update(names)
                continue
            same = "" if body.heads[own] == body.heads[at] else " other section"
            sign(names, f"near {min(len(seen), 2)} {where}{same}")
            seen.update(dict.fromkeys(names))
            if len(seen) > 4:
                break
        if len(seen) == 1:
            sign(seen, "only near")

    def _on_line(self, candidate: Candidate, sign: Signer) -> None:
        """Who is named in the words, or where they break off."""
        inside = self._page.named_within(candidate.start, candidate.end)
        for n in inside:
            sign(n.names, "inside")
        if inside and (incised := self._incised(candidate)):
            sign(incised, "incise")

    def _incised(self, candidate: Candidate) -> tuple[str, ...]:
        for start, end in self._page.without_incises(candidate).gaps:
            namings = self._page.roster.namings_in(self._page.body.text[start:end])
            if namings:
                return namings[0].names
        return ()

    def carried(self, candidate: Candidate, before: Candidate | None, speaker: str) -> str:
        """The sign that whoever said the words above goes on, "" where it says nothing."""
        where = self.distance(candidate, before)
        if not (where and speaker and before):
            return ""
        between = self._page.named_within(before.closing, candidate.opening)
        others = any(speaker not in n.names for n in between)
        who = "" if self._persons.is_person(speaker) else "thing "
        return f"{who}carried {where}{' past others' if others else ''}"

    def distance(self, candidate: Candidate, before: Candidate | None) -> str:
        """How far above the other words stand: "line", "next", "section"... or too far, ""."""
        if before is None:
            return ""
        body = self._page.body
        one = body.index_at(max(before.closing - 1, before.opening))
        other = body.index_at(candidate.opening)
        if body.heads[one] != body.heads[other]:
            return "over a heading" if candidate.kind is before.kind else ""
        return "line" if one == other else "next" if other - one == 1 else "section"

"""Who is named near words on a page: above them, on their line, in them, in their heading."""

from corpus.extraction.candidates import Candidate
from corpus.extraction.persons import Persons
from corpus.extraction.signs import Signer
from corpus.extraction.surroundings import PageText

_NEAR = (1, 2, 4)  # blocks


class Neighbours:
    """Points to those who are named near words, and to whoever spoke just before them."""

    def __init__(self, page: PageText, persons: Persons) -> None:
        self._page = page
        self._persons = persons

    def near(self, candidate: Candidate, sign: Signer) -> None:
        """Whoever is named around the words, the nearest first."""
        self._above(candidate, sign)
        self._on_line(candidate, sign)
        body = self._page.body
        head = body.section(body.index_at(candidate.opening))
        if head:
            self._persons.headed(head, sign)

    def _above(self, candidate: Candidate, sign: Signer) -> None:
        """Who was named last above, on the line or a few lines before."""
        body = self._page.body
        own = body.index_at(candidate.opening)
        seen: dict[str, None] = {}
        for n in self._page.named_before(candidate.opening):
            names = [name for name in n.names if name not in seen]
            if not names:
                continue
            at = body.index_at(n.start)
            where = sum(own - at >= bound for bound in _NEAR)
            if not any(map(self._persons.is_person, names)):
                sign(names, f"thing near {where}")
                continue
            same = "" if body.heads[own] == body.heads[at] else " other section"
            sign(names, f"near {min(len(seen), 2)} {where}{same}")
            seen.update(dict.fromkeys(names))
            if len(seen) > 4:
                break
        if len(seen) == 1:
            sign(seen, "only near")

    def _on_line(self, candidate: Candidate, sign: Signer) -> None:
        """Who is named right after the words, in them, or where they break off."""
        page, body = self._page, self._page.body
        last = body.index_at(max(candidate.opening, candidate.closing - 1))
        for n in page.named_within(candidate.closing, body.bounds(last)[1])[:1]:
            sign(n.names, "next on line")
        inside = page.named_within(candidate.start, candidate.end)
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
        return f"carried {where}{' past others' if others else ''}"

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

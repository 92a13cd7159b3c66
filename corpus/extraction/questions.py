"""Who asks on a page, who is thanked for answering, and who is presented above the questions."""

import re

from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.model import Signer
from corpus.extraction.persons import Persons
from corpus.extraction.surroundings import PageText

_OF = re.compile(r"(?:\bde\s|\bd['’])$")
_COLLECTED = re.compile(
    r"\b(?:propos|entretiens?|interviews?|témoignages?|questions?|reportage|article|textes?)\b"
    r"(?:(?!\b(?:fourni|illustr|propos[ée]|partag|command)\w*)[^.:;\n]){0,40}\bpar\s(?:[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]+)*\set\s)?$",
    re.IGNORECASE,
)
_ASKED_ME = re.compile(
    r"[^.!?]{0,60}\bm['’](?:a|ont|avai(?:t|ent))\s(?:interrog|interview|posé\b[^.!?]{0,20}\bquestions?)"
)
_PRESENTS = re.compile(
    r"(?:[^.!?:\n]{0,40}[,.!]\s+)?(?:je m['’]appelle|je suis|moi,? c['’]est|mon nom est)\s",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r"\s?[,.!(]|\set\sje\b|\sde\sl|$")
_THANKS = re.compile(r"\bmerci (?:beaucoup |encore |infiniment )?à\s$", re.IGNORECASE)
_COLLECTING = 80  # characters
_THANKING = 24
_PRESENTING = 800  # characters
_OPENING = 80  # characters


class Questions:
    """Points to who may answer; `collecting` are those who ask: « Propos recueillis par … »."""

    def __init__(self, page: PageText, persons: Persons) -> None:
        self._page = page
        self._persons = persons
        thanked = self._named_behind(_THANKS, _THANKING)
        self._thanked = thanked if len(thanked) == 1 else set()
        self.collecting = self._named_behind(_COLLECTED, _COLLECTING) | self._named_before_asking()
        self._presenting = {name for c in page.candidates for name in self.presented(c)}
        self._first = self._first_of_runs()

    def introduce(self, candidate: Candidate, sign: Signer) -> None:
        """Who is presented right above the first of the questions that follow each other."""
        first = self._first.get(candidate.opening, candidate)
        body = self._page.body
        head = body.heads[body.index_at(first.opening)]
        start = body.starts[head] if head is not None else first.opening
        named = [n for n in self._page.named_before(start) if start - n.start < _PRESENTING]
        names = list(dict.fromkeys(name for n in named for name in n.names))
        works = {n for x in named if _OF.search(body.text[: x.start][-4:]) for n in x.names}
        for rank, name in enumerate(names[:3]):
            where = "of" if name in works else rank if len(names) > 1 else "only"
            sign((name,), f"introduces {where}")
        sign(sorted(self._thanked), "asked")
        sign(sorted(self._presenting), "presented")

    def presented(self, candidate: Candidate) -> tuple[str, ...]:
        """Who says their own name at the beginning of some words."""
        opening = self._page.body.text[candidate.start : candidate.end][:_OPENING]
        found = _PRESENTS.match(opening)
        named = self._persons.people_in(opening) if found else ()
        own = (n for n in named if found and n.start == found.end())
        return next((n.names for n in own if _PRESENTED.match(opening, n.end)), ())

    def _named_behind(self, cue: re.Pattern[str], reach: int) -> set[str]:
        """Those before whose names, within so many characters, some words stand."""
        text, namings = self._page.body.text, self._page.namings
        spans = ((n, text[max(0, n.start - reach) : n.start]) for n in namings)
        return {name for n, before in spans if cue.search(before) for name in n.names}

    def _named_before_asking(self) -> set[str]:
        """Those who asked the author: « Rita Sol, qui m’a posé des questions »."""
        text, namings = self._page.body.text, self._page.namings
        return {name for n in namings if _ASKED_ME.match(text, n.end) for name in n.names}

    def _first_of_runs(self) -> dict[int, Candidate]:
        """For what stands below each heading, the first of the questions above that follow on."""
        first: dict[int, Candidate] = {}
        opened: Candidate | None = None
        for candidate in self._page.candidates:
            if candidate.kind is Kind.SECTION:
                if opened:
                    first[candidate.opening] = opened
                if candidate.asks:
                    opened = opened or candidate
        return first

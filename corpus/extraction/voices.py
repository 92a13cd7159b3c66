"""Whose the words of a page may be: everybody that stands near them, and what points to each.

Each sign is a name and a number; what a sign is worth is learnt (`weights.json`).
"""

import re
from collections.abc import Iterable

from corpus.extraction.candidate import Candidate, Kind
from corpus.extraction.clauses import Clauses, is_of_somebody, is_unnamed, pronoun_after
from corpus.extraction.guests import Guests
from corpus.extraction.model import Signs, add_links, link_of, weaken
from corpus.extraction.names import Gender, is_first_name
from corpus.extraction.neighbours import Neighbours
from corpus.extraction.persons import Persons
from corpus.extraction.questions import Questions
from corpus.extraction.roles import is_indefinite
from corpus.extraction.speech import begins_with_speech_verb
from corpus.extraction.surroundings import PageText, Surroundings
from corpus.records import Speaker

NOBODY = ""

_MANY = re.compile(
    r"verbatim|réaction|échange|débat|salle|public|participant|parole|entendu|habitants|citoyen"
    r"|réponse|anonym",
    re.IGNORECASE,
)
LISTS = re.compile(
    r"verbatims?\b|citations?\b|\bont dit\b|\ba été dit\b|paroles d|\bentendue?s?\b|florilège"
    r"|témoignage|réponses",
    re.IGNORECASE,
)
_SIGNATURE = 80  # characters


class Voices:
    """Everybody who may have said the words of a page, with the signs of each."""

    def __init__(
        self, page: PageText, title: str, introduced: Iterable[Speaker], opening: str
    ) -> None:
        self.page = page
        self.roster = page.roster
        self.introduced = tuple(introduced)
        self.persons = Persons(page.roster, page.body.text, page.namings, self.introduced)
        self.guests = Guests(page, self.persons, title, self.introduced, opening)
        stand = page.names_stand
        self._clauses = Clauses(self.roster, self.persons, stand)
        self._neighbours = Neighbours(page, self.persons, stand)
        self._questions = Questions(page, self.persons)
        self._around = {id(c): page.around(c) for c in page.candidates}
        self._pointed: dict[int, dict[str, Signs]] = {}
        self._alone: dict[int, dict[str, Signs]] = {}
        self.peers = self._shares_signed()

    def around(self, candidate: Candidate) -> Surroundings:
        """What stands around a candidate."""
        return self._around[id(candidate)]

    def alone(self, candidate: Candidate) -> dict[str, Signs]:
        """Everybody who may have said the words, whatever was said before them."""
        if id(candidate) not in self._alone:
            self._alone[id(candidate)] = self.of(candidate, None)
        return self._alone[id(candidate)]

    def link(self, candidate: Candidate) -> str:
        """The best kind of sign that anybody has."""
        return link_of(self.alone(candidate))

    def of(
        self,
        candidate: Candidate,
        before: Candidate | None,
        speaker: str = NOBODY,
        confidence: float = 1.0,
    ) -> dict[str, Signs]:
        """Everybody who may have said the words, with the signs of each; `NOBODY` has its own.

        `before` are the words accepted above, `speaker` who said them, as surely as `confidence`.
        """
        carried = self._neighbours.carried(candidate, before, speaker)
        found = (
            self._pointing(candidate, {speaker: {carried: confidence}})
            if carried
            else {name: dict(signs) for name, signs in self._uncarried(candidate).items()}
        )
        gap = self._neighbours.distance(candidate, before)
        lost = f"nobody carried {gap}" if before and not speaker else ""
        found[NOBODY] = self._nobody(candidate, found, lost)
        return found

    def _shares_signed(self) -> dict[Kind, float]:
        """How many words of each kind stand alone and are signed: a layout repeats itself."""
        shares = {}
        for kind in Kind:
            peers = [c for c in self.page.candidates if c.kind is kind]
            links = [link_of(self._uncarried(c)) for c in peers]
            signed = sum(link in {"sign", "label", "tail"} for link in links)
            shares[kind] = signed / len(peers) if peers else 0.0
        return shares

    def _uncarried(self, candidate: Candidate) -> dict[str, Signs]:
        """What points to each person, whatever was said before the words."""
        if id(candidate) not in self._pointed:
            self._pointed[id(candidate)] = self._pointing(candidate, {})
        return self._pointed[id(candidate)]

    def _pointing(self, candidate: Candidate, found: dict[str, Signs]) -> dict[str, Signs]:
        """The signs of each person, those already `found` taken in, and how they weigh together."""
        around = self.around(candidate)
        way = _way(candidate, around)
        self._point(candidate, around, way, found)
        told = self._clauses.gender(around)
        for name, signs in found.items():
            self._describe(name, signs)
            is_thing = way is Kind.SECTION and not self.persons.is_person(name)
            signs["thing answers"] = float(is_thing and not signs.get("linked"))
            gender = self.persons.gender_of(name)
            signs["other gender"] = float(not gender.agrees_with(told))
            signs["same gender"] = float(told is not Gender.UNKNOWN and gender is told)
        linked = {name for name, signs in found.items() if signs.get("linked")}
        for name in self._questions.collecting.intersection(found) - linked:
            del found[name]
        another = self._clauses.is_another(around)
        unnamed = self._clauses.unnamed(around).startswith("told")
        for name, signs in found.items():
            if (another or unnamed) and name not in linked:
                weaken(signs, "another" if another else "unnamed")
            elif linked - {name}:
                weaken(signs, "rival")
        return found

    def _point(
        self, candidate: Candidate, around: Surroundings, way: Kind, found: dict[str, Signs]
    ) -> None:
        """Add to `found` whoever anything on the page points to."""

        def sign(names: Iterable[str], what: str) -> None:
            names = tuple(names)
            for name in names:
                found.setdefault(name, {})[what if len(names) == 1 else f"{what} of several"] = 1.0

        self._neighbours.beside(candidate, around, sign)
        self._clauses.after(around, sign)
        self._clauses.before(around, sign)
        sign(self._questions.presented(candidate), "presents")
        answers = way is Kind.SECTION
        if answers:
            self._questions.introduce(candidate, sign)
        if candidate.kind is not Kind.SECTION:
            self._clauses.above(around, sign)
            self._neighbours.near(candidate, sign, answers=answers)
        self.guests.on_page(sign)

    def _describe(self, name: str, signs: Signs) -> None:
        """Add what the name is like, and what it makes of the signs that point to it."""
        known = self.roster.named(name)
        signs["person"] = float(known is not None)
        signs |= self.persons.signs_of_name(name)
        signs["shown"] = float(self.persons.is_shown(name))
        signs["has role"] = float(known is not None and bool(known.role))
        add_links(signs, known is not None)
        signs["first name"] = float(" " not in name and is_first_name(name))

    def _nobody(self, candidate: Candidate, found: dict[str, Signs], lost: str) -> Signs:
        """The signs that nobody whom the page names said the words, beside those `found`.

        `lost` is the sign that nobody said the words above either, "" where it says nothing.
        """
        around = self.around(candidate)
        before, after = around.clause_before, around.clause_after
        link, noun = link_of(found), self._clauses.noun(around)
        unsigned = 1 - self.peers[candidate.kind]
        signs = {
            "nobody": 1.0,
            f"nobody {candidate.kind.value}": 1.0,
            **_signs_beside(candidate, around),
            f"nobody {link}": 1.0,
            f"nobody alone {link}": around.is_alone,
            "nobody told indefinite": begins_with_speech_verb(around.after) and is_unnamed(after),
            "nobody indefinite before": before.endswith(":") and is_unnamed(before.lower()),
            f"nobody told {noun}": bool(noun),
            **self._signs_of_unnamed(around),
            # Below the link, which may have the same name: a pronoun before the words is no sign.
            "nobody pronoun": bool(pronoun_after(after)),
            lost: bool(lost),
            "nobody known": not self.guests.names_anybody,
            "nobody shown": not any(s["shown"] or s.get("linked") for s in found.values()),
            "nobody unsigned peers": unsigned,
            "nobody unsigned alone": unsigned * around.is_alone,
        }
        return {name: float(value) for name, value in signs.items() if value}

    def _signs_of_unnamed(self, around: Surroundings) -> dict[str, bool]:
        """Whether a line above, what stands before or brackets tell of people without a name."""
        unnamed = self._clauses.unnamed(around)
        after = around.after.lstrip(" \u00a0")
        return {
            f"nobody unnamed {unnamed}": bool(unnamed),
            "nobody announced": self._clauses.is_announced(around),
            "nobody anonymous": "anonym" in (after + around.below)[:_SIGNATURE].lower(),
        }


def _way(candidate: Candidate, around: Surroundings) -> Kind:
    """How the words are set apart: what is so below a heading that asks answers as a section."""
    is_asked = candidate.kind is Kind.LAYOUT and around.head.endswith("?")
    return Kind.SECTION if is_asked else candidate.kind


def _signs_beside(candidate: Candidate, around: Surroundings) -> dict[str, bool]:
    """Whether a label, a signature, a line beside or a heading tells of people without a name."""
    below, above = around.below, around.above
    return {
        "nobody indefinite": is_of_somebody(around.after),
        "nobody below indefinite": is_indefinite(below) and len(below) < _SIGNATURE,
        "nobody above indefinite": is_indefinite(above) and len(above) < _SIGNATURE,
        "nobody label indefinite": bool(candidate.label) and is_indefinite(candidate.label),
        "nobody many": bool(_MANY.search(around.head)),
        "nobody listed": bool(LISTS.search(around.head)),
    }

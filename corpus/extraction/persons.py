"""Whether a name is that of a person, as far as it shows, and where people are named."""

import re
from collections.abc import Iterable

from simplemma import is_known

from corpus.extraction.datelines import poster_of
from corpus.extraction.model import Signer, Signs
from corpus.extraction.names import (
    Gender,
    gender_before,
    gender_of,
    is_body_word,
    is_first_name,
    is_known_first_name,
)
from corpus.extraction.roster import Naming, Roster
from corpus.extraction.speech import begins_with_speech_verb
from corpus.records import Speaker

_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-zà-ÿ]{4,}")
_STYLED = re.compile(r"(?:M|Mme|Monsieur|Madame|Dr|Pr|Me|[A-ZÀ-Þ])\b\.?\s?[A-ZÀ-Þ]")
# « Oumou, Thouars », « Léo (8 ans) »
_PLACED = re.compile(r"(?P<who>[A-ZÀ-Þ][\w-]+)(?:,\s|\s\()(?=[A-ZÀ-Þ]|\d\d?\s)")
_BESIDE = 40  # characters


class Persons:
    """Tells the names of people from those of things."""

    def __init__(
        self, roster: Roster, text: str, namings: Iterable[Naming], introduced: Iterable[Speaker]
    ) -> None:
        self._roster = roster
        self._small = frozenset(_SMALL_WORD.findall(text))
        with_roles = {s.name for s in (*introduced, *roster.speakers) if s.role}
        self._shown = with_roles | _shown_as_people(text, namings)
        self._persons: dict[str, bool] = {}
        self._looks: dict[str, Signs] = {}

    def people_in(self, text: str) -> list[Naming]:
        """Where people are named, and not things."""
        return [n for n in self._roster.namings_in(text) if any(map(self.is_person, n.names))]

    def headed(self, heading: str, sign: Signer) -> None:
        """Whom a heading names."""
        namings = self.people_in(heading)
        placed = self.placed(heading)
        if placed and not namings:
            sign((placed,), "head alone")
        for n in namings:
            sign(n.names, "head alone" if len(namings) == 1 else "head")

    def placed(self, heading: str) -> str:
        """The first name that a heading gives with a place, an age or a day, "" if none."""
        found = _PLACED.match(heading)
        who = found["who"] if found else poster_of(heading)
        return who if who and is_first_name(who) else ""

    def is_person(self, name: str) -> bool:
        """Say whether a name is that of a person rather than of a thing, as far as it shows."""
        if name not in self._persons:
            signs = self.signs_of_name(name)
            shows = bool(signs["known first name"]) or _STYLED.match(name)
            is_thing = (
                signs["common words"] or signs["small words"] or signs["acronym"] or signs["body"]
            )
            self._persons[name] = bool(shows) or not is_thing
        return self._persons[name]

    def is_shown(self, name: str) -> bool:
        """Say whether the page, or the first name, shows that it is a person's."""
        return name in self._shown or is_known_first_name(name.split()[0])

    def gender_of(self, name: str) -> Gender:
        """What the name and the role tell."""
        known = self._roster.named(name)
        return gender_of(name, known.role if known else "")

    def signs_of_name(self, name: str) -> Signs:
        """Whether the name looks like that of a person."""
        if name not in self._looks:
            self._looks[name] = self._looks_of(name)
        return self._looks[name]

    def _looks_of(self, name: str) -> Signs:
        words = name.lstrip("@").split()
        small = [w for w in words if len(w) > 3 and w.lower() in self._small]
        common = [w for w in words if len(w) > 2 and is_known(w.lower(), lang="fr")]
        return {
            "known first name": float(is_known_first_name(words[0])),
            "full name": float(len(words) > 1 and not small),
            "small words": len(small) / len(words),
            "common words": 0.0 if is_known_first_name(words[0]) else len(common) / len(words),
            "common word": float(
                len(words) == 1 and bool(common) and not is_known_first_name(name)
            ),
            "acronym": float(len(words) == 1 and name.isupper()),
            "one word": float(len(words) == 1),
            "handle": float(name.startswith("@")),
            "body": float(any(is_body_word(w) for w in words)),
        }


def _shown_as_people(text: str, namings: Iterable[Naming]) -> set[str]:
    """Those of whom the page somewhere says that they speak, or « Mme »."""
    shown: set[str] = set()
    for n in namings:
        before = text[max(0, n.start - _BESIDE) : n.start].split()
        after = text[n.end : n.end + _BESIDE]
        says = begins_with_speech_verb(" ".join(before[-1:])) or begins_with_speech_verb(after)
        if says or gender_before(text, n.start) is not Gender.UNKNOWN:
            shown.update(n.names)
    return shown

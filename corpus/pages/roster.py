"""The people of a page, and which of them a text means."""

import re
from dataclasses import replace

from corpus.pages.names import Mention, mentions_in
from corpus.pages.roles import is_role, role_and_organisation, role_head
from corpus.records import Speaker
from corpus.typography import fold

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ELECTED = re.compile(
    r"(?:\S+ )?(?:maire|adjointe?|deputee?|elue?|conseill\S+ (?:mun|dep|reg))"
    r"|senat|(?:vice-?)?presidente? (?:communaute|region|departement|conseil (?:dep|reg)|metropole)"
)
_SMALL = frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "a", "au", "aux", "en", "et"])


class Roster:
    """Knows people by full name, last name or role; each name stands once, in order."""

    def __init__(self, speakers: list[Speaker]) -> None:
        self._speakers = {_key(speaker.name): speaker for speaker in speakers}

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody, in the order of the page."""
        return tuple(self._speakers.values())

    def learn(self, speaker: Speaker) -> Speaker:
        """Add somebody, or fill in what was not known of them."""
        known = self.named(speaker.name)
        if known is None:
            known = speaker
        elif not known.role and not known.organisation:
            known = replace(known, role=speaker.role, organisation=speaker.organisation)
        self._speakers[_key(known.name)] = known
        return known

    def named(self, name: str) -> Speaker | None:
        """Who bears the name; a last name alone is enough where one person has it."""
        key = _key(name)
        if key in self._speakers:
            return self._speakers[key]
        kin = [s for known, s in self._speakers.items() if _is_short_for(key, known)]
        return kin[0] if len(kin) == 1 else None

    def mentions(self, text: str) -> list[Mention]:
        """Where known people are named in the text, by their names on record."""
        found = [
            Mention(m.start, m.end, known.name)
            for m in mentions_in(text)
            if (known := self.named(m.name))
        ]
        for word in _WORD.finditer(text):
            inside = any(m.start <= word.start() < m.end for m in found)
            known = None if inside or not word.group()[0].isupper() else self.named(word.group())
            if known:
                found.append(Mention(word.start(), word.end(), known.name))
        return sorted(found, key=lambda mention: mention.start)

    def with_role(self, text: str) -> Speaker | None:
        """The one person whose role the text begins with: « la directrice de la Ruche »."""
        heads = {role_head(s.role) for s in self._speakers.values() if s.role}
        if not is_role(text) and role_head(text) not in heads:
            return None
        role, organisation = role_and_organisation(text)
        head = role_head(role)
        people = [s for s in self._speakers.values() if s.role and role_head(s.role) == head]
        if head == "elu":
            people = [s for s in self._speakers.values() if _is_elected(s)]
        asked = _words(organisation)
        if len(people) > 1 and asked:
            people = [s for s in people if asked & _words(s.organisation)]
        # « le maire de Rives » is not the mayor of another town.
        elsewhere = [s for s in people if asked and s.organisation]
        people = [s for s in people if s not in elsewhere or asked & _words(s.organisation)]
        return people[0] if len(people) == 1 else None


def _key(name: str) -> tuple[str, ...]:
    return tuple(re.split(r"[\s\u00a0-]+", fold(name).strip(" .")))


def _is_short_for(key: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """« Morin », « Léa » and « L. Morin » are short for « Léa Morin »."""
    if len(key) == 1:
        return key[0] in (known[-1], known[0])
    initial = key[0].rstrip(".")
    return len(initial) == 1 and known[0].startswith(initial) and key[-1] == known[-1]


def _is_elected(speaker: Speaker) -> bool:
    return _ELECTED.match(fold(f"{speaker.role} {speaker.organisation}")) is not None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text))) - _SMALL

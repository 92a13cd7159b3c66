"""The people of a page: by full name, by a part of it, by role; and where each of them is named."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from simplemma import is_known

from corpus.extraction.names import gender_before, gender_of, is_known_first_name, mentions_in
from corpus.extraction.roles import is_role, role_and_organisation, role_head
from corpus.records import Speaker
from corpus.typography import fold

_WORD = re.compile(r"(?:[A-ZÀ-Þ]\.-?){1,2}[A-ZÀ-Þ][\w'’-]+|@?[^\W_]+(?:[-'’][^\W_]+)*")
_ELECTED = re.compile(
    r"(?:\S+ )?(?:maire|adjointe?|deputee?|elue?|conseill\S+ (?:mun|dep|reg))"
    r"|senat|(?:vice-?)?presidente? (?:communaute|region|departement|conseil (?:dep|reg)|metropole)"
)
_SMALL = frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "a", "au", "aux", "en", "et"])

_STYLED = re.compile(
    r"\b(?:M\.|MM\.|Mme|Mlle|Mgr|Me|Monsieur|Madame|[Mm]aître|Dr|Dre|[Dd]octeure?|Pr|[Pp]rofesseure?)"
    r"[ \u00a0](?:(?:de|du|des|le|la|d['’])[ \u00a0]?){0,2}$"
    r"|(?:[Ss]œur|[Pp]ère|[Ff]rère|[Aa]bbé)[ \u00a0]$"
)

_STYLES = frozenset(["m", "mm", "mme", "mlle", "mgr", "me", "monsieur", "madame", "dr", "pr"])
_LAST_NAME = re.compile(  # « Le Floc’h »
    r"(?:(?:Le|La|Les|De|Du|Des|El|Ben|Van|Von)[ \u00a0](?=[A-ZÀ-Þ]))*[A-ZÀ-Þ@][\w'’-]*"
)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Where somebody is named: `text[start:end]`; several `names` where it may be one of them."""

    start: int
    end: int
    names: tuple[str, ...]


class Roster:
    """Knows people by full name, last name or role; each name stands once, in order."""

    def __init__(self, speakers: Iterable[Speaker] = ()) -> None:
        self._speakers: dict[Key, Speaker] = {}
        self._short: dict[Key, dict[Key, None]] = defaultdict(dict)
        self._namings: dict[str, list[Naming]] = {}
        for speaker in speakers:
            self.learn(speaker)

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
        key = _key(known.name)
        self._namings.clear()
        self._speakers[key] = known
        for short in _short_forms(key) if _is_called_short(known) else ():
            self._short[short][key] = None
        return known

    def bearers(self, name: str, before: str = "") -> tuple[Speaker, ...]:
        """Everybody whom the name may mean; « Mme » or « M. » in the words before it chooses."""
        key = _key(name)
        if key in self._speakers:
            return (self._speakers[key],)
        people = tuple(self._speakers[known] for known in self._short.get(key, ()))
        gender = gender_before(before, len(before))
        fit = tuple(p for p in people if gender_of(p.name, p.role).agrees_with(gender))
        return fit or people

    def named(self, name: str) -> Speaker | None:
        """Who bears the name; a last name alone is enough where one person has it."""
        people = self.bearers(name)
        return people[0] if len(people) == 1 else None

    def namings_in(self, text: str) -> list[Naming]:
        """Where the people of the page, and others not met before, are named in the text."""
        if text not in self._namings:
            self._namings[text] = self._found_in(text)
        return self._namings[text]

    def _found_in(self, text: str) -> list[Naming]:
        found: list[Naming] = []
        at = 0
        for mention in mentions_in(text):
            found.extend(self._short_namings(text, at, mention.start))
            people = self.bearers(mention.name, text[max(0, mention.start - 10) : mention.start])
            names = tuple(p.name for p in people) or (mention.name,)
            found.append(Naming(mention.start, mention.end, names))
            at = mention.end
        return [*found, *self._short_namings(text, at, len(text))]

    def _short_namings(self, text: str, start: int, end: int) -> Iterator[Naming]:
        at = start
        for word in _WORD.finditer(text, start, end):
            if word.start() < at or not (word[0][0].isupper() or word[0][0] == "@"):
                continue
            before = text[max(0, word.start() - 24) : word.start()]
            styled = _STYLED.search(before)
            whole = _LAST_NAME.match(text, word.start(), end) if styled else None
            last = whole if whole and whole.end() > word.end() else word
            people = self.bearers(last[0], before)
            at = last.end()
            if people:
                yield Naming(word.start(), at, tuple(p.name for p in people))
            elif word[0][1:2] == ".":  # « L.Morin »
                yield Naming(word.start(), at, (word[0],))
            elif styled and len(word[0]) > 1:
                name = f"{styled[0]}{last[0]}".replace("\u00a0", " ")
                yield Naming(word.start() - len(styled[0]), at, (name,))

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


def roster_of(
    texts: Iterable[str], introduced: Iterable[Speaker], called: Iterable[str] = ()
) -> Roster:
    """Everybody whom a page names, those that it introduces first; full names before short ones.

    `called` are those who go by one name.
    """
    roster, texts = Roster(introduced), list(texts)
    names = {mention.name: None for text in texts for mention in mentions_in(text)}
    for name in sorted(names, key=_is_shortened):
        if not roster.bearers(name):
            roster.learn(Speaker(name))
    # « Mme Roux » alone, once it is known who else has the name.
    for naming in [naming for text in texts for naming in roster.namings_in(text)]:
        if not roster.bearers(naming.names[0]):
            roster.learn(Speaker(naming.names[0]))
    for name in called:
        if not roster.bearers(name):
            roster.learn(Speaker(name))
    return roster


def initials_of(name: str) -> str:
    """« Jean-Luc Morin » is « jlm »."""
    return fold("".join(part[0] for part in re.split(r"[\s-]+", name) if part[:1].isupper()))


def _is_shortened(name: str) -> bool:
    return "." in name


def _key(name: str) -> Key:
    return tuple(re.split(r"[\s\u00a0-]+|(?<=\b[^\W\d_])\.\s*", fold(name).strip(" .@")))


def _short_forms(key: Key) -> Iterator[Key]:
    """« Morin », « Léa », « L. Morin » and « De Rives » are short for a full name."""
    is_styled = key[0] in _STYLES
    if len(key) > 1 and not is_styled:
        yield key[:1]
    for at in range(1, len(key)):
        yield key[at:]
        if key[0] and not is_styled:
            yield (key[0][0], *key[at:])


def _is_called_short(speaker: Speaker) -> bool:
    """Say whether a part of the name may stand for it: « Poitiers » is not « Osons Poitiers »."""
    first = speaker.name.split()[0]
    shows = speaker.role or is_known_first_name(first) or _STYLED.match(f"{first} ")
    return bool(shows) or not is_known(first.lower(), "fr")


def _is_elected(speaker: Speaker) -> bool:
    return _ELECTED.match(fold(f"{speaker.role} {speaker.organisation}")) is not None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(text))) - _SMALL

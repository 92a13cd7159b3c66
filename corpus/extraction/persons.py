"""Whether a name is that of a person, as far as it shows; whom a label or a signature means."""

import re
from collections.abc import Iterable, Sequence

from simplemma import is_known

from corpus.extraction.datelines import poster_of
from corpus.extraction.labels import REPLY
from corpus.extraction.model import Signer, Signs
from corpus.extraction.names import (
    Gender,
    gender_before,
    gender_of,
    is_body_word,
    is_first_name,
    is_known_first_name,
    is_name_like,
    without_style,
)
from corpus.extraction.roles import is_indefinite, is_role, without_article
from corpus.extraction.roster import Naming, Roster, initials_of
from corpus.extraction.speech import begins_with_speech_verb, has_speech_verb, is_sentence
from corpus.records import Speaker
from corpus.typography import fold

_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-zà-ÿ]{4,}")
_STYLED = re.compile(r"(?:M|Mme|Monsieur|Madame|Dr|Pr|Me|[A-ZÀ-Þ])\b\.?\s?[A-ZÀ-Þ]")
# « Oumou, Thouars », « Léo (8 ans) »
_PLACED = re.compile(r"(?P<who>[A-ZÀ-Þ][\w-]+)(?:,\s|\s\()(?=[A-ZÀ-Þ]|\d\d?\s)")
_BESIDE = 40  # characters
_PREPOSITION = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|pour|et|contre|sur|dans|en|vers|depuis|sous)\s|d['’])"
    r"(?:M\.\s|Mme\s)?(?:[a-zà-ÿ’']+\s){0,2}$"
)
# « Léa Morin dans le premier épisode du podcast », « Léa Morin lors de la réunion publique »
_WHERE = re.compile(r"(?:dans|lors|devant|pour|sur|à|au|aux|en|de|du|le)\s")
# « Réponse de Léa Morin »
_OF_SOMEBODY = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:\s(?:de|par)\s|\sd['’])")
_INITIALS = 4  # letters
_BODY = re.compile(
    r"(?:^|(?<![\d\s]\s)(?<=\s)|(?<=['’]))(?:l['’]|la |le |les )?(?P<body>[A-ZÀ-Þ@][\w’'.-]+"
    r"(?:\s(?:(?:de|du|des|d['’]|la|et|en|pour|les)\s?){0,2}"
    r"[A-ZÀ-Þ][\w’'-]+){0,6}(?:\s\([A-Z]{2,8}\))?)"
)
_PARTICLES = frozenset(
    ["de", "du", "des", "la", "le", "les", "d", "et", "en", "van", "von", "ben", "pour"]
)


class Persons:
    """Tells the names of people from those of things, and whom a label or a signature means."""

    def __init__(
        self,
        roster: Roster,
        text: str,
        namings: Iterable[Naming],
        introduced: Iterable[Speaker],
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
        """The first name that a heading gives with a place, an age, a role or a day, or ""."""
        found = _PLACED.match(heading)
        who = found["who"] if found else poster_of(heading)
        if who and is_first_name(who):
            return who
        name, _, rest = heading.partition(", ")
        is_called = " " not in name and is_known_first_name(name)
        return name if is_called and not is_sentence(rest) else ""

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

    def labelled(self, label: str) -> tuple[str, ...]:
        """Who a label means: a name, a part of one, initials; else the label itself."""
        if is_indefinite(label) or not label.strip("–—") or REPLY.fullmatch(fold(label)):
            return ()
        if without_article(label) != label and (holder := self._roster.with_role(label)):
            return (holder.name,)
        people = self._spelled_out(label) or self._roster.bearers(label)
        return tuple(p.name for p in people) or (label.strip(),)

    def _spelled_out(self, label: str) -> tuple[Speaker, ...]:
        """Those whose initials a label is: « S. T. » for Souleymane Traoré."""
        letters = re.sub(r"[^\w]", "", label)
        if not letters.isupper() or len(letters) > _INITIALS:
            return ()
        people = (s for s in self._roster.speakers if initials_of(s.name) == fold(letters))
        return tuple(s for s in people if not re.sub(r"[^\w]", "", s.name).isupper())

    def signing(self, text: str) -> list[tuple[str, ...]]:
        """Who signs, if nothing but a role or an organisation goes with the name."""
        styled = poster_of(text) or text.strip(" .)]")
        who = without_style(styled)
        if not who or is_indefinite(who):
            return []
        namings = self._roster.namings_in(styled)
        own = _OF_SOMEBODY.match(styled)
        begin = own.end() if own else len(styled) - len(who)
        if namings and namings[0].start <= begin:
            return [namings[0].names] if _ends_signature(styled[namings[0].end :].strip()) else []
        holder = self._roster.with_role(who) if is_role(who) else None
        if holder:
            return [(holder.name,)]
        name = re.split(r",|\s\(|\s[–—-]\s", who)[0].strip()
        # « Évidemment, il faut voir. » goes on as a sentence does.
        return [(name,)] if _is_signature(name) and not is_sentence(who[len(name) :]) else []

    def told_by(self, text: str) -> list[tuple[str, ...]]:
        """Whoever a line names first, and not as the object of something."""
        namings = self._roster.namings_in(text)
        subjects = [n for n in namings if not is_object(text[: n.start])]
        return [n.names for n in (subjects or namings)[:1]]

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


def _ends_signature(rest: str) -> bool:
    """Say whether what follows the name may: a role, an organisation, another name."""
    follows = (
        not rest
        or rest[0] in ",(–—-[/&#"
        or is_role(rest)
        or len(rest.split()) <= 3
        or rest.startswith("et ")
        or (_WHERE.match(rest) and not is_sentence(rest))
    )
    return bool(follows) and not has_speech_verb(rest[:40])


def _is_signature(name: str) -> bool:
    """Say whether it may be the name of somebody whom nothing else on the page names."""
    words = name.split()
    small = [w for w in words if w[:1].islower() and w not in _PARTICLES]
    if is_role(name) or not 0 < len(words) <= 7 or small or _is_common(words):
        return False
    return bool(re.match(r"@\w", name)) or is_name_like(words)


def _is_common(words: Sequence[str]) -> bool:
    """Say whether it is but a word of the dictionary: « Préambule : » opens a part of a text."""
    (first, *others) = words
    return not (others or is_known_first_name(first)) and is_known(first.lower(), lang="fr")


def is_object(before: str) -> bool:
    """Say whether what stands before a name makes it the object of something: « avec … »."""
    return _PREPOSITION.search(before) is not None


def bodies_in(clause: str) -> list[str]:
    """What has a capital and is nobody's name: « la CNIL », « Fédération des Rives »."""
    found = (match["body"].rstrip(".,") for match in _BODY.finditer(clause))
    return [
        body
        for body in found
        if is_name_like(body.split()) and not re.search(r"(?:ant|ment)$|^[A-Z]['’][a-zà-ÿ]", body)
    ]

"""What was said: webinars, their key ideas and verbatims, as frozen values.

A record that breaks one of its promises cannot be made: the constructor raises `ValueError`.
"""

import hashlib
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.typography import slug_from

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
ID_LENGTH = 10  # hexadecimal digits: one clash in a million at 1,500 quotes

_UNWRITABLE = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]"
)  # controls, half pairs


def is_id(text: str) -> bool:
    """Say whether `text` may stand in an address: lower-case letters, digits and hyphens."""
    return _ID.fullmatch(text) is not None


def content_id(*parts: str) -> str:
    """Identify a text by its words: the same parts always give the same id."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8"))
    return digest.hexdigest()[:ID_LENGTH]


def fresh_id(webinar_id: str, text: str, taken: Container[str]) -> str:
    """An id from the words; a text said twice in one webinar gets another by its place."""
    chosen, again = content_id(webinar_id, text), 0
    while chosen in taken:
        again += 1
        chosen = content_id(webinar_id, text, str(again))
    return chosen


def is_writable(text: str) -> bool:
    """Say whether every character can stand in a text file (line ends are judged elsewhere)."""
    return not _UNWRITABLE.search(text)


def _require(condition: bool, fault: str) -> None:
    if not condition:
        raise ValueError(fault)


def _require_line(text: str, name: str, *, empty: bool = False) -> None:
    _require(is_writable(text) and "\n" not in text, f"{name} must be one line: {text!r}")
    _require(text == text.strip(), f"{name} must not begin or end with a space: {text!r}")
    _require(empty or bool(text), f"{name} must not be empty")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an untouched text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it, with the role and organisation of that day.

    `own_id` (« fiche » in a write-up) tells two people of one name apart, or joins two names.
    """

    name: str
    role: str = ""
    organisation: str = ""
    own_id: str = ""

    def __post_init__(self) -> None:
        _require_line(self.name, "name")
        _require_line(self.role, "role", empty=True)
        _require_line(self.organisation, "organisation", empty=True)
        _require(not self.own_id or is_id(self.own_id), f"not an id: {self.own_id!r}")

    @property
    def id(self) -> str:
        """The name in an address: one person keeps it from webinar to webinar."""
        return self.own_id or slug_from(self.name) or content_id(self.name)


@dataclass(frozen=True, slots=True)
class KeyIdea:
    """A summary in the organiser's words, backed by verbatims."""

    id: str
    number: int
    text: str
    webinar: str

    def __post_init__(self) -> None:
        _require(is_id(self.id), f"not an id: {self.id!r}")
        _require(self.number > 0, "number must count from 1")
        _require_line(self.text, "text")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A quote, word for word: `text` is never normalised, trimmed or corrected.

    `start` is its moment in the replay, in seconds.
    """

    id: str
    text: str
    speaker: Speaker | None = None
    key_idea: KeyIdea | None = None
    start: int | None = None

    def __post_init__(self) -> None:
        _require(is_id(self.id), f"not an id: {self.id!r}")
        _require(is_writable(self.text), f"text holds control characters: {self.text!r}")
        _require(not self.text.isspace() and bool(self.text), "text must not be empty")
        _require(self.start is None or self.start >= 0, "start must not be negative")


@dataclass(frozen=True, slots=True)
class Webinar:
    """A session and its page; verbatims stand in the order of their ideas, those without first."""

    id: str
    title: str
    held_on: date | None = None
    published_on: date | None = None
    url: str = ""
    replay_url: str = ""
    introduction: str = ""
    speakers: tuple[Speaker, ...] = ()
    key_ideas: tuple[KeyIdea, ...] = ()
    verbatims: tuple[Verbatim, ...] = ()

    def __post_init__(self) -> None:
        _require(is_id(self.id), f"not an id: {self.id!r}")
        _require_line(self.title, "title")
        _require_line(self.url, "url", empty=True)
        _require_line(self.replay_url, "replay_url", empty=True)
        _require(
            is_writable(self.introduction) and self.introduction == self.introduction.strip(),
            "introduction must not begin or end with a space",
        )
        names = [speaker.name for speaker in self.speakers]
        _require(len(names) == len(set(names)), "two speakers have one name")
        ids = [part.id for part in self.parts]
        _require(len(ids) == len(set(ids)), "two parts have one id")
        self._require_known_parts()

    def _require_known_parts(self) -> None:
        order = {idea: place for place, idea in enumerate(self.key_ideas)}
        for verbatim in self.verbatims:
            _require(
                verbatim.speaker is None or verbatim.speaker in self.speakers,
                f"unknown speaker of {verbatim.id}",
            )
            _require(
                verbatim.key_idea is None or verbatim.key_idea in order,
                f"unknown key idea of {verbatim.id}",
            )
        places = [order[v.key_idea] if v.key_idea else -1 for v in self.verbatims]
        _require(places == sorted(places), "verbatims are not in the order of their key ideas")

    @property
    def parts(self) -> tuple[KeyIdea | Verbatim, ...]:
        """The key ideas, then the verbatims."""
        return (*self.key_ideas, *self.verbatims)

    def verbatims_of(self, idea: KeyIdea | None) -> Sequence[Verbatim]:
        """The verbatims that back an idea (None: those that back none), in order."""
        return [verbatim for verbatim in self.verbatims if verbatim.key_idea == idea]


def with_ids(webinar: Webinar, ids: Mapping[str, str]) -> Webinar:
    """The same record under other ids, where they are given."""
    ideas = {idea: replace(idea, id=ids.get(idea.id, idea.id)) for idea in webinar.key_ideas}
    verbatims = tuple(
        replace(said, id=ids.get(said.id, said.id), key_idea=said.key_idea and ideas[said.key_idea])
        for said in webinar.verbatims
    )
    return replace(webinar, key_ideas=tuple(ideas.values()), verbatims=verbatims)

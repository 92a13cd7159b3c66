"""The texts of a site one by one, the lists they point into, and the columns that point.

After Schwartz and Hearst, 2003 (A simple algorithm for identifying abbreviation definitions):
the letters of the acronym are looked for from right to left in the words before it. Theirs asks
only the first letter to begin a word; French acronyms are made of first letters, so all must.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, Protocol, overload

import numpy as np

from corpus.homonyms import speaker_labels
from corpus.lists import Theme, Vocabulary
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.typography import fold, slug_from
from indexer.affinity import Matrix
from indexer.fields import Catalogue


@dataclass(frozen=True, slots=True)
class Part:
    """A verbatim or a key idea in its webinar."""

    webinar: Webinar
    said: Verbatim | None
    idea: KeyIdea | None

    @property
    def id(self) -> str:
        """The id of the verbatim, or of the idea."""
        if self.said:
            return self.said.id
        return self.idea.id if self.idea else ""

    @property
    def text(self) -> str:
        """The untouched text."""
        if self.said:
            return self.said.text
        return self.idea.text if self.idea else ""

    @property
    def heading(self) -> KeyIdea | None:
        """The key idea that a verbatim backs."""
        return self.idea if self.said else None

    @property
    def speaker(self) -> Speaker | None:
        """Who said it; nobody says a key idea."""
        return self.said.speaker if self.said else None


class Parts(Sequence[Part]):
    """Every document to be, in the order of the write-ups: an idea, then what backs it.

    They are made each time they are asked for: a site may be larger than memory.
    """

    def __init__(self, webinars: Sequence[Webinar]) -> None:
        self._webinars = webinars
        self._starts = [0, *accumulate(len(webinar.parts) for webinar in webinars)]

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Part]:
        return (part for webinar in self._webinars for part in parts_of_webinar(webinar))

    @overload
    def __getitem__(self, place: int) -> Part: ...
    @overload
    def __getitem__(self, place: slice) -> list[Part]: ...
    def __getitem__(self, place: int | slice) -> Part | list[Part]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _ = place.indices(len(self))
        first = bisect_right(self._starts, start) - 1
        some = Parts(self._webinars[first : bisect_left(self._starts, stop)])
        return [*islice(some, start - self._starts[first], stop - self._starts[first])]


def parts_of(webinars: Sequence[Webinar]) -> Sequence[Part]:
    """Every document to be of some webinars; those that memory holds are made once."""
    parts = Parts(webinars)
    return [*parts] if isinstance(webinars, list | tuple) else parts


def parts_of_webinar(webinar: Webinar) -> Iterator[Part]:
    """The same for one webinar; what backs no idea comes first."""
    for idea in (None, *webinar.key_ideas):
        if idea:
            yield Part(webinar, None, idea)
        for said in webinar.verbatims_of(idea):
            yield Part(webinar, said, idea)


_WORD = r"[^\W\d_][\w’'-]*"
_SHORT = r"[A-ZÀ-Ý][A-ZÀ-Ýa-z]{0,6}[A-ZÀ-Ýi]"
_LONG_FIRST = re.compile(rf"((?:{_WORD}\s+){{0,12}}{_WORD})[»”\"]?\s*\(({_SHORT})\)")
_MIN_WORDS = 2
_SHORT_FIRST = re.compile(rf"\b({_SHORT})\s*\(((?:{_WORD}\s+){{1,12}}{_WORD})\)")


def acronyms_in(text: str) -> Iterator[tuple[str, str]]:
    """Each acronym of a text with the words that it stands for."""
    if "(" not in text:  # most texts
        return
    for found in _LONG_FIRST.finditer(text):
        if _is_acronym(found[2]) and (words := _explained(found[2], found[1])):
            yield found[2], words
    for found in _SHORT_FIRST.finditer(text):
        words = _explained(found[1], found[2]) if _is_acronym(found[1]) else ""
        if words and fold(words) == fold(found[2]):
            yield found[1], words


def _is_acronym(short: str) -> bool:
    return sum(letter.isupper() for letter in short) >= 2


def _explained(short: str, before: str) -> str:
    """The shortest end of `before` whose words hold the letters of the acronym, in order."""
    letters, text = fold(short), fold(before)
    if len(text) != len(before):
        return ""  # a ligature was unfolded: places would no longer agree
    place = len(text)
    for letter in reversed(letters):
        place -= 1
        while place >= 0 and not (text[place] == letter and _begins_a_word(text, place)):
            place -= 1
        if place < 0:
            return ""
    words = before[place:]
    return words if _MIN_WORDS <= len(words.split()) <= len(letters) + 5 else ""


def _begins_a_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()


Columns = dict[str, Any]  # name to numpy array, one row a document


class Lists(Protocol):
    """What a site is made of."""

    @property
    def webinars(self) -> Sequence[Webinar]: ...

    @property
    def themes(self) -> Sequence[Theme]: ...

    @property
    def vocabulary(self) -> Vocabulary: ...


def catalogue_of(
    site: Lists,
    compounds: Mapping[str, Sequence[str]],
    public: Mapping[str, Sequence[str]],
    explained: Iterable[tuple[str, str]],
) -> Catalogue:
    """The lists of a site; `compounds` are the words of several that its texts write, `public`
    the acronyms of public life that they use, `explained` those that they explain.
    """
    organisations: dict[str, str] = {}
    for webinar in site.webinars:
        for speaker in webinar.speakers:
            if slug := slug_from(speaker.organisation):
                organisations.setdefault(slug, speaker.organisation)
    return Catalogue(
        themes=[
            {
                "id": theme.id,
                "label": theme.label,
                "description": theme.description,
                "seeds": list(theme.seeds),
            }
            for theme in site.themes
        ],
        speakers=[
            {"id": key, "label": label} for key, label in speaker_labels(site.webinars).items()
        ],
        organisations=[{"id": key, "label": label} for key, label in organisations.items()],
        webinars=[_webinar_entry(webinar) for webinar in site.webinars],
        acronyms=_acronyms(site, public, explained),
        synonyms={key: list(values) for key, values in site.vocabulary.synonyms.items()},
        compounds={joint: list(parts) for joint, parts in compounds.items()},
    )


def explained_in(webinars: Iterable[Webinar]) -> Iterator[tuple[str, str]]:
    """Each acronym that the texts of some webinars explain, with its words."""
    for webinar in webinars:
        for text in (webinar.introduction, *(part.text for part in parts_of_webinar(webinar))):
            yield from acronyms_in(text)


def _acronyms(
    site: Lists, public: Mapping[str, Sequence[str]], explained: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """Those that the editor declares, those that the write-ups explain, then the public ones."""
    found = {key: list(values) for key, values in site.vocabulary.acronyms.items()}
    known = {fold(text) for texts in found.values() for text in texts}
    for short, words in explained:
        if fold(words) not in known:
            known.add(fold(words))
            found.setdefault(short, []).append(words)
    own = set(map(fold, found))
    for short, longs in public.items():
        if fold(short) not in own and (new := [long for long in longs if fold(long) not in known]):
            found[short] = new
    return found


def _webinar_entry(webinar: Webinar) -> dict[str, Any]:
    texts = [
        webinar.introduction,
        *(idea.text for idea in webinar.key_ideas),
        *(said.text for said in webinar.verbatims),
    ]
    return {
        "id": webinar.id,
        "title": webinar.title,
        "held_on": webinar.held_on.isoformat() if webinar.held_on else None,
        "published_on": webinar.published_on.isoformat() if webinar.published_on else None,
        "url": webinar.url,
        "replay_url": webinar.replay_url,
        "introduction": webinar.introduction,
        "speakers": [
            {"id": s.id, "name": s.name, "role": s.role, "organisation": s.organisation}
            for s in webinar.speakers
        ],
        "ideas": len(webinar.key_ideas),
        "verbatims": len(webinar.verbatims),
        "words": sum(len(text.split()) for text in texts),
    }


def columns_of(parts: Sequence[Part], affinities: Matrix, catalogue: Catalogue) -> Columns:
    """One row a part: its places in the lists of the catalogue, its day, its affinities."""

    def places(entries: Sequence[dict[str, Any]]) -> dict[str, int]:
        return {entry["id"]: place for place, entry in enumerate(entries)}

    speakers, webinars = places(catalogue["speakers"]), places(catalogue["webinars"])
    organisations = places(catalogue["organisations"])

    def row(part: Part) -> tuple[int, ...]:
        who, day = part.speaker, part.webinar.held_on
        return (
            0 if part.said else 1,
            speakers[who.id] if who else -1,
            organisations.get(slug_from(who.organisation), -1) if who else -1,
            webinars[part.webinar.id],
            day.toordinal() if day else 0,
        )

    names = ("kinds", "speakers", "organisations", "webinars", "days")
    rows = np.fromiter(map(row, parts), np.dtype((np.int32, len(names))), len(parts))
    return {
        **{name: np.ascontiguousarray(rows[:, place]) for place, name in enumerate(names)},
        "affinities": affinities.astype(np.float32),
    }

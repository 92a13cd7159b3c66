"""What an editor changes in a record: a value each, so that a program may send it.

The words of a quote are those of the page, or a part of what was kept: no change types them.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from corpus.bench.places import PageWords, Piece, Spot
from corpus.problems import CorpusError
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id, is_id
from corpus.writeups.writing import seconds_from


@dataclass(frozen=True, slots=True)
class Work:
    """The record worked on, its page, and the record that the page drafted, when known."""

    webinar: Webinar
    page: PageWords
    draft: Webinar | None = None

    def verbatim(self, wanted: str) -> Verbatim:
        """A quote by its id."""
        return _found(self.webinar.verbatims, wanted, "ce verbatim n’est plus là")

    def idea(self, wanted: str) -> KeyIdea | None:
        """A key idea by its id; « » is none."""
        return (
            _found(self.webinar.key_ideas, wanted, "cette idée n’est plus là") if wanted else None
        )

    def speaker(self, name: str) -> Speaker | None:
        """A person by name; « » is nobody."""
        if not name:
            return None
        for speaker in self.webinar.speakers:
            if speaker.name == name:
                return speaker
        raise CorpusError(f"« {name} » n’est plus dans la liste des intervenants.")

    def fresh(self, text: str) -> str:
        """The id of a new part; those of the page are kept for its own texts."""
        known = (part for w in (self.webinar, self.draft) if w for part in w.parts)
        return fresh_id(self.webinar.id, text, {part.id for part in known})


class Change(Protocol):
    """What an editor asks for."""

    def made(self, work: Work) -> Webinar:
        """The record once changed; raise `CorpusError` when it cannot be."""


Part = TypeVar("Part", KeyIdea, Verbatim)


def _found(parts: Iterable[Part], wanted: str, fault: str) -> Part:
    for part in parts:
        if part.id == wanted:
            return part
    raise CorpusError(f"{fault} : il a été changé ailleurs.")


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def in_order(webinar: Webinar, verbatims: Iterable[Verbatim]) -> Webinar:
    """The record with these verbatims, set in the order of their ideas."""
    order = {idea: place for place, idea in enumerate(webinar.key_ideas)}
    placed = sorted(verbatims, key=lambda said: order[said.key_idea] if said.key_idea else -1)
    return replace(webinar, verbatims=tuple(placed))


def with_ideas(webinar: Webinar, ideas: Iterable[KeyIdea], heir: KeyIdea | None = None) -> Webinar:
    """The record with these ideas; verbatims follow theirs by id, else they go to the heir."""
    kept = {idea.id: idea for idea in ideas}
    verbatims = [
        replace(said, key_idea=said.key_idea and kept.get(said.key_idea.id, heir))
        for said in webinar.verbatims
    ]
    bare = replace(webinar, key_ideas=tuple(kept.values()), verbatims=())
    return in_order(bare, verbatims)


def with_people(webinar: Webinar, people: dict[Speaker, Speaker | None]) -> Webinar:
    """The record where some people are others, or nobody."""
    speakers = [people.get(s, s) for s in webinar.speakers]
    kept = tuple(dict.fromkeys(speaker for speaker in speakers if speaker))
    verbatims = tuple(
        replace(said, speaker=people.get(said.speaker, said.speaker) if said.speaker else None)
        for said in webinar.verbatims
    )
    return replace(webinar, speakers=kept, verbatims=verbatims)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Some verbatims were said by somebody of the list, or by nobody that is named."""

    verbatims: tuple[str, ...]
    speaker: str

    def made(self, work: Work) -> Webinar:
        """One change, however many verbatims."""
        speaker = work.speaker(self.speaker)
        wanted = {work.verbatim(each).id for each in self.verbatims}
        said = (
            replace(v, speaker=speaker) if v.id in wanted else v for v in work.webinar.verbatims
        )
        return replace(work.webinar, verbatims=tuple(said))


@dataclass(frozen=True, slots=True)
class Present:
    """A person of the list as told now; `former` is the name in the list, « » for somebody new.

    The verbatims named are theirs too: « it was said by somebody else » is one gesture.
    """

    former: str
    name: str
    role: str
    organisation: str
    sheet: str
    verbatims: tuple[str, ...]

    def made(self, work: Work) -> Webinar:
        """Two people never share a name: the one of the list is taken."""
        name = _line(self.name)
        if not name:
            raise CorpusError("donnez le nom de la personne.")
        if self.sheet and not is_id(self.sheet):
            raise CorpusError("la fiche s’écrit en minuscules sans accent : jean-martin-vaux.")
        person = Speaker(name, _line(self.role), _line(self.organisation), self.sheet)
        webinar = work.webinar
        others = [s for s in webinar.speakers if s.name == name and s.name != self.former]
        if former := work.speaker(self.former):
            webinar = with_people(webinar, {former: others[0] if others else person})
        elif not others:
            webinar = replace(webinar, speakers=(*webinar.speakers, person))
        return Attribute(self.verbatims, name).made(replace(work, webinar=webinar))


@dataclass(frozen=True, slots=True)
class Dismiss:
    """A person leaves the list; what they said is nobody's."""

    name: str

    def made(self, work: Work) -> Webinar:
        """Nothing said goes."""
        person = work.speaker(self.name)
        return with_people(work.webinar, {person: None} if person else {})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the page are a verbatim: a new one, or those of `verbatim` from now on."""

    start: Spot
    end: Spot
    speaker: str
    verbatim: str

    def made(self, work: Work) -> Webinar:
        """A new one takes its place in the order of the page, under the idea above it."""
        text = work.page.between(self.start, self.end)
        webinar = work.webinar
        if self.verbatim:
            old = work.verbatim(self.verbatim)
            new = replace(old, text=text)
            return replace(
                webinar, verbatims=tuple(new if v == old else v for v in webinar.verbatims)
            )
        if any(said.text == text for said in webinar.verbatims):
            raise CorpusError("ces mots sont déjà un verbatim.")
        speaker = work.speaker(self.speaker)
        return _placed(work, Verbatim(work.fresh(text), text, speaker), self.start)


def _placed(work: Work, new: Verbatim, spot: Spot) -> Webinar:
    webinar = work.webinar
    here = (spot.line, spot.offset)
    ideas = work.page.places_of(idea.text for idea in webinar.key_ideas)
    above = [i for i, p in zip(webinar.key_ideas, ideas, strict=True) if _top(p) < here and p]
    said = work.page.places_of(v.text for v in webinar.verbatims)
    before = [i for i, p in enumerate(said) if p and _top(p) < here]
    idea = above[-1] if above else None
    if not above and before:
        idea = webinar.verbatims[before[-1]].key_idea
    own = [i for i in before if webinar.verbatims[i].key_idea == idea]
    firsts = [i for i, v in enumerate(webinar.verbatims) if v.key_idea == idea]
    at = own[-1] + 1 if own else firsts[0] if firsts else len(webinar.verbatims)
    verbatims = list(webinar.verbatims)
    verbatims.insert(at, replace(new, key_idea=idea))
    return in_order(webinar, verbatims)


def _top(pieces: tuple[Piece, ...]) -> tuple[int, int]:
    return (pieces[0].line, pieces[0].start) if pieces else (0, 0)


@dataclass(frozen=True, slots=True)
class Split:
    """A verbatim is two, cut at a place of the page; the first keeps its id."""

    verbatim: str
    at: Spot

    def made(self, work: Work) -> Webinar:
        """No word goes: only the spaces where it is cut."""
        old = work.verbatim(self.verbatim)
        cut = _offset(work, old, self.at)
        first, second = old.text[:cut].rstrip(), old.text[cut:].lstrip()
        if not (re.search(r"\w", first) and re.search(r"\w", second)):
            raise CorpusError("il n’y a pas de mots des deux côtés : placez le curseur entre deux.")
        halves = (replace(old, text=first), replace(old, id=work.fresh(second), text=second))
        said = (half for v in work.webinar.verbatims for half in (halves if v == old else (v,)))
        return replace(work.webinar, verbatims=tuple(said))


def _offset(work: Work, said: Verbatim, spot: Spot) -> int:
    """The character of a quote that stands at a place of the page: as many letters are before."""
    texts = [other.text for other in work.webinar.verbatims]
    pieces = work.page.places_of(texts)[work.webinar.verbatims.index(said)]
    before = 0
    for piece in pieces:
        if piece.line > spot.line:
            break
        stop = min(piece.end, spot.offset) if piece.line == spot.line else piece.end
        before += len("".join(work.page.lines[piece.line][piece.start : stop].split()))
    for offset, sign in enumerate(said.text):
        if not before:
            return offset
        before -= not sign.isspace()
    return len(said.text)


@dataclass(frozen=True, slots=True)
class Join:
    """A verbatim and the one after it are one; what parts them on the page is only space."""

    verbatim: str

    def made(self, work: Work) -> Webinar:
        """The page says whether the two are one paragraph or two."""
        verbatims = list(work.webinar.verbatims)
        at = verbatims.index(work.verbatim(self.verbatim))
        if at + 1 == len(verbatims) or verbatims[at].key_idea != verbatims[at + 1].key_idea:
            raise CorpusError("il n’y a pas de verbatim à la suite, sous la même idée.")
        one, other = verbatims[at : at + 2]
        joined = f"{one.text} {other.text}"
        is_one = any(work.page.places_of([joined])) and len(work.page.places_of([joined])[0]) == 1
        text = joined if is_one else f"{one.text}\n{other.text}"
        verbatims[at : at + 2] = [replace(one, text=text, speaker=one.speaker or other.speaker)]
        return replace(work.webinar, verbatims=tuple(verbatims))


@dataclass(frozen=True, slots=True)
class Move:
    """A verbatim goes under an idea (« »: none), before another, or last (« »)."""

    verbatim: str
    idea: str
    before: str

    def made(self, work: Work) -> Webinar:
        """The order of the others stays."""
        old = work.verbatim(self.verbatim)
        left = [v for v in work.webinar.verbatims if v != old]
        moved = replace(old, key_idea=work.idea(self.idea))
        at = left.index(work.verbatim(self.before)) if self.before else len(left)
        left.insert(at, moved)
        return in_order(work.webinar, left)


@dataclass(frozen=True, slots=True)
class Remove:
    """Some verbatims or ideas go; what backs an idea that goes backs the one above."""

    parts: tuple[str, ...]

    def made(self, work: Work) -> Webinar:
        """Undone like any change; the page keeps its words."""
        webinar = work.webinar
        _require_known(self.parts, {part.id for part in webinar.parts})
        kept = tuple(said for said in webinar.verbatims if said.id not in self.parts)
        webinar = replace(webinar, verbatims=kept)
        for wanted in [idea for idea in webinar.key_ideas if idea.id in self.parts]:
            ideas = list(webinar.key_ideas)
            at = ideas.index(wanted)
            heir = ideas[at - 1] if at else None
            webinar = with_ideas(webinar, [i for i in ideas if i != wanted], heir)
        return webinar


def _require_known(parts: Iterable[str], known: Container[str]) -> None:
    if any(part not in known for part in parts):
        raise CorpusError("une partie n’est plus là : elle a été changée ailleurs.")


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A verbatim that the page drafted and that was removed comes back."""

    verbatim: str

    def made(self, work: Work) -> Webinar:
        """With its id, and its speaker and idea where they are still there."""
        drafted = work.draft.verbatims if work.draft else ()
        old = _found(drafted, self.verbatim, "la page n’a pas ce verbatim")
        name = old.speaker.name if old.speaker else ""
        speaker = next((s for s in work.webinar.speakers if s.name == name), old.speaker)
        webinar = work.webinar
        if speaker and speaker not in webinar.speakers:
            webinar = replace(webinar, speakers=(*webinar.speakers, speaker))
        new = replace(old, speaker=speaker, key_idea=None)
        pieces = work.page.places_of([old.text])[0]
        spot = Spot(pieces[0].line, pieces[0].start) if pieces else Spot(0, 0)
        return _placed(replace(work, webinar=webinar), new, spot)


@dataclass(frozen=True, slots=True)
class Describe:
    """The head of the write-up, as typed."""

    title: str
    held_on: str
    published_on: str
    url: str
    replay_url: str
    introduction: str

    def made(self, work: Work) -> Webinar:
        """A date or an address that is none is refused with its reason."""
        if not (title := _line(self.title)):
            raise CorpusError("donnez un titre.")
        return replace(
            work.webinar,
            title=title,
            held_on=_day(self.held_on),
            published_on=_day(self.published_on),
            url=_link(self.url),
            replay_url=_link(self.replay_url),
            introduction=self.introduction.replace("\r\n", "\n").replace("\t", " ").strip(),
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise CorpusError(f"« {text} » n’est pas une date : écrivez 2024-03-12.") from error


def _link(text: str) -> str:
    if text.strip() and not re.fullmatch(r"https?://\S+", text.strip(), re.IGNORECASE):
        raise CorpusError("une adresse commence par https:// et n’a pas d’espace.")
    return text.strip()


@dataclass(frozen=True, slots=True)
class Word:
    """A key idea as told now; without an id, a new one after the others."""

    idea: str
    text: str

    def made(self, work: Work) -> Webinar:
        """Its number is its own; a new one follows the last."""
        if not (text := _line(self.text)):
            raise CorpusError("écrivez l’idée en une phrase.")
        ideas = list(work.webinar.key_ideas)
        if old := work.idea(self.idea):
            ideas[ideas.index(old)] = replace(old, text=text)
        else:
            number = max((idea.number for idea in ideas), default=0) + 1
            ideas.append(KeyIdea(work.fresh(text), number, text, work.webinar.id))
        return with_ideas(work.webinar, ideas)


@dataclass(frozen=True, slots=True)
class Time:
    """The moment of the replay at which a verbatim was said; « » is not known."""

    verbatim: str
    moment: str

    def made(self, work: Work) -> Webinar:
        """Written 12:04 or 1:02:03."""
        start = seconds_from(self.moment.strip()) if self.moment.strip() else None
        if self.moment.strip() and start is None:
            raise CorpusError("un moment s’écrit 12:04, ou 1:02:03 passé une heure.")
        old = work.verbatim(self.verbatim)
        new = replace(old, start=start)
        said = (new if v == old else v for v in work.webinar.verbatims)
        return replace(work.webinar, verbatims=tuple(said))


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of several verbatims, found in the subtitles: one step, undone at once."""

    times: tuple[Time, ...]

    def made(self, work: Work) -> Webinar:
        """Each as if it were typed."""
        webinar = work.webinar
        for time in self.times:
            webinar = time.made(replace(work, webinar=webinar))
        return webinar


CHANGES: dict[str, type[Change]] = {
    kind.__name__.lower(): kind
    for kind in (
        *(Attribute, Present, Dismiss, Mark, Split, Join, Move, Remove, TakeBack),
        *(Describe, Word, Time, Times),
    )
}

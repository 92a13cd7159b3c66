"""Bringing a write-up up to date with its page: ids outlive corrections, an editor's work stays.

Three records are compared: the write-up, what the page said when it was last added, and what it
says now. Whoever changed a value alone is followed. When both did, the editor's stays, with a note.
When nothing is remembered of the page, every difference may be the editor's.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from rapidfuzz import fuzz

from corpus.adding.draft import Draft, Notes
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar, fresh_id, with_ids
from corpus.typography import spaced
from corpus.writeups.writing import TO_CHECK

# Similarity, out of 100: from there on a text was corrected, it is not another one.
SAME_WORDS = 90
SAME_PLACE = 80  # between two states of one page

Said = TypeVar("Said", KeyIdea, Verbatim)


Ids = dict[str, str]


def ids_of(new: Webinar, page: Webinar | None, old: Webinar) -> tuple[Ids, Ids]:
    """For each id of a draft, the one its text bears in the write-up or bore, else a new one.

    `page` is what the page drafted before: a text is found through it even where the editor
    wrote it another way since. The second answer is for its ids.
    """
    ideas, said = (page.key_ideas, page.verbatims) if page else ((), ())
    found, before = _continued(new.key_ideas, ideas, old.key_ideas)
    found_said, before_said = _continued(new.verbatims, said, old.verbatims)
    # An editor may have given a quote the id of an idea: what the write-up holds keeps it.
    free = set(found_said.values())
    found = {part_id: known for part_id, known in found.items() if known not in free} | found_said
    # Ids of lost texts must not go to others: a link would lead to other words.
    taken = {part.id for webinar in (old, page) if webinar for part in webinar.parts}
    for part in new.parts:
        if part.id not in found:
            taken.add(chosen := fresh_id(new.id, part.text, taken))
            found[part.id] = chosen
    return found, {known: found[part_id] for part_id, known in (before | before_said).items()}


def _continued(new: Sequence[Said], page: Sequence[Said], old: Sequence[Said]) -> tuple[Ids, Ids]:
    """The id that each text keeps, and the one that it had on the page.

    Through the page first; then, for what the write-up has not, among the texts left in it.
    """
    before = {part.id: known.id for part, known in _pairs(new, page, SAME_PLACE)}
    written = {part.id for part in old}
    left = [part for part in new if before.get(part.id) not in written]
    free = [part for part in old if part.id not in before.values()]
    ids = before | {part.id: known.id for part, known in _pairs(left, free, SAME_WORDS)}
    return ids, before


def _pairs(
    new: Sequence[Said], known: Sequence[Said], enough: float
) -> Iterator[tuple[Said, Said]]:
    """Each text with the one it continues: the same, else the closest of those left."""
    left = list(known)
    without: list[Said] = []
    for part in new:
        same = next((other for other in left if other.text == part.text), None)
        if same:
            left.remove(same)
            yield part, same
        else:
            without.append(part)
    for part in without:
        if not left:
            return
        closest = max(left, key=lambda other: fuzz.ratio(other.text, part.text))
        if fuzz.ratio(closest.text, part.text) >= enough:
            left.remove(closest)
            yield part, closest


_HEAD = {
    "title": "le titre",
    "held_on": "la date",
    "published_on": "la date de publication",
    "url": "l’adresse",
    "replay_url": "l’adresse de la vidéo",
    "introduction": "le chapeau",
}


@dataclass(frozen=True, slots=True)
class Merge:
    """The write-up to be, what to check in it, and the page under the ids of the write-up."""

    webinar: Webinar
    notes: Notes
    page: Webinar


def merged(old: Webinar, page: Webinar | None, draft: Draft) -> Merge:
    """Merge the write-up (`old`), what its page said before (`page`) and says now (`draft`)."""
    ids, of_page = ids_of(draft.webinar, page, old)
    new = with_ids(draft.webinar, ids)
    doubts = {ids[part_id]: notes for part_id, notes in draft.notes.items() if part_id in ids}
    merging = _Merging(old, with_ids(page, of_page) if page else None, new, doubts)
    return Merge(merging.webinar(), merging.notes, new)


def _settled(name: str, ours: Any, before: Any, now: Any) -> tuple[Any, bool]:
    """The value of a field to write, and whether the page and the editor disagree on it.

    What the page does not say never takes away what is written.
    """
    written, said = getattr(ours, name), getattr(now, name)
    known = before is not None
    was = getattr(before, name) if known else None
    if not said or said == written or (known and said == was):
        return written, False
    is_untouched = written == was if known else not written
    return (said, False) if is_untouched else (written, True)


@dataclass(frozen=True, slots=True)
class _Said:
    """A verbatim to be, with its speaker by name and its key idea by id."""

    id: str
    text: str
    speaker: str | None
    idea: str | None
    start: int | None
    is_new: bool = False


@dataclass
class _Merging:
    """One merge: the same part bears the same id in the three records.

    Doubts are told of new parts only: those of the others were told, and maybe settled.
    """

    old: Webinar
    page: Webinar | None
    new: Webinar
    doubts: Notes
    notes: Notes = field(default_factory=dict)

    def webinar(self) -> Webinar:
        """The write-up to be."""
        verbatims = self._verbatims()
        ideas = self._ideas({said.idea for said in verbatims})
        speakers = self._speakers({said.speaker for said in verbatims})
        return Webinar(
            id=self.old.id,
            **{name: self._head(name) for name in _HEAD},
            speakers=tuple(speakers.values()),
            key_ideas=tuple(ideas),
            verbatims=tuple(_placed(verbatims, ideas, speakers, self.new)),
        )

    def _disputed(self, part_id: str, message: str) -> None:
        self.notes.setdefault(part_id, []).append(spaced(f"{TO_CHECK} : {message}"))

    def _head(self, name: str) -> Any:
        value, is_disputed = _settled(name, self.old, self.page, self.new)
        if is_disputed:
            said = getattr(self.new, name)
            self._disputed("", f"pour {_HEAD[name]}, la page dit « {said} ».")
        return value

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """The names that the editor corrected: as the page has them, and as they are written."""
        names = {said.id: said.speaker.name for said in self.old.verbatims if said.speaker}
        listed = {person.name for person in self.old.speakers}
        return {
            said.speaker.name: names[said.id]
            for said in (self.page.verbatims if self.page else ())
            if said.speaker and said.id in names and said.speaker.name not in listed
        }

    def _name(self, said: Verbatim | None) -> str | None:
        if said is None or said.speaker is None:
            return None
        return self._renamed.get(said.speaker.name, said.speaker.name)

    def _verbatims(self) -> list[_Said]:
        before = {said.id: said for said in self.page.verbatims} if self.page else {}
        now = {said.id: said for said in self.new.verbatims}
        merged = [
            self._verbatim(said, before.get(said.id), now.get(said.id))
            for said in self.old.verbatims
        ]
        written = {said.id for said in self.old.verbatims}
        # What the editor took out stays out: the page had it, and it is not written.
        fresh = [s for s in self.new.verbatims if s.id not in written and s.id not in before]
        for said in fresh:
            self.notes.setdefault(said.id, []).extend(self.doubts.get(said.id, ()))
        return [said for said in merged if said] + [
            replace(self._as_said(said), is_new=True) for said in fresh
        ]

    def _as_said(self, said: Verbatim) -> _Said:
        idea = said.key_idea.id if said.key_idea else None
        return _Said(said.id, said.text, self._name(said), idea, said.start)

    def _verbatim(
        self, ours: Verbatim, before: Verbatim | None, now: Verbatim | None
    ) -> _Said | None:
        if now is None:
            if before is None:
                return self._as_said(ours)  # the editor's own
            if (ours.text, self._name(ours)) == (before.text, self._name(before)):
                return None
            self._disputed(ours.id, "la page ne contient plus cette citation.")
            return self._as_said(ours)
        mine, said, its = self._as_said(ours), before and self._as_said(before), self._as_said(now)
        text, is_disputed = _settled("text", mine, said, its)
        if is_disputed:
            self._disputed(ours.id, f"la page dit « {its.text} ».")
        speaker, is_disputed = _settled("speaker", mine, said, its)
        if is_disputed:
            self._disputed(ours.id, f"la page attribue cette citation à {its.speaker}.")
        idea, _ = _settled("idea", mine, said, its)
        start, _ = _settled("start", mine, said, its)
        return _Said(ours.id, text, speaker, idea, start)

    def _ideas(self, used: Container[str | None]) -> list[KeyIdea]:
        before = {idea.id: idea for idea in self.page.key_ideas} if self.page else {}
        now = {idea.id: idea for idea in self.new.key_ideas}
        ideas = [
            self._idea(idea, before.get(idea.id), now.get(idea.id))
            for idea in self.old.key_ideas
            if idea.id in now or idea.id in used or idea != before.get(idea.id)
        ]
        place = 0
        for idea in self.new.key_ideas:
            known = next((n for n, other in enumerate(ideas) if other.id == idea.id), None)
            if known is None and idea.id not in before:
                ideas.insert(place, idea)
                self.notes.setdefault(idea.id, []).extend(self.doubts.get(idea.id, ()))
                place += 1
            elif known is not None:
                place = known + 1
        return ideas

    def _idea(self, ours: KeyIdea, before: KeyIdea | None, now: KeyIdea | None) -> KeyIdea:
        if now is None:
            return ours
        text, is_disputed = _settled("text", ours, before, now)
        if is_disputed:
            self._disputed(ours.id, f"la page dit « {now.text} ».")
        number, _ = _settled("number", ours, before, now)
        return replace(ours, text=text, number=number)

    def _speakers(self, used: Container[str | None]) -> dict[str, Speaker]:
        """Those of the write-up, then those that the page adds or that a new quote needs."""
        before = {self._called(p): p for p in self.page.speakers} if self.page else {}
        now = {self._called(person): person for person in self.new.speakers}
        kept = {
            person.name: self._speaker(person, before.get(person.name), now.get(person.name))
            for person in self.old.speakers
            if person.name in now or person.name in used or person != before.get(person.name)
        }
        for name, person in now.items():
            if name not in kept and (name in used or name not in before):
                kept[name] = replace(person, name=name)
        return kept

    def _called(self, person: Speaker) -> str:
        return self._renamed.get(person.name, person.name)

    def _speaker(self, ours: Speaker, before: Speaker | None, now: Speaker | None) -> Speaker:
        if now is None:
            return ours
        role, is_one = _settled("role", ours, before, now)
        organisation, is_other = _settled("organisation", ours, before, now)
        if is_one or is_other:
            said = ", ".join(part for part in (now.role, now.organisation) if part)
            self._disputed("", f"pour {ours.name}, la page dit « {said} ».")
        return replace(ours, role=role, organisation=organisation)


def _placed(
    verbatims: Sequence[_Said], ideas: Sequence[KeyIdea], speakers: dict[str, Speaker], new: Webinar
) -> Iterator[Verbatim]:
    """Under each idea, the verbatims in their order; a new one follows the one it does there."""
    rank = {said.id: place for place, said in enumerate(new.verbatims)}
    known: list[KeyIdea | None] = [None, *ideas]
    groups: dict[str | None, list[_Said]] = {idea.id if idea else None: [] for idea in known}
    # An idea that the editor took out leaves its new verbatims to the last one written.
    last = ideas[-1].id if ideas else None
    for said in verbatims:
        group = groups[said.idea if said.idea in groups else last]
        group.insert(_place(said, group, rank) if said.is_new else len(group), said)
    for idea in known:
        for said in groups[idea.id if idea else None]:
            speaker = speakers[said.speaker] if said.speaker else None
            yield Verbatim(said.id, said.text, speaker, idea, said.start)


def _place(said: _Said, group: Sequence[_Said], rank: dict[str, int]) -> int:
    above = [
        (rank[other.id], place)
        for place, other in enumerate(group, 1)
        if other.id in rank and rank[other.id] < rank[said.id]
    ]
    return max(above)[1] if above else 0

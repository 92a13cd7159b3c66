"""Which text of a page continues which text of its write-up: so that ids outlive corrections."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import fuzz

from corpus.records import KeyIdea, Verbatim, Webinar, fresh_id

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


def with_ids(webinar: Webinar, ids: Ids) -> Webinar:
    """The same record under other ids, where they are given."""
    ideas = {idea: replace(idea, id=ids.get(idea.id, idea.id)) for idea in webinar.key_ideas}
    verbatims = tuple(
        replace(said, id=ids.get(said.id, said.id), key_idea=said.key_idea and ideas[said.key_idea])
        for said in webinar.verbatims
    )
    return replace(webinar, key_ideas=tuple(ideas.values()), verbatims=verbatims)


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

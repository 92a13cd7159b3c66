"""What the catalogue tells of each webinar, asked for some at a time: there may be many."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

from corpus.homonyms import bare_name
from corpus.typography import slug_from

Entry = dict[str, Any]


class Webinars(Protocol):
    """The entries of the webinars of an index."""

    def entry(self, webinar_id: str) -> Entry | None:
        """That of one webinar."""

    def with_speaker(self, speaker_id: str) -> list[Entry]:
        """Those in which somebody speaks, latest first."""

    def with_names(self, names: AbstractSet[str]) -> list[Entry]:
        """Those in which somebody speaks who bears one of the names, latest first."""


class ListedWebinars:
    """The same, from a list in memory."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def entry(self, webinar_id: str) -> Entry | None:
        """That of one webinar."""
        return next((entry for entry in self._entries if entry["id"] == webinar_id), None)

    def with_speaker(self, speaker_id: str) -> list[Entry]:
        """Those in which somebody speaks, latest first."""
        return latest_first(
            entry
            for entry in self._entries
            if any(person["id"] == speaker_id for person in entry["speakers"])
        )

    def with_names(self, names: AbstractSet[str]) -> list[Entry]:
        """Those in which somebody speaks who bears one of the names, latest first."""
        return latest_first(
            entry
            for entry in self._entries
            if any(name_of(person) in names for person in entry["speakers"])
        )


def latest_first(entries: Iterable[Entry]) -> list[Entry]:
    """In the order of the write-ups where the day is the same."""
    return sorted(entries, key=lambda entry: entry["held_on"] or "", reverse=True)


def name_of(person: Entry) -> str:
    """« Jean Martin (Vaux) » is a Jean Martin too: that is how one webinar lists two of them."""
    return slug_from(bare_name(person["name"]))

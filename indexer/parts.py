"""The texts of a site, one by one: what becomes a document of its index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import KeyIdea, Speaker, Verbatim, Webinar


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


def parts_of(webinars: Sequence[Webinar]) -> list[Part]:
    """Every document to be, in the order of the write-ups: an idea, then what backs it."""
    return [part for webinar in webinars for part in parts_of_webinar(webinar)]


def parts_of_webinar(webinar: Webinar) -> Iterator[Part]:
    """The same for one webinar; what backs no idea comes first."""
    for idea in (None, *webinar.key_ideas):
        if idea:
            yield Part(webinar, None, idea)
        for said in webinar.verbatims_of(idea):
            yield Part(webinar, said, idea)

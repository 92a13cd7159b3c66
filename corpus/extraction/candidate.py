"""Words of a page that may have been said by somebody."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.extraction.body import Body


class Kind(StrEnum):
    """How the words are set apart from the rest of the page."""

    MARKS = "marks"
    LAYOUT = "layout"
    LINE = "line"
    TURN = "turn"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text[start:end]` of a body; `opening:closing` takes in the marks and what signs inside.

    `label` and `signature` are the words beside that seem to say whose they are, as written;
    `asks` tells that the label is a question; `gaps` are stretches inside that are none of the
    words.
    """

    kind: Kind
    start: int
    end: int
    opening: int
    closing: int
    label: str = ""
    signature: str = ""
    asks: bool = False
    is_closed: bool = True
    gaps: tuple[tuple[int, int], ...] = ()

    def words(self, body: Body) -> str:
        """The words, to the letter."""
        pieces, at = [], self.start
        for start, end in self.gaps:
            pieces.append(body.text[at:start].strip())
            at = end
        return " ".join(filter(None, [*pieces, body.text[at : self.end].strip()]))

    def overlaps(self, other: "Candidate") -> bool:
        """Say whether both take some of the same words."""
        return self.opening < other.closing and other.opening < self.closing

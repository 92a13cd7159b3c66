"""What stands around a quotation, and what it proves about who speaks."""

from dataclasses import dataclass
from enum import IntEnum

from corpus.records import Speaker


class Evidence(IntEnum):
    """How surely the page says that these are somebody's words."""

    NONE = 0
    CARRIED = 1  # the quotation before it on the line has a speaker
    ANNOUNCED = 2  # a colon or a verb of speech, nobody named
    SIGNED = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a quotation: on its line up to its neighbours, and the lines beside."""

    before: str
    after: str
    line_before: str = ""
    line_after: str = ""
    inside: str = ""
    line_so_far: str = ""
    followed: bool = False  # another quotation comes later on the same line


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, if it can be told; `doubt` is a French sentence for the editor."""

    speaker: Speaker | None = None
    evidence: Evidence = Evidence.NONE
    doubt: str = ""


NOBODY = Attribution()

"""The turns of speech that a reader found by itself: each is what one person said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.counting import counted
from corpus.pages.blocks import Block, BlockKind
from corpus.pages.contact_data import has_contact_data
from corpus.pages.introductions import speaker_from
from corpus.pages.names import without_style
from corpus.pages.roster import Roster
from corpus.problem import ProblemLog
from corpus.records import Speaker


@dataclass(frozen=True, slots=True)
class Turn:
    """Words of one speaker, from one moment."""

    text: str
    speaker: Speaker | None
    start: int | None
    line: int


def turns_of(blocks: Iterable[Block], roster: Roster, log: ProblemLog) -> Iterator[Turn]:
    """Read the turns of a page; the speakers they name join the roster."""
    turns = [block for block in blocks if block.kind is BlockKind.TURN]
    # Full names first: « MORIN » may speak before anybody says « Léa Morin ».
    for name in sorted({block.speaker for block in turns if " " in block.speaker}):
        _speaker(name, roster)
    nameless: list[int] = []
    for block in turns:
        if has_contact_data(block.text):
            message = "une réplique porte des coordonnées\u00a0; elle est laissée de côté."
            log.error("coordonnees", message, block.line)
            continue
        if not block.speaker:
            nameless.append(block.line)
        yield Turn(block.text, _speaker(block.speaker, roster), block.start, block.line)
    if nameless:
        # One doubt for all: automatic captions name nobody, and have hundreds of turns.
        message = f"{counted(len(nameless), 'réplique')} sans nom\u00a0; ajoutez qui parle."
        log.warn("intervenant", message, nameless[0])


def _speaker(name: str, roster: Roster) -> Speaker | None:
    if not name:
        return None
    bare = without_style(name).strip()
    known = roster.named(bare)
    if known:
        return known
    met = speaker_from(bare)
    return roster.learn(met if met and bare.startswith(met.name) else Speaker(bare or name))

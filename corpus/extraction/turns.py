"""The turns of a transcript as the page gives them, each with its speaker and its moment."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.extracted import ExtractedVerbatim
from corpus.extraction.names import without_style
from corpus.extraction.people import speaker_from
from corpus.extraction.roles import is_role, role_and_organisation
from corpus.extraction.roster import Roster
from corpus.problems import ProblemLog
from corpus.reading.blocks import Block, BlockKind
from corpus.reading.voices import opening_label
from corpus.records import Speaker
from corpus.typography import counted

_PRIVATE = "une réplique porte des coordonnées\u00a0; elle est laissée de côté."
_ASIDE = re.compile(r"([^(),]*[^(),\s])\s*[(,]\s*([^()]+)\)?")  # « Malik (stagiaire) »


def turns_of(
    blocks: Iterable[Block], roster: Roster, log: ProblemLog
) -> Iterator[ExtractedVerbatim]:
    """Read the turns of a page; the speakers they name join the roster."""
    turns = [block for block in blocks if block.kind is BlockKind.TURN]
    # Full names first: « MORIN » may speak before anybody says « Léa Morin ».
    for name in sorted({block.speaker for block in turns if " " in block.speaker}):
        _speaker(name, roster)
    nameless: list[int] = []
    for block in turns:
        if has_contact_data(block.text):
            log.error("coordonnees", _PRIVATE, block.line)
            continue
        if not block.speaker:
            nameless.append(block.line)
        who = _speaker(block.speaker, roster).name if block.speaker else None
        yield ExtractedVerbatim(block.text, who, None, None, block.start, block.line)
    if nameless:
        # One doubt for all: automatic captions name nobody, and have hundreds of turns.
        message = f"{counted(len(nameless), 'réplique')} sans nom\u00a0; ajoutez qui parle."
        log.warn("intervenant", message, nameless[0])


def warn_private_turns(blocks: Iterable[Block], log: ProblemLog) -> None:
    """Tell the turns of a dialogue without time codes that contact data keep out of the page."""
    told = [(opening_label(b.text), b) for b in blocks if b.kind is not BlockKind.TURN]
    times = Counter(label for label, _ in told)
    for label, block in told:
        if label and times[label] > 1 and has_contact_data(block.text):
            log.error("coordonnees", _PRIVATE, block.line)


def _speaker(label: str, roster: Roster) -> Speaker:
    bare = without_style(label).strip()
    aside = _ASIDE.fullmatch(bare)
    name, detail = aside.groups() if aside else (bare, "")
    known = roster.named(bare) or roster.named(name)
    role, organisation = role_and_organisation(detail) if is_role(detail) else ("", detail)
    if known and known.name != name and known.role and role and role != known.role:
        return Speaker(name, role, organisation)  # « Julie (élève) » is not « Julie M. (maire) »
    if known:
        return known
    met = speaker_from(bare)
    if met and bare.startswith(met.name):
        return roster.learn(met)
    styled = label.strip() if bare != label and " " not in bare else name  # « Mme Roux »
    return roster.learn(Speaker(styled or label, role, organisation))

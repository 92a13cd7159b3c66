"""People as a page introduces them: name, role and organisation."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, takewhile
from operator import attrgetter

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.contact_data import has_contact_data
from corpus.pages.first_names import first_names_in
from corpus.pages.names import Mention, mentions_in
from corpus.pages.roles import is_role, role_and_organisation
from corpus.pages.trades import is_body, is_trade, of_three_cells, trade_and_body
from corpus.records import Speaker
from corpus.typography import fold

_REACH = 300  # characters: what describes somebody is not farther
_TITLES = 5  # of one person, between commas
_BRIDGE = 40  # characters between two people
_GAP = re.compile(r"\s*(?P<mark>[,(\[:]|[–—-](?=\s))\s*")
_NEXT = re.compile(r"(?:\s*[,;]\s*et|\s*[,;]|\s+et|\s*\()\s+(?:(?:M\.|Mme|Monsieur|Madame)\s+)?$")
_END = re.compile(
    r";|\s[-–—]\s|\s:\s|[.!?](?:\s|$)|[«“\"]"
    r"|\s(?:qui|nous|ont|est|était|sont|explique|présente|revient|témoigne|partage|intervient|souligne|estime|ajoute"
    r"|rappelle|précise|indique|affirme|dit|écrit|raconte|insiste|constate|anime|animait"
    r"|pour qui|dont)\s"
    r"|\s(?:a|avait)\s(?=\w+(?:é|i|u|is|it)\b)"
)
_GOES_ON = re.compile(r"(?:en|à|au|chargée?|et|puis|ainsi que)\s")
_OUTER_ROLE = re.compile(
    r"(?:^|.*[.;:(–—]\s|.*\s(?=(?:la|le|notre)\s|l['’]))(?P<role>[^,.;:(]+),?\s*$"
)


def speakers_introduced(blocks: list[Block]) -> list[Speaker]:
    """The people whom some line gives a role or an organisation, each once, in order."""
    found: dict[str, Speaker] = {}
    mentions = [list(mentions_in(block.text)) for block in blocks]
    in_full = defaultdict[str, set[str]](set)
    for mention in chain.from_iterable(mentions):
        in_full[fold(mention.name.split()[0])].add(mention.name)
    for block, of_block in zip(blocks, mentions, strict=True):
        alone = _in_full(first_names_in(block.text), in_full)
        for speaker in (*alone, *_speakers_of(block, of_block)):
            known = found.get(fold(speaker.name))
            if known is None or not (known.role or known.organisation):
                found[fold(speaker.name)] = speaker
    return list(found.values())


def _in_full(people: Iterable[Speaker], in_full: Mapping[str, set[str]]) -> Iterator[Speaker]:
    """Whom a page calls by a first name, under the full name that it gives elsewhere."""
    for person in people:
        names = in_full.get(fold(person.name), {person.name})
        if len(names) == 1:
            yield replace(person, name=next(iter(names)))


def speaker_from(text: str) -> Speaker | None:
    """The person that a line names: « Prénom Nom, fonction de l’organisation »."""
    mentions = list(mentions_in(text))
    if not mentions:
        return None
    mention = mentions[0]
    role, organisation = _details(text, mention, mentions, is_list=True)
    return Speaker(mention.name, role, organisation)


def _speakers_of(block: Block, mentions: list[Mention]) -> Iterator[Speaker]:
    for at, mention in enumerate(mentions):
        is_list = block.kind is not BlockKind.PARAGRAPH
        # « A et B, maraîchers … »: the role is that of both.
        after = mentions[at + 1] if at + 1 < len(mentions) else mention
        shared = after if block.text[mention.end : after.start].strip() == "et" else mention
        role, organisation = _details(block.text, shared, mentions, is_list=is_list)
        if block.kind is BlockKind.TABLE_ROW:
            role, organisation = of_three_cells(block.text, mention.name) or (role, organisation)
        if not role and not organisation:
            role, organisation = _role_before(
                block.text[max(0, mention.start - 200) : mention.start]
            )
        if role or organisation:
            yield Speaker(mention.name, role, organisation)


def _details(
    text: str, mention: Mention, mentions: list[Mention], *, is_list: bool
) -> tuple[str, str]:
    gap = _GAP.match(text, mention.end)
    if gap is None:
        return "", ""
    reach = mention.end + _REACH
    first = bisect_right(mentions, mention.start, key=attrgetter("start"))
    following = [
        m.start for m in takewhile(lambda m: m.start <= reach, mentions[first : first + _REACH])
    ]
    bracketed = gap["mark"] in "(["
    description = _description(text, gap.end(), following)
    if has_contact_data(description):
        return "", ""
    if is_role(description) or is_trade(description):
        return trade_and_body(description) or role_and_organisation(description)
    named = description[:1].isupper() and not any(c.isdigit() for c in description)
    alone = is_list and not following and len(description.split()) <= 12
    if named and (bracketed or alone) and _is_body(mention.name, description):
        return "", description
    return "", ""


def _is_body(name: str, description: str) -> bool:
    """Say whether what follows a name may be a body, not the acronym of that name."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return 0 < len(description.split()) <= 12 and "," not in description and description != initials


def _description(text: str, start: int, following: list[int]) -> str:
    """The words that describe a person: up to the next person or the rest of the sentence."""
    end = _closing_bracket(text, start)
    for other in following:
        bridge = _NEXT.search(text, max(start, other - _BRIDGE), other)
        if bridge and other < end:
            end = bridge.start()
            break
    stop = _END.search(text, start, end)
    parts = text[start : stop.start() if stop else end].split(", ")
    kept = parts[:1]
    for part in parts[1:_TITLES]:
        has_body = bool(role_and_organisation(kept[0])[1])
        named = part[:1].isupper() and not has_body
        if not (named or is_role(part) or is_body(part) or _GOES_ON.match(part)):
            break
        kept.append(part)
    return ", ".join(kept).strip(" \u00a0,")


def _closing_bracket(text: str, start: int) -> int:
    depth = 0
    end = min(len(text), start + _REACH)
    for at in range(start, end):
        depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(text[at], 0)
        if depth < 0:
            return at
    return end


def _role_before(before: str) -> tuple[str, str]:
    """« La directrice de la Ruche, Prénom Nom » and « le maire Prénom Nom »."""
    found = _OUTER_ROLE.match(before)
    if not found or not is_role(found["role"]):
        return "", ""
    role, organisation = role_and_organisation(found["role"])
    return (role, organisation) if before.rstrip().endswith(",") or not organisation else ("", "")

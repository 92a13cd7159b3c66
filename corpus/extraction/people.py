"""The people of a page, as it introduces them, and which of them a text means."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise, takewhile
from operator import attrgetter

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.names import (
    LOWER,
    UPPER,
    Mention,
    begins_with_name,
    is_first_name,
    is_known_first_name,
    mentions_in,
    without_style,
)
from corpus.extraction.roles import (
    is_body,
    is_role,
    is_trade,
    is_unit,
    role_and_organisation,
    role_head,
    without_article,
    works_at,
)
from corpus.extraction.speech import begins_with_speech_verb
from corpus.reading.blocks import Block, BlockKind
from corpus.records import Speaker
from corpus.typography import fold

_SHORT_NAME = rf"[{UPPER}][{LOWER}]{{2,}}(?:-[{UPPER}][{LOWER}]+)?"
_ALONE = rf"(?!\s(?:de\s|du\s|d['’])?[{UPPER}])"  # no last name after it
# « Hawa, 28 ans, », « Lise, directrice … », « Andraina est apiculteur ».
_DESCRIBED = re.compile(
    r"(?:^|(?<=[.!?:–—] )|(?<=\bavec )|(?<=\bpar ))"
    rf"(?P<name>{_SHORT_NAME})"
    r"(?:,\s(?:(?P<age>\d{1,2}\sans\b)|(?P<role>[^,.;:(]{4,80}))"
    r"|\s(?:est|était)\s(?:une?\s)?(?P<trade>[^,.;:]{4,80}))"
)
# « un prénommé Andry », « comme Andry qui venait », « à 36 ans, Lise », « Lise, elle, préfère ».
_CALLED = (
    re.compile(rf"\bprénommée?\s(?P<name>{_SHORT_NAME}){_ALONE}"),
    re.compile(rf"(?:\b(?:pour|avec|comme)\s|exemple,?\s)(?P<name>{_SHORT_NAME}),?\squi\s"),
    re.compile(rf"\b[AÀà]\s(?:\d\d|\w+(?:-\w+)?)\sans,\s(?P<name>{_SHORT_NAME})\b{_ALONE}"),
    re.compile(rf"(?<![\w-])(?P<name>{_SHORT_NAME}),\s(?:elle|lui),\s"),
    re.compile(rf"(?<![\w-])(?P<name>{_SHORT_NAME})\*?(?:\s?,\s|\s\()\d\d?\sans\b"),
)
# « raconte Lise »
_SPOKEN = re.compile(
    r"(?<![a-zà-ÿ’'-])(?P<verb>[a-zà-ÿ’'-]+)\s(?P<name>[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)(?=[,.;:!?)»\s]|$)(?!\s[A-ZÀ-Þ])"
)
# « Lise a quitté la ville », « Lise, qui tient un stand », « Lise, jeune maman, », « Lise de la
# boulangerie »: what follows is a verb more often than not.
_SUBJECT = re.compile(
    rf"(?<![\w’'-])(?P<name>{_SHORT_NAME})(?:,\squi\s|,\salias\s|,\s[{LOWER}][^,.;:()]{{3,50}},\s|\sde\sla\s|\sdu\s|\s"
    r"(?:(?:ne|se|y|en|le|la|les|lui)\s|[nsl]['’])*"
    rf"(?!(?:de|du|des|et|ou|à|au|aux|en|sur|sous|par|pour|qui|que|dont|où)\b)[{LOWER}])"
)
# « sa femme, Mireille, », « son fils Théo », « lancée par Jean-Paul »
_BESIDE = re.compile(
    rf"\b(?:(?:[Ss]a|[Ss]on|[Ll]eur|[Mm]a|[Mm]on)\s[{LOWER}]+,?|par|avec)\s(?P<name>{_SHORT_NAME}){_ALONE}"
)
# « Portrait de Lise », « Rencontre aujourd’hui avec Lise », « présenter Lise, l’apicultrice »
_MET = re.compile(
    r"\b(?:(?i:portrait|rencontre|entretien|interview|échang\w+|discut\w+)(?:\s[\w’']+){0,2}?\s"
    rf"(?:de|avec)\s|présent(?:er|ons)\s|[Bb]onjour,?\s)(?P<name>{_SHORT_NAME}){_ALONE}"
)
_NO_SUBJECT = re.compile(
    r"(?i:\b(?:la|le|les|du|de|des|à|au|aux|en|chez|avec|sur|pour|par|une?|saint|sainte))\s$"
    rf"|(?:\b[{UPPER}]\.|[{UPPER}][\w’'-]*(?:,|\s(?:et|ou))?)\s$|[dD]['’]$"
)
_NAME_BEFORE = re.compile(rf"[{UPPER}][\w.’'-]*\s$")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_LINE_WORDS = 14
_NO_LINE = re.compile(r"[:«»“”\"]|[.!?;…]\s*$")
_MEMBERS = ("membre", "partenaire", "associe", "pilote", "temoin", "representant", "agent")


def first_names_in(text: str) -> Iterator[Speaker]:
    """Everybody whom the narration of a text calls so; the words of quotations are no narration."""
    narration = _QUOTED.sub("«»", text)
    for pattern in _CALLED:
        for called in pattern.finditer(narration):
            before = narration[max(0, called.start("name") - 30) : called.start("name")]
            if is_first_name(called["name"]) and not _NAME_BEFORE.search(before):
                yield Speaker(called["name"])
    for found in _DESCRIBED.finditer(text):
        role = found["role"] or found["trade"] or ""
        # A body may be « membre d’un réseau » too.
        is_person = found["age"] or (is_role(role) and not fold(role).startswith(_MEMBERS))
        # « Bon, les élus ont voté »
        is_rare = role != without_article(role) and not is_known_first_name(found["name"])
        if is_person and is_first_name(found["name"]) and not (is_rare and found["role"]):
            yield Speaker(found["name"], role_and_organisation(role)[0] if role else "")
    for beside in chain(_BESIDE.finditer(narration), _MET.finditer(narration)):
        if is_known_first_name(beside["name"]):
            yield Speaker(beside["name"])
    for subject in _SUBJECT.finditer(narration):
        before = narration[max(0, subject.start() - 30) : subject.start()]
        if is_known_first_name(subject["name"]) and not _NO_SUBJECT.search(before):
            yield Speaker(subject["name"])


def called_in(text: str) -> Iterator[str]:
    """Those whom the text calls by one name, or who speak under one."""
    yield from (speaker.name for speaker in first_names_in(text))
    for found in _SPOKEN.finditer(text):
        if is_first_name(found["name"]) and begins_with_speech_verb(found["verb"]):
            yield found["name"]


_REACH = 300  # characters: what describes somebody is not farther
_TITLES = 5  # of one person, between commas
_BRIDGE = 40  # characters between two people
_TOGETHER = 6  # people with one role
_TOGETHER_BY = re.compile(r"(?:\s(?P<et>et|&)|,)\s(?:(?:M\.|Mme|Monsieur|Madame)\s)?")
_GAP = re.compile(r"\s*(?P<mark>[,(\[:]|[–—-](?=\s))\s*")
_IS = re.compile(
    r"(?:\s\(@?\w+\))?(?:,?\squi)?\s(?P<mark>est|était)\s"
    r"(?:(?:alors|aussi|également|actuellement)\s)?"
)
_OF = re.compile(rf"(?:du|de|des|de la|chez|de l['’]|d['’])\s?(?=[{UPPER}])")
_NEXT = re.compile(r"(?:\s*[,;]\s*et|\s*[,;]|\s+et|\s*\()\s+(?:(?:M\.|Mme|Monsieur|Madame)\s+)?$")
_END = re.compile(
    r";|\s[-–—]\s|\s:\s|\s\((?=[a-zà-ÿ]{3})|[.!?](?:\s|$)|[«“\"]"
    r"|\s(?:qui|nous|ont|est|était|sont|explique|présente|revient|témoigne|partage|intervient|souligne|estime|ajoute"
    r"|rappelle|précise|indique|affirme|dit|écrit|raconte|insiste|constate|anime|animait"
    r"|pour qui|dont)\s"
    r"|\s(?:a|avait)\s(?=\w+(?:é|i|u|is|it)\b)"
)
_GOES_ON = re.compile(r"(?:(?:en|à|au|chargée?|et|puis|ainsi que|du|des|de)\s|de l['’])")
_OUTER_ROLE = re.compile(r"(?:^|(?<=[ .;:(–—])(?:la |les? |notre |du |au |l['’])|[.;:(–—] )")
_NO_ROLE = re.compile(
    r"[,.;:(]|\s(?:qui|que|dont|où|a|ont|est|sont|avec|par|pour|selon|et (?:la|les?|l['’]))\b"
)


def speakers_introduced(blocks: list[Block], named: Iterable[str] = ()) -> list[Speaker]:
    """The people whom some line gives a role or an organisation, each once, in order.

    `named` are people whose names need not look like some where they sign: « Poy », « MW ».
    """
    found: dict[str, Speaker] = {}
    known_names = "|".join(re.escape(name) for name in named)
    of_known = re.compile(rf"(?<![\w-])(?:{known_names})(?![\w-])") if known_names else None
    mentions = [_mentions_of(block.text, of_known) for block in blocks]
    in_full = defaultdict[str, set[str]](set)
    for mention in chain.from_iterable(mentions):
        in_full[fold(mention.name.split()[0])].add(mention.name)
    for block, of_block in zip(blocks, mentions, strict=True):
        alone = _in_full(first_names_in(block.text), in_full)
        for speaker in (*alone, *_speakers_of(block, of_block)):
            known = found.get(fold(speaker.name))
            found[fold(speaker.name)] = _fuller(known, speaker) if known else speaker
    return list(found.values())


def _mentions_of(text: str, known: re.Pattern[str] | None) -> list[Mention]:
    found = list(mentions_in(text))
    is_line = len(text.split()) <= _LINE_WORDS and not _NO_LINE.search(text)
    signs = known.search(text) if known and is_line and not found else None
    if signs and not without_style(text[: signs.start()]).strip("–—- "):
        return [Mention(signs.start(), signs.end(), signs.group())]
    return found


def _fuller(known: Speaker, again: Speaker) -> Speaker:
    """What is known of somebody, or what is said again where that says the same and more."""
    is_same_body = fold(known.organisation) in {"", fold(again.organisation)}
    says_more = is_same_body and again.role.startswith(known.role)
    is_same = not known.role or role_head(again.role) == role_head(known.role)
    return again if says_more and is_same else known


def _in_full(people: Iterable[Speaker], in_full: Mapping[str, set[str]]) -> Iterator[Speaker]:
    """Whom a page calls by a first name, under the full name that it gives elsewhere."""
    for person in people:
        names = in_full.get(fold(person.name), {person.name})
        if len(names) == 1:
            yield replace(person, name=next(iter(names)))


# Who came, and nothing more: a list of these is nobody's business.
_ATTENDANCE = re.compile(
    r"(?:(?:liste|feuille|tableau) )?(?:des? |d['’]|les |nos )?(?:(?:étaient|sont|ont été|membres"
    r"|personnes|élue?s|habitante?s|invité·?e?s) )?(?:participant|présente?s?\b(?! par)|présence"
    r"|inscrit|excusé|absent|émargement|ont participé|public\b)",
    re.IGNORECASE,
)
_PRESENTING = re.compile(
    r"\b(?:interven|intervien|avec|par|anim|modér|orat|invité|accueil|reçoi|reçu|présent[ée]"
    r"|table|témoi|échang|rencontre|entretien|interview|conférenci|autour de|parole|speaker)",
    re.IGNORECASE,
)
_LABEL_WORDS = 8
_STYLE = 16  # characters: no more stands before a name than a dash and « Mademoiselle »


def names_presented(blocks: Sequence[Block], end: int | None) -> set[str]:
    """The names, folded, of whom a page presents as its speakers, down to the line `end`.

    A list under a heading of speakers may be anywhere; a list of those who came presents nobody.
    """
    found: set[str] = set()
    speak: bool | None = None  # what the people of a list do, where its heading tells
    for block in blocks:
        mentions = list(mentions_in(block.text))
        speak = _speak_below(block, bool(mentions), speak)
        is_head = end is None or block.line < end
        cue = _PRESENTING.search(block.text)
        for mention in mentions if speak or (is_head and speak is None) else ():
            is_first = mention.start <= _STYLE and not without_style(block.text[: mention.start])
            if speak or is_first or (cue and cue.start() < mention.start):
                found.add(fold(mention.name))
    return found


def _speak_below(block: Block, has_names: bool, above: bool | None) -> bool | None:
    """Say whether the people from here on are speakers, or only came; nothing where it is open."""
    if _ATTENDANCE.match(block.text):
        return False
    is_label = not has_names and len(block.text.split()) <= _LABEL_WORDS
    if block.kind is BlockKind.HEADING or is_label:
        if _PRESENTING.search(block.text):
            return True
        return None if block.kind is BlockKind.HEADING or block.is_strong else above
    is_list = block.kind is not BlockKind.PARAGRAPH or begins_with_name(block.text)
    return above if is_list else None


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
        role, organisation = _details(block.text, mention, mentions, is_list=is_list)
        last = _last_of(block.text, mentions, at)
        if last is not mention and not (role or organisation):
            shared = _details(block.text, last, mentions, is_list=is_list)
            # « A et B, maire de Bourg »: one of them only.
            if not shared[0] or shared[0].split()[0].endswith(("s", "x")):
                role, organisation = shared
        if not role and not organisation:
            role, organisation = _role_before(
                block.text[max(0, mention.start - 200) : mention.start]
            )
        if role or organisation:
            yield Speaker(mention.name, role, organisation)


def _last_of(text: str, mentions: list[Mention], at: int) -> Mention:
    """The last of those named together: « A, B et C »."""
    for before, after in pairwise(mentions[at : at + _TOGETHER]):
        bridge = _TOGETHER_BY.fullmatch(text, before.end, after.start)
        if bridge is None or bridge["et"]:
            return after if bridge else mentions[at]
    return mentions[at]


def _details(
    text: str, mention: Mention, mentions: list[Mention], *, is_list: bool
) -> tuple[str, str]:
    gap = _IS.match(text, mention.end) or _GAP.match(text, mention.end)
    if gap is None:
        return "", ""
    reach = mention.end + _REACH
    first = bisect_right(mentions, mention.start, key=attrgetter("start"))
    following = [
        m.start for m in takewhile(lambda m: m.start <= reach, mentions[first : first + _REACH])
    ]
    bracketed, tells = gap["mark"] in "([", gap["mark"].startswith(("est", "était"))
    description = _description(text, gap.end(), following)
    if has_contact_data(description):
        return "", ""
    if is_unit(description):
        return "", description
    if is_role(description) or (works_at(description) and not tells):
        return role_and_organisation(description)
    if tells:
        return "", ""
    if of := _OF.match(description):
        return "", description[of.end() :]
    if is_body(description):
        return "", re.sub(rf"\sà\s[{UPPER}].*$", "", description)
    if is_trade(description):
        return role_and_organisation(description)
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
    bare = before.rstrip(" ,")
    for opening in _OUTER_ROLE.finditer(bare):
        told = bare[opening.end() :]
        if is_role(told) and not _NO_ROLE.search(told):
            role, organisation = role_and_organisation(told)
            is_whole = before.rstrip().endswith(",") or not organisation
            return (role, organisation) if is_whole else ("", "")
    return "", ""

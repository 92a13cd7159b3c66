"""What names a speaker beside words or inside them: signatures and incises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.extraction.antecedents import begins_with_description
from corpus.extraction.boilerplate import has_contact_data
from corpus.extraction.names import (
    begins_with_name,
    gender_before,
    is_first_name,
    is_name_like,
    mentions_in,
    without_style,
)
from corpus.extraction.passages import NOBODY, Attribution, Evidence
from corpus.extraction.people import Roster, speaker_from
from corpus.extraction.roles import is_indefinite, is_role
from corpus.extraction.speech import begins_with_speech_verb, has_speech_verb
from corpus.records import Speaker

_LONGEST_INCISE = 200  # characters
_START = re.compile(r"[ \u00a0]?,\s+(?=[a-zà-ÿ])")
_INVERTED = re.compile(r"(?:\S+\s){0,2}?\S+-(?:t-)?(?:il|elle|on|ils|elles|je)\b")
_SUBJECT = re.compile(
    r"(?:(?:s['’]|se\s)?\S+)\s+(?:\w+ment\s+|encore\s+|aussi\s+)?"
    r"(?:celui|celle|ceux|un|une|l['’]un|le|la|l['’]|les|des|cet|cette|M\.|Mme)(?=[\s\w])"
)
_INCISE_VERB = re.compile(r"(?:s['’]|se\s)?\S+\s+(?:\w+ment\s+|encore\s+|aussi\s+)?$")
_FIRST_NAME = re.compile(r"(?:s['’]|se\s)?[^\W\d_]+\s(?P<name>[A-ZÀ-Þ][\w-]+)(?=[,. ])")
_GOES_ON = re.compile(r"(?:l['’]une?|le|la|les|un|une|qui|dont|lui|elle)\b", re.IGNORECASE)
_PLAIN_VERB = re.compile(
    r"(?:s['’]|se\s)?(?!(?:avec|par|pour|dans|sur|chez|sous|que|qui|des|les|une|dont|mais|puis)\s)"
    r"[a-zà-ÿ]{3,}\s+(?=[A-ZÀ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Incise:
    """`text[start:end]` with its commas; `clause` is what it says."""

    start: int
    end: int
    clause: str


def incises_of(text: str, roster: Roster) -> Iterator[Incise]:
    """The clauses that say who speaks, from left to right."""
    at = 0
    for comma in _START.finditer(text):
        if comma.start() < at:
            continue
        reach = text[comma.end() : comma.end() + _LONGEST_INCISE].split("\n", 1)[0]
        if not (begins_with_speech_verb(reach) or _PLAIN_VERB.match(reach)):
            continue
        known = _said_until(reach, roster)
        end = _end(reach, known) if known else None
        if end is not None:
            at = comma.end() + end
            yield Incise(comma.start(), at, reach[:end].rstrip(" ,.;"))


def without_incises(text: str, roster: Roster) -> str:
    """The words alone: their pieces, joined by one space."""
    pieces, at = [], 0
    for incise in incises_of(text, roster):
        pieces.append(text[at : incise.start].strip())
        at = incise.end
    return " ".join([*pieces, text[at:].strip()]).rstrip() if pieces else text


def _said_until(reach: str, roster: Roster) -> int | None:
    """Where the one who speaks is named, a pronoun or a role being enough."""
    inverted = _INVERTED.match(reach)
    if inverted:
        return inverted.end()
    people = [*roster.mentions(reach), *mentions_in(reach)]
    named = next((m for m in people if _INCISE_VERB.fullmatch(reach[: m.start])), None)
    if named:
        return named.end
    alone = _FIRST_NAME.match(reach)
    if alone and is_first_name(alone["name"]) and begins_with_speech_verb(reach):
        return alone.end()
    subject = _SUBJECT.match(reach)
    if subject is None:
        return None
    rest = re.sub(r"^\S+\s+", "", reach)
    is_somebody = is_role(rest) or begins_with_description(rest)
    if not (is_somebody or re.match(r"(?:celui|celle|ceux|l['’]une?)\b", rest)):
        return None
    later = [m.end for m in people if "." not in reach[: m.start]]
    return later[0] if later else subject.end()


def _end(reach: str, start: int) -> int | None:
    """The comma or full stop that ends the clause, brackets and appositions taken in."""
    depth = 0
    for at in range(start, len(reach)):
        sign = reach[at]
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > 0 or sign not in ",.;:":
            continue
        rest = reach[at + 1 :].lstrip()
        if sign == "," and rest.startswith(("qui ", "dont ", "à la tête ")):
            continue
        if sign == "," and (is_role(rest) or _GOES_ON.match(rest)) and re.search(r"[,.;]", rest):
            one_of = rest.startswith(("l'un", "l’un", "un des", "une des"))
            named = one_of or is_role(rest) or begins_with_description(rest)
            if named:
                continue
        return at + 1
    return None


_SIGNATURE = re.compile(r"[\s,.;_*]*(?P<dash>[–—-]+|\(|\[)?\s*(?P<who>\S[^\n]*?)[\s.)\]_*]*$")
_SEVERAL = re.compile(r"(?P<one>[^,(&]+?)\s+(?:et|&)\s+(?=[A-ZÀ-Þ])[^,(]+")
_STAGE = re.compile(
    r"(?:rires|applaudissements|photo|crédit|image|illustration|capture|©|sic|ndlr|source|traduction|extrait|page|p\.\s?\d|cf|voir|\d)",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"(?:au|à|aux|lors|dans|en|le \d)\b")
_OCCASION_WORDS = 9
# « Hawa, 28 ans » needs no last name.
_AGED = re.compile(r"(?P<name>[\w-]+)(?:,\s|\s\()\d{1,2}\sans(?:[,)].{0,60})?")
_SIGNED_LENGTH = 160  # characters: beyond, the rest of the line is a sentence of its own
_NAMELESS_WORDS = 4


def signature(text: str, roster: Roster) -> Attribution:
    """A name, or a role, that takes up all the words: « – Prénom Nom, maire »."""
    found = _SIGNATURE.match(text) if len(text) <= _SIGNED_LENGTH else None
    if not found or _STAGE.match(found["who"]):
        return NOBODY
    who = without_style(found["who"])
    if not who or has_contact_data(who):
        return NOBODY
    if is_indefinite(who):
        return Attribution(None, Evidence.SIGNED if is_role(who) else Evidence.NONE)
    title = found["who"][: -len(who)]
    people = roster.bearers(who, gender_before(found["who"], len(title)))
    if len(people) > 1:
        return Attribution(None, Evidence.SIGNED, shared_doubt(who, people))
    if title and people:
        return Attribution(people[0], Evidence.SIGNED)
    several = _SEVERAL.match(who)
    person = _person_signing(several["one"] if several else who, roster)
    if person and several:
        doubt = f"plusieurs noms signent cette citation («\u00a0{who}\u00a0»)\u00a0; vérifiez."
        return Attribution(roster.learn(person), Evidence.SIGNED, doubt)
    if person:
        known = roster.named(person.name)
        return Attribution(roster.learn(person), Evidence.SIGNED, "" if known else _unknown(person))
    if is_role(who):
        holder = roster.with_role(who)
        doubt = "" if holder else f"«\u00a0{who}\u00a0» ne désigne pas une seule personne connue."
        return Attribution(holder, Evidence.SIGNED, doubt)
    words = who.split()
    aged = _AGED.fullmatch(who)
    if aged and is_first_name(aged["name"]):
        person = Speaker(aged["name"])
        return Attribution(roster.learn(person), Evidence.SIGNED, _unknown(person))
    if found["dash"] and len(words) <= _NAMELESS_WORDS and is_name_like(words):
        person = Speaker(" ".join(words))
        return Attribution(roster.learn(person), Evidence.SIGNED, _unknown(person))
    return NOBODY


def shared_doubt(name: str, people: list[Speaker]) -> str:
    """What an editor is asked where several people have the name."""
    names = " ou ".join(person.name for person in people)
    return f"«\u00a0{name}\u00a0» peut être {names}\u00a0; précisez."


def _unknown(person: Speaker) -> str:
    name = f"«\u00a0{person.name}\u00a0»"
    return f"{name} n’est pas présenté dans l’introduction\u00a0; vérifiez le nom."


def _person_signing(who: str, roster: Roster) -> Speaker | None:
    """The person, if nothing but a role or an organisation follows the name."""
    known = roster.mentions(who)
    if known and known[0].start == 0:
        end, person = known[0].end, roster.named(known[0].name)
    elif begins_with_name(who):
        end, person = next(mentions_in(who)).end, None
    else:
        return None
    rest = who[end:].strip()
    occasion = _OCCASION.match(rest) and len(rest.split()) <= _OCCASION_WORDS
    follows = not rest or rest[0] in ",(–—-[" or is_role(rest) or occasion
    if not follows or rest.endswith(":") or has_speech_verb(re.sub(r"^[,(–—-]\s*", "", rest)):
        return None
    met = speaker_from(who if rest[:1] in ",(–—-[" else who[:end])
    if person is None or (met and met.name == person.name):
        return met
    return person


def signature_inside(words: str, roster: Roster) -> int | None:
    """Where a signature begins that the closing mark should have stood before."""
    for cut in reversed(list(re.finditer(r"\s*[(\[–—]\s*|(?<=[.!?…])\s+(?=[A-ZÀ-Þ])", words))):
        if cut.start() and signature(words[cut.start() :], roster).speaker:
            return cut.start()
    return None

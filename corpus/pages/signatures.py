"""Signatures: a name, or a role, that takes up all the words beside a quotation."""

import re

from corpus.pages.contact_data import has_contact_data
from corpus.pages.evidence import NOBODY, Attribution, Evidence
from corpus.pages.introductions import speaker_from
from corpus.pages.names import (
    begins_with_name,
    is_first_name,
    is_name_like,
    mentions_in,
    without_style,
)
from corpus.pages.roles import is_indefinite, is_role
from corpus.pages.roster import Roster
from corpus.pages.speech import has_speech_verb
from corpus.records import Speaker

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

"""Whose words a quotation holds: what stands after it, before it, or on the lines beside it."""

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.pages.contact_data import has_contact_data
from corpus.pages.incises import incises_of
from corpus.pages.introductions import speaker_from
from corpus.pages.names import begins_with_name, is_name_like, mentions_in, without_style
from corpus.pages.roles import is_indefinite, is_role
from corpus.pages.roster import Roster
from corpus.pages.speech import begins_with_speech_verb, has_pronoun, has_speech_verb, last_sentence
from corpus.records import Speaker

_SIGNATURE = re.compile(r"[\s,.;_*]*(?P<dash>[–—-]+|\(|\[)?\s*(?P<who>\S[^\n]*?)[\s.)\]_*]*$")
_SEVERAL = re.compile(r"(?P<one>[^,(&]+?)\s+(?:et|&)\s+(?=[A-ZÀ-Þ])[^,(]+")
_STAGE = re.compile(
    r"(?:rires|applaudissements|sic|ndlr|source|traduction|extrait|page|p\.|cf|voir|\d)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"(?:pour|selon|d['’]après|à en croire|chez|comme)\s", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|pour|et)\s|d['’])(?:M\.\s|Mme\s)?$"
)
_INVERSION = re.compile(
    r"(?P<verb>(?:s['’]|se\s)?[a-zà-ÿ]{3,}(?:\s[a-zà-ÿ]{3,})?)\s+(?:(?:M\.|Mme|Monsieur|Madame)\s+)?"
)
_NO_VERBS = {
    "avec",
    "par",
    "pour",
    "dans",
    "sur",
    "chez",
    "sous",
    "que",
    "qui",
    "des",
    "les",
    "une",
}
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_MOVED = re.compile(
    r"(?:c['’]est|voilà|telle est|tel est)\s+(?:ce\s+qu|l[ae]s?\s|l['’])", re.IGNORECASE
)
_OCCASION = re.compile(r"(?:au|à|aux|lors|dans|en|le \d)\b")
_OCCASION_WORDS = 9
_BODY_SPEAKS = re.compile(
    r"\s(?:l['’]|la |le |les )?(?P<body>[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:de|du|des|d['’]|la|et)\s?){0,2}"
    r"[A-ZÀ-Þ][\w’'-]+){0,4})\s*:?\s*$"
)
_CLAUSE_LENGTH = 300
_SIGNED_LENGTH = 160  # characters: beyond, the rest of the line is a sentence of its own
_NAMELESS_WORDS = 4


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


def attribution_of(around: Surroundings, roster: Roster, last: Speaker | None) -> Attribution:
    """The nearest sign first: a signature, a verb after, words before, the lines beside.

    `last` is who was named last, for « ajoute-t-elle ».
    """
    signed = NOBODY if around.followed and ":" in around.after else signature(around.after, roster)
    if signed.evidence:
        return signed
    spoken = _verb_after(around.after, roster, last)
    if spoken.evidence:
        return spoken
    before = _words_before(around.before, roster, last)
    if before.speaker:
        return before
    if not around.after.strip(" .,;"):
        below = signature(around.line_after, roster)
        if below.speaker:
            return below
    if not around.before.strip(" –—-_*"):
        above = _line_above(around.line_before, roster, last)
        if above.speaker:
            return above
    incise = _incise(around.inside, roster, last)
    if incise.evidence:
        return incise
    if not before.evidence:
        return _sentence_before(around.line_so_far, roster, last)
    named = last_named(_QUOTED.sub(" ", around.line_so_far), roster)
    return _doubtful(named, roster) if named else before


def _sentence_before(line: str, roster: Roster, last: Speaker | None) -> Attribution:
    """« Léa Morin rappelle l’urgence. « … » »: whoever the whole sentence before says to speak."""
    sentences = [s for s in re.split(r"(?<=[.!?…])\s+", _QUOTED.sub(" ", line).strip()) if s]
    if not sentences or not sentences[-1].endswith((".", "!", "…")):
        return NOBODY
    if not has_speech_verb(sentences[-1]):
        return NOBODY
    named = roster.mentions(sentences[-1])
    person = roster.named(named[0].name) if named else last
    if person is None:
        return NOBODY
    return Attribution(
        _doubtful(person, roster).speaker, Evidence.ANNOUNCED, _doubtful(person, roster).doubt
    )


def signature_inside(words: str, roster: Roster) -> int | None:
    """Where a signature begins that the closing mark should have stood before."""
    for cut in reversed(list(re.finditer(r"\s*[(\[–—]\s*|(?<=[.!?…])\s+(?=[A-ZÀ-Þ])", words))):
        if cut.start() and signature(words[cut.start() :], roster).speaker:
            return cut.start()
    return None


def last_named(text: str, roster: Roster) -> Speaker | None:
    """The last person that a text names, met before or not."""
    mentions = [*roster.mentions(text), *mentions_in(text)]
    if not mentions:
        return None
    name = max(mentions, key=lambda mention: mention.start).name
    return roster.named(name) or Speaker(name)


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


def _verb_after(after: str, roster: Roster, last: Speaker | None) -> Attribution:
    clause = re.split(r"[.;!?](?:\s|$)|\n", after[:_CLAUSE_LENGTH].lstrip(" .,;!?…_*"), maxsplit=1)[
        0
    ]
    if _MOVED.match(clause) and not begins_with_speech_verb(clause):
        people = [m.name for m in (*roster.mentions(clause), *mentions_in(clause))]
        person = roster.named(people[0]) or Speaker(people[0]) if people else None
        return Attribution(roster.learn(person), Evidence.SIGNED) if person else NOBODY
    if not (begins_with_speech_verb(clause) or _is_inverted(clause, roster)):
        return NOBODY
    return _somebody_in(clause, roster, last, first=True)


def _is_inverted(clause: str, roster: Roster) -> bool:
    """Say whether one or two words stand before a name, as a verb does: « se souvient Léa »."""
    found = _INVERSION.match(clause)
    if not found or found["verb"].split()[0] in _NO_VERBS:
        return False
    named = [*roster.mentions(clause), *mentions_in(clause)]
    return any(mention.start == found.end() for mention in named)


def _words_before(before: str, roster: Roster, last: Speaker | None) -> Attribution:
    clause = last_sentence(before).rstrip(" _*")
    name = without_style(clause).rstrip(" :–—-")
    if clause.endswith((":", "–", "—", "-")):
        signed = signature(name, roster) if name else NOBODY
        if signed.speaker:
            return signed
    announced = clause.endswith(":") or has_speech_verb(clause) or _ACCORDING.match(clause)
    return _somebody_in(clause, roster, last, first=False) if announced else NOBODY


def _line_above(line: str, roster: Roster, last: Speaker | None) -> Attribution:
    if line.rstrip().endswith(":"):
        return _words_before(line, roster, last)
    return signature(line, roster)


def _incise(words: str, roster: Roster, last: Speaker | None) -> Attribution:
    """« …, explique Prénom Nom, … » inside the marks."""
    for incise in incises_of(words, roster):
        found = _somebody_in(incise.clause, roster, last, first=True)
        return found if found.speaker or last is None else _doubtful(last, roster)
    return NOBODY


def _somebody_in(clause: str, roster: Roster, last: Speaker | None, *, first: bool) -> Attribution:
    """The person who is the subject of a clause; `first`: the verb comes before them."""
    people = [(m.start, m.name) for m in roster.mentions(clause)]
    if not people:
        people = [(m.start, m.name) for m in mentions_in(clause)]
    subjects = [p for p in people if first or not _AFTER_PREPOSITION.search(clause[: p[0]])]
    according = _ACCORDING.match(clause)
    if people and (subjects or according):
        start, name = (subjects or people)[0]
        person = roster.named(name) or speaker_from(clause[start:]) or Speaker(name)
        return Attribution(roster.learn(person), Evidence.SIGNED)
    holder = _role_in(clause, roster)
    if holder:
        return Attribution(holder, Evidence.SIGNED)
    if has_pronoun(clause) and last:
        return _doubtful(last, roster)
    body = None if people else _BODY_SPEAKS.search(clause)
    # « Comme le dit la Fédération des Rives : » names a body, not a person.
    if body and not first and _says(clause[: body.start()]):
        return Attribution(Speaker(body["body"]), Evidence.SIGNED)
    return Attribution(None, Evidence.ANNOUNCED)


def _says(words: str) -> bool:
    """Say whether a verb of speech is near, or « comme l’explique » opens the comparison."""
    near = " ".join(words.split()[-2:])
    return has_speech_verb(near) or (
        re.search(r"\bcomme (?:l['’]|le |la )", words) is not None and has_speech_verb(words)
    )


def _doubtful(person: Speaker, roster: Roster) -> Attribution:
    doubt = f"attribué à {person.name}, la dernière personne nommée\u00a0; vérifiez."
    return Attribution(roster.learn(person), Evidence.SIGNED, doubt)


def _role_in(clause: str, roster: Roster) -> Speaker | None:
    for article in re.finditer(r"(?<![\w’'])(?:(?:le|la|notre)\s|l['’])", clause, re.IGNORECASE):
        holder = roster.with_role(clause[article.end() :])
        if holder:
            return holder
    return None

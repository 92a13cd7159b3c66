"""Whose words a quotation holds: what stands after it, before it, or on the lines beside it."""

import re

from corpus.extraction.antecedents import Memory, is_reference, tells_of_unnamed
from corpus.extraction.names import (
    Gender,
    Mention,
    gender_of,
    gender_of_word,
    is_first_name,
    mentions_in,
    without_style,
)
from corpus.extraction.passages import NOBODY, Attribution, Evidence, Surroundings
from corpus.extraction.people import Roster, speaker_from
from corpus.extraction.signatures import incises_of, shared_doubt, signature
from corpus.extraction.speech import begins_with_speech_verb, has_speech_verb, last_sentence
from corpus.records import Speaker

_ACCORDING = re.compile(
    r"(?:pour|selon|d['’]après|à en croire|chez|comme|quant à)\s", re.IGNORECASE
)
_AFTER_PREPOSITION = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|pour|et|contre|sur)\s|d['’])(?:M\.\s|Mme\s)?$"
)
_INVERSION = re.compile(
    r"(?P<verb>(?:s['’]|se\s)?[a-zà-ÿ]{3,}(?:\s[a-zà-ÿ]{3,})?)\s+(?:(?:M\.|Mme|Monsieur|Madame)\s+)?"
)
_NO_VERB = re.compile(r"(?:avec|par|pour|dans|sur|chez|sous|que|qui|des|les|une|dont|mais)\b")
# « a-t-elle rappelé », « dit-il »: whatever the verb, it says who speaks.
_PRONOUN_FIRST = re.compile(
    r"(?:(?:s['’]|se\s)?[a-zà-ÿ’']+-(?:t-)?(?:il|elle)\b)(?!-même)", re.IGNORECASE
)
_PRONOUN_SUBJECT = re.compile(r"\s*(?:il|elle)\s", re.IGNORECASE)
# « Une phrase prononcée par Léa Morin ».
_SAID_BY = re.compile(
    r"\b(?i:prononc|lâch|lanc|formul|signé?|écrit|rédig|répét|martel)(?:é|e|i|t)?e?s?\s"
    r"(?:(?:avec|sur|dans|en)\s[^,.;:]{3,40}?\s)?par\s"
    r"(?=(?:M\.\s|Mme\s|(?:le|la)\s[^.;:]{3,60}\s|l['’][^.;:]{3,60}\s)?[A-ZÀ-Þ])"
)
_GOES_ON = re.compile(
    r"(?:et|avant|puis)\s+(?:de\s|d['’])(?:se\s|s['’])?\w+(?:er|ir|re)\b[^.;]*:\s*$", re.IGNORECASE
)
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_MOVED = re.compile(
    r"(?:c['’]est|voilà|telle est|tel est)\s+(?:ce\s+qu|l[ae]s?\s|l['’])", re.IGNORECASE
)
_BODY_NAME = (
    r"(?:l['’]|la |le |les )?(?P<body>[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:de|du|des|d['’]|la|et)\s?){0,2}"
    r"[A-ZÀ-Þ][\w’'-]+){0,4})"
)
_BODY_SPEAKS = re.compile(rf"\s{_BODY_NAME}\s*:?\s*$")
_BODY_AFTER = re.compile(
    r"(?:(?:comme|ainsi que)\s+)?(?:l['’]|le\s|nous\s|se\s|s['’])?(?:(?:a|ont)\s)?[^\W\d_]{3,}\s"
    rf"(?:(?:\w+ment|encore|aussi|ainsi)\s)?{_BODY_NAME}(?=[\s,.]|$)"
)
_STYLED_SUBJECT = re.compile(
    r"\s*(?P<name>(?:M\.|Mme|Mlle|Monsieur|Madame|Dr|Docteur|Pr|Maître)\s[A-ZÀ-Þ][\w’'-]+)(?=[\s,])"
)
_ARTICLE = re.compile(r"(?<![\w’'])(?:(?P<word>le|la|notre)\s|l['’])", re.IGNORECASE)
# The full stop of « Dr. Morin » ends nothing.
_CLAUSE_END = re.compile(r"(?<!\bM)(?<!\bDr)(?<!\bPr)[.;!?](?:\s|$)|\n")
_CLAUSE_LENGTH = 300


def attribution_of(around: Surroundings, roster: Roster, memory: Memory) -> Attribution:
    """The nearest sign first: a signature, a verb after, words before, the lines beside.

    `memory` knows whom « ajoute-t-elle » means.
    """
    signed = NOBODY if around.followed and ":" in around.after else signature(around.after, roster)
    if signed.evidence:
        return signed
    spoken = _verb_after(around.after, roster, memory)
    if spoken.evidence:
        return spoken
    before = _words_before(around.before, roster, memory)
    if before.speaker:
        return before
    beside = _line_beside(around, roster, memory)
    if beside.speaker:
        return beside
    incise = _incise(around.inside, roster, memory)
    if incise.evidence:
        return incise
    if not before.evidence:
        return _sentence_before(around.line_so_far, roster, memory)
    named = last_named(_QUOTED.sub(" ", around.line_so_far), roster)
    return doubtful(named, roster) if named else before


def doubtful(person: Speaker, roster: Roster) -> Attribution:
    """Words given to the person who is most likely meant, to be checked by an editor."""
    doubt = f"attribué à {person.name}, la dernière personne nommée\u00a0; vérifiez."
    return Attribution(roster.learn(person), Evidence.SIGNED, doubt)


def last_named(text: str, roster: Roster) -> Speaker | None:
    """The last person that a text names, met before or not."""
    mentions = [*roster.mentions(text), *mentions_in(text)]
    if not mentions:
        return None
    name = max(mentions, key=lambda mention: mention.start).name
    return roster.named(name) or Speaker(name)


def person_presented(text: str, roster: Roster) -> Speaker | None:
    """The only person whom a paragraph names, if its first sentence is about them."""
    memory = Memory(roster, _QUOTED.sub(" ", text).split(". ", 1)[0])
    # « Léa Morin, directrice de Rives Habitat »: what a preposition brings in may be a body.
    met = [m for m in mentions_in(text) if not _AFTER_PREPOSITION.search(text[: m.start])]
    names = {m.name for m in (*roster.mentions(text), *met)}
    about = memory.subject(Gender.UNKNOWN) if len(names) == 1 else None
    return about if about and about.name in names else None


def _line_beside(around: Surroundings, roster: Roster, memory: Memory) -> Attribution:
    if not around.after.strip(" .,;"):
        below = signature(around.line_after, roster)
        if below.speaker:
            return below
    if around.before.strip(" –—-_*"):
        return NOBODY
    line = around.line_before
    if line.rstrip().endswith(":"):
        return _words_before(line, roster, memory)
    return signature(line, roster)


def _sentence_before(line: str, roster: Roster, memory: Memory) -> Attribution:
    """« Léa Morin rappelle l’urgence. « … » »: whoever the whole sentence before says to speak."""
    sentences = [s for s in re.split(r"(?<=[.!?…])\s+", _QUOTED.sub(" ", line).strip()) if s]
    if not sentences or not sentences[-1].endswith((".", "!", "…")):
        return NOBODY
    if not has_speech_verb(sentences[-1]):
        return NOBODY
    found = _somebody_in(sentences[-1], roster, memory, first=False)
    is_of_another = is_reference(sentences[-1]) or tells_of_unnamed(sentences[-1])
    if found.speaker is None and not is_of_another and memory.last:
        found = doubtful(memory.last, roster)
    if found.speaker is None:
        return NOBODY
    doubt = doubtful(found.speaker, roster).doubt
    return Attribution(found.speaker, Evidence.ANNOUNCED, doubt)


def _verb_after(after: str, roster: Roster, memory: Memory) -> Attribution:
    bare = after[:_CLAUSE_LENGTH].lstrip(" \u00a0\u202f.,;!?…_*")
    clause = _CLAUSE_END.split(bare, maxsplit=1)[0]
    if _MOVED.match(clause) and not begins_with_speech_verb(clause):
        people = [m.name for m in (*roster.mentions(clause), *mentions_in(clause))]
        person = roster.named(people[0]) or Speaker(people[0]) if people else None
        return Attribution(roster.learn(person), Evidence.SIGNED) if person else NOBODY
    said_by = _SAID_BY.search(clause)
    if said_by:
        return _somebody_in(clause[said_by.end() :], roster, memory, first=True)
    if _PRONOUN_FIRST.match(clause):
        # Who is named farther on is not the one who speaks: « dit-il à Léa Morin ».
        person = memory.meant_by(clause)
        return doubtful(person, roster) if person else Attribution(None, Evidence.ANNOUNCED)
    if not (begins_with_speech_verb(clause) or _is_inverted(clause, roster)):
        return NOBODY
    return _somebody_in(clause, roster, memory, first=True)


def _is_inverted(clause: str, roster: Roster) -> bool:
    """Say whether one or two words stand before a name, as a verb does: « se souvient Léa »."""
    found = _INVERSION.match(clause)
    if not found or _NO_VERB.match(clause):
        return False
    named = [*roster.mentions(clause), *mentions_in(clause)]
    return any(mention.start == found.end() for mention in named)


def _words_before(before: str, roster: Roster, memory: Memory) -> Attribution:
    clause = last_sentence(before).rstrip(" \u00a0\u202f_*")
    name = without_style(clause).rstrip(" :–—-")
    if clause.endswith((":", "–", "—", "-")):
        signed = signature(name, roster) if name else NOBODY
        if signed.speaker:
            return signed
    if _GOES_ON.search(clause) and memory.last:
        return doubtful(memory.last, roster)
    announced = clause.endswith(":") or has_speech_verb(clause) or _ACCORDING.match(clause)
    return _somebody_in(clause, roster, memory, first=False) if announced else NOBODY


def _incise(words: str, roster: Roster, memory: Memory) -> Attribution:
    """« …, explique Prénom Nom, … » inside the marks."""
    for incise in incises_of(words, roster):
        found = _somebody_in(incise.clause, roster, memory, first=True)
        return found if found.speaker or not memory.last else doubtful(memory.last, roster)
    return NOBODY


def _somebody_in(clause: str, roster: Roster, memory: Memory, *, first: bool) -> Attribution:
    """The person who is the subject of a clause; `first`: the verb comes before them."""
    if not first and _PRONOUN_SUBJECT.match(clause):
        meant = memory.without_last_sentence().meant_by(clause)
        if meant:
            return doubtful(meant, roster)
    people = [(m.start, m.name) for m in _mentions(clause, roster)]
    subjects = [p for p in people if first or not _AFTER_PREPOSITION.search(clause[: p[0]])]
    according = _ACCORDING.match(clause)
    if people and (subjects or according):
        start, name = (subjects or people)[0]
        person = roster.named(name) or speaker_from(clause[start:]) or Speaker(name)
        return Attribution(roster.learn(person), Evidence.SIGNED)
    holder = _role_in(clause, roster)
    if holder:
        return Attribution(holder, Evidence.SIGNED)
    meant = memory.meant_by(clause)
    if meant:
        return doubtful(meant, roster)
    shared = None if people else _shared_in(clause, roster)
    if shared:
        return shared
    body = None if people else _body_in(clause, first=first)
    speaking = memory.meant_as_speaking(clause) if first and not people and not body else None
    if speaking:
        return doubtful(speaking, roster)
    if body is None:
        return Attribution(None, Evidence.ANNOUNCED)
    someone = Speaker(body)
    return Attribution(roster.learn(someone) if is_first_name(body) else someone, Evidence.SIGNED)


def _shared_in(clause: str, roster: Roster) -> Attribution | None:
    """A last name that several people of the page have: nobody is chosen among them."""
    for word in re.finditer(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+", clause):
        people = roster.bearers(word.group())
        if len(people) > 1:
            return Attribution(None, Evidence.SIGNED, shared_doubt(word.group(), people))
    return None


def _mentions(clause: str, roster: Roster) -> list[Mention]:
    """Everybody that a clause names, met before or not, from left to right."""
    known = roster.mentions(clause)
    taken = {at for mention in known for at in range(mention.start, mention.end)}
    met = [m for m in mentions_in(clause) if taken.isdisjoint(range(m.start, m.end))]
    return sorted([*known, *met], key=lambda mention: mention.start)


def _body_in(clause: str, *, first: bool) -> str | None:
    """« Comme le dit la Fédération des Rives : » names a body, not a person."""
    if first:
        after = _BODY_AFTER.match(clause)
        return after["body"] if after else None
    styled = _STYLED_SUBJECT.match(clause)
    if styled:
        return styled["name"]
    before = _BODY_SPEAKS.search(clause)
    return before["body"] if before and _says(clause[: before.start()]) else None


def _says(words: str) -> bool:
    """Say whether a verb of speech is near, or « comme l’explique » opens the comparison."""
    near = " ".join(words.split()[-2:])
    return has_speech_verb(near) or (
        re.search(r"\bcomme (?:l['’]|le |la )", words) is not None and has_speech_verb(words)
    )


def _role_in(clause: str, roster: Roster) -> Speaker | None:
    for article in _ARTICLE.finditer(clause):
        holder = roster.with_role(clause[article.end() :])
        if holder and gender_of(holder.name, holder.role).agrees_with(
            gender_of_word(article["word"] or "")
        ):
            return holder
    return None

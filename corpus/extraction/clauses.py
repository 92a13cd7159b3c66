"""Whom the clauses that touch words, and the sentence above them, make the one who speaks."""

import re
from itertools import takewhile

from corpus.extraction.model import Signer
from corpus.extraction.names import (
    Gender,
    gender_of,
    gender_of_word,
    is_body_word,
    without_style,
)
from corpus.extraction.persons import Persons, bodies_in, is_object
from corpus.extraction.roles import (
    is_indefinite,
    is_institution,
    is_role,
    role_and_organisation,
)
from corpus.extraction.roster import Naming, Roster
from corpus.extraction.speech import begins_with_speech_verb, has_speech_verb
from corpus.extraction.surroundings import Surroundings

_ACCORDING = re.compile(
    r"(?:pour|selon|d['’]après|à en croire|chez|comme|quant à|dixit)\s", re.IGNORECASE
)
_SAID_BY = re.compile(
    r"\b(?i:prononc|lâch|lanc|formul|signé?|écrit|rédig|répét|martel|cit)(?:é|e|i|t)?e?s?"
    r"\s[^.;:]{0,40}?\bpar\s|\b(?:citation|parole|mot|témoignage)s?\s(?:de\s|d['’])"
)
_INVERTED = re.compile(
    r"(?:s['’]|se\s)?[a-zà-ÿ]{3,}(?:\s[a-zà-ÿ]{3,})?\s+(?:(?:M\.|Mme|Monsieur|Madame)\s+)?$"
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\sa-zà-ÿ])|\n+")
_AROUND = ' \n«“"”»*_–—-([:.,'
_OPENING = " ,.!?"
_PRONOUN_AFTER = re.compile(
    r"(?:s['’]|se\s)?[a-zà-ÿ’']+-(?:t-)?(?P<pronoun>il|elle)\b(?!-même)", re.IGNORECASE
)
_PRONOUN_BEFORE = re.compile(
    r"^(?:[^,]{0,40},\s)?(?P<pronoun>il|elle|ce dernier|cette dernière)\b"
    r"|\b(?:selon|pour|d['’]après) (?P<tonic>lui|elle)\b"
    r"|-(?:t-)?(?P<inverted>il|elle)\b",
    re.IGNORECASE,
)
# « promettent-ils », « sourient les élus », « y lit-on », « crie quelqu’un », « (soudeur, 71 ans) »
_SEVERAL = re.compile(
    r"[\s,.!?]*(?:s['’]|se\s|y\s)?[^\W\d_]+(?:-(?:t-)?(?:ils|elles|on)\b"
    r"|ent\s(?:les|des|plusieurs|certaine?s)\s|\squelqu['’]une?\b)"
    r"|\s*\((?:[Aa]nonyme|[a-zà-ÿ][^()A-ZÀ-Þ]{2,60})\)"
)
_ARTICLED = re.compile(
    r"(?<![\w’'])(?:(?P<article>le|la|notre|celui|celle|cet|cette|ce)\s|l['’])"
    r"(?=(?P<noun>[^,.;:«»]{0,60}))(?P<word>[\w-]*)",
    re.IGNORECASE,
)
# « Léa Morin en veut à Paul Vasseur, qui répond : »
_WHO = re.compile(r",?\s(?:qui|lequel|laquelle)\s(?:[^,.;:]{1,40}$|[^,.;]{1,60}:)")
# What follows the name of a body in a sentence.
_PREDICATE = re.compile(
    r"(?:l(?:ui|eur)|[nv]ous|a|ont|est|sont|qui|dont|en|y|se|ne|doit|peut|va|avait|était|par|dans"
    r"|et|ou|que|pour|aussi|également)\b(?!-)|[nsy]['’]"
)
# « ce Castelroussin », « cette dernière »: whoever was named last.
_LATTER = re.compile(r"\b(?i:ce|cet|cette)\s(?:derni(?:er|ère)\b|[A-ZÀ-Þ][a-zà-ÿ]+\b)")
_MASCULINE = ("é", "u", "eur", "ant", "ent", "ier", "ien", "ain")
_FEMININE = ("ée", "ue", "euse", "rice", "ante", "ente", "ière", "ienne", "aine")
_INDEFINITE = re.compile(
    r"\W*(?:[\w’'-]+\s+){0,3}?"
    r"(?:une?|des|certaine?s|plusieurs|les|leurs?|ses?|son|sa|nos|d['’]autres|l['’]une?)\s[a-zà-ÿ]"
)

_SOMEBODY = re.compile(
    r"(?:s(?:a|on)\s[a-zà-ÿ])|(?:(?:[\w’'-]+\s+){0,5}[\w’'-]+,\s)?(?:(?!que)[\w’'-]+\s+){0,3}?(?:une?|des|certaine?s"
    r"|plusieurs|d['’]autres|[ld]['’]une?|quelqu['’]une?|quelques)\s(?!peu|jour|fois|partie|extrait|exemple|phrase"
    r"|message|témoignage)[a-zà-ÿ]",
    re.IGNORECASE,
)
# A line that calls for the words of many.
_CALLS = re.compile(
    r"verbatim|réactions?\b|paroles|entendu|habitants|participants|collègues|anonym|\bmots\b|retours"
    r"|remarques|extraits|choisis|en vrac|livre d['’]or|florilège|témoignage|disent|ont dit"
    r"|interventions",
    re.IGNORECASE,
)
_LONGEST = 80  # characters of a signature


class Clauses:
    """Points to those whom a clause beside words names or describes.

    Where it names nobody, tells what the verb has for subject, and the gender of a pronoun.
    """

    def __init__(self, roster: Roster, persons: Persons, names_stand: str) -> None:
        self._roster = roster
        self._persons = persons
        self._names_stand = names_stand

    def after(self, around: Surroundings, sign: Signer) -> None:
        """« …, explique Léa Morin », « …, selon la directrice »."""
        clause = around.clause_after
        if not clause.strip():
            return
        namings = self._persons.people_in(clause)
        says = begins_with_speech_verb(clause)
        by = _SAID_BY.search(clause)
        said_by = by.end() - 1 if by else len(clause)
        for at, n in enumerate(namings):
            is_by = n.start >= said_by
            sign(n.names, "after said by" if is_by else _place_after(clause, n, at == 0, says))
        if says and not (namings or pronoun_after(clause.lstrip(_OPENING))):
            self._described(clause, around.told, "after", "", sign)

    def before(self, around: Surroundings, sign: Signer) -> None:
        """« Léa Morin explique : … », « La directrice : … »."""
        clause = around.clause_before
        if not clause:
            return
        colon = " colon" if clause.endswith((":", "–", "—", "-")) else ""
        says = has_speech_verb(clause) or bool(_ACCORDING.match(clause))
        verb = " verb" if says else ""
        if colon:
            for who in self._persons.signing(without_style(clause).rstrip(" :–—-")):
                sign(who, "label line")
        is_named = self._named(clause, "before", f"{verb}{colon}", sign)
        if (says or colon) and not (is_named or gender_of_pronoun_in(clause)):
            self._described(clause, around.told, "before", f"{verb}{colon}", sign)

    def above(self, around: Surroundings, sign: Signer) -> None:
        """Whom the sentence before is about, where the words begin one of their own."""
        if not around.clause_before:
            sentence = _SENTENCE.split(around.told.rstrip(_AROUND))[-1]
            self._named(sentence, "told", " verb" if has_speech_verb(sentence) else "", sign)

    def _named(self, clause: str, where: str, ending: str, sign: Signer) -> bool:
        """Point to those whom a clause names; say whether it has one of them for subject."""
        has_subject = False
        namings = self._persons.people_in(clause)
        who = next((n for n in namings[::-1] if _WHO.match(clause, n.end)), None)
        for n in namings:
            lead = clause[: n.start]
            is_told = n is who if who else not is_object(lead) or bool(_ACCORDING.match(lead))
            if is_told:
                sign(n.names, f"{where} {'later' if has_subject else 'subject'}{ending}")
                has_subject = True
            else:
                sign(n.names, f"{where} object{ending}")
        return has_subject

    def _described(self, clause: str, told: str, where: str, ending: str, sign: Signer) -> None:
        """« La directrice », « cette élue » means who has it, or was named last; or a body."""
        latter = _LATTER.search(clause)
        if latter:
            meant = self._last_named(told, gender_of_word(latter[0].split()[0]))
            sign(meant, f"{where} role")
            return
        for rank, body in enumerate(bodies_in(clause)[:2]):
            is_of = is_object(clause[: clause.find(body)])
            place = " object" if is_of else " later" if rank else ""
            sign((body,), f"{where} body{place}{ending}")
        if institution := self._institution(clause):
            sign((institution,), f"{where} institution{ending}")
            return
        for found in _ARTICLED.finditer(clause):
            noun, gender = found["noun"], gender_of_word(found["article"] or "")
            holder = self._roster.with_role(noun)
            if holder and gender_of(holder.name, holder.role).agrees_with(gender):
                sign((holder.name,), f"{where} role")
                return
            if is_role(noun):
                return

    def _institution(self, clause: str) -> str:
        """« la préfecture », « l’agence de santé »: a body without a name of its own, else ""."""
        for found in _ARTICLED.finditer(clause):
            words = [*takewhile(_names, re.finditer(r"\S+", found["noun"]))]
            is_told = words and is_institution(found["noun"])
            if is_told and not is_object(clause[: found.start()]):
                name = clause[found.start() : found.start("noun") + words[-1].end()]
                return name[0].lower() + name[1:]
        return ""

    def _last_named(self, told: str, gender: Gender) -> tuple[str, ...]:
        """Who was named last and may have a gender."""
        named = (n.names for n in reversed(self._persons.people_in(told)))
        return next((names for names in named if self._may_be(names[0], gender)), ())

    def _may_be(self, name: str, gender: Gender) -> bool:
        """Say whether somebody known may have the gender."""
        known = self._roster.named(name)
        return known is not None and gender_of(known.name, known.role).agrees_with(gender)

    def gender(self, around: Surroundings) -> Gender:
        """What « dit-elle », « Elle raconte : » and « la jeune femme » tell of who speaks."""
        before, after = around.clause_before, around.clause_after
        pronoun = pronoun_after(after.lstrip(_OPENING))
        if pronoun:
            return gender_of_word(pronoun)
        if begins_with_speech_verb(after) and not self._persons.people_in(after):
            found = _ARTICLED.search(after)
            return _gender_articled(found) if found else Gender.UNKNOWN
        told = gender_of_pronoun_in(before)
        if told and (has_speech_verb(before) or before.endswith(":")):
            return Gender.UNKNOWN if self._persons.people_in(before) else told
        return Gender.UNKNOWN

    def noun(self, around: Surroundings) -> str:
        """The subject of the verb beside the words: "body", "role", "noun"..., or "" if none."""
        clause = around.clause_after
        if not begins_with_speech_verb(clause):
            clause = around.clause_before if has_speech_verb(around.clause_before) else ""
        if self._persons.people_in(clause):
            return ""
        nouns = (n for n in _ARTICLED.finditer(clause) if not has_speech_verb(n["word"]))
        found = next(nouns, None)  # « comme l’explique la mairie »
        if found is None or not found["word"].islower() or self._roster.with_role(found["noun"]):
            return ""
        if is_body_word(found["word"]):
            return "body"
        if not is_role(found["word"]):
            return "noun"
        # « le maire de Bourg », where nobody on the page is.
        return "role elsewhere" if role_and_organisation(found["noun"])[1] else "role"

    def unnamed(self, around: Surroundings) -> str:
        """Where what stands before the words tells of somebody without a name, "" if it does not.

        « Un client interrompt : « … » », « Une élève hausse les épaules. « … » »
        """
        where, clause = "before", around.clause_before
        if not clause:
            where, clause = "told", _SENTENCE.split(around.told.rstrip(_AROUND))[-1]
        is_head = clause == around.head  # « Léa, mère d’une collégienne »
        if is_head or not _SOMEBODY.match(clause) or self._persons.people_in(clause):
            return ""
        verb = " verb" if has_speech_verb(clause) else ""
        return f"{where}{verb}{' colon' if clause.endswith(':') else ''}"

    def is_announced(self, around: Surroundings) -> bool:
        """Say whether the line above a list calls for words of many: « Mots laissés hier : »."""
        line = around.announced
        return bool(_CALLS.search(line)) and not self._persons.people_in(line)

    def is_another(self, around: Surroundings) -> bool:
        """Say whether the page tells who speaks, and it is nobody with a name."""
        told = begins_with_speech_verb(around.after) and is_unnamed(around.clause_after)
        if self._names_stand != "above" and is_indefinite(around.below):
            return True
        if is_of_somebody(around.after) or self.noun(around) in {"body", "role elsewhere"}:
            return True
        if self.unnamed(around).startswith("before ") or self.is_announced(around):
            return True
        return told and not self._persons.people_in(around.clause_after)


def _names(word: re.Match[str]) -> bool:
    """Say whether a word after « la préfecture » still belongs to the name."""
    return not (has_speech_verb(word[0]) or _PREDICATE.match(word[0]))


def _place_after(clause: str, naming: Naming, is_first: bool, says: bool) -> str:
    """How the clause after the words names somebody; `says` tells that it begins with a verb."""
    lead = clause[: naming.start]
    if _INVERTED.fullmatch(lead.lstrip(_OPENING)):
        return "after inverted verb" if says else "after inverted"
    if says:
        return "after verb first" if is_first and not is_object(lead) else "after verb other"
    if _ACCORDING.match(clause) and is_first:
        return "after according"
    return "after opens" if naming.start == 0 else "after named"


def pronoun_after(clause: str) -> str:
    """The « il » or « elle » of a verb right after words, if any: « dit-elle »."""
    found = _PRONOUN_AFTER.match(clause)
    return found["pronoun"] if found else ""


def gender_of_pronoun_in(clause: str) -> Gender | None:
    """That of « Elle raconte », « selon lui », « a-t-il dit » before words, if any."""
    found = _PRONOUN_BEFORE.search(clause)
    if found is None:
        return None
    word = next(w for w in found.groups() if w).lower()
    return gender_of_word("elle" if word.startswith(("elle", "cette")) else "il")


def is_of_somebody(after: str) -> bool:
    """Say whether « une habitante » or « promettent-ils » follows the words, and no sentence."""
    text = after.lstrip(" ,–—-(_*")
    signs = is_indefinite(text) and not (text[0].isupper() and len(text) > _LONGEST)
    return signs or _SEVERAL.match(after) is not None


def is_unnamed(clause: str) -> bool:
    """Say whether a clause opens with people who stay unnamed: « dit une mère », « des élus »."""
    return _INDEFINITE.match(clause) is not None


def _gender_articled(found: re.Match[str]) -> Gender:
    """That of « le … », « cette … », and of « l’élue » by its ending."""
    if found["article"]:
        return gender_of_word(found["article"])
    if found["word"].endswith(_FEMININE):
        return Gender.FEMININE
    return Gender.MASCULINE if found["word"].endswith(_MASCULINE) else Gender.UNKNOWN

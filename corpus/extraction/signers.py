"""Whom a label, a signature, or a line beside words means."""

import re

from corpus.extraction.candidates import Candidate, Kind
from corpus.extraction.names import is_name_like, without_style
from corpus.extraction.persons import Persons
from corpus.extraction.roles import is_indefinite, is_role
from corpus.extraction.roster import initials_of
from corpus.extraction.signs import Signer
from corpus.extraction.speech import has_speech_verb
from corpus.extraction.surroundings import PageText, Surroundings
from corpus.records import Speaker
from corpus.typography import fold

_PREPOSITION = re.compile(
    r"(?:\b(?:à|de|du|des|avec|par|chez|aux?|pour|et|contre|sur)\s|d['’])"
    r"(?:M\.\s|Mme\s)?(?:[a-zà-ÿ’']+\s){0,2}$"
)
_INITIALS = 4  # letters
_LEADING_ARTICLE = re.compile(r"(?:[Ll]a|[Ll]e|[Ll]['’])\s?")
_ROLE_ARTICLE = re.compile(r"^(?:le|la|les|l['’])\s?")
_BODY = re.compile(
    r"(?:^|(?<=\s)|(?<=['’]))(?:l['’]|la |le |les )?(?P<body>[A-ZÀ-Þ@][\w’'.-]+"
    r"(?:\s(?:(?:de|du|des|d['’]|la|et|en|pour|les)\s?){0,2}"
    r"[A-ZÀ-Þ][\w’'-]+){0,6}(?:\s\([A-Z]{2,8}\))?)"
)
_ACRONYM = re.compile(r"\s*\([A-ZÀ-Þ]{2,8}\)")
_SIGN = re.compile(r"[\s,.;_*]*(?P<dash>[–—-]+|\(|\[)?\s*(?P<who>\S[^\n]*?)[\s.)\]_*]*$")
_STAGE = re.compile(
    r"(?:rires|applaudissements|photo|crédit|image|illustration|capture|©|sic|ndlr|source"
    r"|traduction|extrait|page|p\.\s?\d|cf|voir|\d|#|http)",
    re.IGNORECASE,
)
ASKERS = re.compile(
    r"(?:q|question|questions|la redaction|redaction|journaliste|le journaliste|la journaliste"
    r"|animateur|animatrice"
    r"|l['’]animat(?:eur|rice)|interviewe(?:r|ur|use))$"
)
_ANSWERERS = re.compile(r"(?:r|reponse)$")
_PARTICLES = frozenset(
    ["de", "du", "des", "la", "le", "les", "d", "et", "en", "van", "von", "ben", "pour"]
)
_LONGEST = 160  # characters


class Signers:
    """Points to those whose name stands apart, beside words: their label, their signature.

    `names_stand` tells where the page writes them, "above" words or "below".
    """

    def __init__(self, page: PageText, persons: Persons, names_stand: str) -> None:
        self._text = page.body.text
        self._roster = page.roster
        self._persons = persons
        self._names_stand = names_stand

    def beside(self, candidate: Candidate, around: Surroundings, sign: Signer) -> None:
        """Whoever a label, a signature or a line beside names."""
        self._by_label(candidate, sign)
        if candidate.signature:
            for who in self.signing(candidate.signature):
                sign(who, "tail")
        self._on_line(around, sign)
        for line, where in ((around.below, "below"), (around.above, "above")):
            if line and len(line) <= _LONGEST and not _STAGE.match(line):
                self._by_line(line, where, sign)
        if around.above.endswith(":"):
            for who in self._told_by(around.above):
                sign(who, "above tells")

    def _by_label(self, candidate: Candidate, sign: Signer) -> None:
        if candidate.kind is Kind.TURN:
            is_apart = "\n" in self._text[candidate.opening : candidate.start]
            apart = "label below others" if self._names_stand == "below" else "label above"
            sign(self._labelled(candidate.label), apart if is_apart else "label")
        elif candidate.kind is Kind.SECTION:
            self._persons.headed(candidate.label, sign)
        elif candidate.label:
            for who in self._told_by(candidate.label):
                sign(who, "label")

    def _on_line(self, around: Surroundings, sign: Signer) -> None:
        """« … » – Léa Morin, where nothing else follows."""
        if len(around.after) > _LONGEST or _ACRONYM.match(around.after):
            return
        match = _SIGN.match(around.after)
        goes_on = around.followed and ":" in around.after
        if match and not goes_on and not _STAGE.match(match["who"]):
            for who in self.signing(match["who"]):
                sign(who, "sign dash" if match["dash"] else "sign bare")

    def _by_line(self, line: str, where: str, sign: Signer) -> None:
        bare = line.rstrip(" :")
        for who in self.signing(bare.lstrip("–—-( ").rstrip(" )")):
            sign(who, f"{where} colon" if line.endswith(":") else where)
            if where == self._names_stand:
                sign(who, "where names stand")

    def _labelled(self, label: str) -> tuple[str, ...]:
        """Who a label means: a name, a part of one, initials; else the label itself."""
        if is_indefinite(label) or not label.strip("–—"):
            return ()
        holder = self._roster.with_role(_LEADING_ARTICLE.sub("", label))
        if holder and _LEADING_ARTICLE.match(label):
            return (holder.name,)
        people = self._spelled_out(label) or self._roster.bearers(label)
        if _ANSWERERS.match(fold(label).strip(" .")) or ASKERS.match(fold(label).strip(" .")):
            return ()
        return tuple(p.name for p in people) or (label.strip(),)

    def _spelled_out(self, label: str) -> tuple[Speaker, ...]:
        """Those whose initials a label is: « S. T. » for Souleymane Traoré."""
        letters = re.sub(r"[^\w]", "", label)
        if not letters.isupper() or len(letters) > _INITIALS:
            return ()
        people = (s for s in self._roster.speakers if initials_of(s.name) == fold(letters))
        return tuple(s for s in people if not re.sub(r"[^\w]", "", s.name).isupper())

    def signing(self, text: str) -> list[tuple[str, ...]]:
        """Who signs, if nothing but a role or an organisation goes with the name."""
        styled = text.strip(" .)]")
        who = without_style(styled)
        if not who or is_indefinite(who):
            return []
        namings = self._roster.namings_in(styled)
        if namings and namings[0].start <= len(styled) - len(who):
            return [namings[0].names] if _ends_signature(styled[namings[0].end :].strip()) else []
        holder = self._roster.with_role(_ROLE_ARTICLE.sub("", who)) if is_role(who) else None
        if holder:
            return [(holder.name,)]
        name = re.split(r",|\s\(|\s[–—-]\s", who)[0].strip()
        return [(name,)] if _is_signature(name) else []

    def _told_by(self, text: str) -> list[tuple[str, ...]]:
        """Whoever a line names first, and not as the object of something."""
        namings = self._roster.namings_in(text)
        subjects = [n for n in namings if not is_object(text[: n.start])]
        return [n.names for n in (subjects or namings)[:1]]


def _ends_signature(rest: str) -> bool:
    """Say whether what follows the name may: a role, an organisation, another name."""
    follows = (
        not rest
        or rest[0] in ",(–—-[/&#"
        or is_role(rest)
        or len(rest.split()) <= 3
        or rest.startswith("et ")
    )
    return follows and not has_speech_verb(rest[:40])


def _is_signature(name: str) -> bool:
    """Say whether it may be the name of somebody whom nothing else on the page names."""
    words = name.split()
    small = [w for w in words if w[:1].islower() and w not in _PARTICLES]
    if is_role(name) or not 0 < len(words) <= 7 or small:
        return False
    return bool(re.match(r"@\w", name)) or is_name_like(words)


def is_object(before: str) -> bool:
    """Say whether what stands before a name makes it the object of something: « avec … »."""
    return _PREPOSITION.search(before) is not None


def bodies_in(clause: str) -> list[str]:
    """What has a capital and is nobody's name: « la CNIL », « Fédération des Rives »."""
    found = (match["body"].rstrip(".,") for match in _BODY.finditer(clause))
    return [
        body for body in found if is_name_like(body.split()) and not body.endswith(("ant", "ment"))
    ]

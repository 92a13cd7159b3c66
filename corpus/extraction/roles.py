"""Roles and trades: « Directrice de la coopérative » is a role and an organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.marks import has_mark, numbering_of
from corpus.extraction.names import UPPER, WORDS, is_body_word, mentions_in, words
from corpus.extraction.speech import has_speech_verb
from corpus.reading.blocks import Block, BlockKind
from corpus.typography import fold

_ROLE = re.compile(
    rf"""(?:(?:co|vice|ex|sous|inter)[- ]?
    |(?:ancien(?:ne)?|premi(?:er|ere)|deuxieme|jeune|actuel(?:le)?)\ )*
    (?:{WORDS["roles"]})
    (?:\(?e\)?|ne|[·.]e|s)*(?!\w)""",
    re.VERBOSE,
)
_LINKS = 5  # « de » and the like: farther on, it is another story
_LONGEST = 80  # characters: a role shows in its first words
_ARTICLE = re.compile(r"(?:(?:le|la|les|notre|un|une)\s+|l['’])", re.IGNORECASE)
_FEMININE = re.compile(r"(?:\(?e\)?|[·.]e)?s?$")
_FIRST = re.compile(r"premiere? (?:ministre|secretaire)")
_INDEFINITE = re.compile(r"(?:une?|des|plusieurs)\s", re.IGNORECASE)
_LINK = re.compile(
    r"\s(?:(?P<within>chez|(?:au sein|auprès)\s(?:du|des|de|d(?=['’])))|(?P<at>à|aux?)"
    r"|(?P<goal>pour)|du|des|de|d(?=['’]))(?:\s|['’]\s?)(?P<article>la\s|les?\s|l['’]\s?)?"
)
_JOINED = re.compile(r"(?:,|\s(?:et|ou))$")
_TITLE = re.compile(r"(?:,|\s(?:et|puis|ainsi que))\s")
# What comes after the organisation: a place, a period, another title, a charge, a comment.
_PLACE = re.compile(
    rf"(?:,?\s+en\s+[{UPPER}]|,?\s+(?:(?:de|en)\s+(?:19|20)\d\d|depuis\s+\d+)|,\s).*$"
)
# « journaliste Radio Causse »: two words of a proper name, with nothing to join them.
_BESIDE = re.compile(
    rf"(?P<role>[^\W\d{UPPER}][^{UPPER}]*)\s(?P<body>(?P<first>[{UPPER}][\w’'&-]*)(?:\s[\w’'&-]+){{1,4}})"
)
_CHARGE = re.compile(r"\s(?:chargée?s?|déléguée?s?|en charge)\s.*$")
_BODY = re.compile(rf"(?:{WORDS['employers']})(?:ment|s|x)*(?!\w)", re.VERBOSE)
_INSTITUTION = re.compile(
    rf"(?:sous-|haute?\ )?(?:{WORDS['employers']}"
    r"|rectorat|inspection|tribunal|police|service|opposition|majorite|autorite)s?(?!\w)",
    re.VERBOSE,
)
# What one is in charge of: nouns of action and of quality, by their endings, and some others.
_DOMAIN = re.compile(rf"(?:{WORDS['domains']})(?!\w)", re.VERBOSE)
# Parts of a body: only what follows them may be one.
_UNIT = re.compile(
    r"(?:service|pole|unite|cellule|equipe|departement\ [a-z]|direction|bureau|cabinet"
    r"|conseil d'administration|conseil de surveillance|redaction|campagne)s?\b"
)
_LEADS = re.compile(rf"(?:\S+[ -])?(?:{WORDS['leaders']})", re.VERBOSE)
_ELECTED = re.compile(r"(?:\S+[ -])?(?:adjoint|delegue|conseill|elu|vice-?presid|charge)")
_MINISTER = re.compile(r"(?:\S+[ -])?(?:ministre|secretaires? d'etat|haut[- e]*commissaire)")


def is_role(text: str) -> bool:
    """Say whether the text begins with a role, with or without its article."""
    return _ROLE.match(fold(without_article(text[:_LONGEST]))) is not None


def role_head(text: str) -> str:
    """The noun that tells one role from another: « ancienne directrice de … » is « directrice »."""
    bare = fold(without_article(text[:_LONGEST]))
    first = _FIRST.match(bare)
    if first:
        return first.group()
    found = _ROLE.match(bare)
    words = (found.group() if found else bare).split()
    return _FEMININE.sub("", words[-1]) if words else ""


def is_indefinite(text: str) -> bool:
    """Say whether it names nobody in particular: « une habitante »."""
    return _INDEFINITE.match(text) is not None


def without_article(text: str) -> str:
    """« la directrice » is « directrice »."""
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def role_and_organisation(description: str) -> tuple[str, str]:
    """Cut « Maire de Bourg-sur-Lot en Lot » into « Maire » and « Bourg-sur-Lot »."""
    bare = without_article(description).strip(" \u00a0,;.")
    parts = bare.split(", ")
    if len(parts) > 1 and not _cut(parts[0]) and (at := _body_among(parts)):
        return ", ".join(parts[:at]), _one_body(parts[at])
    if cut := _cut(bare):
        return bare[: cut[0]].rstrip(" ,"), _one_body(bare[cut[1] :]).strip(" ,")
    whole = re.sub(r"\s(?:de|du|des|d['’]|à|au|et|de l['’])$", "", _PLACE.sub("", bare))
    beside = _BESIDE.fullmatch(whole)
    if beside and (is_body_word(beside["first"]) or not _DOMAIN.match(fold(beside["body"]))):
        return beside["role"], beside["body"]
    return whole, ""


def _body_among(parts: list[str]) -> int:
    """Which of the parts between commas is the body; 0 where none is."""
    named = [
        at
        for at, part in enumerate(parts)
        if at and (part[:1].isupper() or is_body(part)) and not is_role(part)
    ]
    sure = (at for at in named if _BODY.match(fold(parts[at])))
    return next(sure, named[0] if named else 0)


def _cut(text: str) -> tuple[int, int] | None:
    """Where the role ends and its organisation begins; nothing where all of it is a role."""
    declined, unit = False, None
    for link in islice(_LINK.finditer(text), _LINKS):
        before, complement = text[: link.start()], text[link.end() :]
        # « de la culture et des associations »: both are what one is in charge of.
        if declined and _JOINED.search(before):
            continue
        declined = not _names_body(_head_before(before), link, complement)
        if not declined:
            return link.span()
        if not unit and _is_named_unit(complement):
            unit = link.span()
    return unit


def _head_before(text: str) -> str:
    """The title nearest to a link, of several: « sociologue et directrice »."""
    titles = _TITLE.split(text[:_LONGEST])
    return fold(titles[-1] if is_role(titles[-1]) else titles[0])


def _names_body(head: str, link: re.Match[str], complement: str) -> bool:
    """Say whether a complement is where one works, rather than what one works on."""
    if link["within"] or is_role(complement):
        return not is_role(complement)
    folded, word = fold(complement[:_LONGEST]), link.group().strip()
    is_named = any(c.isupper() for c in _own_words(complement))
    is_definite = bool(link["article"]) or word in {"du", "des", "au", "aux"}
    is_body = _BODY.match(folded) is not None
    if _MINISTER.match(head) or _UNIT.match(folded):
        return bool(link["at"]) and (is_body or not _MINISTER.match(head))
    if is_body and (is_named or is_definite):
        return is_named or word not in {"des", "aux"} or _LEADS.match(head) is not None
    is_proper = is_named and not complement[0].islower()
    if _DOMAIN.match(folded):
        return is_proper and word == "à"
    if is_proper:
        return True
    if not is_definite or link["goal"]:
        return False
    return not _ELECTED.match(head) if link["at"] else _LEADS.match(head) is not None


def _own_words(complement: str) -> str:
    """The words of a complement up to the complement of its own."""
    following = _LINK.search(complement)
    return complement[: following.start()] if following else complement.split(",")[0]


def _is_named_unit(complement: str) -> bool:
    own = _own_words(complement)
    return _UNIT.match(fold(own[:_LONGEST])) is not None and any(c.isupper() for c in own[1:])


def _one_body(text: str) -> str:
    """The first body where the person has several titles: « Bourg et président de … »."""
    text = _CHARGE.sub("", _PLACE.sub("", text))
    for bridge in re.finditer(r"\s+(?:et|puis|ainsi que)\s+", text):
        if is_role(text[bridge.end() :]):
            return text[: bridge.start()]
    return text


_NO_TRADES = words("others")
_NO_ENDING = re.compile(
    r"(?<!commerç)(?<!fabric)(?<!négoci)(?<!étudi)(?<!soign)(?<!habit)(?<!aid)ante?s?$"
    r"|(?:ment|[éè]e?s?|ait|aient|ent)$"
)
_TRADE_WORDS = 14
_CARD_WORDS = 12


def is_trade(text: str) -> bool:
    """Say whether the words after « Prénom Nom, » are a noun: « forgeron », « placière »."""
    words = text.split()
    figures = any(c.isdigit() for c in re.sub(r"\b\d{2} ans\b", "", text))
    if not 0 < len(words) <= _TRADE_WORDS or figures:
        return False
    first = words[0]
    return (
        first[0].islower()
        and first.replace("-", "").isalpha()
        and len(first) > 3
        and fold(first) not in _NO_TRADES
        and not _NO_ENDING.search(first)
        and not has_speech_verb(first)
    )


def is_body(text: str) -> bool:
    """Say whether a part of a description is a body: « agence Traverses », « scierie Valla »."""
    words = text.split(" ")
    if not text[:1].islower() or fold(words[0]) in _NO_TRADES or is_role(text):
        return False
    return _BODY.match(fold(text[:_LONGEST])) is not None or (
        words[1:2] != []
        and words[1][:1].isupper()
        and not has_speech_verb(words[0])
        and not _NO_ENDING.search(words[0])
    )


def is_institution(text: str) -> bool:
    """Say whether a noun is that of a body that may speak: « préfecture de l’Ain »."""
    return _INSTITUTION.match(fold(text[:_LONGEST])) is not None


def is_unit(text: str) -> bool:
    """Say whether the words name a part of a body: « service de l’inspection »."""
    return _UNIT.match(fold(text[:_LONGEST])) is not None


def works_at(text: str) -> bool:
    """Say whether the words tell where somebody works: « Design Lead chez Lumen »."""
    return any(link["within"] for link in islice(_LINK.finditer(text), _LINKS))


def with_cards_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a name alone on its line taking the role and the body on the lines below."""
    gathered: Block | None = None
    last, most, is_card = 0, 2, False
    for block in blocks:
        gap = block.line - last
        if gathered and gap <= most and _goes_on(gathered, block, is_card):
            most, is_card = gap, True  # the lines of a card are as near to each other
            text = f"{gathered.text}, {block.text}"
            gathered = replace(gathered, kind=BlockKind.TABLE_ROW, text=text)
        else:
            if gathered:
                yield gathered
            gathered, most, is_card = block, 2, False
        last = block.line
    if gathered:
        yield gathered


def _goes_on(name: Block, block: Block, is_card: bool) -> bool:
    mention = next(mentions_in(name.text), None)
    if mention is None or mention.start:
        return False
    bare = block.text
    if len(bare.split()) > _CARD_WORDS or bare.endswith((".", ":", "?", "!")):
        return False
    if has_mark(bare) or numbering_of(bare) or has_contact_data(bare):
        return False
    is_first = mention.end == len(name.text)
    named = next(mentions_in(bare), None)
    if is_first:
        return named is None and (is_role(bare) or is_trade(bare[:1].lower() + bare[1:]))
    # The second line told the role, so a third one tells the body.
    return (
        is_card
        and name.text.count(",") == 1
        and named is None
        and block.kind is not BlockKind.HEADING
    )

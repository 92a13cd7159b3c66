"""Roles and trades: « Directrice de la coopérative » is a role and an organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.extraction.boilerplate import has_contact_data
from corpus.extraction.marks import has_mark, numbering_of
from corpus.extraction.names import UPPER, mentions_in
from corpus.extraction.speech import has_speech_verb
from corpus.reading.blocks import Block, BlockKind
from corpus.typography import fold

_ROLE = re.compile(
    r"""(?:(?:co|vice|ex|sous|inter)[- ]?
    |(?:ancien(?:ne)?|premi(?:er|ere)|deuxieme|jeune|actuel(?:le)?)\ )*
    (?:maire|maires|adjoint|president|direct(?:eur|rice)|chef|charge|coordina(?:teur|trice|tion)
    |coordonnat(?:eur|rice)|responsable|conseill(?:er|ere)|delegue|anima(?:teur|trice)|chercheu(?:r|se)
    |professeur|enseignant|sociologue|economiste|geographe|historien|philosophe|anthropologue
    |politologue|fonda(?:teur|trice)|gerant|membre|elu|depute|eurodepute|sena(?:teur|trice)|ministre
    |prefet|secretaire|technicien|media(?:teur|trice)|forma(?:teur|trice)|consultant|ingenieur
    |architecte|paysagiste|urbaniste|agricul(?:teur|trice)|maraicher|eleveu(?:r|se)|paysan|benevole
    |habitant|etudiant|maitre(?:sse)?\ de\ conf\w*|entrepreneu(?:r|se)|facilita(?:teur|trice)
    |designer
    |journaliste|auteur|autrice|ecrivain|avocat|medecin|infirmi(?:er|ere)|educa(?:teur|trice)
    |psychologue|porte[- ]parole|referent|manag\w*|doctorant|directoire|pdg|dgs|dga|drh
    |administra(?:teur|trice)|tresori(?:er|ere)|agent|commissaire|artisan|gestionnaire|salarie
    |developpeu(?:r|se)|expert|concep(?:teur|trice)|dirigeant|associe|crea(?:teur|trice)
    |bibliothecaire|libraire|produc(?:teur|trice)|proviseur|principal|recteur|pilote|participant
    |assistant|accompagna(?:teur|trice)|representant|intervenant|temoin|usag(?:er|ere)|apprenti
    |stagiaire|chargee|cadre|commercial|comptable|juriste|notaire|analyste|statisticien|specialiste
    |alternant|retraite|boulang(?:er|ere)|restaura(?:teur|trice)|cuisini(?:er|ere)|artiste|comedien
    |metteu(?:r|se)\ en\ scene|realisa(?:teur|trice)|photographe|redac(?:teur|trice)|en\ charge
    |exploitant|forestier|menuisi(?:er|ere)|garagiste|fleuriste|vigneron|[a-z]+cul(?:teur|trice)
    |[a-z]{3,}(?:icien|logue|nome|graphe|therapeute))
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
    r"\s(?:au sein (?:de la |de l['’]|du |des |de |d['’])"
    r"|(?:de l|d|à l)['’]\s?|(?:de la|du|des|de|à la|au|aux|à|chez|pour)\s)"
)
# What comes after the organisation: a place, a period, another title, a comment.
_PLACE = re.compile(rf"(?:,?\s+en\s+[{UPPER}]|,?\s+(?:de|depuis|en)\s+(?:19|20)\d\d|,\s).*$")
_LOCATIVE = ("à", "au", "chez", "pour")
_BODY = re.compile(
    r"""(?:association|cooperative|pole|communaute|ville|region|departement|conseil|tiers|mairie
    |mission\ locale|centre|maison|lycee|universite|ecole|entreprise|societe|federation|reseau
    |agence
    |fondation|collectif|institut|chambre|syndicat|pays|agglomeration|metropole|commune|village
    |structure|groupement|regie|espace|cafe|musee|festival|scic|scop|esat|laboratoire|bureau
    |observatoire|caisse|office|comite|ministere|prefecture|hopital|academie|groupe|start-?up|banque
    |club|parc|ferme|cluster|incubateur|fabrique|mediatheque|bibliotheque|theatre|etablissement
    |antenne|plateforme|direction\ (?:regionale|departementale))""",
    re.VERBOSE,
)
_DOMAIN = re.compile(
    r"""(?:conseil\ d['\ ]?administration|services\b
    |service\ (?:emploi|jeunesse|culture|insertion)|ressources
    |relations|programmes?\b|projets?\b|innovation|communication|emploi|numerique|formation
    |insertion|developpement|recherche|culture|urbanisme|jeunesse|transition|economie|partenariats?
    |politiques|affaires|finances|education|sante|environnement|mobilites?|cohesion|vie\b|strategie
    |animation|production|publications?|questions|etudes|operations|achats|logement|habitat|tourisme
    |transports?|sports?\b|espaces?\ verts)
    """,
    re.VERBOSE,
)
# « Responsable de la vie locale » is a domain, « directrice de la Ruche » a house.
_DOMAIN_HEADS = re.compile(r"(?:\S+[ -])?(?:responsable|charge|referent|adjoint|delegue|conseill)")
_ELECTED = re.compile(r"(?:\S+[ -])?(?:adjoint|delegue|conseill)")


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
    for link in islice(_LINK.finditer(bare), _LINKS):
        if _leads_to_body(bare[: link.start()], link.group().strip(), bare[link.end() :]):
            organisation = _one_body(bare[link.end() :])
            return bare[: link.start()].rstrip(" ,"), organisation.strip(" ,")
    role, comma, organisation = bare.partition(", ")
    if comma and not is_role(organisation) and not organisation.startswith("en "):
        return role, _one_body(organisation)
    return re.sub(r"\s(?:de|du|des|d['’]|à|au|et|de l['’])$", "", _PLACE.sub("", bare)), ""


def _one_body(text: str) -> str:
    """The first body where the person has several titles: « Bourg et président de … »."""
    text = _PLACE.sub("", text)
    for bridge in re.finditer(r"\s+(?:et|puis|ainsi que)\s+", text):
        if is_role(text[bridge.end() :]):
            return text[: bridge.start()]
    return text


def _leads_to_body(role: str, link: str, complement: str) -> bool:
    folded = fold(complement[:_LONGEST])
    if _DOMAIN.match(folded) or is_role(complement):
        return False
    if complement[:1].isupper():
        return True
    folded_role = fold(role[:_LONGEST])
    if _ELECTED.match(folded_role) and link.startswith(("à", "au")):
        return False
    if _BODY.match(folded):
        return True
    if _DOMAIN_HEADS.match(folded_role) or " en " in folded_role:
        return False
    return link.startswith(_LOCATIVE) or link not in {"de", "d'", "d’"}


_OTHER_WORDS = """
    a ainsi alors apres au aussi aux avant avec car ce ces cette chez comme dans de depuis des deux
    donc dont du elle en encore enfin ensuite entre est et eux grace hier ici il ils jusque la
    laquelle le lequel les leur lors mais malgre meme notamment nous on or ou par pendant plus pour
    puis quand quatre que qui sa sans selon ses si soit son sous sur tous tout toute toutes tres
    trois un une vers via voici y cinq
"""
_NO_TRADES = frozenset(_OTHER_WORDS.split())
_NO_ENDING = re.compile(
    r"(?<!commerç)(?<!fabric)(?<!négoci)(?<!étudi)(?<!soign)(?<!habit)(?<!aid)ante?s?$"
    r"|(?:ment|[éè]e?s?|ait|aient|ent)$"
)
_TRADE_WORDS = 14
_BODY_BEGINS = re.compile(
    r"[^\W\d_][\w’'-]*(?:\s[\w’'&.-]+){0,5}\s[A-ZÀ-Þ][\w’'&-]*(?:\s[\w’'&.-]+){0,4}"
)
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
    first = fold(text.split(" ")[0])
    return (
        text[:1].islower()
        and _BODY_BEGINS.fullmatch(text) is not None
        and not (first in _NO_TRADES or is_role(text) or has_speech_verb(first))
    )


def of_three_cells(text: str, name: str) -> tuple[str, str] | None:
    """The role and the body of a row « Prénom Nom, rôle, structure »: their place tells them."""
    cells = text.split(", ")
    if len(cells) != 3 or cells[0] != name or not _is_role_line(cells[1]):
        return None
    return cells[1], cells[2]


def _is_role_line(text: str) -> bool:
    return is_role(text) or is_trade(text[:1].lower() + text[1:])


def trade_and_body(description: str) -> tuple[str, str] | None:
    """Cut « formateur, centre d’apprentissage du Val » at its comma; nothing where it has none."""
    trade, comma, body = description.partition(", ")
    is_named = body[:1].isupper() and not any(c.isdigit() for c in body)
    if not comma or "," in body or is_role(body) or not (is_named or is_body(body)):
        return None
    if role_and_organisation(trade)[1]:
        return None
    return without_article(trade), body


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
        return _is_role_line(bare) and named is None
    # The second line told the role, so a third one tells the body.
    return (
        is_card
        and name.text.count(",") == 1
        and named is None
        and block.kind is not BlockKind.HEADING
    )

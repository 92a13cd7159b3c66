"""What people do, told by its place beside a name rather than by a list of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.contact_data import has_contact_data
from corpus.pages.names import mentions_in
from corpus.pages.numbering import numbering_of
from corpus.pages.quotation_marks import has_mark
from corpus.pages.roles import is_role, role_and_organisation, without_article
from corpus.pages.speech import has_speech_verb
from corpus.typography import fold

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
_BODY = re.compile(r"[^\W\d_][\w’'-]*(?:\s[\w’'&.-]+){0,5}\s[A-ZÀ-Þ][\w’'&-]*(?:\s[\w’'&.-]+){0,4}")
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
        and _BODY.fullmatch(text) is not None
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

"""Masculine or feminine: enough to tell whom « elle » cannot mean."""

import re
from enum import Enum

from corpus.records import Speaker
from corpus.typography import fold


class Gender(Enum):
    """`UNKNOWN` agrees with both."""

    FEMININE = "f"
    MASCULINE = "m"
    UNKNOWN = "?"

    def agrees_with(self, other: "Gender") -> bool:
        """Say whether the same person may have both."""
        return self is other or Gender.UNKNOWN in (self, other)


_FEMININE_ROLE = re.compile(
    r"(?:\S+[ -])?(?:\w+(?:trice|euse|iere|ienne|onne|ante|ente|esse|ee)|adjointe|chargee|elue"
    r"|cheffe|autrice|maitresse|agente|habitante|avocate|consultante|experte|retraitee)(?!\w)"
)
_MASCULINE_ROLE = re.compile(
    r"(?:\S+[ -])?(?:\w+(?:teur|eur|ier|ien|ant|ent)|adjoint|charge|elu|chef|delegue|depute|associe"
    r"|avocat|expert|artisan|apprenti|retraite|referent)(?!\w)"
)
# First names that everybody knows, and whose ending often misleads.
_MEN_NAMES = """
    antoine etienne patrice fabrice maurice brice jean nicola mathurin battista aristide basile
    cyrille emile gilles jules georges jacques louis charles yves francois pierre philippe
    christophe stephane guillaume jerome alexandre gregoire eugene rodolphe olivier michel daniel
    nicolas thomas mathieu matthieu laurent vincent eric frederic thierry bruno marc paul david
    sebastien julien bernard alain patrick christian gerard serge didier herve denis hugo lucas
    leo arthur nathan theo simon benoit damien fabien florian kevin cedric ludovic arnaud franck
    xavier tristan victor yann yannick gael gabriel raphael samuel joel noel andre rene roger
    robert henri ahmed mohamed karim samir rachid said omar ali ibrahim moussa mamadou
"""
_WOMEN_NAMES = """
    alison agnes anais anne astrid brigitte carmen chloe edith elisabeth esther fanny ines
    ingrid judith karen lea manon marion marie maryse mathilde muriel nathalie rachel salome
    solene solange tiphaine yvonne isabelle helene sophie julie emilie elodie virginie stephanie
    valerie melanie aurelie sylvie francoise catherine veronique monique corinne christine
    celine delphine sandrine karine claire alice beatrice patricia florence clemence laurence
    pascale joelle michele daniele frederique elise louise denise anouk agathe chantal
"""
_MEN, _WOMEN = frozenset(_MEN_NAMES.split()), frozenset(_WOMEN_NAMES.split())
_BOTH = frozenset(["andrea", "luca", "noa", "sacha", "sasha"])
_FEMININE_ENDING = re.compile(r"(?:[^o]a|elle|ette|ine|ene|enne|lie|ise|otte|ande|iane)$")


def gender_of(speaker: Speaker) -> Gender:
    """From a first name that everybody knows, from the role, or else from the ending of the name.

    The role comes second: a woman may be « ingénieur ».
    """
    first = re.split(r"[ -]", fold(speaker.name), maxsplit=1)[0]
    role = fold(speaker.role)
    if first in _MEN or first in _WOMEN:
        return Gender.MASCULINE if first in _MEN else Gender.FEMININE
    if _FEMININE_ROLE.match(role):
        return Gender.FEMININE
    if _MASCULINE_ROLE.match(role):
        return Gender.MASCULINE
    is_feminine = first not in _BOTH and _FEMININE_ENDING.search(first)
    return Gender.FEMININE if is_feminine else Gender.UNKNOWN


def gender_of_word(word: str) -> Gender:
    """« elle », « cette » and « la » are feminine, « l’ » may be both."""
    folded = fold(word)
    if folded in {"elle", "la", "cette", "celle"}:
        return Gender.FEMININE
    if folded in {"il", "lui", "le", "ce", "cet", "celui"}:
        return Gender.MASCULINE
    return Gender.UNKNOWN

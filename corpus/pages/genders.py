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
    bertrand sylvain gauthier gaspard gabin mael noe ethan enzo mathis tom timeo adam axel
    evan malo maxime maxence quentin clement valentin alexis adrien baptiste bastien romain
    aurelien emmanuel jocelyn regis remi remy loic ronan erwan tanguy yohan johan jonathan
    jordan anthony steven dylan bryan mickael michael youssef mehdi bilal hamza ismael amine
    walid farid mustapha hassan ousmane amadou cheikh modou ibrahima seydou boubacar abdoulaye
    idriss younes hicham jamal mourad nabil sofiane yassine zakaria antonin augustin
    barnabe corentin cyril edouard elliot emilien eudes fabian felix fernand ferdinand francis
    gaetan gautier geoffrey ghislain gilbert guy harold hector hubert jeremy
    joachim joris joseph josselin kylian lionel louison lubin marcel marius martin matteo mattis
    maximilien melchior morgan nils norbert octave oscar pascal paulin raymond reda renaud
    richard roland rodrigue sami simeon stanislas sullivan sylvere teddy theodore thibaud
    thibault thibaut timothee titouan tony tim ulysse valery wilfried william yohann yoann yanis
"""
_WOMEN_NAMES = """
    alison agnes anais anne astrid brigitte carmen chloe edith elisabeth esther fanny ines
    ingrid judith karen lea manon marion marie maryse mathilde muriel nathalie rachel salome
    solene solange tiphaine yvonne isabelle helene sophie julie emilie elodie virginie stephanie
    valerie melanie aurelie sylvie francoise catherine veronique monique corinne christine
    celine delphine sandrine karine claire alice beatrice patricia florence clemence laurence
    pascale joelle michele daniele frederique elise louise denise anouk agathe chantal
    margaux margot juliette charlotte lucie pauline emma jade lina lena mila anna sarah eva
    jeanne zoe louna romane oceane justine laura marine morgane melissa amandine laetitia
    severine karima fatima aicha khadija nadia samia leila yasmine noemie clara eleonore hortense
    capucine apolline josephine simone suzanne jacqueline paulette ginette huguette josette
    colette odette odile andree yvette nicole annie josiane martine evelyne ghislaine maryline
    gaelle maelle gwenaelle nolwenn soizic rozenn coralie emeline angelique priscilla jessica
    vanessa jennifer cindy linda sonia sabrina samira malika rachida djamila fatoumata aminata
    mariam awa hawa adele adeline albane alix ambre annabelle armelle audrey aurore
    barbara berengere bernadette blandine candice carole carine caroline cassandra cecile
    charlene christelle christiane clarisse clementine clothilde cyrielle daphne deborah diane
    dorothee edwige eglantine eloise emmanuelle estelle eugenie eveline fabienne faustine
    flavie flora francine gabrielle genevieve georgette geraldine germaine gisele gwendoline
    heloise henriette irene isaline jacinthe janine jeannine jocelyne johanna julia
    juliana katia laure laureen laurie laurine leonie liliane lisa lise loane lola
    lorraine louane luce lucile ludivine lydia lydie madeleine maeva magali marcelle
    margaret margueritte marguerite marianne marielle marilyne marjorie marlene
    marthe maud mauricette melina michelle mireille mona mounia myriam nadege nadine natacha
    nina noelle ophelie oriane pamela perrine philomene raphaelle raymonde regine rebecca
    rolande rosalie roselyne roxane sabine sandra sandy segolene servane sidonie sixtine
    solenne stella tatiana thais therese tiffany ursula valentine violette viviane wendy
    yolande ysee yveline zelie zohra
"""
_BOTH_NAMES = "alex andrea camille charlie claude dominique lou luca noa sacha sasha yael"
_MEN, _WOMEN = frozenset(_MEN_NAMES.split()), frozenset(_WOMEN_NAMES.split())
_BOTH = frozenset(_BOTH_NAMES.split())
_FEMININE_ENDING = re.compile(r"(?:[^o]a|elle|ette|ine|ene|enne|lie|ise|otte|ande|iane)$")


def is_known_first_name(name: str) -> bool:
    """Say whether everybody knows it for a first name; many others are."""
    first = fold(name).split("-")[0]
    return first in _MEN or first in _WOMEN or first in _BOTH


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

"""Names of people, by their shape, and the gender of a first name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from corpus.typography import CALENDAR, fold

UPPER = "A-ZÀ-ÖØ-ÞŒŸŠŽ"
LOWER = "a-zß-öø-ÿœšž"
_INNER = rf"['’][{LOWER}]+|[{UPPER}][{LOWER}]+"  # « Prigent’huy », « McEwan »
_PART = rf"(?:[{UPPER}]['’])?[{UPPER}](?:[{LOWER}]+(?:{_INNER})?|[{UPPER}]+|\.)"
_WORD = rf"{_PART}(?:-{_PART}){{0,3}}"
_PARTICLES = (
    r"(?:(?:de|du|des|le|la|van|von|ben|el|al|da|di|dos|den|der|DE|DU|LE|LA)[ \u00a0]|d['’]){0,2}"
)
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?:[ \u00a0]{_PARTICLES}{_WORD}){{1,3}}(?![\w-])")
_FIRST_NAME = re.compile(rf"[{UPPER}][{LOWER}]{{2,}}(?:-[{UPPER}][{LOWER}]+)?")
# An article makes it a thing or a place: « la Loi Fabre », « au Moulin de Rives », « rue Fabre ».
_THING = re.compile(
    r"(?:\b(?:la|le|les|du|des|au|aux|une?|cette|ce|espace|rue|avenue|boulevard|place|quai|square"
    r"|salle|stade|gymnase|parc|quartier|résidence|tour|pont|gare|aéroport|hôpital|théâtre|lycée"
    r"|collège)\s|\bl['’])$",
    re.IGNORECASE,
)
_STYLED = re.compile(r"(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Dr|Pr|Maître|Dr\.|Pr\.)[ \u00a0]+")

# Capitals that begin a sentence, not a name.
_OPENING_WORDS = """
    a ainsi alors apres au aux avant avec car ce ces cette chez comme dans de depuis des donc du
    elle elles en enfin ensuite entre et face ici il ils la le les lors m mais maitre madame mme
    monsieur dr dre pr pre docteur docteure professeure notre nous on or ou par pendant pour puis
    quand que qui sa selon sans si son
    maire adjoint adjointe president presidente directeur directrice depute deputee senateur
    senatrice conseiller conseillere coordinateur coordinatrice animateur animatrice
    depart portrait interview entretien reponse question discours temoignage hommage rencontre
    retour conference intervention lettre tribune visite arrivee nomination parcours avis regard
    sur toujours tous tout toute un une voici voila vos votre vous egalement aussi merci
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
# Words that make it a body, a programme or a place.
_BODY_WORDS = """
    academie action actions agence agglo agglomeration amenagement aquitaine assemblee association
    atelier bretagne bureau caisse centre chambre chief executive officer chomage chomeur chomeurs
    club college collectif comite commission communaute compagnie conseil cooperative departement
    developpement direction ecole economie emploi entreprise espace etablissement etat europe
    federation festival fondation fonds formation france grand grande grands groupe haute haut
    institut journee laboratoire ligue locale lycee mairie maison metropole ministere mission
    mouvement musee national nationale nouvelle nouveau nouveaux office parc parti pays petite
    plan pole premier ministre prefecture projet programme region regie republique reseau rue
    saint sainte secours service services societe solidaire syndicat telecom territoire territoires
    travail tribunal union universite val vallee ville villes zero nord sud ouest
"""
_BODIES = CALENDAR.union(_BODY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands: `text[start:end]`."""

    start: int
    end: int
    name: str


def mentions_in(text: str) -> Iterator[Mention]:
    """Everything that is shaped like the name of a person, from left to right."""
    for found in _NAME.finditer(text):
        start, words = found.start(), found.group().replace("\u00a0", " ").split(" ")
        while words and _opens_sentence(words[0]):
            start += len(words.pop(0)) + 1
        # « Départ d’Oscar Brun »
        if start > found.start() and words and words[0][:2] in {"d'", "d’"}:
            start, words[0] = start + 2, words[0][2:]
        # « d’Or » is one word, so a name without a space left is a single word.
        if (
            len(words) > 1
            and _is_human(words)
            and not _THING.search(text[max(0, start - 12) : start])
        ):
            yield Mention(start, found.end(), text[start : found.end()].replace("\u00a0", " "))


def _opens_sentence(word: str) -> bool:
    """« M. » and « A » are no part of a name; « A. » is an initial."""
    bare = fold(word)
    is_initial = len(bare) == 2 and bare.endswith(".") and bare != "m."
    return not is_initial and bare.rstrip(".") in _OPENERS


def begins_with_name(text: str) -> bool:
    """Say whether a name, perhaps after « Mme » or a dash, opens the text."""
    bare = without_style(text)
    return next((mention.start == 0 for mention in mentions_in(bare)), False)


def without_style(text: str) -> str:
    """Leave out the dash, the bracket and the « Mme » before a name."""
    return _STYLED.sub("", text.lstrip(" \u00a0\u202f–—-([,.;:"), count=1)


def is_name_like(words: list[str]) -> bool:
    """Say whether a signature of one or a few words may be a name: « Leïla », « Collectif Sud »."""
    first = words[0]
    return first[0].isalpha() and first[0].isupper() and fold(first).rstrip(".") not in _OPENERS


def is_first_name(word: str) -> bool:
    """Say whether one word may be the name of a person: « Lise », « Jean-Luc », never « ONU »."""
    return _FIRST_NAME.fullmatch(word) is not None and not (
        fold(word) in _OPENERS or _BODIES.intersection(_folded_parts([word]))
    )


def is_body_word(word: str) -> bool:
    """Say whether a word is that of a body, a place or a month: « mairie », « collectif »."""
    return not _BODIES.isdisjoint(_folded_parts([word]))


def _is_human(words: list[str]) -> bool:
    # « AREC Occitanie » begins with an acronym; « DUPONT MARIE » is all in capitals.
    acronym = words[0].isupper() and words[0][1:].isalpha() and not words[-1].isupper()
    repeated = len({fold(word) for word in words}) < 2
    return (
        not acronym and not repeated and not any(part in _BODIES for part in _folded_parts(words))
    )


def _folded_parts(words: list[str]) -> Iterator[str]:
    for word in words:
        # « Marie-France » is no country.
        yield from [fold(word)] if is_known_first_name(word) else fold(word).split("-")


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


def gender_of(name: str, role: str) -> Gender:
    """From a first name that everybody knows, from the role, or else from the ending of the name.

    The role comes second: a woman may be « ingénieur ».
    """
    first = re.split(r"[ -]", fold(name), maxsplit=1)[0]
    role = fold(role)
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

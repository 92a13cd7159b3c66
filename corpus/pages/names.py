"""Names of people, by their shape: « Prénom Nom », « Anne-Lise DE LA TOUR », « J. Dupré »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.pages.genders import is_known_first_name
from corpus.typography import fold

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
    travail tribunal union universite val vallee ville villes zero janvier fevrier mars avril mai
    juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi
    samedi dimanche nord sud ouest
"""
_BODIES = frozenset(_BODY_WORDS.split())


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

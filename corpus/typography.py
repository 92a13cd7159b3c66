"""Letters and numbers as French writes them: folded, fit for an address, counted in sentences."""

import re
import unicodedata
from functools import lru_cache

# NFD takes « é » apart but leaves these alone. Accents go first, ligatures last: « ǽ » needs both.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'"))


_USUAL = 0x2100


class _Folded(dict[int, str]):
    """What each letter becomes, by its code; that of a usual one is worked out once."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).casefold())
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        folded = bare.translate(_LIGATURES).translate(_APOSTROPHES)
        if code < _USUAL:  # whoever types the others must not fill the memory
            self[code] = folded
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=20_000)  # a corpus says the same words again and again
def fold(text: str) -> str:
    """Fold case, accents, ligatures and apostrophes: « L’Œuvre » and « l'oeuvre » are one."""
    return text.translate(_FOLDED)


# An accent that a PDF set apart from its letter: « e´cole », « cr´eer ». « l´eau » has none: the
# same sign stands for an apostrophe.
APART = re.compile(
    "[eE]´|[aAeE]`|(?<=[oO])[uU]`|[aeiouAEIOU]ˆ|[aeiuAEIU]¨|[cC]¸|(?<![cdjlmnstuCDJLMNSTU])´[eE]"
)


@lru_cache(maxsize=20_000)
def slug_from(text: str) -> str:
    """A name fit for an address: « Élodie D’Arc » becomes « elodie-d-arc »; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


@lru_cache(maxsize=20_000)
def spaced(sentence: str) -> str:
    """Bind French punctuation to its word: no line begins with « : » or « » »."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", sentence)


NBSP = "\u00a0"
THIN = "\u202f"  # between thousands


def number(count: int) -> str:
    """Group the digits by three."""
    return f"{count:,}".replace(",", THIN)


def decimal(value: float, places: int = 2) -> str:
    """Figures after the comma: « 3,14 »."""
    return f"{value:.{places}f}".replace(".", ",")


def counted(count: int, singular: str, plural: str = "") -> str:
    """Bind a number to its noun; zero and one are singular in French."""
    noun = singular if abs(count) < 2 else plural or _plural(singular)
    return f"{number(count)}{NBSP}{noun}"


def in_sentence(role: str) -> str:
    """A function as it reads after a name: « Maire » gives « maire »; « DGS » and names stay."""
    first, _, rest = role.partition(" ")
    is_name = not first[1:].islower() or rest[:1].isupper()
    return role if is_name else role[:1].lower() + role[1:]


def _plural(words: str) -> str:
    return " ".join(f"{word}s" for word in words.split())


# Each month, then the abbreviations in use.
MONTHS = (
    ("janvier", "janv"),
    ("février", "févr", "fév"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("août",),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("décembre", "déc"),
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# The full names of months and days, folded.
CALENDAR = frozenset(map(fold, (*(names[0] for names in MONTHS), *WEEKDAYS)))


_ALL_STRAIGHT = str.maketrans("’ʼ‘", "'''")


def bare(text: str) -> str:
    """The words, whatever the spaces and apostrophes: « l’arbre » is also « l'arbre »."""
    return re.sub(r"\s+", " ", text.translate(_ALL_STRAIGHT))

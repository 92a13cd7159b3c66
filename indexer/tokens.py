"""Words as they stand in a text: one spelling for many ways to type, cut; the too common told.

A list of our own: spaCy's drops words that carry meaning (« attendu », « ouvert », « personne »).
How numbers, hours and units are written is in `measures`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.typography import APART, fold
from indexer import measures

_SAME = {
    **dict.fromkeys("’‘ʼ´`′‛", "'"),
    **dict.fromkeys("ˆ¨¸", ""),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789", strict=True)),
    **dict.fromkeys("‐‑‒−", "-"),
    **dict.fromkeys("–—", " "),
    **dict.fromkeys("·•‧∙⋅", "·"),
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}
# ASCII, the accented letters of Latin-1, and the signs of French text: one letter each, NFC.
_PLAIN = re.compile("[\\x20-_a-~\\nÀ-ÅÇ-ÖØ-åç-öø-ÿ«»…€°\\u00a0\\u202f’‘‐‑–—·“”]*")
_LETTER_FOR_LETTER = str.maketrans(
    {sign: plain for sign, plain in _SAME.items() if len(plain) == 1 and not sign.isascii()}
    | dict.fromkeys("\n\u00a0\u202f", " ")
)


_COMBINING = {"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "¸": "\u0327"}


@dataclass(frozen=True, slots=True)
class Normal:
    """`text[i]` was made of `source[starts[i]:ends[i]]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def normal_from(source: str) -> Normal:
    """NFC; one apostrophe, one hyphen, one space, no ligature, nothing invisible."""
    if _PLAIN.fullmatch(source):  # most texts: letter for letter
        places = range(len(source) + 1)
        return Normal(source.translate(_LETTER_FOR_LETTER), tuple(places[:-1]), tuple(places[1:]))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(source):
        for letter in _normal_cluster(source[start:end]):
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return Normal("".join(letters), tuple(starts), tuple(ends))


def normal_text(source: str) -> str:
    """Its text alone."""
    if _PLAIN.fullmatch(source):
        return source.translate(_LETTER_FOR_LETTER)
    return normal_from(source).text


@lru_cache(maxsize=2_000)
def is_hyphen(between: str) -> bool:
    """Say whether what stands between two words is one hyphen, however it is typed."""
    return normal_from(between).text == "-"


def _clusters(source: str) -> list[tuple[int, int]]:
    """Cut before every character that does not combine with the one before it."""
    cuts = [place for place, c in enumerate(source) if not unicodedata.combining(c)]
    if not cuts or cuts[0]:
        cuts.insert(0, 0)
    within = {found.end() - 1 for found in APART.finditer(source)}
    cuts = [place for place in cuts if place not in within]
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(source)], strict=True) if a < b]


@lru_cache(maxsize=2_000)
def _normal_cluster(cluster: str) -> str:
    if len(cluster) == 1 and cluster.isascii() and cluster != "`":
        return cluster if cluster.isprintable() else " "
    letter = cluster.strip("".join(_COMBINING))
    if len(cluster) == 2 and len(letter) == 1:
        cluster = letter + _COMBINING[cluster.replace(letter, "")]
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(_normal_letter(letter) for letter in composed)


def _normal_letter(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    category = unicodedata.category(letter)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category in {"Zs", "Zl", "Zp", "Cc"} else letter


# Words whose apostrophe or hyphen is part of them.
_WHOLE = (
    r"aujourd'hui|quelqu'une?s?|quelques?-une?s|presqu'[iî]les?|prud'hom\w+|"
    r"(?:mains?|chefs?|hors)[- ]d'oeuvre|rendez[- ]vous|d'ores|entr'aide\w*|grand'?-?mères?"
)
# élu·e·s, agriculteur·rice, infirmier·ère·s, habitant(e)s, bénévole(s), usager.e.s, élu-e-s
_FEMININE = r"(?:e|ne|le|te|se|ve|ère|euse|rice|trice|ice|ive|esse|que)"
_INCLUSIVE = (
    rf"(?P<stem>[^\W\d_]{{2,}}?)(?:·{_FEMININE}(?:·?(?P<dot>s))?|"
    rf"\((?:{_FEMININE}(?P<in>s)?|(?P<only>s))\)(?P<after>s)?|"
    rf"[.-]{_FEMININE}[.-](?P<dots>s)|\.e(?P<glued>s)?)(?!\w)"
)
_INITIALS = r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)"
_ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])'(?=\w)"
# What is no word by itself before a hyphen: « co-construction ».
_PREFIX = (
    "agro|anti|archi|auto|bi|bio|co|cyber|cyclo|demi|[eé]co|[eé]lectro|ex|extra|g[eé]o|hydro|hyper|"
    "infra|inter|intra|macro|maxi|m[eé]dico|m[eé]ga|micro|mini|mono|multi|n[eé]o|para|p[eé]ri|"
    "pluri|poly|post|pr[eé]|pseudo|quasi|r[eé]|semi|socio|super|supra|t[eé]l[eé]|trans|tri|ultra|"
    "vice|vid[eé]o"
)
_TOKEN = re.compile(
    rf"(?<!\w)(?P<whole>{_WHOLE})(?!\w)|(?<!\w)(?P<inclusive>{_INCLUSIVE})|"
    rf"(?<!\w)(?P<initials>{_INITIALS})|(?<!\w)(?P<elision>{_ELISION})|{measures.PATTERN}|"
    rf"(?<!\w)(?P<prefix>{_PREFIX})(?=-[^\W\d_])|(?P<word>[^\W_]+)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]")
_PLURALS = ("dot", "in", "only", "after", "dots", "glued")


class Token(NamedTuple):
    """A lower-case word, accents kept; `source[start:end]` are its letters in the text."""

    form: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """Cut a text into words. Elided articles (l’, d’, qu’) are not words.

    A form is made of letters and figures. « 12,5 » keeps its comma, and the « co- » of
    « co-voiturage » its hyphen: it is no word.
    """
    normal = normal_from(source)
    for found in _TOKEN.finditer(normal.text):
        if found["elision"]:
            continue
        plain = found.lastgroup in {"word", "prefix"}
        form = "" if plain else measures.form_of(found)
        form = form or _form(found)
        if form:
            yield Token(form, normal.starts[found.start()], normal.ends[found.end() - 1])


def _form(found: re.Match[str]) -> str:
    if found["prefix"]:
        return found[0].lower() + "-"
    if found["inclusive"]:
        plural = any(found[name] for name in _PLURALS)
        return found["stem"].lower() + ("s" if plural else "")
    letters = found[0].lower()
    return letters if letters.isalnum() else _SIGNS.sub("", letters)  # most are one word


_ARTICLES = "le la les l un une des du de d au aux ce cet cette ces"
_PRONOUNS = """
je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur leurs eux soi y en
mon ma mes ton ta tes son sa ses notre nos votre vos
celui celle ceux celles ceci cela ca c qui que qu quoi dont ou lequel laquelle lesquels lesquelles
auquel auxquels duquel desquels aucun aucune autre autres chacun chacune certains certaines
tout toute tous toutes tel telle tels telles meme memes quelque quelques
"""
_LINKS = """
et ou ni mais or donc car si comme quand lorsque puisque quoique afin
a dans par pour sur sous avec sans vers chez entre contre depuis pendant avant apres jusque
parce alors ainsi aussi puis ensuite enfin ne n pas plus moins tres trop peu bien encore deja
toujours jamais souvent la ici voila voici oui non meme surtout plutot seulement
"""
_QUESTIONS = "quel quelle quels quelles comment pourquoi combien est-ce qu’est"
_VERBS = """
suis es est sommes etes sont etais etait etions etiez etaient serai sera serons seront serait
seraient sois soit soyons soient fus fut furent ete etre etant
ai as avons avez ont avais avait avions aviez avaient aurai aura aurons auront aurait auraient
aie ait ayons aient eu eue eus eues avoir ayant
peux peut pouvons pouvez peuvent pouvait pouvaient pourra pourront pourrait pourraient pu pouvoir
dois doit devons devez doivent devait devaient devra devront devrait devraient du devoir
fais fait faisons faites font faisait faisaient fera feront ferait faire
vais va allons allez vont allait allaient ira iront aller
veux veut voulons voulez veulent voulait voulaient voudra voudrait vouloir
faut fallait faudra faudrait falloir
"""

STOP_WORDS = frozenset(
    fold(word)
    for words in (_ARTICLES, _PRONOUNS, _LINKS, _QUESTIONS, _VERBS)
    for word in words.split()
)


# Their accents tell them from a word of the list.
MEANT = frozenset(("maïs", "sûr", "sûrs", "dés", "mémé"))


def is_stop_word(form: str) -> bool:
    """Say whether a word, accents or not, is one of the list, or a prefix."""
    return form.endswith("-") or (fold(form) in STOP_WORDS and form not in MEANT)

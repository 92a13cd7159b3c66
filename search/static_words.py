"""How words travel to a browser: one line each, and rules for the stems of all others."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.analysis import Word
from indexer.families import ROOT, family_of

Endings = dict[str, str]  # an ending: « 3+er », letters cut and letters added

_LONGEST_ENDING = 6
_LEAST_GAIN = 12  # words that an ending must get right for it to be worth its place
_LEFT_OUT = re.compile(r"[: ]")  # signs of the format, which no lemma of one word holds


@dataclass(frozen=True, slots=True)
class KnownForms:
    """What the texts say, under each form: only what meets one of them can be found."""

    lemmas: frozenset[str]
    stems: frozenset[str]
    families: frozenset[str]
    roots: frozenset[str]  # the first letters of the families

    def meets(self, lemma: str, stem: str) -> bool:
        """Say whether a word so analysed may find a text."""
        return lemma in self.lemmas or stem in self.stems or self._has_family_of(lemma)

    def _has_family_of(self, lemma: str) -> bool:
        # A family begins as its words do: most lemmas need not be cut to be told apart.
        return lemma[:ROOT] in self.roots and family_of(lemma) in self.families


def known_forms(words: Iterable[Word], also: Iterable[str] = ()) -> KnownForms:
    """The lemmas, stems and families of words, and the lemmas that bring synonyms."""
    said = list(words)
    families = frozenset(word.family for word in said)
    return KnownForms(
        frozenset((*also, *(word.lemma for word in said))),
        frozenset(word.stem for word in said),
        families,
        frozenset(family[:ROOT] for family in families),
    )


def word_line(form: str, word: Word) -> str:
    """« form:lemma:stem »: no lemma is the word itself, a figure what the stem cuts of it."""
    return f"{form}:{analysis_line(word.surface, word.lemma, word.stem)}"


def analysis_line(surface: str, lemma: str, stem: str) -> str:
    """« lemma:stem », as in `word_line`."""
    told = "" if lemma == surface or _LEFT_OUT.search(lemma) else lemma
    cut = len(surface) - len(stem)
    is_start = cut < 10 and surface.startswith(stem)
    return f"{told}:{cut if is_start else stem}"


def endings_of(stems: Mapping[str, str]) -> Endings:
    """What the stemmer most often does of each ending, told only where a shorter one is wrong.

    It is drawn from words and their stems.
    """
    long = Counter((word[-_LONGEST_ENDING:], _rule(word, stem)) for word, stem in stems.items())
    does: dict[str, Counter[str]] = defaultdict(Counter)
    for (ending, rule), times in long.items():
        for start in range(len(ending)):
            does[ending[start:]][rule] += times
    endings: Endings = {}
    for ending in sorted(does, key=lambda ending: (len(ending), ending)):
        rule, right = min(does[ending].items(), key=lambda item: (-item[1], item[0]))
        if right - does[ending][_shorter(ending, endings)] >= _LEAST_GAIN:
            endings[ending] = rule
    return endings


def _shorter(ending: str, endings: Endings) -> str:
    found = (
        endings[ending[start:]] for start in range(1, len(ending)) if ending[start:] in endings
    )
    return next(found, "0")


def _rule(surface: str, stem: str) -> str:
    shared = len(stem)
    while not surface.startswith(stem[:shared]):
        shared -= 1
    added = stem[shared:]
    return f"{len(surface) - shared}" + (f"+{added}" if added else "")


def guessed_stem(surface: str, endings: Endings) -> str:
    """The stem that the browser makes of a word that it does not know."""
    for length in range(min(_LONGEST_ENDING, len(surface)), 0, -1):
        if rule := endings.get(surface[-length:]):
            cut, _, added = rule.partition("+")
            return surface[: max(1, len(surface) - int(cut))] + added
    return surface

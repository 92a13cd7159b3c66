"""From a text to what is looked up: one chain, the same for a document and for a query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from corpus.typography import fold
from indexer.lexicon import Lexicon
from indexer.tokens import Token, is_hyphen, is_stop_word, tokens

_ENDINGS = """
    issement ification ificateur ement ation ition ateur atrice iteur itrice atif ative itif itive
    euse eur rice age ance ence able ible ite isme iste ique aire ial iel al el ier iere if ive
    ion ure eux er ir re e ie erie ant ent oire ment
"""
SUFFIXES = sorted(_ENDINGS.split(), key=lambda suffix: (-len(suffix), suffix))
ROOT = 4  # letters that must stay


@lru_cache(maxsize=20_000)
def family_of(lemma: str) -> str:
    """The key of a word's family: its longest suffix cut, four letters at least left."""
    root = _cut(fold(lemma))
    while len(root) > ROOT and root[-1] in "aeiou":
        root = root[:-1]
    if len(root) > ROOT and root[-1] == root[-2]:
        root = root[:-1]
    return root


def _cut(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= ROOT:
            return word[: -len(suffix)]
    return word


VERSION = 4  # raise it whenever the same text may be analysed differently

_GRAM = 4


class Word(NamedTuple):
    """A word under every form it is indexed by; `text[start:end]` are its letters."""

    surface: str
    lemma: str
    stem: str
    family: str
    start: int
    end: int
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Analyser:
    """The chain of one index: its lexicon decides the lemmas."""

    lexicon: Lexicon

    def words(self, text: str) -> list[Word]:
        """Analyse a text; words too common to be looked for are marked empty, not dropped."""
        return self.read(tokens(text))

    def read(self, cut: Iterable[Token]) -> list[Word]:
        """The same for a text that is cut into words already."""
        return [self._word(token) for token in cut]

    def _word(self, token: Token) -> Word:
        form, start, end = token
        surface = fold(form)
        lemma = fold(self.lexicon.lemma(form))
        is_empty = is_stop_word(surface)
        return Word(surface, lemma, _stem(surface), family_of(lemma), start, end, is_empty)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")


@lru_cache(maxsize=20_000)
def _stem(surface: str) -> str:
    return str(_stemmer().stemWord(surface))


def stems(surfaces: Sequence[str]) -> list[str]:
    """The stem of each of many words, each met once."""
    return list(_stemmer().stemWords(surfaces))


def stems_of(cut: Iterable[Token]) -> list[str]:
    """The stems of the words that carry meaning."""
    surfaces = (fold(token.form) for token in cut)
    return [_stem(surface) for surface in surfaces if not is_stop_word(surface)]


def full_words(words: Sequence[Word]) -> list[Word]:
    """The words that carry meaning; all of them when none does."""
    return [word for word in words if not word.is_empty] or list(words)


def joined(words: Sequence[Word]) -> list[str]:
    """Keys under which « tiers-lieux », « tiers lieu » and « tierslieux » meet.

    Each full word and each pair of neighbours written together, the final s or x cut.
    """
    singles = [_joint(word.surface) for word in words if not word.is_empty]
    pairs = [
        _joint(left.surface + right.surface)
        for left, right in pairwise(words)
        if not (left.is_empty or right.is_empty)
    ]
    return singles + pairs


def _joint(surface: str) -> str:
    return surface.rstrip("sx") or surface


def compounds(text: str, cut: Sequence[Token]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The hyphenated pairs of a text: their joint, and the two words as they stand."""
    for left, right in pairwise(cut):
        if is_hyphen(text[left.end : right.start]):
            pair = fold(left.form), fold(right.form)
            if not any(map(is_stop_word, pair)):
                yield _joint("".join(pair)), pair


def grams(word: Word) -> list[str]:
    """The runs of four letters of a word, its two ends marked."""
    marked = f"_{word.surface}_"
    return [marked[start : start + _GRAM] for start in range(max(1, len(marked) - _GRAM + 1))]

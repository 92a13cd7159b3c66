"""From a text to what is looked up: one chain, the same for a document and for a query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer

from corpus.typography import fold
from indexer.families import family_of
from indexer.lexicon import Lexicon
from indexer.normal import normal_from
from indexer.stop_words import is_stop_word
from indexer.tokens import Token, tokens

VERSION = 4  # raise it whenever the same text may be analysed differently

_GRAM = 4


@dataclass(frozen=True, slots=True)
class Word:
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
        return [self._word(token) for token in tokens(text)]

    def _word(self, token: Token) -> Word:
        lemma = fold(self.lexicon.lemma(token.form))
        surface = fold(token.form)
        return Word(
            surface,
            lemma,
            _stem(surface),
            family_of(lemma),
            token.start,
            token.end,
            is_stop_word(surface),
        )


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")


@lru_cache(maxsize=20_000)
def _stem(surface: str) -> str:
    return str(_stemmer().stemWord(surface))


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


def compounds(text: str, words: Sequence[Word]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The hyphenated pairs of a text: their joint, and the two words as they stand."""
    for left, right in pairwise(words):
        between = normal_from(text[left.end : right.start]).text
        if between == "-" and not (left.is_empty or right.is_empty):
            yield _joint(left.surface + right.surface), (left.surface, right.surface)


def grams(word: Word) -> list[str]:
    """The runs of four letters of a word, its two ends marked."""
    marked = f"_{word.surface}_"
    return [marked[start : start + _GRAM] for start in range(max(1, len(marked) - _GRAM + 1))]

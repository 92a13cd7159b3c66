"""The dictionary, as far as a browser needs it: the words that nobody said, cut by first letters.

A quarter of a million words are analysed at once, in columns: to ask `Analyser.words` of each,
as of any text, takes three times as long and gives the same.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.typography import fold
from indexer.analysis import stems
from indexer.lexicon import Lexicon
from search.static_words import Endings, KnownForms, analysis_line, guessed_stem

Shards = dict[str, dict[str, str]]  # the first letters of a word; a form, and how it is analysed

_FIRST_LETTERS = 2
_LIGATURE = re.compile("[œæ]")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words, each as a query is analysed: the n-th of each list are one."""

    forms: Sequence[str]
    surfaces: Sequence[str]
    lemmas: Sequence[str]
    stems: Sequence[str]

    def words(self) -> Iterator[tuple[str, str, str, str]]:
        """The form, the surface, the lemma and the stem of each."""
        return zip(self.forms, self.surfaces, self.lemmas, self.stems, strict=True)


def analysed(forms: Iterable[str], lexicon: Lexicon) -> Dictionary:
    """Analyse words; no text is read as one that holds a ligature."""
    kept = [form for form in forms if not _LIGATURE.search(form)]
    surfaces = _folded(kept)
    lemmas = _folded(lexicon.lemma(form) for form in kept)
    return Dictionary(kept, surfaces, lemmas, stems(surfaces))


def _folded(words: Iterable[str]) -> list[str]:
    return fold("\n".join(words)).split("\n")


def dictionary_shards(
    dictionary: Dictionary, said: Collection[str], known: KnownForms, endings: Endings
) -> Shards:
    """The words that nobody said and that may yet find a text, or would if they were guessed."""
    shards: Shards = defaultdict(dict)
    for form, surface, lemma, stem in dictionary.words():
        name = surface[:_FIRST_LETTERS]
        if form in said or not (name.isascii() and name.isalnum()):
            continue
        if known.meets(lemma, stem) or known.meets(surface, guessed_stem(surface, endings)):
            shards[name][form] = analysis_line(surface, lemma, stem)
    return dict(sorted(shards.items()))

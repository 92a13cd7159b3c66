"""How words travel to a browser: one line each, rules for stems, a dictionary cut by letters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.typography import fold
from indexer.analysis import Analyser, Word
from indexer.families import family_of
from indexer.lexicon import dictionary_forms

Shards = dict[str, dict[str, str]]  # the first letters of a word; a form, and how it is analysed
Endings = dict[str, str]  # an ending: « 3+er », letters cut and letters added

_FIRST_LETTERS = 2
_LONGEST_ENDING = 6
_LEAST_GAIN = 12  # words that an ending must get right for it to be worth its place
_LEFT_OUT = re.compile(r"[: ]")  # signs of the format, which no lemma of one word holds


@dataclass(frozen=True, slots=True)
class KnownForms:
    """What the texts say, under each form: only what meets one of them can be found."""

    lemmas: frozenset[str]
    stems: frozenset[str]
    families: frozenset[str]

    def meets(self, lemma: str, stem: str) -> bool:
        """Say whether a word so analysed may find a text."""
        return lemma in self.lemmas or stem in self.stems or family_of(lemma) in self.families


def known_forms(words: Iterable[Word], also: Iterable[str] = ()) -> KnownForms:
    """The lemmas, stems and families of words, and the lemmas that bring synonyms."""
    said = list(words)
    return KnownForms(
        frozenset((*also, *(word.lemma for word in said))),
        frozenset(word.stem for word in said),
        frozenset(word.family for word in said),
    )


def word_line(form: str, word: Word) -> str:
    """« form:lemma:stem »: no lemma is the word itself, a figure what the stem cuts of it."""
    return f"{form}:{_analysis(word)}"


def _analysis(word: Word) -> str:
    lemma = "" if word.lemma == word.surface or _LEFT_OUT.search(word.lemma) else word.lemma
    cut = len(word.surface) - len(word.stem)
    is_start = cut < 10 and word.surface.startswith(word.stem)
    return f"{lemma}:{cut if is_start else word.stem}"


def dictionary_words(analyser: Analyser) -> Iterator[tuple[str, Word]]:
    """Every word of the dictionary, as a query is analysed."""
    for form in dictionary_forms():
        words = analyser.words(form)
        if len(words) == 1 and words[0].surface == fold(form):
            yield form, words[0]


def endings_of(words: Iterable[Word]) -> Endings:
    """What the stemmer most often does of each ending, told only where a shorter one is wrong."""
    does: dict[str, Counter[str]] = defaultdict(Counter)
    for surface, stem in sorted({(word.surface, word.stem) for word in words}):
        rule = _rule(surface, stem)
        for length in range(1, min(_LONGEST_ENDING, len(surface)) + 1):
            does[surface[-length:]][rule] += 1
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
    shared = next(
        (n for n, (a, b) in enumerate(zip(surface, stem, strict=False)) if a != b),
        min(len(surface), len(stem)),
    )
    added = stem[shared:]
    return f"{len(surface) - shared}" + (f"+{added}" if added else "")


def guessed_stem(surface: str, endings: Endings) -> str:
    """The stem that the browser makes of a word that it does not know."""
    for length in range(min(_LONGEST_ENDING, len(surface)), 0, -1):
        if rule := endings.get(surface[-length:]):
            cut, _, added = rule.partition("+")
            return surface[: max(1, len(surface) - int(cut))] + added
    return surface


def dictionary_shards(
    words: Iterable[tuple[str, Word]], said: set[str], known: KnownForms, endings: Endings
) -> Shards:
    """The words that nobody said and that may yet find a text, or would if they were guessed."""
    shards: Shards = defaultdict(dict)
    for form, word in words:
        name = word.surface[:_FIRST_LETTERS]
        if form in said or not re.fullmatch("[a-z0-9]+", name):
            continue
        guess = guessed_stem(word.surface, endings)
        if known.meets(word.lemma, word.stem) or known.meets(word.surface, guess):
            shards[name][form] = _analysis(word)
    return dict(sorted(shards.items()))

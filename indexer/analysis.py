"""From a text to what is looked up: one chain, the same for a document and for a query.

A word is analysed by itself; some are one thing together: « tiers-lieux », « 30 km ».
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

import Stemmer

from corpus.typography import fold
from indexer.lexicon import Lexicon
from indexer.measures import UNIT_WORDS
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
    if lemma[:1].isdigit():
        return lemma
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


VERSION = 5  # raise it whenever the same text may be analysed differently

_GRAM = 4
_MOST_KNOWN = 10_000  # words of one chain


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
    """The chain of one index: its lexicon decides the lemmas. Words that come back are known."""

    lexicon: Lexicon
    _known: dict[str, Word] = field(default_factory=dict, repr=False, compare=False)

    def words(self, text: str) -> list[Word]:
        """Analyse a text; words too common to be looked for are marked empty, not dropped."""
        return self.read(tokens(text))

    def read(self, cut: Iterable[Token]) -> list[Word]:
        """The same for a text that is cut into words already."""
        return [self._word(token) for token in cut]

    def _word(self, token: Token) -> Word:
        form, start, end = token
        surface, lemma, stem, family, _, _, is_empty = self.word(form)
        return Word(surface, lemma, stem, family, start, end, is_empty)

    def word(self, form: str) -> Word:
        """The word of a token, wherever that stands."""
        known = self._known.get(form)
        if known is None:
            known = self._analysed(form)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[form] = known
        return known

    def _analysed(self, form: str) -> Word:
        is_empty = is_stop_word(form)
        form = form.rstrip("-")
        surface, lemma = fold(form), fold(self.lexicon.lemma(form))
        return Word(surface, lemma, _stem(surface), family_of(lemma), 0, 0, is_empty)


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
    return [_stem(fold(token.form)) for token in cut if not is_stop_word(token.form)]


def full_words(words: Sequence[Word]) -> list[Word]:
    """The words that carry meaning; all of them when none does."""
    return [word for word in words if not word.is_empty] or list(words)


def grams(word: Word) -> list[str]:
    """The runs of four letters of a word, its two ends marked."""
    marked = f"_{word.surface}_"
    return [marked[start : start + _GRAM] for start in range(max(1, len(marked) - _GRAM + 1))]


ARTICLES = frozenset(("le", "la", "les", "l", "de", "du", "des", "d"))
LONGEST = 6
_SHORT = 4  # letters of an acronym that others stand beside
# « existe-t-il », « voulez-vous »: what a hyphen ties to a verb is no part of a word.
_TIED = """
je tu il elle on nous vous ils elles moi toi lui leur le la les y en t ce ci
"""
CLITICS = frozenset(_TIED.split())


@dataclass(frozen=True, slots=True)
class Compounds:
    """The keys of known compounds: by their parts, by their joint, by their family; all `keys`."""

    by_parts: Mapping[tuple[str, ...], str]
    by_joint: Mapping[str, str]
    by_family: Mapping[str, str]
    firsts: frozenset[str]
    keys: frozenset[str] = frozenset()

    def runs(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """The compounds of a text: where each begins and ends, and its key; the longest first."""
        parts = [part_of(word) for word in words]
        place = 0
        while place < len(words):
            end, key = self.longest_at(place, parts) or (place + 1, self.alone(words[place]))
            if key:
                yield place, end, key
            place = end

    def longest_at(self, place: int, parts: Sequence[str]) -> tuple[int, str] | None:
        """The end and the key of the longest compound that begins at a place."""
        if parts[place] not in self.firsts:
            return None
        for end in range(min(place + LONGEST, len(parts)), place + 1, -1):
            if key := self.by_parts.get(tuple(parts[place:end])):
                return end, key
        return None

    def key_of(self, parts: Sequence[str]) -> str:
        """The key of parts that stand together, or of others of their prefix and family."""
        return self.by_parts.get(tuple(parts)) or self.by_family.get(family_of("".join(parts)), "")

    def alone(self, word: Word) -> str:
        """The key of a compound written as one word; "" when it is none."""
        if word.is_empty:
            return ""
        return self.by_joint.get(joint(word.surface)) or self.by_family.get(word.family, "")


NO_COMPOUNDS = Compounds({}, {}, {}, frozenset())


def part_of(word: Word) -> str:
    """What a word is known by in a compound: its lemma; itself when it is a small word."""
    return word.surface if word.is_empty else word.lemma


def joint(surface: str) -> str:
    """A key without the final s or x: « tierslieux » and « tierslieu » are one."""
    return surface.rstrip("sx") or surface


def compounds_from(known: Mapping[str, Sequence[str]], analyser: Analyser) -> Compounds:
    """Read the compounds of a catalogue: each joint with its parts, as they were written.

    Those of one prefix and one family share a key: « co-voiturer », « covoiturage ».
    """
    by_parts: dict[tuple[str, ...], str] = {}
    by_joint: dict[str, str] = {}
    by_family: dict[str, str] = {}
    for written, forms in known.items():
        parts = tuple(part_of(word) for form in forms for word in analyser.words(form))
        key = by_parts.get(parts, written)
        if forms[0].endswith("-"):
            key = by_family.setdefault(family_of("".join(parts)), key)
        by_parts[parts] = by_joint[written] = key
    firsts = frozenset(parts[0] for parts in by_parts)
    keys = frozenset((*by_parts.values(), *by_family.values()))
    return Compounds(by_parts, by_joint, by_family, firsts, keys)


def joined(words: Sequence[Word], compounds: Compounds = NO_COMPOUNDS) -> list[str]:
    """Keys under which the ways to write a compound meet.

    Each full word and each pair of full neighbours written together, then the compounds known.
    """
    singles = [joint(word.surface) for word in words if not word.is_empty]
    pairs = [
        joint(left.surface + right.surface)
        for left, right in pairwise(words)
        if not (left.is_empty or right.is_empty)
    ]
    held = {*singles, *pairs}
    return singles + pairs + [key for _, _, key in compounds.runs(words) if key not in held]


def hyphenated_runs(text: str, cut: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of the words that hyphens make one: « arc-en-ciel », not « dit-il »."""
    start = 0
    for end in range(1, len(cut) + 1):
        if end < len(cut) and is_hyphen(text[cut[end - 1].end : cut[end].start]):
            continue
        last = end
        while last > start and cut[last - 1].form in CLITICS:
            last -= 1
        run = cut[start:last]
        if len(run) > 1 and is_compound([token.form for token in run]) and not _initials(text, run):
            yield start, last
        start = end


def _initials(text: str, run: Sequence[Token]) -> bool:
    """« TPE-PME »: acronyms side by side are as many things."""
    written = [text[token.start : token.end] for token in run]
    return all(word.isupper() and len(word) <= _SHORT for word in written)


def is_compound(forms: Sequence[str]) -> bool:
    """Say whether words side by side may be one: the last carries meaning, none is a number."""
    return not is_stop_word(forms[-1]) and not any(form.isdigit() for form in forms)


class Known(Protocol):
    """What tells the words that belong together."""

    @property
    def long_forms(self) -> AbstractSet[tuple[str, ...]]: ...

    @property
    def longest(self) -> int: ...

    @property
    def compounds(self) -> Compounds: ...


@dataclass(frozen=True, slots=True)
class Thing:
    """A word, or several that are one. `place` is that of the first; `key` that of a compound."""

    kind: Literal["word", "compound", "expression"]
    words: tuple[Word, ...]
    place: int
    key: str = ""

    @property
    def full(self) -> tuple[Word, ...]:
        """Its words that carry meaning."""
        return tuple(word for word in self.words if not word.is_empty)


def things_in(text: str, words: Sequence[Word], known: Known) -> list[Thing]:
    """Share the words of a query, but those that carry nothing alone."""
    hyphens = dict(hyphenated_runs(text, [Token(w.surface, w.start, w.end) for w in words]))
    parts = [part_of(word) for word in words]
    things: list[Thing] = []
    place = 0
    while place < len(words):
        end = _long_form_end(place, words, known) or _measure_end(place, words)
        if end:
            things.append(Thing("expression", tuple(words[place:end]), place))
        else:
            end, key = known.compounds.longest_at(place, parts) or (hyphens.get(place, 0), "")
            if end:
                key = key or known.compounds.key_of(parts[place:end])
                things.append(Thing("compound", tuple(words[place:end]), place, key))
            elif not words[place].is_empty:
                things.append(Thing("word", (words[place],), place))
        place = end or place + 1
    return things


def _long_form_end(place: int, words: Sequence[Word], known: Known) -> int:
    """Where the longest long form that begins at a place ends; 0 when there is none."""
    if words[place].is_empty:
        return 0
    full = [at for at in range(place, len(words)) if not words[at].is_empty][: known.longest]
    lemmas = tuple(words[at].lemma for at in full)
    lengths = (n for n in range(len(full), 1, -1) if lemmas[:n] in known.long_forms)
    length = next(lengths, 0)
    return full[length - 1] + 1 if length else 0


def _measure_end(place: int, words: Sequence[Word]) -> int:
    """Where a number with its unit ends; 0 when there is none."""
    if not words[place].surface[0].isdigit():
        return 0
    end = place + 1
    while end < len(words) and words[end].lemma in UNIT_WORDS:
        end += 1
    return end if end > place + 1 else 0

"""Was this said? A text against every quote: word for word, with differences, or never.

What pages change by themselves is no difference: kinds of spaces, apostrophes, quotation marks and
dashes, marks around the whole. Every other sign is one, a capital letter too.
"""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from corpus.problems import Refused
from corpus.typography import fold
from search.answer import Document

MOST_CHARACTERS = 2000
RAREST = 60  # words of a text by which quotes are looked for
LOOKED_AT = 24  # quotes compared word by word
SHOWN = 5
PIECE = 4  # words in a row that are no coincidence

Verdict = Literal["found", "different", "never"]

_TOKEN = re.compile(r"\w+['’ʼ‘]?|\.\.\.|[^\w\s]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CUT_HERE = re.compile(r"[\[(](?:…|\.\.\.)[\])]")  # « […] » stands for words left out
_ALIKE = {"’": "'", "ʼ": "'", "‘": "'", "...": "…"} | dict.fromkeys("«»“”„", '"')
_ALIKE |= dict.fromkeys(map(chr, range(0x2010, 0x2016)), "-")
_APOSTROPHES = re.compile("[’ʼ‘]")


class Difference(NamedTuple):
    """Where a text leaves a quote: the words that were said, and those given in their place."""

    said: str
    given: str


@dataclass(frozen=True, slots=True)
class Match:
    """A quote, and what sets the text apart from it."""

    document: Document
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """The verdict; the quotes it rests on. Those of a text never said are what it was made of."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()


class _Text:
    """A text cut into what is compared: signs exactly, words whatever their case and accents."""

    def __init__(self, text: str) -> None:
        self.clean = _CUT_HERE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
        tokens = [*_TOKEN.finditer(self.clean)]
        keys = [_APOSTROPHES.sub("'", _ALIKE.get(t[0], t[0])) for t in tokens]
        while len(keys) > 1 and keys[0] == keys[-1] == '"':
            tokens, keys = tokens[1:-1], keys[1:-1]
        self._spans = [token.span() for token in tokens]
        self.keys = keys
        self.words = [fold(key) for key in keys if key[0].isalnum() or key[0] == "_"]

    def piece(self, start: int, end: int) -> str:
        """The text as it was written, from one token to another."""
        return self.clean[self._spans[start][0] : self._spans[end - 1][1]] if start < end else ""


_Near = tuple[Document, _Text]


class Sayings:
    """Every text of one generation, found by its words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = list(documents)
        self._holding: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, document in enumerate(self._documents):
            for word in dict.fromkeys(_Text(document.text).words):
                self._holding[word].append(number)

    def check(self, text: str) -> Saying:
        """Raise `Refused` for what holds no word, or too many."""
        if len(text) > MOST_CHARACTERS:
            raise Refused(f"le texte à vérifier tient en {MOST_CHARACTERS} caractères.")
        given = _Text(text)
        if not given.words:
            raise Refused("donnez les mots à vérifier.")
        near = self._near(given.words)
        if same := [Match(one) for one, said in near if said.keys == given.keys]:
            return Saying("found", tuple(same[:SHOWN]))
        pieces = list({one.id: one for one, _ in self._pieces(given.words, [])}.values())
        if len(pieces) > 1:
            return Saying("never", tuple(map(Match, pieces)))
        close = tuple(_close(given, near))
        return Saying("different", close[:SHOWN]) if close else Saying("never")

    def _pieces(self, words: Sequence[str], known: list[_Near]) -> Iterator[_Near]:
        """The quotes of which a text is made, each by words in a row: the longest piece first.

        Of two quotes that hold the same piece, the one that is known already.
        """
        if len(words) < PIECE:
            return
        near = known + self._near(words)
        runs = [_matcher(words, said.words).find_longest_match() for _, said in near]
        place = max(range(len(near)), key=lambda n: runs[n].size, default=-1)
        if place < 0 or runs[place].size < PIECE:
            return
        run = runs[place]
        yield near[place]
        known = [near[place], *known]
        yield from self._pieces(words[: run.a], known)
        yield from self._pieces(words[run.a + run.size :], known)

    def _near(self, words: Sequence[str]) -> list[_Near]:
        """The texts that share most of the words, the rare ones first."""
        known = {word: self._holding[word] for word in set(words) if word in self._holding}
        shared: Counter[int] = Counter()
        for holding in sorted(known.values(), key=len)[:RAREST]:
            for number in holding:
                shared[number] += 1 + len(self._documents) // len(holding)
        best = sorted(shared, key=lambda number: (-shared[number], number))[:LOOKED_AT]
        return [(self._documents[n], _Text(self._documents[n].text)) for n in best]


def _matcher(given: Sequence[str], said: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, given, said, autojunk=False)


def _close(given: _Text, near: Sequence[_Near]) -> Iterator[Match]:
    """The quotes of which the text is a part, or to which it adds little; nearest first."""
    kept = []
    for one, said in near:
        blocks = [b for b in _matcher(given.words, said.words).get_matching_blocks() if b.size]
        foreign = len(given.words) - sum(block.size for block in blocks)
        if _is_close(len(given.words), len(said.words), foreign, len(blocks)):
            kept.append(
                (foreign, len(blocks), len(said.words), Match(one, _differences(given, said)))
            )
    kept.sort(key=lambda each: each[:3])
    nearest = kept[0][0] if kept else 0
    yield from (match for foreign, *_, match in kept if foreign == nearest)


def _is_close(given: int, said: int, foreign: int, blocks: int) -> bool:
    """Few words of another, and few runs of words of the quote: no mere coincidence."""
    if foreign > max(1, given // 4) or blocks > 2 + foreign + given // 12:
        return False
    return foreign == 0 or given >= 6 or (given >= 3 and said <= given + 2)


def _differences(given: _Text, said: _Text) -> tuple[Difference, ...]:
    return tuple(
        Difference(said.piece(c, d), given.piece(a, b))
        for way, a, b, c, d in _matcher(given.keys, said.keys).get_opcodes()
        if way != "equal"
    )

"""Texts to check, made from quotes: exact, one word changed, cut, joined of two, invented."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Verbatim

_WORD = re.compile(r"([^\W\d_]{2,})[.,]?")
_RETYPED = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "«": "“", "»": "”"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text, what is to be said of it, and the quotes it was made of.

    `change` is the word said and the one given in its place.
    """

    kind: str
    text: str
    verdict: str
    ids: frozenset[str]
    change: tuple[str, str] | None = None


def texts_of(quotes: Sequence[Verbatim], each: int, seed: int) -> Iterator[Text]:
    """So many of each of the five kinds."""
    draw = random.Random(seed)
    long = [quote for quote in quotes if len(quote.text.split()) >= 6]
    words = sorted({w for quote in quotes for w in re.findall(r"[^\W\d_]{5,}", quote.text)})
    for _ in range(each):
        quote = draw.choice(quotes)
        retyped = draw.choice([quote.text, quote.text.translate(_RETYPED), f"« {quote.text} »"])
        yield Text("exact", retyped, "found", frozenset([quote.id]))
        yield _changed(draw, draw.choice(long), words)
        yield _cut(draw, draw.choice(long))
        yield _joined(draw, *draw.sample(long, 2))
        yield Text("invented", _invented(draw, long, words), "never", frozenset())


def _changed(draw: random.Random, quote: Verbatim, words: Sequence[str]) -> Text:
    pieces = quote.text.split(" ")
    found = [(n, m[1]) for n, piece in enumerate(pieces) if (m := _WORD.fullmatch(piece))]
    place, word = draw.choice(found)
    other = draw.choice([each for each in words if each != word])
    pieces[place] = pieces[place].replace(word, other, 1)
    ids = frozenset([quote.id])
    return Text("changed", " ".join(pieces), "different", ids, (word, other))


def _cut(draw: random.Random, quote: Verbatim) -> Text:
    pieces = quote.text.split(" ")
    length = draw.randrange(1, max(2, len(pieces) - 3))
    kept = draw.choice(
        [pieces[length:], pieces[:-length], [*pieces[:2], "[…]", *pieces[2 + length :]]]
    )
    return Text("cut", " ".join(kept), "different", frozenset([quote.id]))


def _joined(draw: random.Random, first: Verbatim, second: Verbatim) -> Text:
    one, other = first.text.split(), second.text.split()
    if draw.random() < 0.5:
        one, other = one[: max(5, len(one) // 2)], other[-max(5, len(other) // 2) :]
    return Text("joined", " ".join([*one, *other]), "never", frozenset([first.id, second.id]))


def _invented(draw: random.Random, long: Sequence[Verbatim], words: Sequence[str]) -> str:
    """Words of the corpus that nobody put in this order."""
    if draw.random() < 0.5:
        return " ".join(draw.choice(words) for _ in range(draw.randint(5, 20)))
    drawn = [w for quote in draw.sample(long, 3) for w in draw.sample(quote.text.split(), 4)]
    draw.shuffle(drawn)
    return " ".join(drawn)

"""Replays that are made, and the recaps of them: what was said is known to the second.

Sentences of our own fictional sites are said one after the other between others, heard by a
machine that errs, and told by a hand that changes a share of their words. Some are said twice.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.moments.timing import Stretch
from corpus.records import Verbatim
from corpus.site import SAMPLE_SITE, read_site

SITES = (SAMPLE_SITE, Path(__file__).parent / "ideas")
PACE = 0.42  # seconds a word
LETTERS = "aeiourstnlm"
MISHEARD = 0.08  # share of the words
TWICE = 0.03  # share of the verbatims that are said again
FILLERS = ("euh", "voilà", "donc", "alors", "bon", "du coup", "enfin", "ben", "quoi", "en fait")


@dataclass(frozen=True)
class Recap:
    """The subtitles, the verbatims, and when each was said."""

    stretches: list[Stretch]
    verbatims: list[Verbatim]
    truth: list[float]


def sentences() -> list[str]:
    """What our fictional people said."""
    said = (v.text for site in SITES for w in read_site(site).webinars for v in w.verbatims)
    return sorted({" ".join(text.split()) for text in said})


def recap_of(seed: int, changed: float, *, ordered: bool, count: int = 200) -> Recap:
    """A replay of some hours and its recap, of whose words a share was changed."""
    draw = random.Random(seed)
    pool = sentences()
    draw.shuffle(pool)
    kept, others = pool[:count], pool[count:]
    vocabulary = [word for text in pool for word in text.split()]
    again = draw.sample(kept, int(count * TWICE))
    stretches: list[Stretch] = []
    truth: dict[str, float] = {}
    now = 30.0
    for text in _programme(draw, kept, others, again):
        truth.setdefault(text, now)
        for caption in _captions(draw, _heard(draw, text)):
            stretches.append(Stretch(float(int(now)), caption))
            now += PACE * len(caption.split()) * draw.uniform(0.85, 1.2)
        now += draw.uniform(0.2, 1.5)
    order = kept if ordered else draw.sample(kept, len(kept))
    verbatims = [
        Verbatim(f"v{place}", _polished(draw, text, changed, vocabulary))
        for place, text in enumerate(order)
    ]
    return Recap(stretches, verbatims, [truth[text] for text in order])


def _programme(
    draw: random.Random, kept: list[str], others: list[str], again: list[str]
) -> Iterator[str]:
    """Each sentence, others around it that share its words, and at the end some said again."""
    for text in kept:
        for _ in range(draw.randint(1, 5)):
            yield " ".join(_mixed(draw, draw.choice(others), draw.choice(kept)))
        yield text
    for text in again:
        yield " ".join(_mixed(draw, draw.choice(others), draw.choice(kept)))
        yield text


def _mixed(draw: random.Random, one: str, other: str) -> list[str]:
    """A sentence that begins as one and goes on as another: near misses are not rare."""
    first, second = one.split(), other.split()
    return first[: draw.randint(4, 12)] + second[draw.randint(2, 6) : draw.randint(8, 16)]


def _heard(draw: random.Random, text: str) -> list[str]:
    """What a machine makes of it: no signs, fillers, and words that it mishears."""
    words: list[str] = []
    for word in text.replace("’", "'").split():
        bare = word.strip('.,;:!?«»"()…').lower()
        if not bare:
            continue
        if draw.random() < 0.06:
            words.append(draw.choice(FILLERS))
        words += _misheard(draw, bare) if draw.random() < MISHEARD else [bare]
    return words


def _misheard(draw: random.Random, word: str) -> list[str]:
    place = draw.randrange(len(word))
    kind = draw.randrange(4)
    if kind == 0:
        return []
    if kind == 1 and len(word) > 5:
        return [word[:place], word[place:]] if place > 0 else [word]
    if kind == 2:
        return [word[:place] + draw.choice(LETTERS) + word[place + 1 :]]
    return [word[: max(2, len(word) - 2)] + draw.choice(["er", "é", "ait", "s"])]


def _captions(draw: random.Random, words: list[str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        count = draw.randint(5, 9)
        yield " ".join(words[at : at + count])
        at += count


def _polished(draw: random.Random, text: str, changed: float, vocabulary: list[str]) -> str:
    """The words of a recap: a share of them replaced, left out, added or told otherwise."""
    told: list[str] = []
    for word in text.split():
        if draw.random() >= changed:
            told.append(word)
            continue
        kind = draw.randrange(4)
        if kind == 0:
            told.append(draw.choice(vocabulary))
        elif kind == 1:
            told += [draw.choice(vocabulary), word]
        elif kind == 2:
            told.append(word[: max(2, len(word) - 3)] + draw.choice(["ement", "ions", "é"]))
    return " ".join(told) or text

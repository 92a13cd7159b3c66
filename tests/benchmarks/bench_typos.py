"""How often the first repair of a typing error is the right one, and how long it takes.

Eight kinds of French errors over words of the evaluation corpora when they are beside the
repository, else of the sample site. An error that makes another word of the corpus is no error.
"""

import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema

from corpus.site import SAMPLE_SITE, read_site
from corpus.typography import fold
from indexer.catalogue import parts_of
from indexer.mapped import as_bytes, columns_in
from indexer.spellings import Form, spelling_columns
from indexer.tokens import tokens
from search.spelling import Spelling

ROOT = Path(__file__).parents[2]
COLLECTIONS = ROOT.parent / "shared" / "eval" / "retrieval"
WORDS = 2000
WHOOSH_WORDS = 200
MIN_LETTERS = 5
MIN_COUNT = 2  # a form seen once may be an error itself
SEED = 20240312

Maker = Callable[[str, random.Random], str | None]

_ACCENTS = {"e": "éèê", "a": "àâ", "i": "îï", "o": "ô", "u": "ùû", "c": "ç"}
_KEYS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_SPELLINGS = [
    ("ph", "f"),
    ("f", "ph"),
    ("eau", "o"),
    ("au", "o"),
    ("qu", "k"),
    ("ss", "c"),
    ("ç", "ss"),
    ("ai", "é"),
    ("en", "an"),
    ("an", "en"),
    ("tion", "sion"),
    ("y", "i"),
    ("th", "t"),
]


class Typo(NamedTuple):
    """A word, an error of some kind in it, and what it makes of the word."""

    kind: str
    word: str
    typed: str


def accent(word: str, chance: random.Random) -> str | None:
    """Lose the accents, or put one where there is none."""
    if fold(word) != word and chance.random() < 0.5:
        return fold(word)
    places = [place for place, letter in enumerate(word) if letter in _ACCENTS]
    if not places:
        return None
    place = chance.choice(places)
    return word[:place] + chance.choice(_ACCENTS[word[place]]) + word[place + 1 :]


def transposition(word: str, chance: random.Random) -> str | None:
    """Swap two letters that follow one another."""
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def doubled(word: str, chance: random.Random) -> str | None:
    """Type a letter twice."""
    place = chance.randrange(len(word))
    return word[:place] + word[place] + word[place:]


def double_lost(word: str, chance: random.Random) -> str | None:
    """Type a double letter once."""
    doubles = [found.start() for found in re.finditer(r"(.)\1", word)]
    if not doubles:
        return None
    place = chance.choice(doubles)
    return word[:place] + word[place + 1 :]


def neighbour(word: str, chance: random.Random) -> str | None:
    """Hit the key beside, on an AZERTY keyboard."""
    place = chance.randrange(len(word))
    row = next((row for row in _KEYS if fold(word[place]) in row), None)
    if row is None:
        return None
    where = row.index(fold(word[place]))
    beside = [row[i] for i in (where - 1, where + 1) if 0 <= i < len(row)]
    return word[:place] + chance.choice(beside) + word[place + 1 :]


def deletion(word: str, chance: random.Random) -> str | None:
    """Forget a letter."""
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def insertion(word: str, chance: random.Random) -> str | None:
    """Type one letter more, any letter."""
    place = chance.randrange(len(word) + 1)
    return word[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[place:]


def phonetic(word: str, chance: random.Random) -> str | None:
    """Write a sound in another way."""
    possible = [(spelt, other) for spelt, other in _SPELLINGS if spelt in word]
    if not possible:
        return None
    spelt, other = chance.choice(possible)
    place = chance.choice([found.start() for found in re.finditer(spelt, word)])
    if (spelt, other) == ("ss", "c") and word[place + 2 : place + 3] not in {*"eiéèêy"}:
        return None
    return word[:place] + other + word[place + len(spelt) :]


KINDS: dict[str, Maker] = {
    "accent": accent,
    "transposition": transposition,
    "lettre doublée": doubled,
    "double perdue": double_lost,
    "touche voisine": neighbour,
    "lettre oubliée": deletion,
    "lettre en trop": insertion,
    "phonétique": phonetic,
}


def main() -> None:
    """Print the share of right repairs, overall and by kind, then what Whoosh does."""
    counts = Counter(word for text in _texts() for word in _words(text))
    spelling = Spelling(columns_in(as_bytes(spelling_columns(_forms(counts)))))
    typos = list(_typos(counts, spelling, random.Random(SEED)))
    print(f"{len(spelling.columns['forms'])} formes, {len(typos)} fautes, graine {SEED}")
    spelling.nearest("echaufement")
    _print_table("rapidfuzz, replié", typos, spelling.nearest)
    with tempfile.TemporaryDirectory() as folder:
        by_kind = WHOOSH_WORDS // len(KINDS)
        few = [t for kind in KINDS for t in [t for t in typos if t.kind == kind][:by_kind]]
        _print_table("Whoosh, maxdist 2", few, _whoosh(Path(folder), counts))


def _texts() -> Iterator[str]:
    corpora = sorted(COLLECTIONS.glob("*/corpus.jsonl"))
    if not corpora:
        yield from (part.text for part in parts_of(read_site(SAMPLE_SITE).webinars))
    for path in corpora:
        for line in path.read_text("utf-8").splitlines():
            content = json.loads(line)
            yield f"{content['title']} {content['text']}"


def _words(text: str) -> Iterator[str]:
    return (token.form for token in tokens(text))


def _forms(counts: Counter[str]) -> list[Form]:
    folded: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        folded[fold(word)].append(word)
    return [
        Form(form, max(words, key=lambda w: (counts[w], w)), sum(counts[w] for w in words))
        for form, words in sorted(folded.items())
    ]


def _typos(counts: Counter[str], spelling: Spelling, chance: random.Random) -> Iterator[Typo]:
    """As many errors of each kind, none of which makes another word of the corpus."""
    words = [
        word
        for word, count in sorted(counts.items())
        if len(word) >= MIN_LETTERS and count >= MIN_COUNT and word.isalpha()
    ]
    for kind, make in KINDS.items():
        made = 0
        while made < WORDS // len(KINDS):
            word = chance.choice(words)
            typed = make(word, chance)
            if typed is None or typed == word:
                continue
            if fold(typed) == fold(word) or not spelling.knows(typed):
                yield Typo(kind, word, typed)
                made += 1


def _print_table(name: str, typos: Sequence[Typo], nearest: Callable[[str], str | None]) -> None:
    right: Counter[str] = Counter()
    times = []
    for typo in typos:
        began = time.perf_counter()
        found = nearest(typo.typed)
        times.append((time.perf_counter() - began) * 1000)
        right[typo.kind] += found is not None and fold(found) == fold(typo.word)
    total = Counter(typo.kind for typo in typos)
    times.sort()
    print(f"\n{name:<20}{right.total() / len(typos):>7.3f}")
    for kind in KINDS:
        print(f"  {kind:<18}{right[kind] / total[kind]:>7.3f}")
    mean, p95 = sum(times) / len(times), times[int(len(times) * 0.95)]
    print(f"  ms par mot : {mean:.2f} en moyenne, {p95:.2f} au p95, {times[-1]:.2f} au pire")


def _whoosh(folder: Path, counts: Counter[str]) -> Callable[[str], str | None]:
    """Whoosh's own corrector over the same words, accents kept."""
    schema = Schema(words=TEXT(analyzer=SpaceSeparatedTokenizer(), spelling=True))
    writer = index.create_in(str(folder), schema).writer()
    writer.add_document(words=" ".join(counts.elements()))
    writer.commit()
    reader = index.open_dir(str(folder)).reader()
    corrector = reader.corrector("words")

    def nearest(word: str) -> str | None:
        if word in counts:
            return word
        return next(iter(corrector.suggest(word, limit=1, maxdist=2, prefix=0)), None)

    return nearest


if __name__ == "__main__":
    main()

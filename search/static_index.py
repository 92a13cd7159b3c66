"""The published index as a browser reads it without a server (`web/static/moteur.js`).

A quarter of a million words are analysed at once, in columns: to ask `Analyser.words` of each,
as of any text, takes three times as long and gives the same.

The words of the texts, in their order, say all that the postings of the server say: the browser
makes its own from them. What analyses the words that nobody said is cut by first letters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.typography import fold
from indexer.analysis import (
    ARTICLES,
    CLITICS,
    ROOT,
    SUFFIXES,
    Analyser,
    Word,
    family_of,
    full_words,
    stems,
)
from indexer.fields import MIN_AFFINITY, StoredRecord
from indexer.lexicon import Lexicon, dictionary_forms
from indexer.measures import UNIT_WORDS
from indexer.postings import K1, B
from indexer.tokens import MEANT, STOP_WORDS, tokens
from indexer.vocabulary import in_memory
from search.answer import Document, document_as_json
from search.dimensions import years_of
from search.open_generation import DocumentReader
from search.query import MAX_CHARACTERS, MAX_WORDS
from search.ranking import BACKED, BEST, QUESTION, UNTHEMED
from search.terms import BOOSTS, COMPOUND, EXPANSION, WHOLE, Expansions

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


BLOCK = 8  # texts of a file: one is read for each hit shown
_DIGITS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
_BASE = 46  # signs below it end a number; from it on, another follows
_LEVELS = len(_DIGITS)  # affinities: two signs each, 8,649 steps from 0 to 1
# The browser weighs words and themes as the server does.
WEIGHTS: dict[str, Any] = {
    "k1": K1,
    "b": B,
    "fields": BOOSTS,
    "expansion": EXPANSION,
    "compound": COMPOUND,
    "whole": WHOLE,
    "best": BEST,
    "unthemed": UNTHEMED,
    "backed": BACKED,
    "question": QUESTION,
    "affinity": MIN_AFFINITY,
}


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """`index` is read first; `shards` and `blocks` when a question needs them."""

    index: dict[str, Any]
    shards: Shards
    blocks: tuple[list[dict[str, Any]], ...]
    documents: tuple[Document, ...]


def static_index_of(reader: DocumentReader) -> StaticIndex:
    """Gather what a browser needs to answer alone."""
    rows = reader.texts.records(range(reader.texts.size))
    records = [row.record for row in rows]
    documents = tuple(map(reader.document_of, rows))
    analyser = Analyser(in_memory(reader.generation.analyser.lexicon))
    forms = [[token.form for token in tokens(record["text"])] for record in records]
    counts = Counter(form for text in forms for form in text)
    said = sorted(counts, key=lambda form: (-counts[form], form))
    others = _others(said, records, analyser)
    known = {form: analyser.words(form)[0] for form in (*said, *others)}
    dictionary = analysed(dictionary_forms(), analyser.lexicon)
    stems = {word.surface: word.stem for word in known.values()}
    endings = endings_of(stems | dict(zip(dictionary.surfaces, dictionary.stems, strict=True)))
    named = [word for name in _names(records) for word in analyser.words(name)]
    keys = {lemma for key in reader.generation.expansions.by_lemmas for lemma in key}
    meeting = known_forms([*known.values(), *named], keys)
    shards = dictionary_shards(dictionary, known, meeting, endings)
    index = {
        "words": " ".join(word_line(form, known[form]) for form in said),
        "others": " ".join(word_line(form, known[form]) for form in others),
        "texts": _sequences(forms, {form: place for place, form in enumerate(said)}),
        "stops": " ".join(sorted(STOP_WORDS)),
        "meant": " ".join(sorted(MEANT)),
        "units": " ".join(sorted(UNIT_WORDS)),
        "tied": " ".join(sorted(CLITICS)),
        "articles": " ".join(sorted(ARTICLES)),
        "endings": SUFFIXES,
        "stems": endings,
        "shards": " ".join(shards),
        "block": BLOCK,
        "weights": WEIGHTS,
        "limits": {"characters": MAX_CHARACTERS, "words": MAX_WORDS},
        **_columns(reader, records),
        **_expansions(reader.generation.expansions, reader.generation.catalogue["compounds"]),
    }
    return StaticIndex(index, shards, _blocks(documents), documents)


def _names(records: Sequence[StoredRecord]) -> list[str]:
    """The names, roles and organisations of a corpus, each once."""
    return sorted({name for record in records for name in _person(record)})


def _others(said: Sequence[str], records: Sequence[StoredRecord], analyser: Analyser) -> list[str]:
    """Words of the lexicon and of names that no text says, and those that folding would mistake.

    A word typed without accents is read as the first that folds to it; where the lexicon
    prefers another, the bare word is told too.
    """
    named = {token.form for name in _names(records) for token in tokens(name)}
    known = [*said, *sorted((named | set(analyser.lexicon.forms)) - set(said))]
    first: dict[str, str] = {}
    for form in known:
        first.setdefault(fold(form), fold(analyser.lexicon.lemma(form)))
    bare = [
        form
        for form, lemma in first.items()
        if fold(analyser.lexicon.lemma(form)) != lemma and form not in set(known)
    ]
    return [form for form in (*known[len(said) :], *bare) if _is_one(form, analyser)]


def _is_one(form: str, analyser: Analyser) -> bool:
    words = analyser.words(form)
    return len(words) == 1 and words[0].surface == fold(form.rstrip("-"))


def _sequences(texts: Iterable[Sequence[str]], places: dict[str, int]) -> str:
    return "\n".join("".join(_number(places[form]) for form in text) for text in texts)


def _number(value: int) -> str:
    digits = [value % _BASE]
    while value := value // _BASE:
        digits.append(value % _BASE + _BASE)
    return "".join(_DIGITS[digit] for digit in reversed(digits))


def _columns(reader: DocumentReader, records: Sequence[StoredRecord]) -> dict[str, Any]:
    columns, catalogue = reader.generation.columns, reader.generation.catalogue
    people = list(dict.fromkeys(_person(record) for record in records))
    places = {person: place for place, person in enumerate(people)}
    held = [entry["held_on"] for entry in catalogue["webinars"]]
    return {
        "people": people,
        "by": [places[_person(record)] for record in records],
        "ideas": columns.ideas.tolist(),
        "said_by": columns.speakers.tolist(),
        "held_at": columns.webinars.tolist(),
        "speakers": [[entry["id"], entry["label"]] for entry in catalogue["speakers"]],
        "webinars": [[entry["id"], entry["title"]] for entry in catalogue["webinars"]],
        "organisations": [[entry["id"], entry["label"]] for entry in catalogue["organisations"]],
        "spoken_for": columns.organisations.tolist(),
        "kinds": "".join(map(str, columns.kinds.tolist())),
        "years": years_of(catalogue),
        "days": [int(day.replace("-", "")) if day else 0 for day in held],
        "themes": [[theme["id"], theme["label"]] for theme in catalogue["themes"]],
        "affinities": ["".join(map(_level, row.tolist())) for row in columns.affinities.T],
    }


def _person(record: StoredRecord) -> tuple[str, str, str]:
    return record["speaker"], record["role"], record["organisation"]


def _level(affinity: float) -> str:
    """An affinity as two signs."""
    value = round(min(1.0, max(0.0, affinity)) * (_LEVELS**2 - 1))
    return _DIGITS[value // _LEVELS] + _DIGITS[value % _LEVELS]


def _expansions(expansions: Expansions, compounds: dict[str, list[str]]) -> dict[str, Any]:
    """Under the lemmas of one side, the lemmas and the surfaces of the other."""
    synonyms = [
        [
            " ".join(key),
            *(
                [" ".join(w.lemma for w in full_words(words)), _surfaces(words)]
                for _, words in others
            ),
        ]
        for key, others in expansions.by_lemmas.items()
    ]
    return {
        "synonyms": synonyms,
        "compounds": {joint: " ".join(parts) for joint, parts in compounds.items()},
        "long": sorted(" ".join(key) for key in expansions.long_forms),
    }


def _surfaces(words: Iterable[Word]) -> str:
    return " ".join(word.surface for word in words)


def _blocks(documents: Sequence[Document]) -> tuple[list[dict[str, Any]], ...]:
    lines = [document_as_json(document, "") for document in documents]
    return tuple(lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))

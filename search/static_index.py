"""The published index as a browser reads it without a server (`web/static/moteur.js`).

The words of the texts, in their order, say all that the postings of the server say: the browser
makes its own from them. What analyses the words that nobody said is cut by first letters.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.typography import fold
from indexer.analysis import Analyser, Word, full_words
from indexer.families import SUFFIXES
from indexer.fields import StoredRecord
from indexer.lexicon import dictionary_forms
from indexer.stop_words import STOP_WORDS
from indexer.tokens import tokens
from search.answer import Document
from search.answer_json import document_as_json
from search.columns import catalogue_years
from search.document_reader import DocumentReader
from search.static_dictionary import Shards, analysed, dictionary_shards
from search.static_words import endings_of, known_forms, word_line
from search.terms import Expansions

BLOCK = 8  # texts of a file: one is read for each hit shown
_DIGITS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
_BASE = 46  # signs below it end a number; from it on, another follows
_LEVELS = len(_DIGITS)  # affinities: two signs each, 8,649 steps from 0 to 1


@dataclass(frozen=True, slots=True)
class StaticIndex:
    """`index` is read first; `shards` and `blocks` when a question needs them."""

    index: dict[str, Any]
    shards: Shards
    blocks: tuple[list[dict[str, Any]], ...]
    documents: tuple[Document, ...]


def static_index_of(reader: DocumentReader) -> StaticIndex:
    """Gather what a browser needs to answer alone."""
    size = reader.generation.columns.size
    records = [reader.asking.record(number) for number in range(size)]
    documents = tuple(reader.document_of(n, record) for n, record in enumerate(records))
    analyser = reader.generation.analyser
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
        "endings": SUFFIXES,
        "stems": endings,
        "shards": " ".join(shards),
        "block": BLOCK,
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
    return len(words) == 1 and words[0].surface == fold(form)


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
    ideas = {r["idea_id"]: number for number, r in enumerate(records) if r["kind"] == "idee"}
    held = [entry["held_on"] for entry in catalogue["webinars"]]
    return {
        "people": people,
        "by": [places[_person(record)] for record in records],
        "ideas": [ideas.get(r["idea_id"], -1) if r["kind"] == "verbatim" else -1 for r in records],
        "said_by": columns.speakers.tolist(),
        "held_at": columns.webinars.tolist(),
        "speakers": [[entry["id"], entry["label"]] for entry in catalogue["speakers"]],
        "webinars": [[entry["id"], entry["title"]] for entry in catalogue["webinars"]],
        "organisations": [[entry["id"], entry["label"]] for entry in catalogue["organisations"]],
        "spoken_for": columns.organisations.tolist(),
        "kinds": "".join(map(str, columns.kinds.tolist())),
        "years": catalogue_years(columns),
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
        "compounds": {joint: " ".join(pair) for joint, pair in compounds.items()},
    }


def _surfaces(words: Iterable[Word]) -> str:
    return " ".join(word.surface for word in words)


def _blocks(documents: Sequence[Document]) -> tuple[list[dict[str, Any]], ...]:
    lines = [document_as_json(document, "") for document in documents]
    return tuple(lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))

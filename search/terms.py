"""From a question to what is looked up in the index: terms by field, with their weights."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.typography import fold
from indexer import fields
from indexer.analysis import Analyser, Word, full_words, grams, joined
from search.engine import Adjacent, Look, Term
from search.query import MAX_WORDS, Clause, Question

# Weights of the fields, measured on the development collections (research: retrieval).
BOOSTS = {
    fields.LEMMA: 1.0,
    fields.STEM: 1.0,
    fields.FAMILY: 1.0,
    fields.JOINED: 0.075,
    fields.IDEA: 0.3,
    fields.SPEAKER: 1.5,
    fields.ORGANISATION: 0.2,
    fields.ROLE: 0.1,
    fields.GRAMS: 0.3,
}
# An acronym or a synonym is looked for in one field; the word itself counts in three.
EXPANSION = 0.7 * 3
COMPOUND = 1.0


@dataclass(frozen=True, slots=True)
class Unit:
    """What one word (or phrase) of the query is looked for as; any of the looks may match.

    `label` is the word as typed; `also` the expansions that were added. `hints` add to the score
    of what matches, and never match by themselves.
    """

    label: str
    looks: tuple[Look, ...]
    also: tuple[str, ...] = ()
    hints: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A question in the terms of one index. `is_cut`: it had more words than are looked for."""

    wanted: tuple[Unit, ...]
    excluded: tuple[Unit, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Expansions:
    """Acronyms and synonyms by the lemmas of either side; compounds by their joint."""

    by_lemmas: dict[tuple[str, ...], tuple[tuple[str, tuple[Word, ...]], ...]]
    longest: int
    compounds: dict[str, tuple[Word, ...]]


def expansions_from(
    tables: Sequence[dict[str, list[str]]], compounds: dict[str, list[str]], analyser: Analyser
) -> Expansions:
    """Read the tables (acronyms, synonyms) both ways, and the compounds."""
    pairs = [(a, b) for table in tables for a, bs in table.items() for b in bs]
    found: dict[tuple[str, ...], list[tuple[str, tuple[Word, ...]]]] = {}
    for left, right in [*pairs, *((b, a) for a, b in pairs)]:
        key = tuple(word.lemma for word in full_words(analyser.words(left)))
        words = tuple(analyser.words(right))
        if key and words:  # an editor may have declared signs alone
            found.setdefault(key, []).append((right, words))
    parts = {joint: tuple(analyser.words(" ".join(pair))) for joint, pair in compounds.items()}
    by_lemmas = {key: tuple(values) for key, values in found.items()}
    return Expansions(by_lemmas, max(map(len, by_lemmas), default=0), parts)


def compiled(question: Question, analyser: Analyser, expansions: Expansions) -> Compiled:
    """Compile a question; clauses joined by OU become one unit."""
    wanted: list[Unit] = []
    excluded: list[Unit] = []
    for run in _runs(question.clauses):
        first = run[0]
        if first.excluded:
            excluded.extend(_strict_unit(clause, analyser) for clause in run)
        elif first.either is not None:
            wanted.append(_either([_units(clause, analyser, expansions) for clause in run]))
        elif first.kind == "phrase":
            wanted.extend(_phrase_unit(clause, analyser, expansions) for clause in run)
        else:
            wanted.extend(_units(_merged(run), analyser, expansions))
    wanted, excluded = ([unit for unit in units if unit.looks] for units in (wanted, excluded))
    is_cut = len(wanted) + len(excluded) > MAX_WORDS
    return Compiled(tuple(wanted[:MAX_WORDS]), tuple(excluded[:MAX_WORDS]), is_cut)


def _runs(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Neighbours that are read alike go together: « tiers lieux » is one run."""
    run: list[Clause] = []
    for clause in clauses:
        alike = run and (clause.kind, clause.excluded, clause.either) == (
            run[0].kind,
            run[0].excluded,
            run[0].either,
        )
        if run and not (alike or (clause.either is not None and clause.either == run[0].either)):
            yield run
            run = []
        run.append(clause)
    if run:
        yield run


def _merged(run: Sequence[Clause]) -> Clause:
    return replace(run[0], text=" ".join(clause.text for clause in run))


def _either(choices: Iterable[Sequence[Unit]]) -> Unit:
    units = [unit for units in choices for unit in units]
    looks = tuple(look for unit in units for look in unit.looks)
    also = tuple(text for unit in units for text in unit.also)
    hints = tuple(hint for unit in units for hint in unit.hints)
    return Unit(" OU ".join(unit.label for unit in units), looks, also, hints)


def _strict_unit(clause: Clause, analyser: Analyser) -> Unit:
    """An excluded phrase is left out word for word, an excluded word in all its inflected forms."""
    words = analyser.words(clause.text)
    if clause.kind == "phrase":
        return Unit(clause.text, _exactly(words))
    forms = [
        (field, getattr(word, form))
        for word in full_words(words)
        for field, form in (
            (fields.LEMMA, "lemma"),
            (fields.STEM, "stem"),
            (fields.SURFACE, "surface"),
        )
    ]
    return Unit(clause.text, tuple(Term(field, text) for field, text in forms))


def _phrase_unit(clause: Clause, analyser: Analyser, expansions: Expansions) -> Unit:
    """A phrase is found word for word, or with an acronym in it written out (and back)."""
    words = analyser.words(clause.text)
    unit = Unit(clause.text, _exactly(words))
    if len(words) == 1:  # one word between quotation marks is that very word
        return unit
    places = [place for place, word in enumerate(words) if not word.is_empty]
    for start, end, text, other in _expansions_at([words[p] for p in places], expansions):
        written_out = [*words[: places[start]], *other, *words[places[end - 1] + 1 :]]
        looks = tuple(replace(look, is_added=True) for look in _exactly(written_out))
        unit = replace(unit, looks=(*unit.looks, *looks), also=_with_text(unit.also, text))
    return unit


def _exactly(words: Sequence[Word]) -> tuple[Look, ...]:
    surfaces = tuple(word.surface for word in words)
    if len(surfaces) < 2:
        return tuple(Term(fields.SURFACE, surface) for surface in surfaces)
    return (Adjacent(fields.SURFACE, surfaces),)


def _units(clause: Clause, analyser: Analyser, expansions: Expansions) -> list[Unit]:
    if clause.kind == "phrase":
        return [_phrase_unit(clause, analyser, expansions)]
    words = _parted(analyser.words(clause.text), expansions)
    kept = full_words(words)
    if all(word.is_empty for word in kept):
        return [Unit(word.surface, (Term(fields.SURFACE, word.surface),)) for word in kept]
    units = [
        Unit(clause.text[word.start : word.end], tuple(_word_looks(word)), hints=_hints(word))
        for word in kept
    ]
    return _expanded(_with_pairs(units, kept, words, expansions), kept, expansions)


def _parted(words: Sequence[Word], expansions: Expansions) -> list[Word]:
    """Read « tierslieux » as « tiers-lieux » where the corpus knows the compound."""
    parted: list[Word] = []
    for word in words:
        parts = expansions.compounds.get(joined([word])[0]) if not word.is_empty else None
        parted.extend(p._replace(start=word.start, end=word.end) for p in parts or (word,))
    return parted


def _word_looks(word: Word) -> Iterator[Look]:
    yield Term(fields.LEMMA, word.lemma, BOOSTS[fields.LEMMA])
    yield Term(fields.STEM, word.stem, BOOSTS[fields.STEM])
    yield Term(fields.FAMILY, word.family, BOOSTS[fields.FAMILY])
    yield Term(fields.SPEAKER, word.surface, BOOSTS[fields.SPEAKER])
    for field in (fields.ORGANISATION, fields.ROLE):
        yield Term(field, word.stem, BOOSTS[field])


def _hints(word: Word) -> tuple[Term, ...]:
    """The key idea that a quote backs says what it is about, but the quote did not say it."""
    letters = (Term(fields.GRAMS, gram, BOOSTS[fields.GRAMS]) for gram in grams(word))
    return (Term(fields.IDEA, word.lemma, BOOSTS[fields.IDEA]), *letters)


def _with_pairs(
    units: list[Unit], kept: Sequence[Word], words: Sequence[Word], expansions: Expansions
) -> list[Unit]:
    """Two neighbours may have been said as one word: each of them then matches.

    A pair that the corpus writes with a hyphen is surely one; any other is a guess.
    """
    neighbours = {(left, right) for left, right in pairwise(words)}
    grown = list(units)
    for place, (left, right) in enumerate(pairwise(kept)):
        if (left, right) in neighbours:
            joint = joined([left, right])[-1]
            boost = COMPOUND if joint in expansions.compounds else BOOSTS[fields.JOINED]
            pair = Term(fields.JOINED, joint, boost)
            for here in (place, place + 1):
                grown[here] = replace(grown[here], looks=(*grown[here].looks, pair))
    return grown


def _expanded(units: list[Unit], kept: Sequence[Word], expansions: Expansions) -> list[Unit]:
    """Give every word of an acronym, or of its expansion, the other side as one more way."""
    grown = list(units)
    for start, end, text, other in _expansions_at(kept, expansions):
        for here in range(start, end):
            grown[here] = _also(grown[here], text, other)
    return grown


def _expansions_at(
    words: Sequence[Word], expansions: Expansions
) -> Iterator[tuple[int, int, str, tuple[Word, ...]]]:
    """The expansions of each run of words, with its start and its end."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + expansions.longest, len(words)) + 1):
            key = tuple(word.lemma for word in words[start:end])
            for text, other in expansions.by_lemmas.get(key, ()):
                yield start, end, text, other


def _also(unit: Unit, text: str, words: tuple[Word, ...]) -> Unit:
    lemmas = tuple(word.lemma for word in full_words(words))
    look: Look = Term(fields.LEMMA, lemmas[0], EXPANSION, is_added=True)
    if len(lemmas) > 1:
        look = Adjacent(fields.LEMMA, lemmas, EXPANSION / len(lemmas), is_added=True)
    return replace(unit, looks=(*unit.looks, look), also=_with_text(unit.also, text))


def _with_text(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return texts if fold(text) in map(fold, texts) else (*texts, text)

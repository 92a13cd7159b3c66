"""From a question to what is looked up in the index: terms by field, with their weights."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.typography import fold
from indexer import fields
from indexer.analysis import (
    ARTICLES,
    Analyser,
    Compounds,
    Thing,
    Word,
    compounds_from,
    full_words,
    grams,
    joint,
    things_in,
)
from search.looks import NAMED, Adjacent, Compiled, Look, Term, Unit
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
# What is of several words is worth what its words are, and more when it is written as one.
COMPOUND = 1.0 * 2
WHOLE = 0.1


@dataclass(frozen=True, slots=True)
class Expansions:
    """Acronyms and synonyms by the lemmas of either side; which of these are long forms."""

    by_lemmas: dict[tuple[str, ...], tuple[tuple[str, tuple[Word, ...]], ...]]
    longest: int
    long_forms: frozenset[tuple[str, ...]]
    compounds: Compounds


def expansions_from(
    acronyms: dict[str, list[str]],
    synonyms: dict[str, list[str]],
    compounds: dict[str, list[str]],
    analyser: Analyser,
) -> Expansions:
    """Read the tables both ways, and the compounds."""
    pairs = [(a, b) for table in (acronyms, synonyms) for a, bs in table.items() for b in bs]
    found: dict[tuple[str, ...], list[tuple[str, tuple[Word, ...]]]] = {}
    for left, right in [*pairs, *((b, a) for a, b in pairs)]:
        key = _lemmas(left, analyser)
        words = tuple(analyser.words(right))
        if key and words:  # an editor may have declared signs alone
            found.setdefault(key, []).append((right, words))
    by_lemmas = {key: tuple(values) for key, values in found.items()}
    long_forms = {_lemmas(text, analyser) for texts in acronyms.values() for text in texts}
    return Expansions(
        by_lemmas,
        max(map(len, by_lemmas), default=0),
        frozenset(key for key in long_forms if len(key) > 1),
        compounds_from(compounds, analyser),
    )


def _lemmas(text: str, analyser: Analyser) -> tuple[str, ...]:
    return tuple(word.lemma for word in full_words(analyser.words(text)))


def compiled(question: Question, analyser: Analyser, expansions: Expansions) -> Compiled:
    """Compile a question; clauses joined by OU become one unit."""
    wanted: list[Unit] = []
    excluded: list[Unit] = []
    for run in _runs(question.clauses):
        first = run[0]
        if first.excluded:
            excluded.extend(_strict_unit(clause, analyser, expansions) for clause in run)
        elif first.either is not None:
            wanted.append(_either([_units(clause, analyser, expansions) for clause in run]))
        elif first.kind == "phrase":
            wanted.extend(_phrase_unit(clause, analyser, expansions) for clause in run)
        else:
            wanted.extend(_units(_merged(run), analyser, expansions))
    wanted, excluded = ([unit for unit in units if unit.looks] for units in (wanted, excluded))
    is_cut = len(wanted) + len(excluded) > MAX_WORDS
    return Compiled(
        tuple(wanted[:MAX_WORDS]),
        tuple(excluded[:MAX_WORDS]),
        is_cut,
        question.is_plain,
        question.is_void,
    )


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
    if len(run) == 1:
        return run[0]
    return replace(run[0], text=" ".join(clause.text for clause in run))


def _either(choices: Iterable[Sequence[Unit]]) -> Unit:
    units = [unit for units in choices for unit in units]
    looks = tuple(look for unit in units for look in unit.looks)
    also = tuple(text for unit in units for text in unit.also)
    hints = tuple(hint for unit in units for hint in unit.hints)
    return Unit(" OU ".join(unit.label for unit in units), looks, also, hints)


def _strict_unit(clause: Clause, analyser: Analyser, expansions: Expansions) -> Unit:
    """An excluded phrase is left out word for word, an excluded word in all its inflected forms."""
    words = analyser.words(clause.text)
    if clause.kind == "phrase":
        return Unit(clause.text, _exactly(words))
    looks: list[Look] = []
    for thing in things_in(clause.text, words, expansions):
        if thing.kind == "word":
            looks.extend(_inflected(thing.words[0]))
        else:
            unit = _unit(thing, clause.text, analyser, expansions.compounds)
            looks.extend(look for look in unit.looks if look.field not in NAMED)
    return Unit(clause.text, tuple(looks or (look for word in words for look in _inflected(word))))


def _inflected(word: Word) -> tuple[Look, ...]:
    return (
        Term(fields.LEMMA, word.lemma),
        Term(fields.STEM, word.stem),
        Term(fields.SURFACE, word.surface),
    )


def _phrase_unit(clause: Clause, analyser: Analyser, expansions: Expansions) -> Unit:
    """A phrase is found word for word, or with an acronym in it written out (and back)."""
    words = analyser.words(clause.text)
    unit = Unit(clause.text, _exactly(words))
    if len(words) == 1:  # one word between quotation marks is that very word
        return unit
    places = [place for place, word in enumerate(words) if not word.is_empty]
    for start, end, text, other in _expansions_at([words[p] for p in places], expansions):
        written_out = [*words[: places[start]], *other, *words[places[end - 1] + 1 :]]
        looks = tuple(look._replace(is_added=True) for look in _exactly(written_out))
        unit = unit._replace(looks=(*unit.looks, *looks), also=_with_text(unit.also, text))
    return unit


def _exactly(words: Sequence[Word]) -> tuple[Look, ...]:
    surfaces = tuple(word.surface for word in words)
    if len(surfaces) < 2:
        return tuple(Term(fields.SURFACE, surface) for surface in surfaces)
    return (Adjacent(fields.SURFACE, surfaces),)


def _units(clause: Clause, analyser: Analyser, expansions: Expansions) -> list[Unit]:
    if clause.kind == "phrase":
        return [_phrase_unit(clause, analyser, expansions)]
    words = analyser.words(clause.text)
    if all(word.is_empty for word in words):
        return [Unit(word.surface, (Term(fields.SURFACE, word.surface),)) for word in words]
    things = things_in(clause.text, words, expansions)
    units = [_unit(thing, clause.text, analyser, expansions.compounds) for thing in things]
    return _expanded(_with_pairs(units, things), things, expansions)


def _unit(thing: Thing, text: str, analyser: Analyser, compounds: Compounds) -> Unit:
    looks = _looks(thing, analyser, compounds)
    hints = [hint for word in thing.full for hint in _hints(word)]
    if thing.kind != "word":  # its parts are no answer; among answers, they tell the closest
        hints += [look for word in thing.full for look in _said_looks(word)]
    return Unit(text[thing.words[0].start : thing.words[-1].end], tuple(looks), hints=tuple(hints))


def _looks(thing: Thing, analyser: Analyser, compounds: Compounds) -> Iterator[Look]:
    if thing.kind == "word":
        yield from _word_looks(thing.words[0])
        if key := compounds.alone(thing.words[0]):
            yield Term(fields.JOINED, key, COMPOUND)
    elif thing.kind == "compound":
        yield from _compound_looks(thing, analyser)
    else:
        lemmas = tuple(word.lemma for word in thing.full)
        yield Adjacent(fields.LEMMA, lemmas, WHOLE)
        yield from _named_looks(thing)


def _compound_looks(thing: Thing, analyser: Analyser) -> Iterator[Look]:
    """As its parts side by side, and as the word they make; a name is its last word too."""
    written = "".join(word.surface for word in thing.words)
    yield Term(fields.JOINED, thing.key or joint(written), COMPOUND)
    yield Term(fields.SPEAKER, written, BOOSTS[fields.SPEAKER])
    lemmas = tuple(word.lemma for word in thing.full)
    if thing.words[0].surface in ARTICLES:
        yield from _word_looks(thing.full[-1])
        return
    yield from _named_looks(thing)
    if not thing.key and len(lemmas) > 1:
        yield Adjacent(fields.LEMMA, lemmas, WHOLE)
    for word in analyser.words(written):
        yield from _said_looks(word)


def _named_looks(thing: Thing) -> Iterator[Look]:
    """Roles and organisations hold a few neighbours as one."""
    stems = "".join(joint(word.stem) for word in thing.full[: fields.NEIGHBOURS])
    for field in (fields.ORGANISATION, fields.ROLE):
        yield Term(field, stems, BOOSTS[field])


def _word_looks(word: Word) -> Iterator[Look]:
    yield from _said_looks(word)
    yield Term(fields.SPEAKER, word.surface, BOOSTS[fields.SPEAKER])
    for field in (fields.ORGANISATION, fields.ROLE):
        yield Term(field, word.stem, BOOSTS[field])


def _said_looks(word: Word) -> Iterator[Term]:
    yield Term(fields.LEMMA, word.lemma, BOOSTS[fields.LEMMA])
    yield Term(fields.STEM, word.stem, BOOSTS[fields.STEM])
    yield Term(fields.FAMILY, word.family, BOOSTS[fields.FAMILY])


def _hints(word: Word) -> tuple[Term, ...]:
    """The key idea that a quote backs says what it is about, but the quote did not say it."""
    letters = (Term(fields.GRAMS, gram, BOOSTS[fields.GRAMS]) for gram in grams(word))
    return (Term(fields.IDEA, word.lemma, BOOSTS[fields.IDEA]), *letters)


def _with_pairs(units: list[Unit], things: Sequence[Thing]) -> list[Unit]:
    """Two neighbours may have been said as one word: each of them then matches."""
    grown = list(units)
    for place, (left, right) in enumerate(pairwise(things)):
        if left.kind == right.kind == "word" and right.place == left.place + 1:
            key = joint(left.words[0].surface + right.words[0].surface)
            pair = Term(fields.JOINED, key, BOOSTS[fields.JOINED])
            for here in (place, place + 1):
                grown[here] = grown[here]._replace(looks=(*grown[here].looks, pair))
    return grown


def _expanded(units: list[Unit], things: Sequence[Thing], expansions: Expansions) -> list[Unit]:
    """Give every word of an acronym, or of its expansion, the other side as one more way."""
    grown = list(units)
    owners = [place for place, thing in enumerate(things) for _ in thing.full]
    words = [word for thing in things for word in thing.full]
    for start, end, text, other in _expansions_at(words, expansions):
        within = owners[start:end]
        if within == [place for place in owners if place in within]:  # no part of a compound
            for here in dict.fromkeys(within):
                times = 1 if things[here].kind == "word" else len(things[here].full)
                grown[here] = _also(grown[here], text, other, times)
    for place, thing in enumerate(things):  # « co-voiturage », declared as « covoiturage »
        if thing.kind == "compound":
            for text, other in expansions.by_lemmas.get((thing.key,), ()):
                grown[place] = _also(grown[place], text, other)
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


def _also(unit: Unit, text: str, words: tuple[Word, ...], times: int = 1) -> Unit:
    """The other side of an acronym or a synonym, worth what `times` words are."""
    lemmas = tuple(word.lemma for word in full_words(words))
    look: Look = Term(fields.LEMMA, lemmas[0], EXPANSION * times, is_added=True)
    if len(lemmas) > 1:
        look = Adjacent(fields.LEMMA, lemmas, EXPANSION * times / len(lemmas), is_added=True)
    return unit._replace(looks=(*unit.looks, look), also=_with_text(unit.also, text))


def _with_text(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return texts if fold(text) in map(fold, texts) else (*texts, text)

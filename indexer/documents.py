"""From the texts of a site, and the lemmas of their words, to the documents of its index."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby
from typing import Any

import numpy as np

from corpus.lists import Theme
from corpus.records import Speaker
from corpus.typography import fold
from indexer import fields
from indexer.affinity import Matrix, ThemeModel, learnt_themes, meant_affinities, steadied
from indexer.analysis import (
    Analyser,
    Compounds,
    Word,
    compounds_from,
    full_words,
    grams,
    joined,
    joint,
    stems_of,
)
from indexer.catalogue import Part
from indexer.compounds import known_compounds
from indexer.fields import StoredRecord
from indexer.lexicon import Lexicon
from indexer.tokens import Token, tokens
from indexer.vectors import Meanings

_HEADING = 2  # how many times a quote's key idea is read with it, for its themes


Cut = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What an index learns from all its texts, and reads each of them with."""

    lexicon: Lexicon
    compounds: Mapping[str, Sequence[str]]
    themes: ThemeModel


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A text ready for the index: its terms by field, its exact values, and what is stored."""

    terms: dict[str, list[str]]
    values: dict[str, str]
    record: StoredRecord


_LEARNT = 20_000  # quotes are enough to learn themes from: beyond, as many at even steps


def compounds_and_themes(
    parts: Sequence[Part], themes: Sequence[Theme]
) -> tuple[dict[str, list[str]], ThemeModel]:
    """Learn from texts the compounds that they write, and the themes."""
    stems_in = lru_cache(maxsize=8_192)(_stems_in)
    quotes = sum(part.said is not None for part in parts)
    total, place = quotes or len(parts), count()
    read: list[list[str]] = []

    def cut() -> Iterator[tuple[str, Cut]]:
        for part in parts:
            words = list(tokens(part.text))
            if (part.said or not quotes) and next(place) * _LEARNT % total < _LEARNT:
                read.append(_read_with_heading(part, words, stems_in))
            yield part.text, words

    compounds = known_compounds(cut(), names_in(parts))
    return compounds, learnt_themes(read, _seeds(themes))


def compounds_of(parts: Sequence[Part]) -> dict[str, list[str]]:
    """The compounds that some texts write, and the names of those who speak in them."""
    return known_compounds(
        ((part.text, list(tokens(part.text))) for part in parts), names_in(parts)
    )


def names_in(parts: Iterable[Part]) -> Iterator[str]:
    """Who speaks in the webinars of some texts."""
    for _, some in groupby(parts, key=lambda part: part.webinar.id):
        yield from (speaker.name for speaker in next(some).webinar.speakers)


def _seeds(themes: Sequence[Theme]) -> list[list[str]]:
    return [_stems_in(" ; ".join((theme.label, *theme.seeds))) for theme in themes]


def _read_with_heading(part: Part, cut: Cut, stems_in: Callable[[str], list[str]]) -> list[str]:
    """A quote is read with its key idea: the heading often says the theme."""
    return stems_of(cut) + (stems_in(part.heading.text) * _HEADING if part.heading else [])


def worded_affinities(parts: Sequence[Part], cuts: Sequence[Cut], model: ThemeModel) -> Matrix:
    """How much texts of whole webinars are about each theme, by their words."""
    stems_in = lru_cache(maxsize=8_192)(_stems_in)  # a heading comes back with each of its quotes
    pairs = zip(parts, cuts, strict=True)
    values, evidence = model.readings([_read_with_heading(*pair, stems_in) for pair in pairs])
    webinars = {part.webinar.id: place for place, part in enumerate(parts)}
    return steadied(values, evidence, [webinars[part.webinar.id] for part in parts])


def with_meaning(parts: Sequence[Part], worded: Matrix, meanings: Meanings | None) -> Matrix:
    """The affinities by words and, where an encoder is installed, by meaning."""
    if not meanings:
        return worded
    said = np.array([part.said is not None for part in parts])
    return meant_affinities(worded, meanings.of_documents, said, meanings.of_themes)


def affinities_of(
    parts: Sequence[Part],
    cuts: Sequence[Cut],
    themes: Sequence[Theme],
    meanings: Meanings | None,
) -> Matrix:
    """How much each text is about each theme, as it is learnt from all of them."""
    _, model = compounds_and_themes(parts, themes)
    return with_meaning(parts, worded_affinities(parts, cuts, model), meanings)


def _stems_in(text: str) -> list[str]:
    return stems_of(tokens(text))


WordsOf = Callable[[str], Sequence[Word]]

_NOBODY = Speaker("?")


class Reading:
    """Reads texts with what was learnt, and makes their documents."""

    def __init__(self, learnt: Learnt, themes: Sequence[Theme]) -> None:
        self._learnt, self._themes = learnt, themes
        self._analyser = Analyser(learnt.lexicon)
        self._needed = _stems_of_seeds(themes, self._analyser)
        self._compounds = compounds_from(learnt.compounds, self._analyser)
        self._words_of = lru_cache(maxsize=8_192)(self._analyser.words)  # names, roles come back

    def documents(self, parts: Sequence[Part], cuts: Sequence[Cut]) -> Iterator[IndexedDocument]:
        """The document of each part, in the same order."""
        for part, cut in zip(parts, cuts, strict=True):
            words = self._analyser.read(cut)
            seed_terms = _seed_terms(self._themes, words, self._needed)
            yield _document(part, words, self._words_of, seed_terms, self._compounds)

    def affinities(self, parts: Sequence[Part], cuts: Sequence[Cut]) -> Matrix:
        """How much they are about each theme, by their words, of the precision that is kept."""
        return worded_affinities(parts, cuts, self._learnt.themes).astype(np.float32)


def _stems_of_seeds(themes: Sequence[Theme], analyser: Analyser) -> dict[str, set[str]]:
    """For each seed term, the stems that a text must say."""
    terms = {term for theme in themes for term in theme.seeds}
    return {term: {word.stem for word in full_words(analyser.words(term))} for term in terms}


def _seed_terms(
    themes: Sequence[Theme], words: Sequence[Word], needed: dict[str, set[str]]
) -> dict[str, list[str]]:
    """For each theme, its seed terms that were said in a text: why it may have the theme."""
    stems = {word.stem for word in words}
    said = {term for term, parts in needed.items() if parts and parts <= stems}
    found = {theme.id: [term for term in theme.seeds if term in said] for theme in themes}
    return {theme: terms for theme, terms in found.items() if terms}


def _document(
    part: Part,
    words: list[Word],
    words_of: WordsOf,
    seed_terms: dict[str, list[str]],
    compounds: Compounds,
) -> IndexedDocument:
    speaker = part.speaker or _NOBODY
    heading = words_of(part.heading.text) if part.heading else []
    full = [word for word in words if not word.is_empty]
    named = speaker is not _NOBODY
    terms = {
        fields.LEMMA: [word.lemma for word in full],
        fields.STEM: [word.stem for word in full],
        fields.FAMILY: [word.family for word in full],
        fields.JOINED: joined(words, compounds),
        fields.SURFACE: [word.surface for word in words],
        fields.GRAMS: [gram for word in words if not word.is_empty for gram in grams(word)],
        fields.IDEA: [word.lemma for word in heading if not word.is_empty],
        fields.SPEAKER: _names(speaker.name, words_of) if named else [],
        fields.ROLE: _stems(words_of(speaker.role)),
        fields.ORGANISATION: _stems(words_of(speaker.organisation)),
    }
    values = {fields.ID: part.id, fields.WEBINAR: part.webinar.id}
    if named:
        values[fields.SPEAKER_ID] = speaker.id
    if part.heading:
        values[fields.KEY_IDEA] = part.heading.id
    return IndexedDocument(terms, values, _record(part, words, seed_terms))


def _names(name: str, words_of: WordsOf) -> list[str]:
    """The words of a name, and its parts written in one: « Le Gall » is « legall » too."""
    words = [word.surface for word in words_of(name)]
    parts = [re.sub(r"\W", "", fold(part)) for part in re.split(r"[\s-]+", name)]
    runs = (parts[start:end] for start in range(len(parts)) for end in (start + 1, start + 2))
    return words + [one for one in dict.fromkeys(map("".join, runs)) if one not in words]


def _stems(words: Sequence[Word]) -> list[str]:
    """The stems of a role or an organisation, and of a few neighbours as one."""
    stems = [word.stem for word in words if not word.is_empty]
    sizes = range(2, fields.NEIGHBOURS + 1)
    runs = (stems[start : start + size] for size in sizes for start in range(len(stems) + 1 - size))
    return stems + ["".join(map(joint, run)) for run in runs]


def stored_words(words: Sequence[Word]) -> list[Any]:
    """The words of a text as its record holds them."""
    return placed_words(words, [word.start for word in words], [word.end for word in words])


def placed_words(words: Sequence[Word], starts: list[int], ends: list[int]) -> list[Any]:
    """The same for words from anywhere; those that are too common have but their surface."""
    forms = [word[1:4] if not word.is_empty else ("", "", "") for word in words]
    lemmas, stems, families = map(" ".join, zip(*forms, strict=True)) if forms else ("", "", "")
    return [" ".join([word.surface for word in words]), lemmas, stems, families, starts, ends]


def _record(part: Part, words: Sequence[Word], seed_terms: dict[str, list[str]]) -> StoredRecord:
    speaker, idea = part.speaker, part.idea
    return StoredRecord(
        id=part.id,
        kind=fields.KINDS[0] if part.said else fields.KINDS[1],
        text=part.text,
        speaker=speaker.name if speaker else "",
        speaker_id=speaker.id if speaker else "",
        role=speaker.role if speaker else "",
        organisation=speaker.organisation if speaker else "",
        webinar=part.webinar.id,
        idea_id=idea.id if idea else "",
        idea_number=idea.number if idea else 0,
        idea_text=idea.text if idea else "",
        start=part.said.start if part.said else None,
        words=stored_words(words),
        terms=seed_terms,
    )

"""From the texts of a site, and the lemmas of their words, to the documents of its index."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from corpus.lists import Theme
from corpus.records import Speaker
from corpus.site import Site
from corpus.typography import fold
from indexer import fields
from indexer.acronyms import acronyms_used
from indexer.affinity import Matrix, learnt_themes, meant_affinities, steadied
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
from indexer.catalogue import Columns, Part, catalogue_of, columns_of
from indexer.compounds import known_compounds
from indexer.fields import Catalogue, StoredRecord
from indexer.index_writer import IndexedDocument
from indexer.tokens import Token, tokens
from indexer.vectors import Meanings
from indexer.vocabulary import Forms, forms_from

_HEADING = 2  # how many times a quote's key idea is read with it, for its themes


@dataclass(frozen=True, slots=True)
class Groundwork:
    """The parts of a site, each cut into words (`cuts`), and what was learnt from the words."""

    parts: Sequence[Part]
    cuts: Sequence[Sequence[Token]]
    themes: Sequence[Theme]
    affinities: Matrix  # parts x themes
    catalogue: Catalogue
    columns: Columns
    forms: Forms
    meanings: Meanings | None = None


def groundwork_of(site: Site, parts: Sequence[Part], meanings: Meanings | None) -> Groundwork:
    """Cut every text of a site into words, and learn its themes and lists."""
    cuts = [list(tokens(part.text)) for part in parts]
    affinities = _affinities(parts, cuts, site.themes)
    if meanings:
        said = np.array([part.said is not None for part in parts])
        affinities = meant_affinities(affinities, meanings.of_documents, said, meanings.of_themes)
    texts = [(part.text, cut) for part, cut in zip(parts, cuts, strict=True)]
    names = [speaker.name for webinar in site.webinars for speaker in webinar.speakers]
    catalogue = catalogue_of(site, known_compounds(texts, names), acronyms_used(texts))
    if meanings:
        catalogue["encoder"] = meanings.encoder
    return Groundwork(
        parts,
        cuts,
        site.themes,
        affinities,
        catalogue,
        columns_of(parts, affinities, catalogue),
        forms_from((part.text, part.speaker, cut) for part, cut in zip(parts, cuts, strict=True)),
        meanings,
    )


def _affinities(
    parts: Sequence[Part], cuts: Sequence[Sequence[Token]], themes: Sequence[Theme]
) -> Matrix:
    """A quote is read with its key idea: the heading often says the theme.

    Themes are learnt from the quotes alone: the ideas are in them already.
    """
    stems_in = lru_cache(maxsize=8_192)(_stems_in)  # a heading comes back with each of its quotes
    texts = [
        stems_of(cut) + (stems_in(part.heading.text) * _HEADING if part.heading else [])
        for part, cut in zip(parts, cuts, strict=True)
    ]
    said = [text for part, text in zip(parts, texts, strict=True) if part.said]
    seeds = [_stems_in(" ; ".join((theme.label, *theme.seeds))) for theme in themes]
    model = learnt_themes(said or texts, seeds)
    webinars = {part.webinar.id: place for place, part in enumerate(parts)}
    groups = [webinars[part.webinar.id] for part in parts]
    return steadied(model.affinities(texts), model.evidence(texts), groups)


def _stems_in(text: str) -> list[str]:
    return stems_of(tokens(text))


WordsOf = Callable[[str], Sequence[Word]]

_NOBODY = Speaker("?")


def indexed_documents(ground: Groundwork, analyser: Analyser) -> list[IndexedDocument]:
    """The document of each part, in the same order."""
    words_of = lru_cache(maxsize=8_192)(analyser.words)  # ideas, names and roles come back
    needed = _stems_of_seeds(ground.themes, analyser)
    compounds = compounds_from(ground.catalogue["compounds"], analyser)
    documents = []
    for part, cut, row in zip(ground.parts, ground.cuts, ground.affinities, strict=True):
        words = analyser.read(cut)
        seed_terms = _seed_terms(row, ground.themes, words, needed)
        documents.append(_document(part, words, words_of, seed_terms, compounds))
    return documents


def _stems_of_seeds(themes: Sequence[Theme], analyser: Analyser) -> dict[str, set[str]]:
    """For each seed term, the stems that a text must say."""
    terms = {term for theme in themes for term in theme.seeds}
    return {term: {word.stem for word in full_words(analyser.words(term))} for term in terms}


def _seed_terms(
    row: Any, themes: Sequence[Theme], words: Sequence[Word], needed: dict[str, set[str]]
) -> dict[str, list[str]]:
    """For each theme of a text, the seed terms that were said in it: why it has the theme."""
    stems = {word.stem for word in words}
    return {
        theme.id: [term for term in theme.seeds if needed[term] and needed[term] <= stems]
        for theme, affinity in zip(themes, row, strict=True)
        if affinity >= fields.MIN_AFFINITY
    }


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


def stored_word(word: Word) -> list[Any]:
    """A word that is too common has no lemma, no stem and no family."""
    forms = ("", "", "") if word.is_empty else (word.lemma, word.stem, word.family)
    return [word.surface, *forms, word.start, word.end]


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
        words=[stored_word(word) for word in words],
        terms=seed_terms,
    )

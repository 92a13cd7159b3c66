"""From the groundwork of a site and the lemmas of its words to the documents of its index."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from corpus.records import Speaker
from corpus.themes import Theme
from indexer import fields
from indexer.analysis import Analyser, Word, full_words, grams, joined
from indexer.fields import StoredRecord
from indexer.groundwork import Groundwork
from indexer.index_writer import IndexedDocument
from indexer.parts import Part

WordsOf = Callable[[str], Sequence[Word]]

_NOBODY = Speaker("?")


def indexed_documents(ground: Groundwork, analyser: Analyser) -> list[IndexedDocument]:
    """The document of each part, in the same order."""
    words_of = lru_cache(maxsize=8_192)(analyser.words)  # ideas, names and roles come back
    needed = _stems_of_seeds(ground.themes, analyser)
    documents = []
    for part, cut, row in zip(ground.parts, ground.cuts, ground.affinities, strict=True):
        words = analyser.read(cut)
        seed_terms = _seed_terms(row, ground.themes, words, needed)
        documents.append(_document(part, words, words_of, seed_terms))
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
    part: Part, words: list[Word], words_of: WordsOf, seed_terms: dict[str, list[str]]
) -> IndexedDocument:
    speaker = part.speaker or _NOBODY
    heading = words_of(part.heading.text) if part.heading else []
    full = full_words(words)
    named = speaker is not _NOBODY
    terms = {
        fields.LEMMA: [word.lemma for word in full],
        fields.STEM: [word.stem for word in full],
        fields.FAMILY: [word.family for word in full],
        fields.JOINED: joined(words),
        fields.SURFACE: [word.surface for word in words],
        fields.GRAMS: [gram for word in words if not word.is_empty for gram in grams(word)],
        fields.IDEA: [word.lemma for word in heading if not word.is_empty],
        fields.SPEAKER: [word.surface for word in words_of(speaker.name) if named],
        fields.ROLE: _stems(words_of(speaker.role)),
        fields.ORGANISATION: _stems(words_of(speaker.organisation)),
    }
    values = {fields.ID: part.id, fields.WEBINAR: part.webinar.id}
    if named:
        values[fields.SPEAKER_ID] = speaker.id
    if part.heading:
        values[fields.KEY_IDEA] = part.heading.id
    return IndexedDocument(terms, values, _record(part, words, seed_terms))


def _stems(words: Sequence[Word]) -> list[str]:
    return [word.stem for word in words if not word.is_empty]


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
        words=[[w.surface, w.lemma, w.stem, w.family, w.start, w.end] for w in words],
        terms=seed_terms,
    )

"""From the records of a site to the documents of its index, and the lists they point into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from corpus.acronyms import acronyms_in
from corpus.homonyms import speaker_labels
from corpus.records import KeyIdea, Speaker, Verbatim, Webinar
from corpus.site import Site
from corpus.themes import Theme
from corpus.typography import fold, slug_from
from indexer import fields
from indexer.affinity import Matrix, learnt_themes, steadied
from indexer.analysis import Analyser, Word, compounds, full_words, grams, joined
from indexer.fields import Catalogue, StoredRecord
from indexer.index_writer import IndexedDocument

Columns = dict[str, Any]  # name to numpy array, one row a document
WordsOf = Callable[[str], Sequence[Word]]

_NOBODY = Speaker("?")
_HEADING = 2  # how many times a quote's key idea is read with it, for its themes


@dataclass(frozen=True, slots=True)
class Part:
    """A verbatim or a key idea in its webinar: what becomes one document."""

    webinar: Webinar
    said: Verbatim | None
    idea: KeyIdea | None

    @property
    def text(self) -> str:
        """The untouched text."""
        if self.said:
            return self.said.text
        return self.idea.text if self.idea else ""

    @property
    def speaker(self) -> Speaker | None:
        """Who said it; nobody says a key idea."""
        return self.said.speaker if self.said else None


def parts_of(webinars: Sequence[Webinar]) -> list[Part]:
    """Every document to be, in the order of the write-ups: an idea, then what backs it."""
    return [part for webinar in webinars for part in _parts(webinar)]


def _parts(webinar: Webinar) -> Iterator[Part]:
    for idea in (None, *webinar.key_ideas):
        if idea:
            yield Part(webinar, None, idea)
        for said in webinar.verbatims_of(idea):
            yield Part(webinar, said, idea)


def indexed_documents(
    site: Site, analyser: Analyser
) -> tuple[list[IndexedDocument], Columns, Catalogue]:
    """Everything that a generation holds but the lexicon."""
    parts = parts_of(site.webinars)
    analysed = [analyser.words(part.text) for part in parts]
    words_of = lru_cache(maxsize=8_192)(analyser.words)  # ideas, names and roles come back
    affinities = _affinities(parts, analysed, site.themes, words_of)
    catalogue = _catalogue(site, _compounds(parts, analysed))
    needed = _stems_of_seeds(site.themes, analyser)
    documents = [
        _document(part, words, words_of, _seed_terms(row, site.themes, words, needed))
        for part, words, row in zip(parts, analysed, affinities, strict=True)
    ]
    return documents, _columns(parts, affinities, catalogue), catalogue


def _stems(words: Sequence[Word]) -> list[str]:
    return [word.stem for word in words if not word.is_empty]


def _affinities(
    parts: Sequence[Part],
    analysed: Sequence[list[Word]],
    themes: Sequence[Theme],
    words_of: WordsOf,
) -> Matrix:
    """A quote is read with its key idea: the heading often says the theme.

    Themes are learnt from the quotes alone: the ideas are in them already.
    """
    headings = {part.idea.id: _stems(words_of(part.idea.text)) for part in parts if part.idea}
    texts = [
        _stems(words) + (headings[part.idea.id] * _HEADING if part.said and part.idea else [])
        for part, words in zip(parts, analysed, strict=True)
    ]
    said = [text for part, text in zip(parts, texts, strict=True) if part.said]
    seeds = [_stems(words_of(" ; ".join((theme.label, *theme.seeds)))) for theme in themes]
    model = learnt_themes(said or texts, seeds)
    webinars = {part.webinar.id: place for place, part in enumerate(parts)}
    groups = [webinars[part.webinar.id] for part in parts]
    return steadied(model.affinities(texts), model.evidence(texts), groups)


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
    heading = words_of(part.idea.text) if part.said and part.idea else []
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
    values = {fields.ID: _id(part), fields.WEBINAR: part.webinar.id}
    if named:
        values[fields.SPEAKER_ID] = speaker.id
    if part.said and part.idea:
        values[fields.KEY_IDEA] = part.idea.id
    return IndexedDocument(terms, values, _record(part, words, seed_terms))


def _id(part: Part) -> str:
    if part.said:
        return part.said.id
    return part.idea.id if part.idea else ""


def _record(part: Part, words: Sequence[Word], seed_terms: dict[str, list[str]]) -> StoredRecord:
    speaker, idea = part.speaker, part.idea
    return StoredRecord(
        id=_id(part),
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


def _compounds(parts: Sequence[Part], analysed: Sequence[list[Word]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part, words in zip(parts, analysed, strict=True):
        for joint, pair in compounds(part.text, words):
            found.setdefault(joint, list(pair))
    return found


def _catalogue(site: Site, found: dict[str, list[str]]) -> Catalogue:
    organisations: dict[str, str] = {}
    for webinar in site.webinars:
        for speaker in webinar.speakers:
            if slug := slug_from(speaker.organisation):
                organisations.setdefault(slug, speaker.organisation)
    return Catalogue(
        themes=[
            {
                "id": theme.id,
                "label": theme.label,
                "description": theme.description,
                "seeds": list(theme.seeds),
            }
            for theme in site.themes
        ],
        speakers=[
            {"id": key, "label": label} for key, label in speaker_labels(site.webinars).items()
        ],
        organisations=[{"id": key, "label": label} for key, label in organisations.items()],
        webinars=[_webinar_entry(webinar) for webinar in site.webinars],
        acronyms=_acronyms(site),
        synonyms={key: list(values) for key, values in site.vocabulary.synonyms.items()},
        compounds=found,
    )


def _acronyms(site: Site) -> dict[str, list[str]]:
    """Those that the editor declares, and those that the write-ups explain themselves."""
    found = {key: list(values) for key, values in site.vocabulary.acronyms.items()}
    known = {fold(text) for texts in found.values() for text in texts}
    for webinar in site.webinars:
        for text in (webinar.introduction, *(part.text for part in _parts(webinar))):
            for short, words in acronyms_in(text):
                if fold(words) not in known:
                    known.add(fold(words))
                    found.setdefault(short, []).append(words)
    return found


def _webinar_entry(webinar: Webinar) -> dict[str, Any]:
    texts = [
        webinar.introduction,
        *(idea.text for idea in webinar.key_ideas),
        *(said.text for said in webinar.verbatims),
    ]
    return {
        "id": webinar.id,
        "title": webinar.title,
        "held_on": webinar.held_on.isoformat() if webinar.held_on else None,
        "published_on": webinar.published_on.isoformat() if webinar.published_on else None,
        "url": webinar.url,
        "replay_url": webinar.replay_url,
        "introduction": webinar.introduction,
        "speakers": [
            {"id": s.id, "name": s.name, "role": s.role, "organisation": s.organisation}
            for s in webinar.speakers
        ],
        "ideas": len(webinar.key_ideas),
        "verbatims": len(webinar.verbatims),
        "words": sum(len(text.split()) for text in texts),
    }


def _columns(parts: Sequence[Part], affinities: Matrix, catalogue: Catalogue) -> Columns:
    def places(entries: Sequence[dict[str, Any]]) -> dict[str, int]:
        return {entry["id"]: place for place, entry in enumerate(entries)}

    speakers, webinars = places(catalogue["speakers"]), places(catalogue["webinars"])
    organisations = places(catalogue["organisations"])

    def column(values: list[int]) -> Any:
        return np.array(values, dtype=np.int32)

    people = [part.speaker for part in parts]
    held = [part.webinar.held_on for part in parts]
    return {
        "kinds": column([0 if part.said else 1 for part in parts]),
        "speakers": column([speakers[p.id] if p else -1 for p in people]),
        "organisations": column(
            [organisations.get(slug_from(p.organisation), -1) if p else -1 for p in people]
        ),
        "webinars": column([webinars[part.webinar.id] for part in parts]),
        "days": column([day.toordinal() if day else 0 for day in held]),
        "affinities": affinities.astype(np.float32),
    }

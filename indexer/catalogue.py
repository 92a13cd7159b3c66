"""The lists that the documents of an index point into, and the columns that point."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from corpus.acronyms import acronyms_in
from corpus.homonyms import speaker_labels
from corpus.records import Webinar
from corpus.site import Site
from corpus.typography import fold, slug_from
from indexer.affinity import Matrix
from indexer.fields import Catalogue
from indexer.parts import Part, parts_of_webinar

Columns = dict[str, Any]  # name to numpy array, one row a document


def catalogue_of(site: Site, compounds: Mapping[str, Sequence[str]]) -> Catalogue:
    """The lists of a site; `compounds` are the hyphenated pairs that its texts write."""
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
        compounds={joint: list(pair) for joint, pair in compounds.items()},
    )


def _acronyms(site: Site) -> dict[str, list[str]]:
    """Those that the editor declares, and those that the write-ups explain themselves."""
    found = {key: list(values) for key, values in site.vocabulary.acronyms.items()}
    known = {fold(text) for texts in found.values() for text in texts}
    for webinar in site.webinars:
        for text in (webinar.introduction, *(part.text for part in parts_of_webinar(webinar))):
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


def columns_of(parts: Sequence[Part], affinities: Matrix, catalogue: Catalogue) -> Columns:
    """One row a part: its places in the lists of the catalogue, its day, its affinities."""

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

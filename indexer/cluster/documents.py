"""The documents of a site as OpenSearch is given them: terms with their worth."""

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np

from indexer import fields
from indexer.catalogue import Columns
from indexer.cluster.cuts import kept_cut
from indexer.cluster.layout import (
    ABOUT,
    CODE,
    MARK,
    OF_IDEA,
    ORGANISATION_ID,
    OWN,
    PLACES,
    SCALE,
    THEMED,
    WEBINAR_PLACE,
    Body,
    affinity,
    placed,
    sign,
)
from indexer.cluster.spread import Spread
from indexer.documents import Cut, IndexedDocument
from indexer.fields import Catalogue
from indexer.postings import K1, B
from indexer.vectors import AROUND, BACKED, Code, Meanings, vectors_of


class Tallies:
    """What must be known of all texts before the first is written.

    `means`: the mean length of each field; `spread`: in how many texts each term of each is.
    """

    def __init__(self) -> None:
        self._texts, self._lengths = 0, Counter[str]()
        self.spread = Spread()

    def add(self, document: IndexedDocument) -> None:
        """Count one text."""
        self._texts += 1
        for name, terms in document.terms.items():
            self._lengths[name] += len(terms)
            self.spread.add(name, terms)

    @property
    def means(self) -> dict[str, float]:
        """The mean length of each field."""
        return {name: self._lengths[name] / max(1, self._texts) for name in fields.WORD_FIELDS}


Row = tuple[str, Body]  # a document to write: its id, and its fields


def rows_of(
    catalogue: Catalogue,
    columns: Columns,
    documents: Iterable[IndexedDocument],
    means: Mapping[str, float],
    meanings: Meanings | None,
) -> Iterator[Row]:
    """A row a document, in their order; memory holds those of one webinar."""
    numbered = enumerate(documents)
    for _, some in groupby(numbered, key=lambda pair: pair[1].record["webinar"]):
        pairs = list(some)
        codes, vectors = _vectors(pairs, meanings) if meanings else ((), ())
        ideas: dict[str, tuple[int, IndexedDocument]] = {}
        for place, (number, document) in enumerate(pairs):
            body = _body(catalogue, columns, number, document, means)
            if len(codes):
                body |= _meaning(codes[place], vectors[place])
            if document.record["kind"] == fields.KINDS[1]:
                ideas[document.record["id"]] = number, document
            elif document.record["idea_id"]:
                parent, idea = ideas[document.record["idea_id"]]
                body |= {"parent": parent, **_of_idea(idea, means)}
            yield str(number), body


def _body(
    lists: Catalogue,
    columns: Columns,
    number: int,
    document: IndexedDocument,
    means: Mapping[str, float],
) -> Body:
    day, place = int(columns["days"][number]), int(columns["organisations"][number])
    affinities = columns["affinities"][number].tolist()
    body: Body = {"number": number, WEBINAR_PLACE: int(columns["webinars"][number]), "day": day}
    body["year"] = date.fromordinal(day).year if day else 0
    body |= document.values
    body["kind"] = document.record["kind"]
    if came := lists.get("added", {}).get(document.record["id"]):
        body["added"] = came
    if place >= 0:
        body[ORGANISATION_ID] = lists["organisations"][place]["id"]
    about = zip(lists["themes"], affinities, strict=True)
    body[THEMED] = [theme["id"] for theme, value in about if value >= fields.MIN_AFFINITY]
    body |= {affinity(place): value for place, value in enumerate(affinities)}
    if affinities:
        body[ABOUT] = _in_text(columns["affinities"][number].astype(np.float32))
    for name, terms in document.terms.items():
        if terms:
            body[name] = " ".join(_weighed(terms, means[name]))
            if name in PLACES:
                body[PLACES[name]] = " ".join(terms)
    body[fields.RECORD] = document.record
    return body


def _of_idea(idea: IndexedDocument, means: Mapping[str, float]) -> Body:
    """The terms of a key idea, as the quotes that back it are given them."""
    said = {name: terms for name in OF_IDEA if (terms := idea.terms[name])}
    body: Body = {OF_IDEA[name]: " ".join(_weighed(said[name], means[name])) for name in said}
    if lemmas := said.get(fields.LEMMA):
        body[placed(OF_IDEA[fields.LEMMA])] = " ".join(lemmas)
    return body


def signs_of(vector: Any) -> list[int]:
    """One bit a dimension, in whole words of 64."""
    bits = np.packbits(vector > 0)
    words: list[int] = np.pad(bits, (0, -len(bits) % 8)).view(np.int64).tolist()
    return words


def _vectors(pairs: Sequence[tuple[int, IndexedDocument]], meanings: Meanings) -> tuple[Any, Any]:
    """The codes of the texts of a webinar, and the vector that tells how close each is.

    That is the cosine of the text, of the key idea that it backs and of its page, in shares: one
    vector holds their sum (`search/meaning.py`).
    """
    first = pairs[0][0]
    rows = meanings.table[first : first + len(pairs)]
    own = vectors_of(rows)
    last, vectors = -1, own.copy()
    for place, (_, document) in enumerate(pairs):
        if document.record["kind"] == fields.KINDS[1]:
            last = place
        elif document.record["idea_id"]:
            vectors[place] = (1 - BACKED) * own[place] + BACKED * own[last]
    vectors = (1 - AROUND) * vectors + AROUND * own.mean(axis=0)
    return rows["code"], vectors.astype(np.float16)


def _meaning(code: Code, vector: Any) -> Body:
    """What a text means, with its signs, and what it says by itself."""
    signs = {sign(place): word for place, word in enumerate(signs_of(vector))}
    return {CODE: _in_text(vector), OWN: _in_text(code), **signs}


def _in_text(array: Any) -> str:
    return base64.b64encode(array.tobytes()).decode()


def _weighed(terms: Sequence[str], mean: float) -> Iterator[str]:
    """Each term once, with its saturated count."""
    norm = K1 * (1 - B + B * len(terms) / (mean or 1.0))
    for term, said in Counter(terms).items():
        yield f"{term}{MARK}{max(1, round(SCALE * said * (K1 + 1) / (said + norm)))}"


def stored(document: IndexedDocument, cut: Cut) -> IndexedDocument:
    """A document of which the record has a cut in the place of its words, which this tells anew."""
    record: Any = {name: value for name, value in document.record.items() if name != "words"}
    record["cut"] = kept_cut(record["text"], cut)
    return replace(document, record=record)

"""Quotes that go with a text: of the same themes, with the same rare words, others first."""

import math

import numpy as np

from corpus.typography import CALENDAR
from indexer import fields
from indexer.analysis import Analyser
from indexer.fields import KINDS, StoredRecord
from search.answer import Document
from search.columns import Columns, Floats, Ints, Mask
from search.engine import Asking, Term
from search.open_generation import DocumentReader

MOST = 5
_RAREST = 12  # words of a text that tell what it is about
_COMMON = 0.1  # said in a larger share of the texts, a word tells nothing
_MIN_WORDS = 2  # rare words shared: one is a coincidence
_MIN_OVERLAP = 0.25  # of what the rarest words weigh
_MIN_LIKENESS = 0.5  # cosine of the affinities
# Rare enough in short texts, they bring together what has nothing in common.
_COUNTING = """
un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
trente quarante cinquante soixante cent mille million premier deuxieme troisieme dernier
an annee mois semaine jour heure minute fois matin soir
euro kilometre
"""
_COUNTING_WORDS = CALENDAR.union(_COUNTING.split())


def related(reader: DocumentReader, number: int) -> tuple[Document, ...]:
    """The quotes closest to a document, at most five; none when nothing is really close."""
    columns, record = reader.generation.columns, reader.asking.record(number)
    overlap, shared = _overlap(_lemmas(record, reader.generation.analyser), reader, number)
    likeness = _likeness(columns.affinities, number)
    close = (overlap >= _MIN_OVERLAP) & (shared >= _MIN_WORDS) & (likeness >= _MIN_LIKENESS)
    close &= columns.kinds == KINDS.index("verbatim")
    close[[number, *_neighbours(reader.asking, record)]] = False
    numbers = _others_first(close, overlap * (0.5 + likeness), columns, number)
    return tuple(reader.document(int(other)) for other in numbers[:MOST])


def _lemmas(record: StoredRecord, analyser: Analyser) -> set[str]:
    """The full words of a text and of its key idea, which often says the subject."""
    said = {word[1] for word in record["words"] if word[1]}
    heading = {word.lemma for word in analyser.words(record["idea_text"]) if not word.is_empty}
    return {
        lemma for lemma in said | heading if lemma not in _COUNTING_WORDS and not lemma.isdigit()
    }


def _overlap(lemmas: set[str], reader: DocumentReader, number: int) -> tuple[Floats, Ints]:
    """For each document, the share of the rarest words of a text that it says, and how many.

    A word weighs its idf, times how much the other texts that say it are about the same themes.
    """
    asking, affinities = reader.asking, reader.generation.columns.affinities
    said = {lemma: _places(lemma, asking) for lemma in sorted(lemmas)}
    spread = {lemma: int(places.sum()) for lemma, places in said.items()}
    telling = [lemma for lemma in said if 2 <= spread[lemma] <= max(2, _COMMON * asking.size)]
    rarest = sorted(telling, key=lambda lemma: (spread[lemma], lemma))[:_RAREST]
    overlap, shared, most = np.zeros(asking.size), np.zeros(asking.size, dtype=np.int32), 0.0
    for lemma in rarest:
        others = said[lemma] & (np.arange(asking.size) != number)
        alike = float(affinities[others].mean(axis=0) @ affinities[number]) if others.any() else 0.0
        weight = alike * math.log(asking.size / spread[lemma])
        overlap += said[lemma] * weight
        shared += said[lemma]
        most += weight
    return overlap / (most or 1), shared


def _places(lemma: str, asking: Asking) -> Mask:
    mask: Mask = asking.scores([Term(fields.LEMMA, lemma), Term(fields.IDEA, lemma)]) > 0
    return mask


def _likeness(affinities: Floats, number: int) -> Floats:
    """The cosine of the themes of each document with those of one."""
    norms = np.linalg.norm(affinities, axis=1) * np.linalg.norm(affinities[number])
    cosine: Floats = np.divide(
        affinities @ affinities[number], norms, out=np.zeros(len(norms)), where=norms > 0
    )
    return cosine


def _neighbours(asking: Asking, record: StoredRecord) -> list[int]:
    """What stands on the same page already: the other verbatims of the key idea."""
    return asking.where(fields.KEY_IDEA, record["idea_id"]) if record["idea_id"] else []


def _others_first(close: Mask, worth: Floats, columns: Columns, number: int) -> Ints:
    """Other people first, then the closest; ties keep the order of the write-ups."""
    numbers: Ints = np.flatnonzero(close).astype(np.int32)
    speaker = columns.speakers[number]
    is_same = (columns.speakers[numbers] == speaker) & (speaker >= 0)
    return numbers[np.lexsort((numbers, -worth[numbers], is_same))]

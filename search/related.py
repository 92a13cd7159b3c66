"""Quotes that go with a text: of the same themes, with the same rare words, others first."""

from corpus.typography import CALENDAR
from indexer import fields
from indexer.analysis import Analyser
from indexer.fields import StoredRecord
from search.answer import Document
from search.open_generation import DocumentReader

# Rare enough in short texts, they bring together what has nothing in common.
_COUNTING = """
un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
trente quarante cinquante soixante cent mille million premier deuxieme troisieme dernier
an annee mois semaine jour heure minute fois matin soir
euro kilometre
"""
_COUNTING_WORDS = CALENDAR.union(_COUNTING.split())


def related(reader: DocumentReader, number: int) -> tuple[Document, ...]:
    """The quotes closest to a text, but those of its key idea: they stand on its page."""
    record = reader.texts.records([number])[0].record
    lemmas = sorted(_lemmas(record, reader.generation.analyser))
    idea = record["idea_id"]
    beside = reader.texts.where(fields.KEY_IDEA, idea) if idea else []
    return reader.documents(reader.texts.related(number, lemmas, beside))


def _lemmas(record: StoredRecord, analyser: Analyser) -> set[str]:
    """The full words of a text and of its key idea, which often says the subject."""
    said = set(record["words"][1].split())
    heading = {word.lemma for word in analyser.words(record["idea_text"]) if not word.is_empty}
    return {
        lemma for lemma in said | heading if lemma not in _COUNTING_WORDS and not lemma.isdigit()
    }

"""The only module that writes with Whoosh: one process, one writer, one commit, one segment."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer

from indexer import fields
from indexer.fields import StoredRecord

_MEMORY_MB = 256


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document ready for the engine: its terms by field, its values, and what is stored."""

    terms: dict[str, list[str]]
    values: dict[str, str]
    record: StoredRecord


def engine_version() -> str:
    """Name and version of the engine, for the manifest."""
    return f"Whoosh-Reloaded {version('Whoosh-Reloaded')}"


def _schema() -> whoosh_fields.Schema:
    schema = whoosh_fields.Schema()
    for name in fields.WORD_FIELDS:
        positions = name in fields.POSITION_FIELDS
        text = whoosh_fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=positions)
        schema.add(name, text)
    for name in fields.VALUE_FIELDS:
        schema.add(name, whoosh_fields.ID(unique=name == fields.ID))
    schema.add(fields.RECORD, whoosh_fields.STORED())
    return schema


def write_index(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """Write the documents, in their order, into an empty folder."""
    writer = index.create_in(str(folder), _schema()).writer(limitmb=_MEMORY_MB)
    try:
        for document in documents:
            writer.add_document(**_row(document))
        writer.commit()
    except BaseException:
        writer.cancel()
        raise


def _row(document: IndexedDocument) -> dict[str, str]:
    words = {name: " ".join(terms) for name, terms in document.terms.items() if terms}
    record = json.dumps(document.record, ensure_ascii=False)
    return {**words, **document.values, fields.RECORD: record}


def read_back(folder: Path) -> int:
    """Open what was written, read every stored record and posting, and count the documents."""
    with index.open_dir(str(folder), readonly=True).searcher() as searcher:
        reader = searcher.reader()
        for number in range(searcher.doc_count_all()):
            json.loads(searcher.stored_fields(number)[fields.RECORD])
        for name in (*fields.WORD_FIELDS, *fields.VALUE_FIELDS):
            for term in reader.lexicon(name):
                matcher = reader.postings(name, term)
                while matcher.is_active():
                    matcher.next()
        return int(searcher.doc_count())

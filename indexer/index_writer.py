"""The only module that writes with Whoosh: one process, one writer, one commit, one segment."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.reading import IndexReader

from indexer import fields
from indexer.fields import StoredRecord
from indexer.postings import Postings, field_postings

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


def read_back(folder: Path) -> tuple[int, Postings]:
    """Open what was written, read every stored record and posting; count, and copy the latter."""
    with index.open_dir(str(folder), readonly=True).searcher() as searcher:
        reader = searcher.reader()
        size = int(searcher.doc_count_all())
        for number in range(size):
            json.loads(searcher.stored_fields(number)[fields.RECORD])
        for name in fields.VALUE_FIELDS:
            list(_rows(reader, name))
        postings = {name: field_postings(_rows(reader, name), size) for name in fields.WORD_FIELDS}
        return int(searcher.doc_count()), postings


def _rows(reader: IndexReader, name: str) -> Iterator[tuple[str, list[int], list[float]]]:
    for term in reader.lexicon(name):
        matcher = reader.postings(name, term)
        ids, counts = list[int](), list[float]()
        while matcher.is_active():
            ids.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        yield term.decode("utf-8"), ids, counts

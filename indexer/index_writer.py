"""The only module that writes with Whoosh: one process, one writer, one commit, one segment."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.reading import IndexReader

from indexer import fields
from indexer.fields import StoredRecord
from indexer.postings import Rows

_MEMORY_MB = 256
_LOCK = "MAIN_WRITELOCK"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document ready for the engine: its terms by field, its values, and what is stored."""

    terms: dict[str, list[str]]
    values: dict[str, str]
    record: StoredRecord


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What an index holds: the ids and the digest of its records, and its postings by field."""

    ids: tuple[str, ...]
    records: str
    rows: dict[str, Rows]


def engine_version() -> str:
    """Name and version of the engine, for the manifest."""
    return f"Whoosh-Reloaded {version('Whoosh-Reloaded')}"


def _schema() -> whoosh_fields.Schema:
    schema = whoosh_fields.Schema()
    for name in fields.ENGINE_FIELDS:
        schema.add(name, whoosh_fields.TEXT(analyzer=SpaceSeparatedTokenizer()))
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
        with suppress(Exception):  # on a full disk this fails too, and would hide the first cause
            writer.cancel()
        raise
    (folder / _LOCK).unlink(missing_ok=True)  # nobody writes here again


def _row(document: IndexedDocument) -> dict[str, str | list[str]]:
    terms = {name: document.terms.get(name) for name in fields.ENGINE_FIELDS}
    said = {name: words for name, words in terms.items() if words}
    return {**said, **document.values, fields.RECORD: _stored(document)}


def _stored(document: IndexedDocument) -> str:
    return json.dumps(document.record, ensure_ascii=False)


def records_digest(documents: Iterable[IndexedDocument]) -> str:
    """The digest that `read_back` must find: no stored letter has changed."""
    return _digest(_stored(document) for document in documents)


def _digest(records: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for record in records:
        digest.update(record.encode("utf-8") + b"\n")
    return digest.hexdigest()


def read_back(folder: Path) -> ReadBack:
    """Open what was written and read every stored record, posting and position."""
    with index.open_dir(str(folder), readonly=True).searcher() as searcher:
        reader = searcher.reader()
        size = int(searcher.doc_count_all())
        stored = [str(searcher.stored_fields(number)[fields.RECORD]) for number in range(size)]
        ids = {ids[0]: term for term, ids, _ in _rows(reader, fields.ID) if len(ids) == 1}
        for name in (name for name in fields.VALUE_FIELDS if name != fields.ID):
            list(_rows(reader, name))
        rows = {name: Rows(_rows(reader, name)) for name in fields.ENGINE_FIELDS}
        found = tuple(ids.get(number, "") for number in range(size))
        return ReadBack(found, _digest(stored), rows)


def _rows(reader: IndexReader, name: str) -> Iterator[tuple[str, list[int], list[int]]]:
    has_positions = name in fields.ENGINE_FIELDS
    for term in reader.lexicon(name):
        matcher = reader.postings(name, term)
        ids, counts = list[int](), list[int]()
        while matcher.is_active():
            ids.append(matcher.id())
            positions = matcher.value_as("positions") if has_positions else None
            counts.append(1 if positions is None else len(positions))
            matcher.next()
        yield term.decode("utf-8"), ids, counts

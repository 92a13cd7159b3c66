"""The only module that writes with Whoosh: one process, one writer; a segment for each volume."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import fields as whoosh_fields
from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.writing import SegmentWriter

from indexer import fields

_MEMORY_MB = 128
_LOCK = "MAIN_WRITELOCK"
_CONTENTS = "_MAIN_*.toc"

Terms = Mapping[str, list[str]]  # field to its words, in their order


def engine_version() -> str:
    """Name and version of the engine, for the manifest."""
    return f"Whoosh-Reloaded {version('Whoosh-Reloaded')}"


def _schema() -> whoosh_fields.Schema:
    schema = whoosh_fields.Schema()
    for name in fields.ENGINE_FIELDS:
        schema.add(name, whoosh_fields.TEXT(analyzer=SpaceSeparatedTokenizer()))
    return schema


def create_index(folder: Path) -> None:
    """Begin an index without a segment in an empty folder."""
    index.create_in(str(folder), _schema())


def contents_of(folder: Path) -> Path:
    """The table of contents of an index: the only file of the engine that names its segments."""
    return next(folder.glob(_CONTENTS))


def segment_file(name: str) -> str:
    """The file of a segment."""
    return f"{name}.seg"


def write_segment(folder: Path, texts: Iterable[Terms]) -> str:
    """Add a segment, the texts in their order; its name."""
    writer = _writer(folder)
    try:
        for text in texts:
            said = {name: words for name in fields.ENGINE_FIELDS if (words := text.get(name))}
            writer.add_document(**said)
        writer.commit(mergetype=_as_they_are)
    except BaseException:
        with suppress(Exception):  # on a full disk this fails too, and would hide the first cause
            writer.cancel()
        raise
    return str(writer.newsegment.segment_id())


def order_segments(folder: Path, names: Sequence[str]) -> None:
    """Leave these segments in this order, and no other; nobody writes here again."""

    def ordered(_writer: SegmentWriter, segments: Sequence[Any]) -> list[Any]:
        known = {segment.segment_id(): segment for segment in segments}
        return [known[name] for name in names if name in known]  # one without a text has none

    _writer(folder).commit(mergetype=ordered)
    (folder / _LOCK).unlink(missing_ok=True)


def _writer(folder: Path) -> SegmentWriter:
    return index.open_dir(str(folder)).writer(limitmb=_MEMORY_MB)


def _as_they_are(_writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    return segments

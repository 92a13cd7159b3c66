"""What the texts of a site mean: a table of vectors.

The documents of an index come first, in their order, then the words of its themes. A quote is read
after its key idea. The table of the published index serves as a cache of the next: a row goes by
the hash of its text.
"""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from corpus.lists import Theme
from indexer import fields
from indexer.catalogue import Part
from indexer.encoder import Encoder
from indexer.generations import Generation
from indexer.vectors import (
    KEY,
    Code,
    Meanings,
    Table,
    code_of,
    keys_of,
    load_table,
    table_of,
    with_rows,
)


def meanings_of(
    parts: Sequence[Part],
    themes: Sequence[Theme],
    encoder: Encoder | None,
    published: Generation | None,
    progress: Callable[[int, int], None],
) -> Meanings | None:
    """Encode what the published index does not hold yet; None without an encoder."""
    if not encoder:
        return None
    terms = [(place, term) for place, theme in enumerate(themes) for term in _said_of(theme)]
    texts = [*map(read_text, parts), *(term for _, term in terms)]
    keys = [key_of(text) for text in texts]
    known = _known(encoder, published)
    rows = {key: row for row, key in enumerate(keys_of(known))}
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    made = list[tuple[bytes, Code]]()
    for done, (key, text) in enumerate(fresh.items(), 1):
        rows[key] = len(known) + len(made)
        made.append((key, code_of(encoder.encode(text))))
        progress(done, len(fresh))
    places = np.array([place for place, _ in terms], dtype=np.int32)
    table = with_rows(known, made)[[rows[key] for key in keys]]
    return Meanings(encoder.identity, table, len(parts), places)


def _known(encoder: Encoder, published: Generation | None) -> Table:
    """What the same encoder said of the texts of an index."""
    made_by = published.manifest.facts.get("versions", {}) if published else {}
    if not published or made_by.get("encoder") != encoder.identity:
        return table_of([])
    return load_table(published.folder / fields.MEANINGS_FILE)


def _said_of(theme: Theme) -> tuple[str, ...]:
    return (theme.label, *theme.seeds)


def read_text(part: Part) -> str:
    """What of a document is encoded: the heading says what the quote speaks of."""
    return f"{part.heading.text}. {part.text}" if part.heading else part.text


def key_of(text: str) -> bytes:
    """The name of a row."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=KEY).digest()

"""The postings of an index that goes on from another are those of its texts, written at once."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indexer import fields
from indexer.postings import (
    FieldPostings,
    Postings,
    Weaving,
    arrays_of,
    documents_saying,
    gathered,
    load_postings,
    order_of,
    row_of,
    save_postings,
)

# « plumless » and « buckeroo » have one hash.
Text = list[str]
text = st.lists(
    st.sampled_from(["a", "b", "c", "é", "œuvre", "plumless", "buckeroo", "l-x"]), max_size=9
)
runs = st.lists(st.tuples(st.booleans(), st.lists(text, min_size=1, max_size=4)), max_size=5)
_FIELDS = (fields.LEMMA, fields.ROLE)


def postings_of(texts: Sequence[Text]) -> dict[str, FieldPostings]:
    postings = gathered()
    for words in texts:
        for name, field in postings.items():
            field.add(words if name in _FIELDS else [])
    return postings


def written(arrays: dict[str, Any], size: int, folder: Path) -> Postings:
    save_postings(folder, arrays)
    return load_postings(folder, size)


def told(postings: Postings, words: set[str]) -> list[Any]:
    """Where each word is said, how often, and what BM25 divides there."""
    found: list[Any] = []
    for name in _FIELDS:
        said, norms = postings.ways[name]
        for word in sorted(words):
            row = row_of(postings, f"{name} {word}".encode())
            starts, codes = postings.arrays["starts"], postings.arrays["codes"]
            here = codes[starts[row] : starts[row + 1]] if row >= 0 else codes[:0]
            documents = documents_saying(postings, name, word).tolist()
            found.append((word, documents, said[here].tolist(), norms[here].tolist()))
    return found


@given(runs)
def test_what_is_woven_is_what_would_be_written_at_once(
    runs: list[tuple[bool, list[Text]]],
) -> None:
    """Old texts come as runs, of which some are kept, and new ones stand between them."""
    old = [words for _, texts in runs for words in texts]
    now: list[Text] = []
    with (
        TemporaryDirectory() as first,
        TemporaryDirectory() as second,
        TemporaryDirectory() as all_,
    ):
        weaving, start = Weaving(written(arrays_of(postings_of(old)), len(old), Path(first))), 0
        for is_kept, texts in runs:
            if is_kept:
                weaving.keep(start, start + len(texts))
                now += texts
            else:
                fresh = [[*words, "neuf"] for words in texts[1:]]
                weaving.add(postings_of(fresh))
                now += fresh
            start += len(texts)
        assert weaving.size == len(now)
        woven = written(weaving.arrays(), len(now), Path(second))
        whole = written(arrays_of(postings_of(now)), len(now), Path(all_))
        words = {word for text in (*old, *now) for word in text} | {"neuf"}
        assert told(woven, words) == told(whole, words)
        assert sorted(woven.hashes) == sorted(whole.hashes)
        order = order_of(fields.LEMMA)
        assert woven.arrays[order].tolist() == whole.arrays[order].tolist()

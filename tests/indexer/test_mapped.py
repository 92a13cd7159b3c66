"""Columns that are mapped: what is read is what was written."""

from pathlib import Path
from zlib import crc32

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.mapped import TextMap, as_bytes, columns_in, load_columns, save_columns, text_map

ALIKE = ("plumless", "buckeroo")  # two words of one hash


@given(st.lists(st.text()), st.lists(st.integers(0, 2**31 - 1)))
def test_columns_are_read_as_they_were_written(texts: list[str], numbers: list[int]) -> None:
    written = {"a": texts, "b": np.array(numbers, dtype=np.int32), "c": [*texts, "é"]}
    read = columns_in(as_bytes(written))
    assert list(read["a"]) == texts
    assert read["b"].tolist() == numbers
    assert list(read["c"]) == [*texts, "é"]


def test_a_file_of_columns_is_mapped(tmp_path: Path) -> None:
    save_columns(tmp_path / "file", {"words": ["œuvre", "", "été"]})
    assert list(load_columns(tmp_path / "file")["words"]) == ["œuvre", "", "été"]


@given(st.dictionaries(st.text(), st.text()))
def test_texts_are_found_by_texts(texts: dict[str, str]) -> None:
    mapped = TextMap(columns_in(as_bytes(text_map(texts, "of"))), "of")
    assert mapped == texts == mapped.in_memory()
    assert "nothing of the kind" not in mapped


def test_words_of_one_hash_are_told_apart() -> None:
    one, other = ALIKE
    assert crc32(one.encode()) == crc32(other.encode())
    mapped = TextMap(columns_in(as_bytes(text_map({one: "1", other: "2"}, "of"))), "of")
    assert [mapped[one], mapped[other]] == ["1", "2"]
    assert "plumles" not in TextMap(columns_in(as_bytes(text_map({one: "1"}, "of"))), "of")
    assert other not in TextMap(columns_in(as_bytes(text_map({one: "1"}, "of"))), "of")

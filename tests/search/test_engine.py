"""What a word is worth in a text, from the arrays of an index, is BM25 over its documents."""

import math
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import fields
from indexer.postings import (
    K1,
    B,
    Postings,
    arrays_of,
    ends_of,
    gathered,
    load_postings,
    save_postings,
)
from indexer.stored import Records
from search.engine import Asking, impacts, told_together
from search.engine import counts as counts_of
from search.looks import Adjacent

words = st.lists(st.sampled_from(["a", "b", "c", "é", "œuvre", "l-x"]), max_size=9)
texts = st.lists(words, min_size=1, max_size=12)


def saved(texts: list[list[str]], folder: Path) -> Postings:
    postings = gathered()
    for text in texts:
        for name, field in postings.items():
            field.add(text if name in {fields.LEMMA, fields.ROLE} else [])
    save_postings(folder, arrays_of(postings))
    return load_postings(folder, len(texts))


@given(texts, st.sampled_from([fields.LEMMA, fields.ROLE]))
def test_every_word_is_found_where_it_is_said(texts: list[list[str]], field: str) -> None:
    mean = sum(map(len, texts)) / len(texts)
    with TemporaryDirectory() as folder:
        postings = saved(texts, Path(folder))
        for word in {word for text in texts for word in text}:
            found = impacts(postings, field, word)
            said = [number for number, text in enumerate(texts) if word in text]
            counts = [texts[number].count(word) for number in said]
            idf = math.log(len(texts) / (len(said) + 1)) + 1
            norms = [K1 * (1 - B + B * len(texts[number]) / mean) for number in said]
            worths = [
                idf * c * (K1 + 1) / (c + norm) for c, norm in zip(counts, norms, strict=True)
            ]
            assert found.documents.tolist() == said
            assert counts_of(postings, field, word).tolist() == counts
            assert found.worths(1.0) == pytest.approx(worths, rel=1e-6)


@given(texts, st.lists(st.tuples(st.floats(0.1, 3), st.sampled_from("abc")), min_size=1))
def test_words_are_worth_the_same_together(
    texts: list[list[str]], asked: list[tuple[float, str]]
) -> None:
    with TemporaryDirectory() as folder:
        postings = saved(texts, Path(folder))
        found = [(boost, impacts(postings, fields.ROLE, word)) for boost, word in asked]
        alone = [worth for boost, term in found for worth in term.worths(boost).tolist()]
        assert told_together(found, postings).tolist() == alone


@given(texts, st.lists(st.sampled_from("abcé"), min_size=2, max_size=3))
def test_a_phrase_is_found_where_its_words_follow_one_another(
    texts: list[list[str]], phrase: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        postings = saved(texts, Path(folder))
        ends = {fields.LEMMA: ends_of(postings, fields.LEMMA)}
        asking = Asking(postings, Records([], []), ends, partial(impacts, postings))
        found = asking.holding([Adjacent(fields.LEMMA, tuple(phrase))]).nonzero()[0].tolist()
        assert found == [
            number
            for number, text in enumerate(texts)
            if any(text[place : place + len(phrase)] == phrase for place in range(len(text)))
        ]


@pytest.mark.parametrize(("field", "term"), [(fields.LEMMA, "z"), (fields.STEM, "a")])
def test_a_word_that_nobody_says_is_nowhere(field: str, term: str, tmp_path: Path) -> None:
    found = impacts(saved([["a", "b"]], tmp_path), field, term)
    assert not len(found.documents)
    assert not len(found.worths(1.0))


def test_two_words_of_one_hash_are_told_apart(tmp_path: Path) -> None:
    postings = saved([["plumless"], ["buckeroo", "a"]], tmp_path)
    assert len(set(postings.hashes.tolist())) < len(postings.hashes)
    found = [impacts(postings, fields.LEMMA, word) for word in ("plumless", "buckeroo")]
    assert [each.documents.tolist() for each in found] == [[0], [1]]

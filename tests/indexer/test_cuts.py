"""The cut of a text is kept beside it, and read again without cutting it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cluster.cuts import cut_from, kept_cut
from indexer.tokens import Token, tokens

LETTERS = st.sampled_from("aéÉœŒßİ’-·.,()12½€%°h ³\u00a0\u0301\u200b\n😀")


@given(st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=60)))
def test_any_text_is_cut_the_same_again(text: str) -> None:
    cut = list(tokens(text))
    kept = json.loads(json.dumps(kept_cut(text, cut)))
    assert list(map(Token, *cut_from(text, kept))) == cut


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("On l’a dit.", [[0, 2, 3, 1, 1, 3], []]),
        ("Les élu·e·s", [[0, 3, 1, 7], [[1, "élus"]]]),
        ("", [[], []]),
    ],
)
def test_few_numbers_tell_it(text: str, kept: list[Any]) -> None:
    assert kept_cut(text, list(tokens(text))) == kept

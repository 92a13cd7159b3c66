"""A sealed line is read as it was written, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.manifest import SealBroken, sealed, unsealed

CONTENT = {"generation": 7, "manifest": "ab" * 32, "set_aside": ["é"]}


def test_what_was_sealed_is_read() -> None:
    assert unsealed(sealed(CONTENT)) == CONTENT


@given(st.integers(0, len(sealed(CONTENT)) - 1), st.integers(0, 7))
def test_every_changed_bit_is_seen(place: int, bit: int) -> None:
    raw = bytearray(sealed(CONTENT))
    raw[place] ^= 1 << bit
    with pytest.raises(SealBroken):
        unsealed(bytes(raw))


@given(st.integers(0, len(sealed(CONTENT)) - 1))
def test_every_cut_is_seen(length: int) -> None:
    with pytest.raises(SealBroken):
        unsealed(sealed(CONTENT)[:length])


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{}", b'{"seal": 1}', b"\xff", b"\0" * 90])
def test_what_was_never_sealed_is_refused(raw: bytes) -> None:
    with pytest.raises(SealBroken):
        unsealed(raw)


def test_a_space_more_is_seen() -> None:
    with pytest.raises(SealBroken):
        unsealed(sealed(CONTENT) + b" ")

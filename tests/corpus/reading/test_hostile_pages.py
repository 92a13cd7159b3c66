"""A page made to be slow is read about as fast as any other."""

import time

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text

SIZE = 100_000  # bytes
SECONDS = 2.0
CALM = "Jean Dupont, maire de Rives, explique : « Nous avons planté des haies. »\n"


@pytest.mark.parametrize(
    "piece",
    [
        '"Jean Dupont, maire de (',
        "Jean Dupont, maire de (",
        "« Nous avons planté des haies » Jean Dupont, maire de Rives, ",
        "« ",
        '"',
        "« a » ",
        "« oui\n",
        "Oui, explique Jean Dupont, ",
        "Jean Dupont : oui ? ",
        "Jean Dupont : oui ?\n\n",
        "Que faites-vous ?\nJe travaille.\n",
        "Jean Dupont ",
        "directrice de la ",
        "Andry, maire, ",
        "elle, dit-elle, ",
        "1. Une idée\n« Une phrase bien dite pour la salle. » Léa Morin\n",
        "— Oui ?\nNon.\n",
        "Réponse de ",
        "A. ",
        "(",
        "a",
        " ",
        CALM,
    ],
)
def test_any_text_is_read_in_two_seconds(piece: str) -> None:
    data = (piece * (SIZE // len(piece.encode()) + 1)).encode()
    began = time.process_time()
    extraction_from(page_from_text(data))
    assert time.process_time() - began < SECONDS

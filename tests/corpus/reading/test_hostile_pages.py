"""A page made to be slow is read with about as much work as any other."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text
from tests.work import calls_of

SIZE = 100_000  # bytes
CALLS_A_BYTE = 125  # 118 at most, 36 for a calm page
CALM = "Jean Dupont, maire de Rives, explique : « Nous avons planté des haies. »\n"


@pytest.mark.process
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
def test_any_text_is_read_with_little_work(piece: str) -> None:
    data = (piece * (SIZE // len(piece.encode()) + 1)).encode()
    work = calls_of(lambda: extraction_from(page_from_text(data)))
    assert work < CALLS_A_BYTE * len(data)

"""Short interviews in plain text, and what is read of them."""

from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text

QUESTIONS = ["Que faites-vous de vos journées ?", "Où allez-vous ?", "Qui vous aide ?"]
REPLIES = ["Je marche beaucoup.", "J’irai en mer.", "Ma sœur m’aide, et je l’aide aussi."]


def said(text: str) -> list[tuple[str, str | None]]:
    return [(v.text, v.speaker) for v in extraction_from(page_from_text(text.encode())).verbatims]

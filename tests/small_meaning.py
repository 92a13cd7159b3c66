"""An encoder of a few invented meanings: what it says of a text is known by reading this page."""

import numpy as np

from corpus.typography import fold
from indexer.encoder import Encoder
from indexer.vectors import Vector

# Words that mean the same, one dimension each line; the last dimension is that of all other words.
MEANINGS = (
    ("medecin", "docteur", "soigner", "soignants", "sante"),
    ("bus", "velo", "trajet", "transports", "mobilite"),
    ("pain", "farine", "levain", "boulanger", "alimentation"),
)


def meaning_of(text: str) -> Vector:
    """How often each meaning is in a text."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    counts = [sum(word in line for word in words) for line in MEANINGS]
    return np.array([*counts, 0.1], dtype=np.float32)


def small_encoder(version: str = "1", seen: list[str] | None = None) -> Encoder:
    """The encoder; `seen` is given each text that it encodes."""

    def encode(text: str) -> Vector:
        if seen is not None:
            seen.append(text)
        return meaning_of(text)

    return Encoder({"name": "petit", "version": version, "weights": "0"}, encode)

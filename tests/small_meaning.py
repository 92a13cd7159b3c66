"""An encoder of a few invented meanings: what it says of a text is known by reading this page."""

from dataclasses import replace
from functools import cache

import numpy as np

from corpus.typography import fold
from indexer.build import build
from indexer.encoder import Encoder
from indexer.vectors import Vector
from search.live_index import Shelf, open_library
from tests.small_site import published, webinar_saying, words_alone

# Words that mean the same, one dimension each line; a text of other words is like no other.
MEANINGS = (
    ("medecin", "docteur", "soigner", "soignants", "sante"),
    ("bus", "velo", "trajet", "transports", "mobilite"),
    ("pain", "farine", "levain", "boulanger", "alimentation"),
)


def meaning_of(text: str) -> Vector:
    """How often each meaning is in a text."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    counts = [sum(word in line for word in words) for line in MEANINGS]
    alone = np.zeros(61)
    alone[sum(text.encode("utf-8")) % len(alone)] = 0.1
    return np.array([*counts, *alone], dtype=np.float32)


def small_encoder(version: str = "1", seen: list[str] | None = None) -> Encoder:
    """The encoder; `seen` is given each text that it encodes."""

    def encode(text: str) -> Vector:
        if seen is not None:
            seen.append(text)
        return meaning_of(text)

    return Encoder({"name": "petit", "version": version, "weights": "0"}, encode)


QUOTES = webinar_saying(
    ("Chez nous, le docteur passe le mardi.", "Ida Roux"),
    ("La commune cherche un terrain.", "Noé Blanc"),
    ("On soigne ses voisins, avec les soignants du bourg.", "Ida Roux"),
    ("Le boulanger pétrit son pain la nuit.", "Léa Petit"),
    ("La campagne, on y vient par tous les temps en bus.", "Noé Blanc"),
    ("La campagne manque de bras.", "Léa Petit"),
)
ASKED = "trouver un médecin à la campagne"  # said: « campagne » alone


@cache
def meant_library() -> Shelf:
    """The quotes with what they mean."""
    site = replace(published(QUOTES), golden=())
    build(site, tagging=words_alone, encoding=small_encoder, force=True)
    return open_library(site, encoding=small_encoder)

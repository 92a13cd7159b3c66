"""An encoder of a few invented meanings: what it says of a text is known by reading this page."""

from dataclasses import replace
from datetime import date

import numpy as np

from corpus.records import KeyIdea, Verbatim, Webinar
from corpus.typography import fold
from indexer.build import build
from indexer.encoder import Encoder
from indexer.vectors import Vector
from search.live_index import Shelf, open_library
from tests.small_site import kept_for_an_engine, published, webinar_saying, words_alone

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


BREAD = KeyIdea("i1", 1, "Le pain de la commune", "aller")
ROADS = KeyIdea("i2", 2, "Les transports manquent à toute la commune", "aller")
BACKED = Webinar(
    "aller",
    "Aller et venir",
    date(2024, 3, 12),
    key_ideas=(BREAD, ROADS),
    verbatims=(
        Verbatim("b1", "La commune cherche.", None, BREAD),
        Verbatim("b2", "On vient à pied dans une commune comme la mienne.", None, ROADS),
    ),
)
ASKED_OF_IDEAS = "comment prendre un bus dans une petite commune"


@kept_for_an_engine
def meant_library(webinar: Webinar = QUOTES) -> Shelf:
    """Quotes with what they mean."""
    site = replace(published(webinar), golden=())
    build(site, tagging=words_alone, encoding=small_encoder, force=True)
    return open_library(site, encoding=small_encoder)

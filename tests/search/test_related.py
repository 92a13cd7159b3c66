"""Related quotes go with a text: same themes, shared rare words, other people first."""

import numpy as np
import pytest

from search.closeness import MOST
from search.live_index import IndexReading, Shelf
from search.open_generation import DocumentReader

pytestmark = pytest.mark.model


def reader_of(reading: IndexReading) -> DocumentReader:
    return reading._reader


def test_every_related_quote_keeps_the_rules(library: Shelf) -> None:
    with library.reading() as reading:
        reader = reader_of(reading)
        affinities = reader.generation.columns.affinities
        found = 0
        for number in range(reader.generation.columns.size):
            here = reader.document(number)
            others = reading.related(here.id)
            found += bool(others)
            assert len(others) <= MOST
            assert len({other.id for other in others} | {here.id}) == len(others) + 1
            assert all(other.kind == "verbatim" for other in others)
            if here.key_idea:
                assert here.key_idea not in {other.key_idea for other in others}
            same = [bool(here.speaker_id) and o.speaker_id == here.speaker_id for o in others]
            assert same == sorted(same)
            for other in others:
                row = affinities[reader.number(other.id)]
                lengths = np.linalg.norm(row) * np.linalg.norm(affinities[number])
                assert row @ affinities[number] >= 0.5 * lengths
        assert 0.1 < found / reader.generation.columns.size < 0.6


def test_two_quotes_on_driving_licences_go_together(library: Shelf) -> None:
    with library.reading() as reading:
        reader = reader_of(reading)
        documents = map(reader.document, range(reader.generation.columns.size))
        licence = next(found for found in documents if "rendu mon permis" in found.text)
        others = reading.related(licence.id)
    assert others
    assert all("permis" in other.text for other in others)


def test_a_quote_alone_has_no_related_one(library: Shelf) -> None:
    with library.reading() as reading:
        reader = reader_of(reading)
        documents = map(reader.document, range(reader.generation.columns.size))
        assert any(not reading.related(found.id) for found in documents)
        assert reading.related("inconnu") == ()

"""What is asked of a cluster, where it is worth asking for less."""

import numpy as np
import pytest

from search.cluster.counting import Listing, values_of
from search.cluster.queries import NONE, Query, either
from search.dimensions import Dimension

CAR: Query = {"term": {"lemma": "voiture"}}
BUS: Query = {"term": {"lemma": "bus"}}
STEM: Query = {"term": {"stem": "bus"}}
PAIR: Query = {"match_phrase": {"lemma_at": {"query": "bus scolaire"}}}


@pytest.mark.parametrize(
    ("queries", "asked"),
    [
        ([], NONE),
        ([CAR, CAR], CAR),
        ([CAR, NONE], CAR),
        ([CAR, BUS], {"terms": {"lemma": ["voiture", "bus"]}}),
        ([either([CAR, BUS]), BUS], {"terms": {"lemma": ["voiture", "bus"]}}),
    ],
)
def test_terms_of_a_field_are_asked_for_together(queries: list[Query], asked: Query) -> None:
    assert either(queries) == asked


def test_what_may_be_met_in_several_ways_is_one_list() -> None:
    words = {"terms": {"lemma": ["voiture", "bus"]}}
    asked = either([either([CAR, STEM]), either([BUS, PAIR])])
    assert asked == {"bool": {"should": [words, STEM, PAIR], "minimum_should_match": 1}}


def test_what_must_be_met_together_stays_together() -> None:
    both: Query = {"bool": {"filter": [CAR, BUS]}}
    assert either([both, STEM])["bool"]["should"] == [STEM, both]


def test_webinars_are_counted_by_place_as_long_as_they_are_few() -> None:
    few, many = (
        Dimension("webinaire", "Webinaires", "webinars", values, tuple(range(len(values))))
        for values in (
            tuple((f"w{n}", f"Webinaire {n}") for n in range(count)) for count in (3, 10_001)
        )
    )
    assert "scripted_metric" in values_of(few)["values"]
    assert Listing(few).spread({"values": {"value": [0, 2, 1]}}).tolist() == [0, 2, 1]
    assert "terms" in values_of(many)["values"]
    told = {"buckets": [{"key": "w2", "doc_count": 5}]}
    assert np.flatnonzero(Listing(many).spread(told)).tolist() == [2]

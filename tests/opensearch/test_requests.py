"""How much a page of results asks of the cluster, and what is taken for its answer."""

from typing import Any

import pytest

from corpus.settings import EngineSettings
from corpus.site import Site
from indexer.cluster.client import Cluster, ClusterUnreachable, IndexGone, is_whole
from search.live_index import Shelf, open_library
from search.query import SearchQuery
from tests.work import entries_of
from web.app import create_app


@pytest.mark.model
@pytest.mark.parametrize("order", ["themes", "pertinence", "date"])
def test_a_page_of_results_is_three_requests_at_most(sample_site: Site, order: str) -> None:
    client = create_app(open_library(sample_site), sample_site.settings).test_client()
    client.get("/recherche?q=habitants")
    with entries_of(Cluster.request) as requests:
        page = client.get(f"/recherche?q=coopération&tri={order}")
    assert "coopération" in page.text
    assert 0 < len(requests) <= 3


def test_a_question_without_hits_is_three_requests_too(library: Shelf) -> None:
    with library.reading() as reading:
        reading.search(SearchQuery("balayeuse habitants", every_word=True))
        with entries_of(Cluster.request) as requests:
            answer = reading.search(SearchQuery("coopération balayeuse", every_word=True))
    assert not answer.total
    assert answer.without
    assert 0 < len(requests) <= 3


@pytest.mark.parametrize("text", ["co", "cantine é"])
def test_suggestions_count_and_read_no_text(text: str, sample_site: Site) -> None:
    library = open_library(sample_site)
    with library.reading() as reading, entries_of(Cluster.searches) as searches:
        assert reading.suggest(text, 5)
    assert 0 < len(searches) <= 4
    assert {body["size"] for one in searches for _, body in one.f_locals["asked"]} == {0}


WHOLE = {"timed_out": False, "_shards": {"failed": 0}}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (WHOLE, True),
        (WHOLE | {"_shards": {"failed": 1}}, False),
        (WHOLE | {"timed_out": True}, False),
        *(({"error": {}, "status": status}, False) for status in (429, 500, 502, 503, 504)),
    ],
)
def test_a_part_is_never_the_whole(answer: dict[str, Any], expected: bool) -> None:
    assert is_whole(answer) is expected


def test_an_index_that_is_gone_is_not_asked_again(engine: EngineSettings) -> None:
    with pytest.raises(IndexGone):
        Cluster(engine).search("nulle-part", {"size": 0})


def test_an_index_of_which_a_shard_is_nowhere_answers_nothing(engine: EngineSettings) -> None:
    cluster, name = Cluster(engine), "essai-morceau"
    settings = {"number_of_shards": 2, "number_of_replicas": 0}
    allowed = {"index.routing.allocation.total_shards_per_node": 1}
    only_there = {"index.routing.allocation.require._name": "n0"}
    body = {"settings": settings | allowed | only_there}
    cluster.request("PUT", f"/{name}", body, wait_for_active_shards="0")
    try:
        with pytest.raises(ClusterUnreachable, match="ne répond pas"):
            cluster.search(name, {"size": 0})
        with pytest.raises(ClusterUnreachable, match="ne répond pas"):
            cluster.count(name)
    finally:
        cluster.request("DELETE", f"/{name}")

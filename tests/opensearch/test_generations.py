"""Generations on a cluster: kept, gone back to, swept, forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.lists import GoldenQuery
from corpus.settings import EngineSettings
from indexer import generations
from indexer.build import BuildRefused, build
from indexer.cluster.store import ClusterStore, Lease
from indexer.generations import BuildRunning, index_store
from indexer.history import erase_the_past, report_on, roll_back
from search.golden_check import golden_review
from search.live_index import open_library
from search.query import SearchQuery
from tests.opensearch.nodes import Nodes
from tests.small_site import SMALL_SITE, publish, words_alone

pytestmark = pytest.mark.model


def test_generations_live_as_those_of_a_folder_do(tmp_path: Path, engine: EngineSettings) -> None:
    own = replace(engine, prefixe=f"essai-vies-{tmp_path.parent.name.lower()}")
    settings = replace(SMALL_SITE.settings, moteur=own)
    site = replace(SMALL_SITE, folder=tmp_path, settings=settings)
    store = index_store(site)
    assert isinstance(store, ClusterStore)
    assert store.signature() is None
    for _ in range(generations.KEPT + 1):
        publish(site)
    assert store.numbers() == [2, 3, 4]
    assert report_on(store).is_sound
    with store.lock():
        with pytest.raises(BuildRunning, match="en cours"), index_store(site).lock():
            pass
        assert roll_back(store).manifest.generation == 3
    shelf = open_library(site)
    with shelf.reading() as reading:
        assert reading.health().generation == 3
        assert reading.search(SearchQuery("cantine")).total
    for _ in range(2):  # what a busy node did not answer in time is asked again
        store.create(9, {})  # what a builder that died left
    neighbour = ClusterStore(tmp_path, replace(own, prefixe=f"{own.prefixe}-voisin"))
    neighbour.create(12, {})
    with store.lock():
        assert 9 not in store._all_numbers()
        assert erase_the_past(store)[0] == 2
    assert store.numbers() == [3]
    assert neighbour._all_numbers() == [12]
    assert store.snapshots() == []
    with shelf.reading() as reading:
        assert reading.search(SearchQuery("cantine")).total


def test_golden_queries_keep_a_generation_out(tmp_path: Path, engine: EngineSettings) -> None:
    own = replace(engine, prefixe=f"essai-temoins-{tmp_path.parent.name.lower()}")
    settings = replace(SMALL_SITE.settings, moteur=own)
    site = replace(SMALL_SITE, folder=tmp_path, settings=settings)
    publish(site)
    asked = replace(site, golden=(GoldenQuery("carottes", ("un-autre",), (), 3),))
    store = ClusterStore(tmp_path, own)
    with pytest.raises(BuildRefused, match="carottes"):
        build(asked, tagging=words_alone, check=golden_review, encoding=lambda: None)
    assert store._all_numbers() == store.numbers() == [1]
    with open_library(site).reading() as reading:
        assert reading.search(SearchQuery("carottes")).total
    summary = build(
        asked, tagging=words_alone, check=golden_review, encoding=lambda: None, force=True
    )
    assert summary.faults
    assert store.current().manifest.generation == 2


def test_snapshots_that_hold_a_site_are_named(
    tmp_path: Path, nodes: Nodes | None, engine: EngineSettings
) -> None:
    if nodes is None:
        pytest.skip("the nodes are those of somebody else")
    own = replace(engine, prefixe=f"essai-copies-{tmp_path.parent.name.lower()}")
    site = replace(SMALL_SITE, folder=tmp_path, settings=replace(SMALL_SITE.settings, moteur=own))
    publish(site)
    store = ClusterStore(tmp_path, own)
    place = {"type": "fs", "settings": {"location": str(nodes.root / "snapshots")}}
    store.cluster.request("PUT", "/_snapshot/copies", place)
    for name, indices in (("avant", f"{own.prefixe}-*"), ("autre", "-*")):
        asked = {"indices": indices, "include_global_state": False}
        store.cluster.request(
            "PUT", f"/_snapshot/copies/{name}", asked, patient=True, wait_for_completion="true"
        )
    assert store.snapshots() == ["copies/avant"]


def test_a_lock_that_was_asked_for_twice_is_one(tmp_path: Path, engine: EngineSettings) -> None:
    own = replace(engine, prefixe=f"essai-verrou-{tmp_path.parent.name.lower()}")
    store = ClusterStore(tmp_path, own)
    with store.lock():
        pass
    lease, other = (Lease(store.cluster, store.state) for _ in range(2))
    lease.take()
    lease.take()
    with pytest.raises(BuildRunning, match="en cours"):
        other.take()

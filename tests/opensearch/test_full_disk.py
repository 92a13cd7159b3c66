"""Disks that fill: a build is refused in French with what to do, and the site goes on answering."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.problems import Refused
from corpus.settings import EngineSettings
from indexer.cluster.client import Cluster
from search.live_index import open_library
from search.query import SearchQuery
from tests.small_site import SMALL_SITE, publish

pytestmark = pytest.mark.model

LEVELS = ("low", "high", "flood_stage")  # of room that a node wants to keep
DISK = "cluster.routing.allocation.disk"


@contextmanager
def nearly_full(cluster: Cluster, level: str) -> Iterator[None]:
    """All nodes are below this level meanwhile, as far as the cluster knows."""
    wanted = LEVELS[: LEVELS.index(level) + 1]
    marks = {f"{DISK}.watermark.{name}": "900tb" if name in wanted else "1mb" for name in LEVELS}
    often = {f"{DISK}.threshold_enabled": True, f"{DISK}.reroute_interval": "5s"}
    set_to(cluster, often | marks)
    try:
        time.sleep(12)  # the cluster looks at its disks every ten seconds
        yield
    finally:  # it goes on looking: that is how it opens its indexes again
        set_to(cluster, dict.fromkeys(marks))


def set_to(cluster: Cluster, settings: dict[str, object]) -> None:
    cluster.request("PUT", "/_cluster/settings", {"transient": settings})


@pytest.mark.parametrize("level", ["high", "flood_stage"])
def test_a_build_says_what_to_do(level: str, tmp_path: Path, engine: EngineSettings) -> None:
    own = replace(engine, prefixe=f"essai-plein-{level}-{tmp_path.parent.name.lower()}")
    settings = replace(SMALL_SITE.settings, moteur=own)
    site = replace(SMALL_SITE, folder=tmp_path, settings=settings)
    publish(site)
    library, cluster = open_library(site), Cluster(own)
    with nearly_full(cluster, level):
        with pytest.raises(Refused, match=r"presque plein.*verbatheque build"):
            publish(site)
        with library.reading() as reading:
            assert reading.health().generation == 1
            assert reading.search(SearchQuery("carottes")).total
    end = time.monotonic() + 120
    while time.monotonic() < end:  # the cluster opens its indexes again by itself
        try:
            publish(site)
            break
        except Refused:
            time.sleep(1)
    library.look()
    with library.reading() as reading:
        assert reading.health().generation > 1

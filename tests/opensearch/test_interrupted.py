"""A builder may die at any moment: the cluster serves the old index or the new one, whole."""

import hashlib
import random
import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from corpus.settings import EngineSettings
from corpus.site import Site, read_site
from indexer.cluster.store import ClusterStore
from indexer.disk import Step
from indexer.generations import index_store
from search.live_index import open_library
from search.query import SearchQuery
from tests.faults.builders import Builder, stop_warm_builders
from tests.faults.small_site import SmallSite
from tests.opensearch.conftest import set_engine
from tests.small_site import SMALL_SITE, publish
from web.cli.options import BUILD_RUNNING, DONE

pytestmark = pytest.mark.model

LANES = 2
STEPS = (
    *(Step.LOCKED, Step.SWEPT, Step.CREATED, Step.INDEXED, Step.WRITTEN, Step.VERIFIED),
    *(Step.SEALED, Step.POINTER_WRITTEN, Step.PUBLISHED, Step.PRUNED),
)


@dataclass(frozen=True)
class Lane:
    """A site of its own on the cluster, and its builders."""

    site: SmallSite
    place: int

    @property
    def read(self) -> Site:
        return read_site(self.site.folder)

    @property
    def store(self) -> ClusterStore:
        store = index_store(self.read)
        assert isinstance(store, ClusterStore)
        return store

    def served(self) -> str:
        """The digest of all that a visitor may read, one search included."""
        with open_library(self.read).reading() as reading:
            assert not reading.health().degraded
            told = [*reading.everything()], reading.search(SearchQuery("carottes")).total
            return hashlib.sha256(repr(told).encode()).hexdigest()

    def builder(self, fail_at: str = "") -> Builder:
        return Builder(self.site.folder, fail_at=fail_at, lane=self.place)

    def write_another(self, published: str) -> int:
        """Save the version that is not published; its number."""
        version = 1 - self.site.records.index(published)
        self.site.write(version)
        return version

    def assert_recovered(self, before: str, version: int) -> str:
        """What serves is whole, and the next build completes; what served before that."""
        between = self.served()
        assert between in {before, self.site.records[version]}
        code, end = BUILD_RUNNING, time.monotonic() + 60
        while code == BUILD_RUNNING and time.monotonic() < end:  # until the lock of the dead falls
            code = self.builder().exit_code()
        assert code == DONE
        assert self.served() == self.site.records[version]
        store = self.store
        assert store.numbers() == store._all_numbers()
        with store.lock():
            return between


@pytest.fixture(scope="module")
def lanes(engine: EngineSettings, tmp_path_factory: pytest.TempPathFactory) -> list[Lane]:
    """Sites of which both versions were published."""
    made = []
    for place in range(LANES):
        folder = tmp_path_factory.mktemp("lane") / "site"
        shutil.copytree(SMALL_SITE.folder, folder)
        (folder / "verbatheque.toml").touch()
        set_engine(folder, engine)
        site, records = SmallSite(folder), []
        for version in (0, 1):
            site.write(version)
            publish(read_site(folder))
            records.append(Lane(site, place).served())
        made.append(Lane(SmallSite(folder, tuple(records)), place))
    return made


@pytest.fixture(scope="module", autouse=True)
def _no_builder_left() -> None:
    stop_warm_builders()


def in_lanes(lanes: list[Lane], work: Callable[[Lane, int], None], count: int) -> None:
    """Do `work` on rounds 0 to `count`."""

    def run(lane: Lane) -> None:
        for number in range(lane.place, count, LANES):
            work(lane, number)

    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(run, lanes))


def test_a_kill_at_each_step_loses_nothing(lanes: list[Lane]) -> None:
    done: list[Step] = []

    def kill(lane: Lane, number: int) -> None:
        before = lane.served()
        version = lane.write_another(before)
        assert lane.builder(STEPS[number]).exit_code() == -signal.SIGKILL, STEPS[number]
        lane.assert_recovered(before, version)
        done.append(STEPS[number])

    in_lanes(lanes, kill, len(STEPS))
    assert sorted(done) == sorted(STEPS)


def test_a_kill_at_any_moment_loses_nothing(lanes: list[Lane]) -> None:
    draw, count = random.Random(17), 40
    takes = [2.0] * LANES  # about how long a build of each lane takes, in seconds
    after: list[bool] = []

    def kill(lane: Lane, _number: int) -> None:
        code = DONE
        while code != -signal.SIGKILL:  # a build that had ended was no kill
            before, moment = lane.served(), draw.uniform(0, takes[lane.place] * 1.1)
            version = lane.write_another(before)
            builder = lane.builder()
            time.sleep(moment)
            builder.kill()
            code = builder.exit_code()
            last = takes[lane.place]
            takes[lane.place] = last * 0.9 if code == DONE else max(last, moment)
        after.append(lane.assert_recovered(before, version) != before)

    in_lanes(lanes, kill, count)
    print(f"{len(after)} kills, {sum(after)} after the switch")
    assert len(after) == count

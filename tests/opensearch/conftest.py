"""Three real nodes for the tests of this folder, and the sites of the other tests on them.

`VERBATHEQUE_OPENSEARCH=exige` (as `make test` sets it) fails where a JDK or Maven is missing;
`VERBATHEQUE_OPENSEARCH=http://127.0.0.1:9200,…` uses nodes that are there.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import EngineSettings
from corpus.site import DERIVED, SETTINGS_FILE, Site, read_site
from indexer.build import build
from search.live_index import Shelf, open_library
from tests import small_site
from tests.opensearch.nodes import Nodes, missing, started

HERE = Path(__file__).parent
ASKED = os.environ.get("VERBATHEQUE_OPENSEARCH", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is here starts processes and asks the network; what kills a node comes last."""
    items.sort(key=lambda item: item.path.name == "test_lost_nodes.py")
    if os.environ.get("VERBATHEQUE_FAULTS") != "full":
        items[:] = [item for item in items if not _is_long(item)]
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.opensearch)
            item.add_marker(pytest.mark.process)


# What answers and the API are told by is asked each time; the rest with the faults.
LONG = {"test_full_disk.py", "test_interrupted.py"}
EACH_TIME = {"test_answering.py", "test_views.py", "test_key_ideas.py", "test_api.py"}


def _is_long(item: pytest.Item) -> bool:
    if item.path.parent == HERE:
        return item.path.name in LONG
    return HERE in item.path.parents and item.path.name not in EACH_TIME


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes | None]:
    """Three nodes; None when they are those of somebody else."""
    if ASKED.startswith("http"):
        yield None
        return
    if reason := missing():
        if ASKED:
            pytest.fail(reason)
        pytest.skip(reason)
    with started() as nodes:
        yield nodes


@pytest.fixture(scope="session")
def addresses(nodes: Nodes | None) -> tuple[str, ...]:
    """Where three nodes answer."""
    return nodes.addresses if nodes else tuple(ASKED.split(","))


@pytest.fixture(scope="session")
def engine(addresses: tuple[str, ...]) -> EngineSettings:
    """What a site on those nodes is set to: several shards, each on two nodes."""
    return EngineSettings("opensearch", addresses, fragments=2, repliques=1)


@pytest.fixture(scope="session")
def embedded_library(sample_folder: Path) -> Shelf:
    """The sample site in the engine of the process."""
    site = read_site(sample_folder)
    build(site)
    return open_library(site)


@pytest.fixture(scope="session")
def sample_site(
    sample_folder: Path, engine: EngineSettings, tmp_path_factory: pytest.TempPathFactory
) -> Site:
    """The sample site on the cluster as its settings say, built by the real French model."""
    folder = tmp_path_factory.mktemp("cluster") / "site"
    shutil.copytree(sample_folder, folder, ignore=shutil.ignore_patterns(DERIVED))
    set_engine(folder, engine)
    site = read_site(folder)
    build(site)
    return site


@pytest.fixture(scope="session")
def library(sample_site: Site) -> Shelf:
    """Its library: another than that of the other folders, which is kept for the whole session."""
    return open_library(sample_site)


def set_engine(folder: Path, engine: EngineSettings) -> None:
    """Write in the settings of a site that its index is on the cluster, under a name of its own."""
    with (folder / SETTINGS_FILE).open("a", encoding="utf-8") as file:
        nodes = ", ".join(f'"{address}"' for address in engine.noeuds)
        file.write(f'\n[moteur]\ntype = "opensearch"\nnoeuds = [{nodes}]\n')
        file.write(f'prefixe = "essai-{uuid.uuid4().hex}"\n')
        file.write(f"fragments = {engine.fragments}\nrepliques = {engine.repliques}\n")


@pytest.fixture(autouse=True, scope="module")
def small_sites(engine: EngineSettings) -> Iterator[None]:
    """The small sites of the other tests are on the cluster, while those of this folder run."""
    with small_site.on(engine):
        yield

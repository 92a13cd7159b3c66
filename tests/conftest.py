"""What tests share: the sample site, built once by the real chain."""

import shutil
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from xdist.scheduler import LoadScopeScheduling

from corpus.site import DERIVED, SAMPLE_SITE, Site, read_site
from indexer.build import build
from search.live_index import Shelf, open_library
from search.static_index import StaticIndex
from tests.calling import PAGE, call
from tests.work import slow_calls
from web.cli.options import DONE

# A machine may be busy: what is slow is for tests/benchmarks to say.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.register_profile("quick", deadline=None, max_examples=10)
hypothesis.settings.load_profile("unhurried")


FAULTS = "tests/faults/"
NODES = "tests/opensearch/"
FIRST = (FAULTS, "tests/browser/", NODES)  # what is long; no nodes start beside what is painted


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep a file in one process, which shares what it opens; faults take turns in one, and what
    asks the nodes of a cluster is in another.

    `--dist loadgroup` would be for that: since pytest 9.2 it forgets the groups, in silence
    (pytest-xdist, issue 1386).
    """
    config.option.loadscopereorder = False  # the order is that of the items
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = lambda test: next(
        (one for one in (FAULTS, NODES) if test.startswith(one)), test.partition("::")[0]
    )
    return scheduler


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is long. What asks for the sample site needs the model that builds it."""
    items.sort(key=lambda item: [not item.nodeid.startswith(first) for first in FIRST])
    for item in items:
        if "sample_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.model)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Count from the fixtures of a test on."""
    slow_calls.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """In the short loop, refuse that a test starts a process or waits.

    Elsewhere, what a marked test started serves those after it: the order would decide.
    """
    result = yield
    if slow_calls and "not process" in item.config.getoption("markexpr"):
        pytest.fail(f"mark it `process`: {', '.join(sorted(set(slow_calls)))}")
    return result


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample site, without its index."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(SAMPLE_SITE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(DERIVED))
    return folder


@pytest.fixture(scope="session")
def sample_site(sample_folder: Path) -> Site:
    """The sample site with its index, built by the real French model."""
    site = read_site(sample_folder)
    build(site)
    return site


@pytest.fixture(scope="session")
def library(sample_site: Site) -> Shelf:
    """The library of the sample site."""
    return open_library(sample_site)


@pytest.fixture(scope="session")
def static_index(sample_site: Site) -> StaticIndex:
    """What a browser needs to search the sample site alone."""
    with open_library(sample_site).reading() as reading:
        return reading.static_index()


@pytest.fixture(scope="session")
def static_export(sample_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as plain files, in a sub-folder of a host, to read only."""
    folder = tmp_path_factory.mktemp("host") / "un" / "dossier"
    assert call("export", "--site", sample_site.folder, "--static", folder) == DONE
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site, without any write-up."""
    folder = tmp_path / "site"
    assert call("init", folder) == DONE
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page copied from a browser."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path

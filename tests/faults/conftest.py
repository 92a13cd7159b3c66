"""What the tests of faults share: two small sites to hurt, whose analyses are all known."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.site import SETTINGS_FILE, Site, read_site, writeup_paths
from indexer.build import build
from tests.faults.builders import stop_warm_builders
from tests.faults.editions import edition_of
from tests.faults.small_site import FULL, SmallSite, records_of
from tests.small_site import SMALL_SITE, publish

_GOLDEN = '[[requete]]\ntexte = "carottes"\nrang = 3\nattendus = ["citation1"]\n'


@pytest.fixture(scope="session", autouse=True)
def warm_builders() -> Iterator[None]:
    """Leave none running."""
    yield
    stop_warm_builders()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """The small site, built in both versions; the second is published."""
    folder = tmp_path_factory.mktemp("small") / "site"
    shutil.copytree(SMALL_SITE.folder, folder)
    (folder / SETTINGS_FILE).touch()
    (folder / "requetes.toml").write_text(_GOLDEN, "utf-8")
    site, records = SmallSite(folder), []
    for version in (0, 1):
        site.write(version)
        publish(read_site(folder))
        records.append(records_of(site.store.current()))
    return SmallSite(folder, tuple(records))


@pytest.fixture
def small_site(built_site: SmallSite, tmp_path: Path) -> SmallSite:
    """A copy of it, to be broken."""
    return built_site.copied(tmp_path / "site")


@pytest.fixture(scope="session")
def is_full() -> bool:
    """Try for as long as before a release: VERBATHEQUE_FAULTS=full."""
    return FULL


@pytest.fixture(scope="session")
def three_webinars(sample_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three webinars of the sample site, all analysed and published, and no limit for visitors."""
    folder = tmp_path_factory.mktemp("three") / "site"
    ignored = shutil.ignore_patterns("index")
    shutil.copytree(sample_site.folder, folder, ignore=ignored)
    for path in writeup_paths(folder)[3:]:
        path.unlink()
    settings = folder / "verbatheque.toml"
    free = "\n[serveur]\npart = 0\n"
    settings.write_text(settings.read_text("utf-8") + free, "utf-8")
    build(edition_of(read_site(folder), 0))
    return folder


@pytest.fixture
def few_webinars(three_webinars: Path, tmp_path: Path) -> Path:
    """A copy of them, to be served and rebuilt."""
    return shutil.copytree(three_webinars, tmp_path / "site")

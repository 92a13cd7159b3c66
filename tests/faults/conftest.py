"""A small site in two versions whose analyses are all known: a build takes a second, no model."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.site import DERIVED, SAMPLE_SITE, WRITEUPS, read_site, writeup_paths
from indexer.build import build
from tests.faults.builders import stop_warm_builders
from tests.faults.small_site import SmallSite, records_of

_WEBINARS = 1
_GOLDEN = '[[requete]]\ntexte = "balayeuse"\nrang = 3\nattendus = ["4c7a8abbeb"]\n'


@pytest.fixture(scope="session", autouse=True)
def warm_builders() -> Iterator[None]:
    """Leave none running."""
    yield
    stop_warm_builders()


@pytest.fixture(scope="session")
def model_site(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """One webinar, built in both versions by the real French model; the second is published."""
    folder = tmp_path_factory.mktemp("small") / "site"
    shutil.copytree(SAMPLE_SITE, folder, ignore=shutil.ignore_patterns(DERIVED, WRITEUPS))
    (folder / WRITEUPS).mkdir()
    (folder / "requetes.toml").write_text(_GOLDEN, "utf-8")
    for path in writeup_paths(SAMPLE_SITE)[:_WEBINARS]:
        shutil.copy(path, folder / WRITEUPS)
    site, records = SmallSite(folder), []
    for version in (0, 1):
        site.write(version)
        build(read_site(folder))
        records.append(records_of(site.store.current()))
    return SmallSite(folder, tuple(records))


@pytest.fixture
def small_site(model_site: SmallSite, tmp_path: Path) -> SmallSite:
    """A copy of it, to be broken."""
    return model_site.copied(tmp_path / "site")

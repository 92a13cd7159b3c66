"""What tests share: the sample site, built once by the real chain."""

import shutil
from pathlib import Path

import pytest

from corpus.site import DERIVED, SAMPLE_SITE, Site, read_site
from indexer.build import build
from search.shelf import Shelf, open_library


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

"""A real Chromium, and a real server on the sample site; skipped, with the reason, without one."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from corpus.settings import Settings
from corpus.site import DERIVED, SAMPLE_SITE, read_site
from indexer.build import build
from search.library import Library
from search.shelf import open_library
from tests.browser.server import served
from web.app import create_app

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if executable is None:
        pytest.skip("aucun Chromium : installez le paquet « chromium » (voir install.sh)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        yield chromium
        chromium.close()


def sample_site(folder: Path) -> tuple[Library, Settings]:
    """The sample site, indexed in a folder of its own."""
    shutil.copytree(SAMPLE_SITE, folder, ignore=shutil.ignore_patterns(DERIVED))
    site = read_site(folder)
    build(site)
    return open_library(site), site.settings


@pytest.fixture(scope="session")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # The one line to swap for another engine, e.g. MemoryLibrary() of tests.web.memory_library:
    library, settings = sample_site(tmp_path_factory.mktemp("site") / "exemple")
    with served(lambda address: create_app(library, replace(settings, adresse=address))) as address:
        yield address

"""A real Chromium, and a real server on the sample site; skipped, with the reason, without one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from corpus.settings import ProposalSettings
from corpus.site import Site
from search.live_index import Shelf
from tests.browser.engines import Engine, missing, started
from tests.browser.page_kinds import addresses_of
from tests.browser.partner import partner
from tests.browser.server import served
from web.app import create_app
from web.proposing import receive_proposals

OTHERS = ("firefox", "webkit")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

Scheme = Literal["light", "dark"]
Motion = Literal["reduce", "no-preference"]
Screen = Callable[[int, int, Scheme, Motion], Page]

expect.set_options(timeout=30_000)  # milliseconds: a busy machine paints late


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


@pytest.fixture(
    scope="session",
    params=["chromium", *(pytest.param(n, marks=getattr(pytest.mark, n)) for n in OTHERS)],
)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each of the three engines, started once, with a window of 1,000 by 900 pixels."""
    if reason := missing(request.param):
        pytest.skip(reason)
    with started(request.param, tmp_path_factory.mktemp(request.param)) as engine:
        engine.resize(1000, 900)
        yield engine


@pytest.fixture
def calm(engine: Engine) -> Iterator[Engine]:
    """The same, whose console must tell no error meanwhile."""
    engine.open("about:blank")  # what the last page still loads is given up, and told
    engine.errors()
    yield engine
    assert engine.errors() == []


@pytest.fixture(scope="session")
def screen(browser: Browser) -> Iterator[Screen]:
    """A page of each width, height, scheme and motion, opened once: a test begins by its `goto`.

    For tests that leave nothing behind but listeners: no route, permission, cookie or storage.
    """
    with ExitStack() as opened:

        @cache
        def page_on(width: int, height: int, scheme: Scheme, motion: Motion) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion=motion,
            )
            return opened.enter_context(context).new_page()

        yield page_on


@pytest.fixture(scope="session")
def site_address(sample_site: Site, library: Shelf) -> Iterator[str]:
    """The sample site, open to proposals, served by a real server; its address."""
    with served(open_site(sample_site, library)) as address:
        yield address


def open_site(site: Site, library: Shelf) -> Callable[[str], Flask]:
    def app(address: str) -> Flask:
        table = ProposalSettings(ouvertes=True)
        made = create_app(library, replace(site.settings, adresse=address, propositions=table))
        receive_proposals(made, site.folder)
        return made

    return app


@pytest.fixture(scope="session")
def addresses(site_address: str, browser: Browser) -> dict[str, str]:
    """One address of each kind of page."""
    return addresses_of(site_address, browser)


@pytest.fixture(scope="session")
def host(site_address: str) -> Iterator[str]:
    """The site of a partner, on another port, that frames ours."""
    with served(lambda _address: partner(lambda: site_address)) as address:
        yield address


@pytest.fixture
def quote(addresses: dict[str, str]) -> str:
    """The frame of one quote."""
    return f"/embed{addresses['verbatim']}"

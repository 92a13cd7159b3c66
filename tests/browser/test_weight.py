"""How heavy a page is, whether it moves while it loads, and what it asks for."""

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.page_kinds import KINDS

MAX_HTML = 20_000  # bytes, compressed
MAX_ASSETS = 12_000  # our style sheets and scripts together, compressed
MAX_SHEETS = 2  # and no script

# What the first paint waits for; how long it waits, tests/benchmarks/bench_pages.py says.
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)"""
SHIFTS = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 100);
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_light_and_still(
    page: Page, site_address: str, addresses: dict[str, str], kind: str
) -> None:
    answers: list[Response] = []

    def hear(answer: Response) -> None:
        answers.append(answer)

    page.on("response", hear)
    page.goto(site_address + addresses[kind])
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", hear)
    sizes = {answer.url: len(gzip.compress(answer.body(), 9)) for answer in answers}
    html = sizes.pop(site_address + addresses[kind])
    # What a frame loads has its own budget, in tests/web/test_static_files.py.
    own = [size for url, size in sizes.items() if "/static/" in url and "/embed." not in url]
    assets = sum(own)
    assert html <= MAX_HTML
    assert assets <= MAX_ASSETS
    assert page.evaluate(SHIFTS) == 0
    assert not [a.url for a in answers if a.request.resource_type == "font"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_painted_at_once(
    page: Page, site_address: str, addresses: dict[str, str], kind: str
) -> None:
    page.goto(site_address + addresses[kind])
    blocking = page.evaluate(BLOCKING)
    assert 1 <= len(blocking) <= MAX_SHEETS
    assert all(re.match(rf"{site_address}/static/\w+\.css", url) for url in blocking)

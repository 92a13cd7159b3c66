"""How heavy and how quick the pages are, over HTTP and in a real browser.

Prints the compressed sizes, the time of the server on 3,000 quotes, the first paint, what moved.
"""

import gzip
import http.client
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, sync_playwright

from corpus.site import SAMPLE_SITE, SETTINGS_FILE, read_site
from indexer.build import build
from tests.benchmarks.bench_search import ORDERS, QUERIES, mixed
from tests.browser.page_kinds import addresses_of

ROUNDS = 12
LOADS = 10
UNLIMITED = "\n[serveur]\npart = 0\n"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Serve 3,000 quotes from a folder of their own, and look at them."""
    site = read_site(SAMPLE_SITE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = (SAMPLE_SITE / SETTINGS_FILE).read_text("utf-8")
        (folder / SETTINGS_FILE).write_text(settings + UNLIMITED, "utf-8")
        build(replace(site, folder=folder, webinars=mixed(site, 3_000), golden=()))
        with served(folder) as address, sync_playwright() as playwright:
            _print_server_times(address)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            _print_pages(browser, address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The real server, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "web.cli.main", "serve", "--site", str(folder)]
    with subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # its log
    ) as server:
        assert server.stdout
        server.stdout.readline()  # says that it answers
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _print_server_times(address: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    times = []
    for turn in range(ROUNDS):  # each an address of its own: nothing is given from memory
        for query in QUERIES:
            for order in ORDERS:
                asked = urlencode({"q": query, "tri": order, "n": turn})
                began = time.perf_counter()
                connection.request("GET", f"/recherche?{asked}")
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                times.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"\n/recherche over HTTP, {len(times)} requests, 3,000 quotes:", end=" ")
    print(f"p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, worst {max(times):.1f} ms")


def _print_pages(browser: Browser, address: str) -> None:
    print(f"\n{'page':<14}{'HTML gz':>9}{'CSS+JS gz':>11}{'requests':>10}{'first paint ms':>16}")
    for kind, path in addresses_of(address, browser).items():
        paints = []
        for _ in range(LOADS):
            with browser.new_context() as context:
                page = context.new_page()
                answers = []
                page.on("response", lambda answer: answers.append(answer))  # noqa: B023
                page.goto(address + path)
                page.wait_for_load_state("networkidle")
                paints.append(page.evaluate(PAINT) or 0)
                sizes = {a.url: len(gzip.compress(a.body(), 9)) for a in answers}
        html = sizes.pop(address + path)
        assets = sum(size for url, size in sizes.items() if "/static/" in url)
        paint = statistics.median(paints)
        print(f"{kind:<14}{html:>9}{assets:>11}{len(answers):>10}{paint:>16.0f}")


if __name__ == "__main__":
    main()

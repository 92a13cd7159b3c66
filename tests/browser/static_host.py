"""An export on a plain file server, asked by the engine that it holds, in a real page."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Page

ASK = """async ([engine, words, options]) => (await import(engine)).search(words, options)"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")  # as many hosts do
        super().end_headers()


@contextmanager
def hosted(root: Path) -> Iterator[str]:
    """Serve a folder as any host of files does; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(page: Page, export: str, words: str, **options: str | int | list[str]) -> dict[str, Any]:
    """What the engine of an export answers in a page that is open."""
    answer = page.evaluate(ASK, [f"{export}/donnees/moteur.js", words, options])
    assert isinstance(answer, dict)
    return answer

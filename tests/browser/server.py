"""A real HTTP server in a thread, on a port of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


@contextmanager
def served(app_at: Callable[[str], Flask], seal: tuple[str, str] | None = None) -> Iterator[str]:
    """Serve an application that is made once its own address is known.

    `seal` are the files of a certificate and of its key, for https.
    """
    server = make_server(
        *("127.0.0.1", 0, Flask("waiting")),
        threaded=True,
        request_handler=Quiet,
        ssl_context=seal,
    )
    address = f"http{'s' if seal else ''}://127.0.0.1:{server.server_port}"
    server.app = app_at(address)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""A real HTTP server in a thread, on a port of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


def _in_one_piece(app: "WSGIApplication") -> "WSGIApplication":
    """Read each answer to its end first: a browser that leaves midway leaves no file open."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        pieces = app(environ, start_response)
        try:
            return list(pieces)
        finally:
            getattr(pieces, "close", bool)()

    return answer


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
    server.app = _in_one_piece(app_at(address))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

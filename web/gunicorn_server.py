"""The web server: gunicorn, given an application factory and no configuration file."""

import errno
import socket
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

from search.query import MAX_CHARACTERS
from web.errors import bare_error_page
from web.typography import NBSP, quoted

REFUSED = 2  # exit code

OPTIONS: dict[str, Any] = {
    "preload_app": False,  # nothing of the index may be opened before the fork
    "max_requests": 2000,
    "max_requests_jitter": 200,
    "timeout": 30,
    "graceful_timeout": 20,
    "keepalive": 5,
    "limit_request_line": 8190,
    "loglevel": "warning",
    "control_socket_disable": True,
    "proc_name": "verbatheque",
}


def serve(
    app_factory: Callable[[], Flask],
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    threads: int = 4,
) -> int:
    """Serve until stopped, and give the exit code; each worker makes its own application.

    It is 2, after a French sentence, when the address cannot be had.
    """
    try:
        listener = _listener(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        print(_refusal(host, port, error), file=sys.stderr)
        return REFUSED
    options = OPTIONS | {
        "bind": f"fd://{listener.fileno()}",
        "workers": workers,
        "threads": threads,
        "worker_class": f"{__name__}.FrenchWorker",
        "post_worker_init": _announce(_address(host, listener.getsockname()[1])),
    }
    _Server(app_factory, options).run()
    return 0


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with options from Python instead of a command line."""

    def __init__(self, app_factory: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._app_factory = app_factory
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app_factory()


# 400 and not 414: the same answer as for any other query that is too long.
_TOO_LONG = bare_error_page(
    400, "Recherche trop longue", f"Une recherche tient en {MAX_CHARACTERS} caractères."
)


class FrenchWorker(ThreadWorker):  # type: ignore[misc]
    """Answers an endless address in French too: gunicorn refuses it before Flask sees it."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        try:
            client.sendall(_TOO_LONG)
        except OSError as gone:
            self.log.debug("the client left: %s", gone)


def _listener(host: str, port: int) -> socket.socket:
    """Take the address now, so that a port in use is told once and at once."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1)  # gunicorn sets its own backlog; this finds a port that somebody holds
    except OSError:
        listener.close()
        raise
    return listener


def _refusal(host: str, port: int, error: Exception) -> str:
    if isinstance(error, socket.gaierror | UnicodeError):  # no name at all: « a..b »
        return f"L’adresse {quoted(host)} est inconnue de cette machine."
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return f"Le port {port} est déjà pris. Essayez par exemple{NBSP}: --port {other}"
    if getattr(error, "errno", None) == errno.EACCES:
        return f"Le port {port} est réservé au système. Choisissez-en un au-dessus de 1023."
    return f"Impossible d’écouter sur {host}, port {port}{NBSP}: {error}."


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    shown = f"[{shown}]" if ":" in shown else shown
    return f"http://{shown}:{port}"


def _announce(address: str) -> Callable[[Any], None]:
    """Say once that the site answers: when the first worker has made its application."""

    def announce(worker: Any) -> None:
        if worker.age == 1:
            print(f"Verbathèque répond sur {address} (Ctrl+C pour arrêter)", flush=True)

    return announce

"""The web server: gunicorn, given an application factory and no configuration file."""

import errno
import socket
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from corpus.command_line import REFUSED
from corpus.settings import ServerSettings
from web.journal import LOGGING
from web.patient_worker import MAX_LINE, PatientWorker, refuse_bodies
from web.typography import NBSP, quoted

BACKLOG = 2048  # connections that wait to be accepted: gunicorn leaves it as it is given
MAX_PROCESSES = 64
MAX_THREADS = 64

OPTIONS: dict[str, Any] = {
    "preload_app": False,  # nothing of the index may be opened before the fork
    "worker_class": f"{PatientWorker.__module__}.{PatientWorker.__name__}",
    "max_requests": 100_000,  # nothing is known to leak; what would is cut short
    "max_requests_jitter": 10_000,
    "timeout": 30,
    "graceful_timeout": 20,
    "keepalive": 5,
    "limit_request_line": MAX_LINE,
    "loglevel": "warning",
    "logconfig_dict": LOGGING,
    "pre_request": refuse_bodies,
    "secure_scheme_headers": {},  # proxies are believed by a setting of the site only
    "control_socket_disable": True,
    "proc_name": "verbatheque",
}


def serve(
    app_factory: Callable[[], Flask],
    host: str = "127.0.0.1",
    port: int = 8000,
    server: Callable[[], ServerSettings] = ServerSettings,
) -> int:
    """Serve until stopped, and give the exit code; each worker makes its own application.

    It is 2, after a French sentence, when the address cannot be had. On HUP, `server` is asked
    again, and other workers take over from those that serve.
    """
    try:
        listener = _listener(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        print(_refusal(host, port, error), file=sys.stderr)
        return REFUSED
    options = OPTIONS | {
        "bind": f"fd://{listener.fileno()}",
        "post_worker_init": _announce(_address(host, listener.getsockname()[1])),
    }
    _Server(app_factory, options, server).run()
    return 0


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with options from Python instead of a command line."""

    def __init__(
        self,
        app_factory: Callable[[], Flask],
        options: dict[str, Any],
        server: Callable[[], ServerSettings],
    ) -> None:
        self._app_factory = app_factory
        self._options = options
        self._server = server
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)
        server = self._server()
        self.cfg.set("workers", min(max(server.processus, 1), MAX_PROCESSES))
        self.cfg.set("threads", min(max(server.fils, 1), MAX_THREADS))

    def load(self) -> Flask:
        return self._app_factory()


def _listener(host: str, port: int) -> socket.socket:
    """Take the address now, so that a port in use is told once and at once."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
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

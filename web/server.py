"""The web server: gunicorn, with a worker that no slow client can hold.

Gunicorn gives a thread to a connection as soon as it is open. Here a thread is given once the
whole head of a request has arrived; until then the connection waits with the others, for a time.
"""

import errno
import socket
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from threading import local
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import errors
from gunicorn.util import close, close_graceful
from gunicorn.workers.gthread import ThreadWorker

from corpus.problems import Refused
from corpus.settings import ServerSettings
from search.query import MAX_CHARACTERS
from web.access_log import LOGGING, REQUESTS, UNKNOWN
from web.errors import bare_page, problem
from web.headers import security_of
from web.typography import NBSP, quoted

HEAD_SECONDS = 5.0  # for the head of a request to arrive
SEND_SECONDS = 10  # for a client to take what the system could not keep for it
SEND_ROOM = 256 * 1024  # bytes that the system keeps for a client: more than a page
MAX_HEAD = 64 * 1024
MAX_LINE = 8190
_LINGER = 0.3  # seconds during which what a refused client still sends is thrown away
_MAX_DRAINED = 2**30  # bytes of it: the seconds are the limit
_TOLD = 200  # bytes of a request that tell whether a program asks
_ASKED = local()  # `began`: those bytes, of the request that this thread reads

# What gunicorn refuses by itself -> our status. 400 for a long address: the same answer as for
# any other search that is too long.
_REFUSALS: Mapping[type[Exception], int] = {
    errors.LimitRequestLine: 400,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.ForbiddenProxyRequest: 403,
    errors.ParseException: 400,
}
_TOO_LONG = f"Une recherche tient en {MAX_CHARACTERS} caractères."


def refuse_bodies(_worker: Any, request: Any) -> None:
    """Close after a request with a body: only `/proposer` reads one; draining takes a thread."""
    names = {name for name, value in request.headers if value != "0"}
    if names & {"CONTENT-LENGTH", "TRANSFER-ENCODING"} or request.unreader.buf.getvalue():
        request.force_close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """`gunicorn.workers.gthread`, with the whole head awaited before a thread is taken."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._newcomers: set[Any] = set()  # whose first request has a thread, or waits for one

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """While newcomers take all threads, leave the next to the other workers.

        Kept connections do not count: they can go nowhere else, and would let nobody in.
        """
        if self.alive:
            has_room = self.nr_conns < self.worker_connections
            self.set_accept_enabled(has_room and len(self._newcomers) < self.cfg.threads)
        super().wait_for_and_dispatch_events(timeout)

    def enqueue_req(self, conn: Any) -> None:
        """Take a thread if the whole head is there, else wait with the others."""
        if conn.timeout is None:  # a newcomer
            conn.close = partial(_close, conn.sock)
        if _is_head_whole(conn):
            conn.data_ready = True
            if not conn.initialized:
                self._newcomers.add(conn)
            super().enqueue_req(conn)
            return
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, readable)

    def finish_request(self, conn: Any, fs: Any) -> None:
        self._newcomers.discard(conn)
        super().finish_request(conn, fs)

    def on_pending_socket_readable(self, conn: Any, client: socket.socket) -> None:
        if _is_head_whole(conn):
            super().on_pending_socket_readable(conn, client)

    def handle(self, conn: Any) -> Any:
        """Refuse a head that has no end, as gunicorn refuses one with too many lines."""
        _ASKED.began = conn.began
        if conn.is_endless:
            conn.sock.setblocking(True)
            self.handle_error(None, conn.sock, conn.client, errors.LimitRequestHeaders("too long"))
            return False
        return super().handle(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what gunicorn could not read; note the status, and nothing of what was sent."""
        status = next((code for kind, code in _REFUSALS.items() if isinstance(exc, kind)), 500)
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("erreur interne", exc_info=exc)
        facts = {"method": UNKNOWN, "path": UNKNOWN, "status": status}
        REQUESTS.info("requete refusée", extra={"facts": facts})
        detail = _TOO_LONG if isinstance(exc, errors.LimitRequestLine) else ""
        settings = self.wsgi.extensions["settings"]
        try:
            client.sendall(_whole_answer(status, detail, security_of(settings)))
            close_graceful(client, _LINGER, _MAX_DRAINED)
        except OSError as gone:
            self.log.debug("the client left: %s", gone)


def _is_head_whole(conn: Any) -> bool:
    """Look at what has arrived; when it is not enough, be called again only when there is more."""
    conn.began, conn.is_endless = b"", False
    try:
        seen = conn.sock.recv(MAX_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True  # gunicorn closes it
    is_full = len(seen) == MAX_HEAD
    conn.began = seen[:_TOLD]
    conn.is_endless = is_full and b"\r\n" in seen and b"\r\n\r\n" not in seen
    is_refused = b"\r\n" not in seen and len(seen) > MAX_LINE
    is_whole = b"\r\n\r\n" in seen or b"\n\n" in seen
    is_ready = not seen or is_whole or is_refused or is_full
    awaited = 1 if is_ready else len(seen) + 1
    conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, awaited)
    return is_ready


def _close(client: socket.socket, graceful: bool = False) -> None:
    """Close without waiting for the other side: the loop of the worker does this."""
    if graceful:
        with suppress(OSError):  # what arrived meanwhile is thrown away: else the answer is lost
            client.shutdown(socket.SHUT_WR)
            client.recv(MAX_HEAD, socket.MSG_DONTWAIT)
    close(client)


def _whole_answer(status: int, detail: str, security: Mapping[str, str]) -> bytes:
    is_api = _ASKED.began.partition(b" ")[2].startswith(b"/api/")
    body = (problem(status, detail) if is_api else bare_page(status, detail)).encode()
    headers = {
        "Connection": "close",
        "Content-Type": "application/problem+json" if is_api else "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        **security,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}\r\n"
    return head.encode("ascii") + body


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
    names: str = "",
) -> None:
    """Serve until stopped; each worker makes its own application. `names` is said once, too.

    Raise `Refused` when the address cannot be had. On HUP, `server` is asked again, and other
    workers take over from those that serve.
    """
    try:
        listener = _listener(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        raise Refused(_refusal(host, port, error)) from error
    options = OPTIONS | {
        "bind": f"fd://{listener.fileno()}",
        "post_worker_init": _announce(_address(host, listener.getsockname()[1]), names),
    }
    _Server(app_factory, options, server).run()


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
        _bound(listener)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _bound(listener: socket.socket) -> None:
    """Let no client hold a thread by reading slowly, or by stopping in the middle.

    The connections that it accepts inherit this.
    """
    span = struct.pack("ll", SEND_SECONDS, 0)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, span)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, span)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_ROOM)


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


def _announce(address: str, names: str) -> Callable[[Any], None]:
    """Say once that the site answers: when the first worker has made its application."""

    def announce(worker: Any) -> None:
        if worker.age == 1:
            print(f"Verbathèque répond sur {address} (Ctrl+C pour arrêter)\n{names}", flush=True)

    return announce

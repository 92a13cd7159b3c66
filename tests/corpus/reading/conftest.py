"""Web sites on this machine: one over TLS that answers, one that only counts who comes."""

import socket
import ssl
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from corpus.reading.fetching import Network
from tests.corpus.reading.tls_site import PUBLIC, Answers, Site, TlsServer, certificate


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pem = certificate(tmp_path_factory.mktemp("tls"))
    server = TlsServer(("127.0.0.1", 0), Answers)
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(pem)
    server.socket = secured.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    Thread(target=server.serve_forever, daemon=True).start()
    network = Network(
        resolve=lambda host: [PUBLIC],
        connect=lambda ip: socket.create_connection(("127.0.0.1", server.server_port), 5),
        context=ssl.create_default_context(cafile=str(pem)),
    )
    yield Site(server, network)
    server.shutdown()
    server.server_close()


@pytest.fixture
def count(site: Site) -> Callable[[], int]:
    """How many connections since the test began."""
    before = site.server.connections
    return lambda: site.server.connections - before


@pytest.fixture
def trap() -> Iterator[tuple[Network, Callable[[], int]]]:
    """A network where any connection reaches one listener of this machine, which counts them."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.02)
        place = listener.getsockname()

        def arrived() -> int:
            number = 0
            try:
                while True:
                    listener.accept()[0].close()
                    number += 1
            except TimeoutError:
                return number

        def connect(ip: str) -> socket.socket:
            return socket.create_connection(place, 2)

        yield Network(lambda host: [PUBLIC], connect), arrived

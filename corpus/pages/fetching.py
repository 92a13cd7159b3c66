"""Fetching a page: one request to the very machine that was judged, little time, few bytes.

No cookie, no password, no proxy, nothing kept. A redirection is judged like a first address.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Thread
from typing import TypeVar

from corpus.pages.address import Address, is_public, require_allowed
from corpus.pages.formats import Format, format_of_media, require_plausible
from corpus.problem import CorpusError

SECONDS = 10.0
MAX_BYTES = 10_000_000
MAX_REDIRECTIONS = 3
_PORT = 443
_CHUNK = 65_536
_REDIRECTIONS = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came, and the address that gave it, after redirections."""

    address: Address
    data: bytes
    kind: Format


def _resolved(host: str) -> list[str]:
    found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _connected(ip: str) -> socket.socket:
    return socket.create_connection((ip, _PORT), SECONDS)


@dataclass(frozen=True, slots=True)
class Network:
    """How a name gives numeric addresses, and one of these a connection."""

    resolve: Callable[[str], Sequence[str]] = _resolved
    connect: Callable[[str], socket.socket] = _connected
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def fetched(
    address: Address,
    hosts: Iterable[str],
    network: Network | None = None,
    seconds: float = SECONDS,
) -> FetchedPage:
    """Fetch a page of one of these sites; every failure is a `CorpusError`."""
    allowed = tuple(hosts)
    require_allowed(address, allowed)
    given = network or Network()
    return _within(seconds, address, lambda: _followed(address, allowed, given))


def _within(seconds: float, address: Address, work: Callable[[], Result]) -> Result:
    """All the time there is, for names and drops of bytes too, which have no limit of their own."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return future.result(seconds)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CorpusError(f"« {address.name} » : {_cause(error)}") from error


def _cause(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "le site ne répond pas assez vite. Réessayez plus tard, ou copiez la page."
    if isinstance(error, ssl.SSLCertVerificationError):
        return "le certificat du site n’est pas valable : rien n’a été lu."
    if isinstance(error, socket.gaierror):
        return "ce site est introuvable. Vérifiez l’adresse et votre connexion."
    if isinstance(error, http.client.HTTPException | ValueError):
        return "la réponse du site n’est pas lisible. Copiez la page depuis le navigateur."
    return "la connexion a échoué. Vérifiez l’adresse et votre connexion."


def _followed(address: Address, hosts: Sequence[str], network: Network) -> FetchedPage:
    for _ in range(MAX_REDIRECTIONS + 1):
        require_allowed(address, hosts)
        found = _asked(address, network)
        if isinstance(found, FetchedPage):
            return found
        address = found
    raise CorpusError(f"« {address.name} » : le site redirige sans fin. Copiez la page.")


def _asked(address: Address, network: Network) -> FetchedPage | Address:
    """The page, or where it has gone."""
    connection = http.client.HTTPConnection(address.host)
    connection.auto_open = 0  # it speaks through the socket given, and never opens another
    connection.sock = _secured(address.host, network)
    with closing(connection):
        headers = {"User-Agent": "verbatheque", "Accept-Encoding": "identity"}
        connection.request("GET", address.target, headers={**headers, "Connection": "close"})
        response = connection.getresponse()
        if response.status in _REDIRECTIONS:
            return address.redirected(_ascii(response.getheader("Location", "")))
        if response.status != HTTPStatus.OK:
            raise CorpusError(
                f"« {address.name} » : le site répond {response.status} au lieu de la page. "
                "Vérifiez l’adresse dans le navigateur."
            )
        kind = _kind_of(response, address)
        data = _body_of(response, address)
    require_plausible(data, kind, address.name)
    return FetchedPage(address, data, kind)


def _secured(host: str, network: Network) -> socket.socket:
    """A connection to an address of this host that was judged: the name is not asked for again."""
    ips = network.resolve(host)
    if not ips or not all(map(is_public, ips)):
        raise CorpusError(f"« {host} » mène à un réseau privé ou réservé : rien n’a été demandé.")
    plain = _first_that_answers(ips, network)
    try:
        return network.context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _first_that_answers(ips: Sequence[str], network: Network) -> socket.socket:
    for ip in ips[:-1]:
        try:
            return network.connect(ip)
        except OSError:
            continue
    return network.connect(ips[-1])


def _ascii(location: str) -> str:
    """Bytes that a header may not hold are escaped as a browser does."""
    return "".join(c if c < "\x80" else f"%{ord(c):02X}" for c in location)


def _kind_of(response: http.client.HTTPResponse, address: Address) -> Format:
    if response.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise CorpusError(
            f"« {address.name} » : le site n’envoie la page que comprimée. Copiez-la."
        )
    kind = format_of_media(response.headers.get_content_type(), address.path)
    if kind is None:
        raise CorpusError(
            f"« {address.name} » : ce n’est ni une page ni un document lu "
            f"({response.headers.get_content_type()})."
        )
    return kind


def _body_of(response: http.client.HTTPResponse, address: Address) -> bytes:
    pieces: list[bytes] = []
    received = 0
    while piece := response.read(_CHUNK):
        received += len(piece)
        if received > MAX_BYTES or (response.length or 0) > MAX_BYTES:
            raise CorpusError(f"« {address.name} » dépasse {MAX_BYTES // 1_000_000} Mo.")
        pieces.append(piece)
    if response.length:
        raise CorpusError(f"« {address.name} » n’est pas arrivée entière : réessayez.")
    return b"".join(pieces)

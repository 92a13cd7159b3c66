"""Fetching a page: one request to the very machine that was judged, little time, few bytes.

No cookie, no password, no proxy, nothing kept. A redirection is judged like a first address.
"""

import http.client
import re
import socket
import ssl
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from typing import TypeVar
from urllib.parse import quote, unquote, urljoin

from corpus.problems import CorpusError
from corpus.reading.formats import FEED_TYPES, Format, format_of_media, require_plausible

_MAX_LENGTH = 2_000
_LOOKS_LIKE_ONE = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]+:\s*[/\\]")
_ADDRESS = re.compile(
    r"https://(?P<host>[^/?#@:\[\]%]+)(?::443)?(?P<target>[/?][^#]*)?(?:#.*)?", re.IGNORECASE
)
_FORBIDDEN = frozenset('\\<>"^`{|}')
# A last part that begins with a digit is that of a number: 127.1, 0x7f.1 and their kind.
_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_KEPT_IN_TARGET = "/?%:@!$&'()*+,;=~-._"

# Public by their number, yet leading inside: tunnels to IPv4, services of a host to its machines.
_LEADING_INSIDE: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(net)
    for net in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is: `host` in ASCII and small letters, `target` with its path and query."""

    host: str
    target: str

    def __str__(self) -> str:
        return f"https://{self.host}{self.target}"

    @property
    def name(self) -> str:
        """What messages call the page, as they do with the name of a file."""
        return str(self)

    @property
    def path(self) -> str:
        """The path as a person would read it."""
        return unquote(self.target.partition("?")[0])

    def redirected(self, location: str) -> "Address":
        """Where a redirection leads; it must have the form of an address too."""
        # Before they are joined, for joining repairs in silence what must be refused.
        _require_plain(location)
        return address_from(urljoin(str(self), location))


def looks_like_address(text: str) -> bool:
    """Say whether a source is meant as an address, right or wrong, and not as a file."""
    return _LOOKS_LIKE_ONE.match(text) is not None


def address_from(text: str) -> Address:
    """Read an address; raise `CorpusError` for what is odd, another scheme or another port."""
    _require_plain(text)
    found = _ADDRESS.fullmatch(text)
    host = host_from(found["host"]) if found else ""
    if not (found and host):
        raise CorpusError(
            f"« {_shown(text)} » n’est pas une adresse lue : il faut https://, un nom de site, "
            "ni identifiant ni mot de passe, ni autre port que 443."
        )
    target = found["target"] or "/"
    target = target if target.startswith("/") else f"/{target}"
    return Address(host, quote(target, safe=_KEPT_IN_TARGET))


def host_from(written: str) -> str:
    """The one way to write the name of a site; empty for a number or a misleading letter."""
    is_plain = all(c.isalnum() or c in "-." for c in written)
    if not is_plain or unicodedata.normalize("NFKC", written) != written:
        return ""
    try:
        host = written.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return host if _HOST.fullmatch(host) else ""


class NotAllowed(CorpusError):
    """The settings do not name the site `host`: nothing was asked of it."""

    def __init__(self, host: str, message: str) -> None:
        self.host = host
        super().__init__(message)


def require_allowed(address: Address, hosts: Iterable[str]) -> None:
    """Raise `CorpusError` unless the site is named, letter by letter, in the settings."""
    if address.host not in {host_from(host) for host in hosts}:
        raise NotAllowed(
            address.host,
            f"« {address.host} » n’est pas un site dont les pages peuvent être lues. S’il est sûr, "
            f'ajoutez-le dans verbatheque.toml, table [lecture] : hotes = ["{address.host}"]',
        )


def is_public(ip: str) -> bool:
    """Say whether a numeric address is that of a machine anybody can reach, and no tunnel."""
    try:
        found = ip_address(ip)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (found.scope_id or found not in _GLOBAL_UNICAST):
        return False
    return (
        found.is_global
        and not (found.is_multicast or found.is_reserved)
        and not any(found in net for net in _LEADING_INSIDE)
    )


def _require_plain(text: str) -> None:
    if len(text) > _MAX_LENGTH or any(
        c in _FORBIDDEN or c.isspace() or not c.isprintable() for c in text
    ):
        raise CorpusError(
            f"« {_shown(text)} » n’est pas une adresse lue : elle est trop longue, ou contient une "
            "espace ou un signe interdit. Copiez-la depuis la barre du navigateur."
        )


def _shown(text: str) -> str:
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return printable if len(printable) <= 80 else f"{printable[:80]}…"


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
    *,
    of_feeds: bool = False,
) -> FetchedPage:
    """Fetch a page, or a feed, of one of these sites; every failure is a `CorpusError`."""
    allowed = tuple(hosts)
    require_allowed(address, allowed)
    given = network or Network()
    return _within(seconds, address, lambda: _followed(address, allowed, given, of_feeds))


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


def _followed(
    address: Address, hosts: Sequence[str], network: Network, of_feeds: bool
) -> FetchedPage:
    for _ in range(MAX_REDIRECTIONS + 1):
        require_allowed(address, hosts)
        found = _asked(address, network, of_feeds)
        if isinstance(found, FetchedPage):
            return found
        address = found
    raise CorpusError(f"« {address.name} » : le site redirige sans fin. Copiez la page.")


def _asked(address: Address, network: Network, of_feeds: bool) -> FetchedPage | Address:
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
        kind = _kind_of(response, address, of_feeds)
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


def _kind_of(response: http.client.HTTPResponse, address: Address, of_feeds: bool) -> Format:
    if response.getheader("Content-Encoding", "identity").strip().lower() != "identity":
        raise CorpusError(
            f"« {address.name} » : le site n’envoie la page que comprimée. Copiez-la."
        )
    media_type = response.headers.get_content_type()
    if of_feeds and media_type in FEED_TYPES:
        return Format.FEED
    kind = format_of_media(media_type, address.path)
    if kind is None:
        raise CorpusError(
            f"« {address.name} » : ce n’est ni une page ni un document lu ({media_type})."
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

"""The address of a page: only forms that every program reads alike, and only public machines."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, unquote, urljoin

from corpus.problem import CorpusError

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


def require_allowed(address: Address, hosts: Iterable[str]) -> None:
    """Raise `CorpusError` unless the site is named, letter by letter, in the settings."""
    if address.host not in {host_from(host) for host in hosts}:
        raise CorpusError(
            f"« {address.host} » n’est pas un site dont les pages peuvent être lues. S’il est sûr, "
            f'ajoutez-le dans verbatheque.toml, table [lecture] : hotes = ["{address.host}"]'
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

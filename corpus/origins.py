"""Origins of web sites, as browsers name them: a scheme, a host, sometimes a port."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}  # the only hosts that may do without TLS
_USUAL_PORTS = {"https": 443, "http": 80}


def origin_from(address: str) -> str:
    """The origin that a browser gives to a site of this address; "" when it is not one.

    A path, a wildcard, or http beyond this machine is refused, not repaired: what an editor lists
    is what a browser compares, letter for letter.
    """
    if not _is_plain(address):
        return ""
    parts = urlsplit(address.lower())
    try:
        host, port = _written(parts.hostname or ""), parts.port
    except ValueError:  # a port that is no number, a label that is too long
        return ""
    if port == 0 or (not _HOST.fullmatch(host) and host not in _LOCAL):
        return ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL):
        return ""
    is_usual = port is None or port == _USUAL_PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def _is_plain(address: str) -> bool:
    """A scheme and a host, and nothing after but the slash that one copies with them."""
    return re.fullmatch(r"(?i)https?://[^/?#@\\\s]+/?", address) is not None


def _written(host: str) -> str:
    """The host in the letters that browsers send: « café.fr » is « xn--caf-dma.fr »."""
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")

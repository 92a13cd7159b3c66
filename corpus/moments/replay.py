"""Addresses of a replay: which may be followed, and how each player is told a second."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit


def safe_link(address: str) -> str:
    """The address if a browser may follow it from our pages, else "": http and https only."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def moment_link(replay: str, start: int) -> str:
    """The replay at that second, as its player reads it; "" when there is no replay to follow."""
    if not safe_link(replay):
        return ""
    address = urldefrag(replay).url
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    for belongs, link in _PLAYERS:
        if belongs(host, parts.path):
            return link(address, start)
    return f"{address}#t={start}"  # a media fragment: for files, and ignored elsewhere


def _parameter(name: str, unit: str = "") -> Callable[[str, int], str]:
    def link(address: str, start: int) -> str:
        parts = urlsplit(address)
        kept = [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key not in {"t", "start", "time_continue"}
        ]
        return parts._replace(query=urlencode([*kept, (name, f"{start}{unit}")])).geturl()

    return link


def _is_host(*hosts: str) -> Callable[[str, str], bool]:
    return lambda host, path: host in hosts


def _is_peertube(host: str, path: str) -> bool:
    """Told by its addresses, which hold a UUID or its short form: anyone may have an instance."""
    return re.fullmatch(r"/(w|videos/(watch|embed))/(\w{21,22}|[0-9a-f-]{36})", path) is not None


_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_PLAYERS: list[tuple[Callable[[str, str], bool], Callable[[str, int], str]]] = [
    (lambda h, p: h in _YOUTUBE and p.startswith("/embed/"), _parameter("start")),
    (_is_host(*_YOUTUBE), _parameter("t", "s")),
    (_is_host("vimeo.com", "player.vimeo.com"), lambda address, start: f"{address}#t={start}s"),
    (_is_host("dailymotion.com", "dai.ly", "geo.dailymotion.com"), _parameter("start")),
    (_is_peertube, _parameter("start", "s")),
]

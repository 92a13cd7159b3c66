"""The recording of a webinar: which of the addresses of a page it is, as a visitor opens it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.problem import Problem

REPLAY = re.compile(
    r"\breplay|\(?\bre\)?(?:voir|visionn|gard(?:er|ez) la vidéo|écout)|rediffusion|visionn"
    r"|enregistrement"
    r"|\bvidéo d(?:u|e la|e l['’]) ?(?:webinaire|rencontre|conférence|soirée|séance|table)"
    r"|\bvidéo\s*:"
    r"|\b(?:voir|regarder|regardez|voici|retrouvez) (?:la|en|une) vidéo",
    re.IGNORECASE,
)
_TRACKING = re.compile(r"(?:utm_|mtm_|pk_|at_|mc_)\w*|fbclid|gclid|msclkid|igshid|xtor|feature|si")
_YOUTUBE = re.compile(r"(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com")
_HOSTED = re.compile(
    r"(?:(?:www|m)\.)?youtube(?:-nocookie)?\.com/(?:watch\?|embed/|live/|shorts/)|youtu\.be/[\w-]"
    r"|(?:player\.)?vimeo\.com/(?:video/|event/|showcase/\d+/video/)?\d"
    r"|(?:www\.|geo\.)?dailymotion\.com/(?:embed/)?(?:video/|player)|dai\.ly/\w"
    r"|[\w.-]+/(?:videos/(?:embed|watch)|w)/[\w-]{8,}"
)
_FILE = re.compile(r"\.(?:mp4|webm|ogv|m4v|mov)$", re.IGNORECASE)


class Sign(IntEnum):
    """What makes an address that of the recording, the weakest first."""

    LINKED = 1  # a video somewhere in the text
    SHOWN = 2  # a player in the page
    DECLARED = 3  # the page says to machines that it is about this video
    SAID = 4  # the words of the link, or those around it, say that it is the replay


@dataclass(frozen=True, slots=True)
class VideoLink:
    """An address and why it may be the recording."""

    url: str
    sign: Sign


def replay_among(links: Iterable[VideoLink]) -> tuple[str, tuple[Problem, ...]]:
    """The address with the best sign; of several, the first, and a doubt."""
    found: dict[str, Sign] = {}
    for link in links:
        url = watch_address(link.url)
        if re.match(r"https?://", url):
            found[url] = max(link.sign, found.get(url, link.sign))
    if not found:
        return "", ()
    best = max(found.values())
    chosen = [url for url, sign in found.items() if sign == best]
    if len(chosen) == 1 and best > Sign.LINKED:
        return chosen[0], ()
    message = f"la vidéo du replay n’est pas sûre ({', '.join(chosen[:3])})\u00a0; vérifiez."
    return chosen[0], (Problem("replay", message),)


def is_video(url: str) -> bool:
    """Say whether an address is that of a video: a known kind of player, or a file."""
    parts = _parts(_absolute(url))
    query = f"?{parts.query}" if parts.query else ""
    return bool(_HOSTED.match(f"{parts.netloc}{parts.path}{query}") or _FILE.search(parts.path))


def without_tracking(url: str) -> str:
    """The same address without what only tells who followed it from where."""
    parts = _parts(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def watch_address(url: str) -> str:
    """The page on which a visitor watches, where the address is that of a player."""
    parts = _parts(_absolute(url))
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path == "/url" and query.get("q", "").startswith("http"):
        return watch_address(query["q"])  # a link as an office suite exports it
    host, path = parts.netloc, parts.path
    embedded = re.fullmatch(r"/(?:embed|live)/([\w-]{6,})/?", path)
    if _YOUTUBE.fullmatch(host) and embedded and embedded[1] != "videoseries":
        return f"https://www.youtube.com/watch?v={embedded[1]}"
    played = re.fullmatch(r"/video/(\d+)/?", path)
    if host == "player.vimeo.com" and played:
        return f"https://vimeo.com/{played[1]}" + (f"/{query['h']}" if query.get("h") else "")
    if host == "geo.dailymotion.com" and query.get("video"):
        return f"https://www.dailymotion.com/video/{query['video']}"
    if host.endswith("dailymotion.com") and path.startswith("/embed/video/"):
        return f"https://www.dailymotion.com{path.removeprefix('/embed')}"
    framed = re.fullmatch(r"(.*)/videos/(?:embed|watch)/([\w-]{8,})/?", path)
    if framed:
        return urlunsplit((parts.scheme, host, f"{framed[1]}/w/{framed[2]}", "", ""))
    return without_tracking(_absolute(url))


def _absolute(url: str) -> str:
    url = url.strip()
    return f"https:{url}" if url.startswith("//") else url


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # an unclosed bracket in the host
        return SplitResult("", "", url, "", "")

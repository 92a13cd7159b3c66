"""What a page declares about itself: title, address, days, and its recording.

Its visible words come first, then what it says to machines: linked data, meta tags, `<time>`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import islice
from typing import Any
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.problems import Problem
from corpus.reading.plain_text import words_of
from corpus.typography import fold

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


_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SITE_MARK = re.compile(r"\s(?:[|–—·•»>]|::|-)\s")
_META_NAMES = """
    article:published_time og:published_time datepublished date pubdate publishdate dc.date
    dc.date.issued dcterms.date dcterms.issued dcterms.created parsely-pub-date sailthru.date
    citation_publication_date
"""
_PUBLISHED_METAS = tuple(_META_NAMES.split())
_ARTICLE = re.compile(r"Article|Posting|WebPage|Report|CreativeWork")
_PUBLISHED_ELEMENTS = (
    "//*[@itemprop='datePublished']/@*[name()='datetime' or name()='content']",
    "//time[@pubdate]/@datetime",
    "//time[contains(@class, 'published') or contains(@class, 'entry-date')]/@datetime",
    "//abbr[contains(@class, 'published')]/@title",
    "//header//time/@datetime",
)
_HELD_ELEMENTS = ("//*[@itemprop='startDate']/@*[name()='datetime' or name()='content']",)
_PLAYERS = (
    "//iframe/@src",
    "//iframe/@data-src",
    "//iframe/@data-lazy-src",
    "//embed/@src",
    "//object/@data",
    "//video/@src",
    "//video/source/@src",
)
_LONGEST_TITLE = 1_000  # characters
_AROUND = 160  # characters: a paragraph that says « replay » of its only link


def declared_title(document: Any) -> tuple[str, Any, bool]:
    """The title, the heading that shows it if any, and whether only the browser tab tells it.

    The name of the site is left out.
    """
    site = fold(_meta(document, "og:site_name"))
    headings = {h: words_of(h.text_content()) for h in document.iter("h1", "h2", "h3")}
    headings = {h: words for h, words in headings.items() if words and fold(words) != site}
    plain_headings = {h: _plain(words) for h, words in headings.items()}
    declared = [title for title in _declared_titles(document) if title]
    for title in declared:
        # « Titre | Le site »: the heading is the same without the site, which another may name.
        plain = _plain(title)
        shown = [h for h, words in plain_headings.items() if " " in words and words in plain]
        if shown:
            best = min(shown, key=lambda h: _fit(plain_headings[h], plain))
            return headings[best], best, False
    main = [h for h in headings if h.tag == "h1"]
    if main and (len({headings[h] for h in main}) == 1 or not declared):
        return headings[main[0]], main[0], False
    title = _without_site(declared[0], site) if declared else ""
    return title, None, declared[:1] == [_tab_title(document)]


def declared_address(document: Any) -> str:
    """The canonical address, or that given to those who share or describe the page."""
    links = [str(link) for link in document.xpath("//link[@rel='canonical']/@href")]
    links.append(_meta(document, "og:url"))
    for thing in _linked_data(document):
        if _is_article(thing):
            page = thing.get("mainEntityOfPage")
            links += [_text(thing.get("url")), _text(page), _text(_field(page, "@id"))]
    return next((url for url in map(str.strip, links) if re.match(r"https?://\S+$", url)), "")


def declared_days(document: Any) -> tuple[date | None, date | None]:
    """The day of the event and that of the publication, as told to machines."""
    held: date | None = None
    published: date | None = None
    for thing in _linked_data(document):
        if "Event" in str(thing.get("@type")):
            held = held or _day(thing.get("startDate"))
        elif _is_article(thing):
            published = published or _day(thing.get("datePublished"))
    metas = (_meta(document, name) for name in _PUBLISHED_METAS)
    published = published or next(filter(None, map(_day, metas)), None)
    return (
        held or _first_day(document, _HELD_ELEMENTS),
        published or _first_day(document, _PUBLISHED_ELEMENTS),
    )


def declared_videos(document: Any) -> Iterator[VideoLink]:
    """Every address that may be the recording: links, players, linked data."""
    for link in document.iter("a"):
        url = link.get("href", "").strip()
        if re.match(r"(?:https?:)?//", url) and not re.search(r"/(?:sharer?|intent)\b", url):
            said = REPLAY.search(_words_around(link))
            if said or is_video(url):
                yield VideoLink(url, Sign.SAID if said else Sign.LINKED)
    for thing in _linked_data(document):
        if "VideoObject" in str(thing.get("@type")):
            names = ("embedUrl", "contentUrl", "url")
            url = next(filter(None, (_text(thing.get(name)) for name in names)), "")
            yield VideoLink(url, Sign.DECLARED)
    for path in _PLAYERS:
        for url in map(str, document.xpath(path)):
            if is_video(url):
                yield VideoLink(url, Sign.SHOWN)


def _words_around(link: Any) -> str:
    """The words of a link and its title; those of its paragraph too, when it is short."""
    words = f"{link.text_content()} {link.get('title', '')} {link.get('aria-label', '')}"
    block = next(link.iterancestors("p", "li", "div", "td", "h2", "h3", "h4"), None)
    if block is None or _has_many_links(block):
        return words
    around = " ".join(block.text_content().split())
    if len(around) > _AROUND:
        return words
    above = block.getprevious()
    label = " ".join(above.text_content().split()) if _is_label(above) else ""
    return f"{words} {around} {label}"


def _has_many_links(block: Any) -> bool:
    """Say whether a block has a second link; it is not read further than that."""
    return len(list(islice(block.iter("a"), 2))) > 1


def _is_label(element: Any) -> bool:
    return (
        element is not None
        and isinstance(element.tag, str)
        and len(element.text_content().split()) <= 4
    )


def _declared_titles(document: Any) -> Iterator[str]:
    yield from (_text(t.get("headline")) for t in _linked_data(document) if _is_article(t))
    yield _meta(document, "og:title")
    yield _tab_title(document)


def _tab_title(document: Any) -> str:
    return next((words_of(t.text_content()) for t in document.iter("title")), "")


def _fit(heading: str, title: str) -> tuple[bool, int]:
    """The heading that opens the title first, then the longest."""
    return not title.startswith(heading), -len(heading)


def _plain(text: str) -> str:
    """Letters and figures only: an unbreakable space or another mark is no other title."""
    return " ".join(re.findall(r"\w+", fold(text[:_LONGEST_TITLE])))


def _without_site(title: str, site: str) -> str:
    """« Titre | Le site » without the site, where the page names it or the cut is sure."""
    cuts = list(_SITE_MARK.finditer(title))
    if not cuts:
        return title
    last = cuts[-1]
    is_site = fold(title[last.end() :]) == site or last.group().strip() in {"|", "::", "»"}
    return title[: last.start()].strip() if is_site else title


def _meta(document: Any, name: str) -> str:
    lower = "translate(@{0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    path = f"//meta[{lower.format('property')}=$name or {lower.format('name')}=$name]/@content"
    return next((words_of(str(found)) for found in document.xpath(path, name=name)), "")


def _linked_data(document: Any) -> Iterator[dict[str, Any]]:
    for script in document.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        things = found if isinstance(found, list) else [found]
        for thing in things:
            if isinstance(thing, dict):
                yield thing
                graph = thing.get("@graph")
                yield from (
                    (t for t in graph if isinstance(t, dict)) if isinstance(graph, list) else ()
                )


def _is_article(thing: dict[str, Any]) -> bool:
    return (
        re.search(r"Article|Posting|WebPage|Report|CreativeWork", str(thing.get("@type")))
        is not None
    )


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _text(value: object) -> str:
    return words_of(value) if isinstance(value, str) else ""


def _first_day(document: Any, paths: tuple[str, ...]) -> date | None:
    values = (str(value) for path in paths for value in document.xpath(path))
    return next(filter(None, map(_day, values)), None)


def _day(value: object) -> date | None:
    found = _ISO_DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None

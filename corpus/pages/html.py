"""Reader of HTML: the write-up of a page, whatever tool made it, without the site around it."""

import json
import re
from collections.abc import Iterator
from datetime import date
from encodings import normalize_encoding
from encodings.aliases import aliases
from typing import Any

import lxml.html
from lxml import etree

from corpus.pages.blocks import Page
from corpus.pages.markup import blocks_of, words_of
from corpus.problem import CorpusError

_HEAD_BYTES = 4096
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_USUAL = "cp1252"
_ENCODINGS = frozenset(["cp1252", "iso8859_15", "mac_roman"])
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_FURNITURE_TAGS = frozenset(["nav", "header", "footer", "aside", "form"])
_FURNITURE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"]
)
_FURNITURE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|rgpd|gdpr|tarteaucitron|newsletter|shar(?:e|ing)|partages?"
    r"|social|breadcrumbs?|ariane|sidebar|side-bar|menu|navbar|nav|navigation|related|pagination"
    r"|comments?|commentaires|respond|skip|popup|modal|widget|widgets|tags|noprint|sr-only)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.75  # of the words outside links: the smallest element that holds them is the write-up
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MAX_DEPTH = 250


def page_from_html(data: bytes) -> Page:
    """Read a page; raise `CorpusError` when no text can be told from its mark-up."""
    document = tree_from(html_text(data))
    held_on, published_on = _dates(document)
    title = _title(document)
    url = _url(document)
    _drop_furniture(document)
    return Page(blocks_of(_main(document)), title, url, held_on, published_on)


def tree_from(text: str) -> Any:
    """The elements of a page: no network, no entity of its own, no bottomless nesting."""
    bare = _DECLARATION.sub("", text.replace("\0", ""), count=1)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        document = lxml.html.document_fromstring(bare, parser=parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise CorpusError("cette page HTML n’est pas lisible.") from error
    if _depth(document) > _MAX_DEPTH:
        raise CorpusError("cette page HTML a trop d’éléments les uns dans les autres.")
    return document


def html_text(data: bytes) -> str:
    """Decode: what the bytes prove, then what the page declares, then windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8-sig", errors="replace")
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    written = normalize_encoding(declared[1].decode("ascii").lower()) if declared else _USUAL
    # The table of names, not the machinery: that would load any codec of the page's choice.
    name = aliases.get(written, written)
    # Browsers read « iso-8859-1 » as windows-1252 too; other names are not those of French pages.
    return data.decode(name if name in _ENCODINGS else _USUAL, errors="replace")


def _is_mostly_utf8(data: bytes) -> bool:
    """A few broken bytes do not make a page another encoding."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 4 < sum(c > "\x7f" for c in text)


def _depth(root: Any) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _title(document: Any) -> str:
    headings = [words_of(h.text_content()) for h in document.iter("h1")]
    headings = [heading for heading in headings if heading]
    declared = _meta(document, "og:title") or next(
        (words_of(t.text_content()) for t in document.iter("title")), ""
    )
    # « Titre | Le site »: the heading is the same without the site.
    for heading in headings:
        if heading.casefold() in declared.casefold():
            return heading
    if _meta(document, "og:title"):
        return _meta(document, "og:title")
    return headings[0] if len(headings) == 1 else declared or "".join(headings[:1])


def _url(document: Any) -> str:
    links = document.xpath("//link[@rel='canonical']/@href")
    url = str(links[0]).strip() if links else _meta(document, "og:url")
    return url if re.match(r"https?://\S+$", url) else ""


def _meta(document: Any, name: str) -> str:
    found = document.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return words_of(str(found[0])) if found else ""


def _dates(document: Any) -> tuple[date | None, date | None]:
    held: date | None = None
    published: date | None = None
    for thing in _linked_data(document):
        if "Event" in str(thing.get("@type")):
            held = held or _day(thing.get("startDate"))
        published = published or _day(thing.get("datePublished"))
    published = published or _day(_meta(document, "article:published_time"))
    if published is None:
        times = document.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
        times = times or document.xpath("//header//time/@datetime")
        published = next((day for day in map(_day, times) if day), None)
    return held, published


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
                yield from (t for t in graph or () if isinstance(t, dict))


def _day(value: object) -> date | None:
    found = _ISO_DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _drop_furniture(document: Any) -> None:
    for element in list(document.iter()):
        if isinstance(element.tag, str) and element.tag not in {"html", "body"}:
            parent = element.getparent()
            if parent is not None and _is_furniture(element):
                element.drop_tree()


def _is_furniture(element: Any) -> bool:
    if element.tag in {"main", "article", "h1", "blockquote", "figure", "cite"}:
        return False
    within = {ancestor.tag for ancestor in element.iterancestors()}
    if element.tag in {"header", "footer"} and within & {"article", "main", "blockquote", "figure"}:
        # The head of an article is its own; the foot of a quotation signs it.
        return element.tag == "footer" and not within & {"blockquote", "figure"}
    if element.tag in _FURNITURE_TAGS and not element.xpath(".//h1 | .//article | .//main"):
        return True
    if element.get("role") in _FURNITURE_ROLES or "hidden" in element.attrib:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style", "")):
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_FURNITURE_WORDS.search(named)) and not element.xpath(
        ".//h1 | .//article | .//main | .//blockquote"
    )


def _main(document: Any) -> Any:
    """The article; else the smallest element that holds most of the words outside links."""
    body = document.find("body")
    body = document if body is None else body
    sizes = _sizes(body)
    for path in (".//main | .//*[@role='main']", ".//article"):
        best = max(body.xpath(path), key=lambda e: sizes.get(e, 0), default=None)
        if best is not None and sizes.get(best, 0) * 2 > sizes[body]:
            body = best
    chosen = body
    if chosen.tag not in {"main", "article"}:
        for element in body.iter("div", "section", "td", "article"):
            if sizes.get(element, 0) >= _MOST * sizes[body]:
                chosen = element
    return chosen


def _sizes(body: Any) -> dict[Any, int]:
    """How many letters outside links each element holds."""
    sizes: dict[Any, int] = {}
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            sizes[element] = len((element.text or "").strip())
            continue
        if element.tag in {"a", "script", "style"}:
            sizes[element] = 0
        parent = element.getparent()
        if element is not body and parent is not None:
            sizes[parent] = sizes.get(parent, 0) + sizes[element]
            sizes[parent] += len((element.tail or "").strip())
    return sizes

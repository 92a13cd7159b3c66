"""Feeds and site maps (RSS, Atom, sitemap): what pages a site announces."""

from collections.abc import Iterator

import lxml.etree

from corpus.problems import CorpusError
from corpus.reading.blocks import Block, BlockKind, Page

_MAX_ENTRIES = 5_000
_ENTRIES = {"item", "entry", "url"}


def page_from_feed(data: bytes) -> Page:
    """Read a feed: a block for each page that it announces, its address, then its title."""
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    root = lxml.etree.fromstring(data, parser)
    entries = list(_entries(root)) if root is not None else []
    if not entries:
        raise CorpusError("ce n’est pas un flux, ou il n’annonce aucune page.")
    return Page(tuple(_blocks(entries[:_MAX_ENTRIES])))


def _entries(root: lxml.etree._Element) -> Iterator[lxml.etree._Element]:
    return (each for each in root.iter(lxml.etree.Element) if _name(each) in _ENTRIES)


def _blocks(entries: list[lxml.etree._Element]) -> Iterator[Block]:
    for number, entry in enumerate(entries, 1):
        said = {_name(each): each for each in reversed(list(entry.iterchildren()))}
        address = _link(entry) or _text(said.get("loc")) or _text(said.get("link"))
        if address and " " not in address:
            title = _text(said.get("title"))
            yield Block(BlockKind.LIST_ITEM, f"{address} {title}".strip(), number)


def _link(entry: lxml.etree._Element) -> str:
    """The address that Atom gives in an attribute: that of the page, not of its comments."""
    for each in entry.iterchildren():
        if _name(each) == "link" and each.get("rel", "alternate") == "alternate":
            return str(each.get("href", "")).strip()
    return ""


def _name(element: lxml.etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _text(element: lxml.etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""

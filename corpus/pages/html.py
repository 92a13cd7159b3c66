"""Reader of HTML: the write-up of a page, whatever tool made it, without the site around it."""

import re
from typing import Any

import lxml.html
from lxml import etree

from corpus.pages.blocks import Page
from corpus.pages.declared import (
    declared_address,
    declared_days,
    declared_title,
    declared_videos,
)
from corpus.pages.emphasis import tag_emphasis
from corpus.pages.encoding import html_text
from corpus.pages.furniture import drop_furniture, letters_in
from corpus.pages.markup import blocks_of
from corpus.pages.videos import replay_among, without_tracking
from corpus.problem import CorpusError

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MOST = 0.75  # of the words outside links: the smallest element that holds them is the write-up
_MAX_DEPTH = 250


def page_from_html(data: bytes) -> Page:
    """Read a page; raise `CorpusError` when no text can be told from its mark-up."""
    document = tree_from(html_text(data))
    title, heading, is_weak = declared_title(document)
    url = declared_address(document)
    held_on, published_on = declared_days(document)
    drop_furniture(document)
    replay_url, problems = replay_among(declared_videos(document))
    tag_emphasis(document)
    return Page(
        blocks_of(_main(document, heading)),
        title=title,
        is_title_weak=is_weak,
        url=without_tracking(url),
        replay_url=replay_url,
        held_on=held_on,
        published_on=published_on,
        problems=problems,
    )


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


def _depth(root: Any) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _main(document: Any, heading: Any) -> Any:
    """The article; else the smallest element that holds the title and most words outside links."""
    body = document.find("body")
    body = document if body is None else body
    sizes = letters_in(body)
    for path in (".//main | .//*[@role='main']", ".//article"):
        best = max(body.xpath(path), key=lambda e: sizes.get(e, 0), default=None)
        if best is not None and sizes.get(best, 0) * 2 > sizes[body]:
            body = best
    chosen = body
    if chosen.tag not in {"main", "article"}:
        above = set(heading.iterancestors()) if heading is not None else set()
        for element in body.iter("div", "section", "td", "article"):
            holds_title = element in above or body not in above
            if holds_title and sizes.get(element, 0) >= _MOST * sizes[body]:
                chosen = element
    return chosen

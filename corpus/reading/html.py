"""Reader of HTML: the write-up of a page, whatever tool made it, without the site around it."""

import re
from typing import Any

import lxml.html
from lxml import etree

from corpus.extraction.boilerplate import has_contact_data
from corpus.problems import CorpusError
from corpus.reading.blocks import Page
from corpus.reading.declared import (
    declared_address,
    declared_days,
    declared_title,
    declared_videos,
    replay_among,
    without_tracking,
)
from corpus.reading.markup import blocks_of
from corpus.reading.plain_text import html_text

_TAGS = frozenset(["nav", "header", "footer", "aside", "form"])
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"]
)
_KEPT = frozenset(["html", "body", "main", "article", "h1", "blockquote", "figure", "cite"])
# Parts of a class or an id, between hyphens or underscores.
_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:cookies?|cookie-?(?:bar|banner|notice|law|consent)|[a-z]{0,8}cookiebanner
    |consent|rgpd|gdpr|tarteaucitron|newsletter
    |shar(?:e|ing)|sharedaddy|addtoany|partages?|social|socials|breadcrumbs?|ariane|arbo
    |sidebar|side-bar|menu|navbar|nav|navigation|related|relatedposts|similaires?|lire-aussi
    |pagination|comments?|commentaires|forum|respond|skip|popup|modal|tags|etiquettes|noprint
    |sr-only|visually-hidden|screen-reader-text|toc|sommaire|table-of-contents|colophon
    |reading-time|read-time|time-to-read|author-(?:box|bio|card)|(?:about|box)-author
    |subscribe|abonnement|tablist|topbar)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
# A page builder calls every piece of a page a widget; a theme, those of its sidebar.
_WIDGET = re.compile(r"(?:^|\s)(?:widgets?|widget_\w+|widget-area|[\w-]*sidebar[\w-]*)(?:$|\s)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Hidden until somebody opens it, but part of the write-up.
_FOLDED = re.compile(r"accord[ei]on|tab-?panel|tab-(?:pane|content)|collaps|toggle|panel", re.I)
_MOSTLY = 0.5  # of the letters of a page: « has-sidebar » may name what holds everything
_CONTACT_LETTERS = 600


def drop_furniture(document: Any) -> None:
    """Take menus, banners, share links, comments and the like out of the tree."""
    sizes = letters_in(document)
    whole = sizes.get(document, 0)
    for element in list(document.iter()):
        if isinstance(element.tag, str) and element.tag not in _KEPT:
            is_small = sizes.get(element, 0) < _MOSTLY * whole
            if element.getparent() is not None and _is_furniture(element, is_small):
                element.drop_tree()


def letters_in(root: Any) -> dict[Any, int]:
    """How many letters outside links each element holds."""
    sizes: dict[Any, int] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            sizes[element] = len((element.text or "").strip())
            continue
        if element.tag in {"a", "script", "style"}:
            sizes[element] = 0
        parent = element.getparent()
        if element is not root and parent is not None:
            sizes[parent] = sizes.get(parent, 0) + sizes[element]
            sizes[parent] += len((element.tail or "").strip())
    return sizes


def _is_furniture(element: Any, is_small: bool) -> bool:
    within = {ancestor.tag for ancestor in element.iterancestors()}
    if element.tag in {"header", "footer"} and within & {"article", "main", "blockquote", "figure"}:
        # The head of an article is its own; the foot of a quotation signs it.
        return not (
            element.tag == "header" or within & {"blockquote", "figure"} or _is_first(element)
        )
    if element.tag in _TAGS and not _holds_page(element):
        return True
    if element.get("role") in _ROLES:
        return not _holds_page(element)
    classes = element.get("class", "")
    named = f"{classes} {element.get('id', '')} {element.get('role', '')}"
    if _is_hidden(element):
        return not _FOLDED.search(named)
    return (
        is_small
        and bool(_NAMES.search(named) or _WIDGET.search(classes))
        and not _holds_page(element)
        and not element.xpath(".//blockquote")
    ) or _is_contact_card(element, named)


def _is_hidden(element: Any) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _is_first(element: Any) -> bool:
    """Say whether nothing stands before it, as the line of the date does in some systems."""
    return not any(
        (sibling.text_content() if isinstance(sibling.tag, str) else "").strip()
        for sibling in element.itersiblings(preceding=True)
    )


def _holds_page(element: Any) -> bool:
    return bool(element.xpath(".//h1 | .//article | .//main"))


def _is_contact_card(element: Any, named: str) -> bool:
    """A block called « contact » that holds a phone number or an address, and little else."""
    if "contact" not in named.lower() or _holds_page(element):
        return False
    text = " ".join(element.text_content().split())
    return len(text) < _CONTACT_LETTERS and has_contact_data(text)


_RULE = re.compile(r"(?:^|(?<=[}\s,]))\.([\w-]+)\s*\{([^{}]{1,400})\}")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_LONGEST = 200_000  # characters of style: beyond, it is that of a whole site


def tag_emphasis(document: Any) -> None:
    """Make `<span style="font-weight:700">` a `<b>`; so too where its class has that style."""
    rules = _rules(document)
    for element in document.iter("span", "font"):
        styles = [rules.get(name, "") for name in element.get("class", "").split()]
        style = ";".join([*styles, element.get("style", "")])
        if _BOLD.search(style) or re.fullmatch(r"[5-7]|\+[2-4]", element.get("size", "")):
            element.tag = "b"
        elif _ITALIC.search(style):
            element.tag = "i"


def _rules(document: Any) -> dict[str, str]:
    """What the page's own style says of a class by itself."""
    text = "".join(style.text or "" for style in document.iter("style"))
    return dict(_RULE.findall(text)) if len(text) < _LONGEST else {}


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

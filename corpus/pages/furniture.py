"""What a site puts around a write-up, told by the tags and names of its elements."""

import re
from typing import Any

from lxml import etree

from corpus.pages.contact_data import has_contact_data

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

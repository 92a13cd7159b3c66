"""Reader of HTML: the write-up of a page, whatever tool made it, without the site around it."""

import re
from collections.abc import Mapping
from typing import Any

import lxml.html
from lxml import etree

from corpus.extraction.contacts import has_contact_data
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
from corpus.reading.markup import blocks_of, is_note_call
from corpus.reading.plain_text import html_text

_TAGS = frozenset(["nav", "header", "footer", "aside", "form"])
_ROLES = frozenset(
    [
        *("navigation", "banner", "contentinfo", "complementary", "search", "dialog"),
        *("alertdialog", "doc-endnotes", "doc-footnote", "doc-backlink"),
    ]
)
_SET_APART = frozenset(["blockquote", "figure", "cite"])
_KEPT = frozenset(["html", "body", "main", "article", "h1", "blockquote", "figure", "cite"])
# Parts of a class or an id, between hyphens or underscores.
_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:cookies?|cookie-?(?:bar|banner|notice|law|consent)|[a-z]{0,8}cookiebanner
    |consent|rgpd|gdpr|tarteaucitron|newsletter
    |shar(?:e|ing)|sharedaddy|addtoany|partages?|social|socials|breadcrumbs?|ariane|arbo
    |sidebar|side-bar|menu|navbar|nav|navigation|related|relatedposts|similaires?|lire-aussi
    |pagination|comments?|commentaires|forum|respond|skip|popup|modal|tags|etiquettes|noprint
    |sr-only|visually-?hidden|screen-reader-text|element-invisible|footnotes|endnotes|toc|sommaire|table-of-contents|colophon
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
    """Take menus, banners, share links, comments and the like out of the tree.

    A page that is nothing but these, as testimonies called comments are, stays whole.
    """
    sizes = letters_in(document)
    whole = sizes.get(document, 0)
    dropped = {
        element
        for element in document.iter(etree.Element)
        if element.getparent() is not None and _is_dropped(element, sizes[element], whole)
    }
    outermost = [each for each in dropped if dropped.isdisjoint(each.iterancestors())]
    if sum(sizes[element] for element in outermost) < whole:
        for element in outermost:
            element.drop_tree()


def _is_dropped(element: Any, letters: int, whole: int) -> bool:
    if element.tag in _SET_APART and _is_hidden(element):
        return True  # the same quotation again, for narrow screens
    return element.tag not in _KEPT and _is_furniture(element, letters < _MOSTLY * whole)


_STRUCK = ("s", "del", "strike")
_STRIKES = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_CLASS = re.compile(r"(?:^|\s)(?:line-through|strike|strikethrough)(?:$|\s)")
_CALL_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:foot|end)?note[_-]?ref|footnote[_-](?:call|link|anchor)|appel-?de-?note|noteref)"
)
_CALL_ROLES = frozenset(["doc-noteref", "doc-backlink"])
_TYPED_CALL = re.compile(r"\[?\d{1,3}\]?")
_BETWEEN = (("[", "]"), ("(", ")"))


def drop_unsaid(document: Any) -> None:
    """Take out what is struck through and what calls a note; all else stays to the letter."""
    rules = _rules(document)
    for element in list(document.iter(etree.Element)):
        if element.getparent() is not None and (
            element.tag in _STRUCK or _is_struck(element, rules) or _calls_note(element)
        ):
            _cut(element)


def _is_struck(element: Any, rules: Mapping[str, str]) -> bool:
    classes = element.get("class", "")
    if classes and element.tag in {"span", "font"}:
        told = ";".join(rules.get(name, "") for name in classes.split())
        if _STRIKES.search(told) or _STRUCK_CLASS.search(classes):
            return True
    return _STRIKES.search(element.get("style", "")) is not None


def _calls_note(element: Any) -> bool:
    if element.tag == "sup":
        links = element.find(".//a[@href]") is not None
        return is_note_call(element.text_content(), "" if links else _words_before(element))
    if element.tag not in {"a", "span"}:
        return False
    if element.get("role") in _CALL_ROLES or _CALL_CLASS.search(element.get("class", "")):
        return len(element.text_content()) <= _LONGEST_CALL
    leads_here = element.tag == "a" and element.get("href", "").startswith("#")
    return leads_here and _TYPED_CALL.fullmatch(element.text_content().strip()) is not None


def _words_before(element: Any) -> str:
    """The last letters before an element, wherever its neighbours end."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return parent.text or ""
    if before.tail or not isinstance(before.tag, str):
        return before.tail or ""
    return str(before.text_content())


def _cut(element: Any) -> None:
    """Drop an element; the brackets around it, and the space it leaves before a comma, go too."""
    before, parent, tail = element.getprevious(), element.getparent(), element.tail or ""
    held = parent.text if before is None else before.tail
    held = held or ""
    if any(held.endswith(opening) and tail.startswith(closing) for opening, closing in _BETWEEN):
        held, tail = held[:-1], tail[1:]
    if held.endswith(" ") and tail.startswith((" ", ",", ".", ")", "…")):
        held = held[:-1]
    element.tail = tail
    if before is None:
        parent.text = held
    else:
        before.tail = held
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
_LONGEST_CALL = 12
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


_CAPTIONED = re.compile(r"\[caption\b[^\]\n]{0,500}\].{0,2000}?\[/caption\]", re.DOTALL)
# A call of a site's tool has arguments, or a name that French brackets never hold.
_CALLED = re.compile(
    r"""\{\{[<%][^\n]{0,500}?[>%]\}\}|\{%-?\s*comment\s*-?%\}.{0,2000}?\{%-?\s*endcomment\s*-?%\}
    |\{%[^\n]{0,500}?%\}|\{\#[^\n{}]{0,500}?\#\}
    |\[/?(?:caption|gallery|embed|playlist|(?:vc|et_pb|fusion)_\w{1,40})(?:\s[^\[\]\n]{0,500})?\]
    |\[[a-z][\w-]{1,40}(?:\s+[\w-]{1,40}=(?:"[^"\]\n]{0,200}"|'[^'\]\n]{0,200}'|[\w.:/%-]{1,200})){1,20}
    \s*/?\]|\[([a-z][\w-]{1,40})\](?=.{0,2000}?\[/\1\])|\[/[a-z][\w-]{1,40}\]""",
    re.DOTALL | re.VERBOSE,
)


def without_shortcodes(text: str) -> str:
    """Leave out what a site's tool was to replace, and captions told that way; lines stay."""
    for pattern in (_CAPTIONED, _CALLED):
        text = pattern.sub(lambda found: "\n" * found.group().count("\n"), text)
    return text


_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MOST = 0.75  # of the words outside links: the smallest element that holds them is the write-up
_MAX_DEPTH = 250


def page_from_html(data: bytes) -> Page:
    """Read a page; raise `CorpusError` when no text can be told from its mark-up."""
    document = tree_from(without_shortcodes(html_text(data)))
    drop_unsaid(document)
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

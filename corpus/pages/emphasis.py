"""Bold and italics that a page asks for in its style, not with tags."""

import re
from typing import Any

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

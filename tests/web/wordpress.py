"""What WordPress does with the oEmbed answer of a site that it does not list.

Written from its documented behaviour (since 4.4): only three elements stay, each with a few
attributes; one frame is needed; the frame is put in a sandbox that runs scripts and nothing else,
hidden until it speaks, and named by a secret word, in its address and beside it.
"""

import re
from html import escape
from html.parser import HTMLParser

KEPT = {
    "a": ["href"],
    "blockquote": [],
    "iframe": [
        *("src", "width", "height", "frameborder", "marginwidth", "marginheight"),
        *("scrolling", "title"),
    ],
}
HIDDEN = "position: absolute; clip: rect(1px, 1px, 1px, 1px);"
MAX_WIDTH = 500  # of the default theme


class _Kept(HTMLParser):
    """The text whole, and of the markup what is allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in KEPT:
            kept = [f' {n}="{escape(v or "")}"' for n, v in attrs if n in KEPT[tag]]
            self.pieces.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in KEPT:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, text: str) -> None:
        self.pieces.append(escape(text))


def filtered(html: str, secret: str) -> str:
    """What stands in the post; "" when the answer is refused, and the address stays a link."""
    parser = _Kept()
    parser.feed(html)
    parser.close()
    found = re.search(
        r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", "".join(parser.pieces), re.S
    )
    if found is None:
        return ""
    quote, frame = found[1] or "", found[2]
    frame = re.sub(r' src="([^"]*)"', rf' src="\1#?secret={secret}" data-secret="{secret}"', frame)
    style = f' style="{HIDDEN}"' if quote else ""
    sandbox = ' class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    named = f'<blockquote class="wp-embedded-content" data-secret="{secret}"'
    return quote.replace("<blockquote", named) + frame.replace(
        "<iframe", f"<iframe{style}{sandbox}"
    )


def discovered(page: str) -> dict[str, str]:
    """The addresses that a page declares, by media type, as they are found in its text."""
    links = re.findall(r'<link rel="alternate" type="([^"]+\+oembed)" href="([^"]+)"', page)
    return {media_type: address.replace("&amp;", "&") for media_type, address in links}

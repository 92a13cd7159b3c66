"""The head of a page: its title, its links and its introduction."""

import re
from collections.abc import Sequence

from corpus.pages.blocks import Block, BlockKind, Page
from corpus.pages.contact_data import has_contact_data
from corpus.pages.page_dates import is_publication_line
from corpus.pages.quotation_marks import pairing_of

_NEAR_TOP = 30  # blocks
_LEAD_WORDS = 25
_TITLE_WORDS = range(3, 36)
_LINK = re.compile(r"https?://[^\s<>()\[\]«»“”\"]+[^\s<>()\[\]«»“”\".,;:!?]")
_REPLAY = re.compile(r"replay|revoir|rediffusion|vision|vidéo|enregistrement|youtu", re.IGNORECASE)
_SOURCE = re.compile(r"(?:source|url|adresse|lien|page|article)\b[^:]{0,30}:", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(
    r"(?:voici|retrouvez|découvrez)\b.*:$|.*\b(?:idées?|points?)[ -]cl(?:é|ef)s?\b.*:$",
    re.IGNORECASE,
)


def title_block(page: Page, blocks: Sequence[Block]) -> Block | None:
    """The line that is the title: the page's own, its first heading, the one over the date."""
    for block in blocks[:_NEAR_TOP]:
        if block.text == page.title or (block.kind is BlockKind.HEADING and not page.title):
            return block
        if not page.title and block.level == 0 and len(block.text.split()) > _LEAD_WORDS:
            break  # a heading below a paragraph is that of a section
    if page.title or any(block.kind is BlockKind.HEADING for block in blocks):
        return None
    top = [block for block in blocks[:_NEAR_TOP] if block.kind is BlockKind.PARAGRAPH]
    dated = next((i for i, block in enumerate(top) if is_publication_line(block.text)), None)
    if dated and _is_title(top[dated - 1]):
        return top[dated - 1]
    below = top[dated + 1 : dated + 2] if dated is not None else []
    return next((b for b in [*below, *top] if _is_title(b)), None)


def links_of(page: Page, blocks: Sequence[Block]) -> tuple[str, str]:
    """The address of the page and that of the recording; empty where it names none."""
    url, replay = page.url, ""
    for block in blocks:
        for link in _LINK.finditer(block.text):
            if has_contact_data(link.group()):
                continue
            if not replay and _REPLAY.search(block.text):
                replay = link.group()
            elif not url and _SOURCE.match(block.text):
                url = link.group()
    return url, replay


def is_replay_line(text: str) -> bool:
    """Say whether a line invites to watch the recording."""
    return (
        re.search(r"replay|\(?re\)?vision|rediffusion|\brevoir\b", text, re.IGNORECASE) is not None
    )


def introduction_of(blocks: Sequence[Block]) -> str:
    """The paragraphs of the head that tell what it was about, a line each."""
    return "\n".join(
        block.text
        for block in blocks
        if not (
            block.kind is BlockKind.HEADING
            or has_contact_data(block.text)
            or is_publication_line(block.text)
            or is_replay_line(block.text)
            or _ANNOUNCEMENT.match(block.text)
        )
    ).strip()


def _is_title(block: Block) -> bool:
    words = len(block.text.split())
    if (
        words not in _TITLE_WORDS
        or is_publication_line(block.text)
        or has_contact_data(block.text)
        or block.text.endswith((".", ":"))
    ):
        return False
    # A whole speech is no title, even short and on the first line.
    quotations = pairing_of(block.text).quotations
    return not (
        quotations and quotations[0].opening == 0 and quotations[0].closing < len(block.text)
    )

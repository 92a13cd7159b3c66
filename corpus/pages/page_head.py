"""The head of a page: its title, its links and its introduction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.pages.blocks import Block, BlockKind, Page
from corpus.pages.contact_data import has_contact_data
from corpus.pages.numbering import numbering_of
from corpus.pages.page_dates import is_publication_line
from corpus.pages.quotation_marks import has_mark, pairing_of
from corpus.pages.videos import REPLAY, Sign, VideoLink, is_video, replay_among, without_tracking
from corpus.problem import Problem
from corpus.typography import fold

_NEAR_TOP = 30  # blocks
_LEAD_WORDS = 25
_TITLE_WORDS = range(3, 36)
_LINK = re.compile(
    r"(?:https?://|(?<![\w@/.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,6}/)[^\s<>()\[\]«»“”\"]+[^\s<>()\[\]«»“”\".,;:!?]"
)
_LABEL_WORDS = 4
_SOURCE = re.compile(r"(?:source|url|adresse|lien|page|article)\b[^:]{0,30}:", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(
    r"(?:voici|retrouvez|découvrez)\b.*:$|.*\b(?:idées?|points?)[ -]cl(?:é|ef)s?\b.*:$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The title, the block that shows it if any, and a French sentence where it is a guess."""

    text: str = ""
    block: Block | None = None
    doubt: str = ""


def title_of(page: Page, blocks: Sequence[Block]) -> PageTitle:
    """What the page shows as its title; else what it only declares, which is a doubt."""
    top = blocks[:_NEAR_TOP]
    shown = next((b for b in top if page.title and _plain(b.text) == _plain(page.title)), None)
    if shown:
        return PageTitle(shown.text, shown)
    if page.title and (page.is_signed or not page.is_title_weak):
        return PageTitle(page.title)
    found, is_sure = _shown_title(top, blocks)
    if found and (is_sure or _says_nothing(page.title)):
        doubt = "" if is_sure else f"titre supposé («\u00a0{found.text}\u00a0»)\u00a0; vérifiez."
        return PageTitle(found.text, found, doubt)
    if page.title:
        doubt = f"le titre («\u00a0{page.title}\u00a0») n’est pas dans la page\u00a0; vérifiez."
        return PageTitle(page.title, None, doubt)
    return PageTitle()


def _says_nothing(title: str) -> bool:
    """Say whether a title is that of a file: « index3 », « Document sans titre »."""
    return len(title.split()) <= 2 or re.search(r"sans titre|untitled", title, re.I) is not None


def _shown_title(top: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block | None, bool]:
    """The first heading, or the line over the date; else, less surely, the first strong line."""
    for block in top:
        if block.kind is BlockKind.HEADING and not numbering_of(block.text):
            return block, True
        if block.level == 0 and len(block.text.split()) > _LEAD_WORDS:
            break  # a heading below a paragraph is that of a section
    lines = [block for block in top if block.kind is BlockKind.PARAGRAPH]
    dated = next((i for i, block in enumerate(lines) if is_publication_line(block.text)), None)
    if dated and _is_title(lines[dated - 1]):
        return lines[dated - 1], True
    strong = next(filter(_is_title, _strong_opening(top)), None)
    if strong:
        return strong, False
    if any(block.kind is BlockKind.HEADING for block in blocks):
        return None, False
    below = lines[dated + 1 : dated + 2] if dated is not None else []
    # A short line below what somebody said is no title: the words above it would be lost.
    opening = takewhile(lambda block: _is_title(block) or not has_mark(block.text), lines)
    return next((b for b in [*below, *opening] if _is_title(b)), None), True


def _strong_opening(top: Sequence[Block]) -> Iterator[Block]:
    """Lines in bold before any heading or paragraph."""
    for block in top:
        long = len(block.text.split()) > _LEAD_WORDS
        if block.kind is BlockKind.HEADING or (long and not block.is_strong):
            return
        if block.is_strong and not numbering_of(block.text):
            yield block


def links_of(page: Page, blocks: Sequence[Block]) -> tuple[str, str, tuple[Problem, ...]]:
    """The address of the page and that of the recording, empty where it names none; doubts."""
    url, videos = page.url, []
    for block, above in zip(blocks, [None, *blocks], strict=False):
        label = above.text if above and len(above.text.split()) <= _LABEL_WORDS else ""
        for found in _LINK.finditer(block.text):
            link = found.group()
            if has_contact_data(link):
                continue
            link = link if link.startswith("http") else f"https://{link}"
            if any(REPLAY.search(text) or "vidéo" in text.lower() for text in (block.text, label)):
                videos.append(VideoLink(link, Sign.SAID))
            elif is_video(link):
                videos.append(VideoLink(link, Sign.LINKED))
            elif not url and _SOURCE.match(block.text):
                url = without_tracking(link)
    replay, problems = replay_among(videos)
    # What the author signed and what the words say come before what the links only show.
    if page.replay_url and (page.is_signed or not replay or problems):
        return url, page.replay_url, page.problems
    return url, replay, problems


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


def _plain(text: str) -> str:
    """Letters and figures only: a space or a mark more is no other title."""
    return " ".join(re.findall(r"\w+", fold(text)))

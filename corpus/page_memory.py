"""What a page said when it was last added: so that a change has an author, the page or the editor.

Kept beside the index, and as disposable: without it, `add` asks where it could have known.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.pages.blocks import Page
from corpus.pages.contact_data import has_contact_data
from corpus.records import Webinar
from corpus.site import DERIVED
from corpus.writeup_reader import read_writeup

_FOLDER = "pages"
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")


@dataclass(frozen=True, slots=True)
class PageMemory:
    """The page a write-up comes from: its address, its words, and the write-up it drafts."""

    source: str
    text: str
    draft: str

    def webinar(self, webinar_id: str) -> Webinar | None:
        """The record that the page drafted."""
        return read_writeup(self.draft, webinar_id).webinar


def bare(text: str) -> str:
    """The words, whatever the spaces and apostrophes: « l’arbre » is also « l'arbre »."""
    return re.sub(r"\s+", " ", text.translate(_APOSTROPHES))


def text_of(page: Page) -> str:
    """The words of a page, without the lines that hold a phone number or an address."""
    return "\n".join(b.text for b in page.blocks if not has_contact_data(b.text))


def remembered(site: Path, webinar_id: str) -> PageMemory | None:
    """What is known of the page of a write-up, if it is."""
    try:
        return PageMemory(**json.loads(_path(site, webinar_id).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def remember(site: Path, webinar_id: str, memory: PageMemory) -> None:
    """Keep what a page says now."""
    path = _path(site, webinar_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(memory), ensure_ascii=False), "utf-8")


def memories(site: Path) -> Iterator[tuple[Path, PageMemory | None]]:
    """Every page that is remembered; None for what cannot be read."""
    for path in sorted((site / DERIVED / _FOLDER).glob("*")):
        yield path, remembered(site, path.stem)


def _path(site: Path, webinar_id: str) -> Path:
    return site / DERIVED / _FOLDER / f"{webinar_id}.json"

"""The pieces of a page, in reading order: what every reader gives and the extractor takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.problems import Problem


class BlockKind(StrEnum):
    """What a reader can tell from the format alone, without understanding the words."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    TURN = "turn"
    CAPTION = "caption"  # of a picture, a film or a table: nobody says it


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page. `line` counts from 1 in the source; `level` is that of a heading.

    A turn of speech has its speaker, where known, and its moment in seconds.
    `group` numbers the blockquotes: pieces of the same one share it. `is_strong`: all in bold.
    """

    kind: BlockKind
    text: str
    line: int
    level: int = 0
    group: int = 0
    is_strong: bool = False
    speaker: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader gives it: its blocks, and what its format declares about itself.

    `is_signed`: the author wrote these fields above the text (front matter), so they come before
    its words; what a site tells machines comes after. `is_title_weak`: only the name of a file
    or of a browser tab tells it. `problems` are doubts about the fields; `doubts`, about the words.
    `summary` and `people` (who speaks) are what the author declared, to be read with the words.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    is_title_weak: bool = False
    url: str = ""
    replay_url: str = ""
    held_on: date | None = None
    published_on: date | None = None
    is_signed: bool = False
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    summary: str = ""
    people: tuple[str, ...] = ()


Reader = Callable[[bytes], Page]

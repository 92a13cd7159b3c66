"""From a tree of HTML elements to blocks; what Markdown becomes is read here too."""

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from corpus.pages.blocks import Block, BlockKind
from corpus.pages.quotation_marks import has_mark

_QUOTE_CLASS = re.compile(r"(?:^|\s)(?:quote|citation|verbatim|blockquote)(?:$|\s)", re.IGNORECASE)
_SAID = re.compile(r"citation|verbatim|propos\b|parole|\bdit\b", re.IGNORECASE)
LINE_MARK = re.compile(r"line:(\d+)")
"""A comment that tells the line of what follows, in what a reader made into HTML itself."""

_DROPPED_NAMES = """
    script style noscript template iframe object embed svg math canvas audio video button select
    textarea input form head nav dialog menu
"""
_DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCK_NAMES = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot
    th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SIGNS = frozenset(["cite", "figcaption", "footer"])
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def blocks_of(root: Any) -> tuple[Block, ...]:
    """Every piece of text below an element, in reading order.

    Without line marks, lines are those of the page copied as text: one left empty between two
    pieces, none at a line break or before the signature of a quotation.
    """
    walk = _Walk()
    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            if skipped is None:
                walk.mark(element.text or "")
                walk.add(element.tail)
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipped is None:
            if name in _DROPPED:
                skipped = element
            else:
                walk.enter(name, element)
                walk.add(element.text)
        elif event == "end":
            if skipped is None:
                walk.leave(name)
            elif skipped is element:
                skipped = None
            if skipped is None and element is not root:
                walk.add(element.tail)
    walk.flush()
    return tuple(walk.blocks)


def words_of(text: str) -> str:
    """The words as a browser shows them: runs of spaces are one, the unbreakable ones stay."""
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip(" ")


class _Walk:
    """What is open while the tree is read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._was_strong = False
        self._upright = False  # some were not in italics
        self._plain = False  # some words since the last flush were not in bold
        self._line = 0
        self._marked: int | None = None
        self._next: int | None = None
        self._gap = 2
        self._groups: list[int] = []
        self._group = 0
        self._signs = 0
        self._counters: list[int | None] = []
        self._number: int | None = None
        self._row: list[list[Block]] | None = None
        self._heads = 0  # cells of the row that are headings
        self._columns: list[str] = []

    def mark(self, comment: str) -> None:
        found = LINE_MARK.fullmatch(comment)
        if found:
            self._marked = int(found[1])
            if not self._has_words():
                self._next = self._marked

    def add(self, text: str | None) -> None:
        if not text:
            return
        if text.strip(" \t\r\n\f\v\u00a0"):
            self._plain = not self._is_strong() or self._plain
            self._upright = self._upright or not any(name in {"em", "i"} for name in self._open)
        self._text.append(text)

    def enter(self, name: str, element: Any) -> None:
        is_sign = name in _SIGNS and self._is_signing()
        if name in _BLOCKS or is_sign:
            self.flush()
            if is_sign:
                self._gap = 1
        if is_sign:
            self._signs += 1
            name = f"sign {name}"
        elif name in _BLOCKS and _QUOTE_CLASS.search(element.get("class", "")):
            if not self._groups:
                self._group += 1
            self._groups.append(self._group)
            self._open.append(f"quote {name}")
            name = ""
        self._open.append(name) if name else None
        line = element.get("data-line", "")
        if line.isdecimal():
            self._marked = self._next = int(line)
        match name:
            case "br":
                self.flush()
                self._gap = 1
            case "q":
                self._text.append("«\u00a0")
            case "blockquote":
                if not self._groups:
                    self._group += 1
                self._groups.append(self._group)
            case "ol":
                start = element.get("start", "1")
                self._counters.append(int(start) if re.fullmatch(r"\d{1,4}", start) else 1)
            case "ul":
                self._counters.append(None)
            case "li" if self._counters and (number := self._counters[-1]) is not None:
                self._number = number
                self._counters[-1] = number + 1
            case "tr":
                self._row, self._heads = [], 0
            case "td" | "th" if self._row is not None:
                self._row.append([])
                self._heads += name == "th"

    def leave(self, name: str) -> None:
        entered = self._open[-1]
        if name == "q":
            self._text.append("\u00a0»")
        if name in {"b", "strong"} and not self._plain and self._ends_question():
            # « **Une question ?** Sa réponse » is two pieces.
            self.flush()
            self._gap = 1
        if name in _BLOCKS or entered.startswith("sign "):
            self.flush()
        self._open.pop()
        if entered.startswith("sign "):
            self._signs -= 1
        if (name == "blockquote" or entered.startswith("quote ")) and self._groups:
            self._groups.pop()
        elif name in {"ol", "ul"} and self._counters:
            self._counters.pop()
        elif name == "tr":
            self._end_row()
        elif name == "table":
            self._columns = []

    def flush(self) -> None:
        """End the piece that was being read."""
        words = words_of("".join(self._text))
        strong = not self._plain and self._was_strong
        italic = not self._upright
        self._text, self._plain, self._upright, self._was_strong = [], False, False, False
        if not words.strip(" \u00a0"):
            return
        words = words.strip(" \u00a0")
        kind, level = self._kind()
        if self._number is not None and kind is BlockKind.LIST_ITEM:
            words = f"{self._number}. {words}"
        self._number = None
        group = self._groups[-1] if self._groups and not self._signs else 0
        if italic and not group and not self._signs and kind is BlockKind.PARAGRAPH:
            self._group += 1  # italics alone may be speech: a signature tells
            group = self._group
        line = self._next if self._next is not None else self._line + self._gap
        self._line = max(line, self._line + 1) if self._marked or self._line else 1
        self._gap, self._next = 2, None
        if self._marked is not None:
            self._next = self._marked if self._marked > self._line else None
            self._gap = 1
        block = Block(kind, words, self._line, level, group, strong)
        if self._row:
            self._row[-1].append(block)
        else:
            self.blocks.append(block)

    def _end_row(self) -> None:
        cells = [cell for cell in self._row or [] if cell]
        self._row = None
        if cells and self._heads == len(cells):
            self._columns = [cell[0].text for cell in cells]
            self._heads = 0
            return
        self._heads = 0
        pieces = [block for cell in cells for block in cell]
        said = [i for i, name in enumerate(self._columns) if _SAID.search(name)]
        if len(cells) > 1 and len(pieces) == len(cells) == len(self._columns) and said:
            self._group += 1
            pieces[said[0]] = replace(pieces[said[0]], kind=BlockKind.QUOTE, group=self._group)
            self.blocks.extend(pieces)
        elif len(cells) > 1 and len(pieces) == len(cells) and not any(map(_speaks, pieces)):
            text = ", ".join(block.text for block in pieces)
            self.blocks.append(Block(BlockKind.TABLE_ROW, text, pieces[0].line))
        else:
            self.blocks.extend(pieces)

    def _kind(self) -> tuple[BlockKind, int]:
        for name in reversed(self._open):
            if re.fullmatch("h[1-6]", name):
                return BlockKind.HEADING, int(name[1])
        if self._signs:
            return BlockKind.PARAGRAPH, 0
        if "li" in self._open:
            return BlockKind.LIST_ITEM, 0
        if self._groups:
            return BlockKind.QUOTE, 0
        return (BlockKind.TABLE_ROW if self._row else BlockKind.PARAGRAPH), 0

    def _is_strong(self) -> bool:
        strong = any(name in {"b", "strong", "dt", "summary"} for name in self._open)
        self._was_strong = self._was_strong or strong
        return strong

    def _is_signing(self) -> bool:
        return not self._signs and (bool(self._groups) or "figure" in self._open)

    def _has_words(self) -> bool:
        return bool("".join(self._text).strip())

    def _ends_question(self) -> bool:
        inside = any(name in {"h1", "h2", "h3", "h4", "h5", "h6"} for name in self._open)
        return not inside and "".join(self._text).rstrip(" \u00a0\n").endswith("?")


def _speaks(block: Block) -> bool:
    return block.kind is BlockKind.QUOTE or has_mark(block.text)

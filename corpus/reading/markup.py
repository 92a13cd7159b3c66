"""From a tree of HTML elements to blocks; what Markdown becomes is read here too."""

import re
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from lxml import etree

from corpus.extraction.marks import has_mark
from corpus.extraction.names import begins_with_name
from corpus.extraction.speech import ends_sentence
from corpus.reading.blocks import Block, BlockKind
from corpus.reading.plain_text import BULLET, words_of
from corpus.reading.tables import columns_of, row_blocks

_NOTE_CALL = re.compile(
    r"[\[(]?\s*(?:note |n\.? ?)?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?|\*{1,3}|[†‡]|\[[a-z]\]",
    re.I,
)
_EXPONENT = re.compile(r"[23²³]")
_UNIT = re.compile(r"(?:^|[^\w])(?:(?:[kcdmhµ]|da|mm)?m|[a-zA-Z]|CO|NO|SO|mc)$")
_POWER = re.compile(r"(?:^|[^\d])10$")
# A raised figure typed as such: « pris¹ », not « m² » nor « dam³ ».
_RAISED = re.compile(r"(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]{1,3}(?!\w)|(?<=[.!?»…])[¹²³⁰⁴-⁹]{1,3}(?!\w)")


def is_note_call(raised: str, before: str) -> bool:
    """Say whether raised signs call a note: « pris¹ », but neither « m² », « 10⁶ » nor « 1ᵉʳ »."""
    call = raised.strip()
    if not _NOTE_CALL.fullmatch(call):
        return False
    before = before.rstrip()
    is_power = call.isdecimal() and _POWER.search(before)
    return not (is_power or (_EXPONENT.fullmatch(call) and _UNIT.search(before)))


def without_raised(text: str) -> str:
    """Leave out the calls of notes that were typed as raised figures."""
    return _RAISED.sub("", text)


_QUOTE_CLASS = re.compile(r"(?:^|\s)(?:quote|citation|verbatim|blockquote)(?:$|\s)", re.IGNORECASE)
# One testimonial, as the plugins of WordPress name it, and who says it.
_CARD_CLASS = re.compile(r"(?:^|\s)[\w-]*(?:testimonial|temoignage)(?:$|\s)", re.IGNORECASE)
_NAME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:name|nom|author|auteur|title|titre|role|fonction|job|position|company|meta)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CARD_LENGTH = 2_000  # characters; beyond, it is the whole page
_NAME_WORDS = 12
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
_FILMS = frozenset(["video", "audio", "iframe", "object", "canvas"])
_PICTURES = _FILMS | {"img", "picture", "svg"}
_CAPTION_CLASS = re.compile(
    r"(?:^|\s)(?:(?:wp|image|img|photo|media|figure|video)-caption(?:-text)?|caption|legende|légende"
    r"|spip_doc_(?:titre|descriptif|legende|credits)|fr-content-media__caption)(?:$|\s)",
    re.IGNORECASE,
)
_WORDLESS = (
    "figcaption",
    *("table", "video", "audio", "iframe", "object", "svg"),
    *("noscript", "script", "style", "button", "a"),
)
_QUOTED = ".//blockquote | .//q | .//text()[normalize-space() and not({})]".format(
    " or ".join(f"ancestor::{name}" for name in _WORDLESS)
)
_SIGNS = frozenset(["cite", "figcaption", "footer"])
_BLANK = " \u00a0\u202f"
_SPOKEN_WORDS = 4
_SIGNATURE_WORDS = 25


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
                if name in _FILMS:
                    walk.pass_picture()
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
    return tuple(_with_captions_told(walk.blocks))


class _Walk:
    """What is open while the tree is read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._was_strong = False
        self._upright = False  # some were not in italics
        self._slanted = 0  # where the italics that open the piece end
        self._plain = False  # some words since the last flush were not in bold
        self._line = 0
        self._marked: int | None = None
        self._next: int | None = None
        self._gap = 2
        self._groups: list[int] = []
        self._group = 0
        self._signs = 0
        self._captions = 0
        self._cards = 0
        self._is_below_picture = False
        self._counters: list[int | None] = []
        self._number: int | None = None
        self._row: list[list[Block]] | None = None
        self._heads = 0  # cells of the row that are headings
        self._columns: list[str] = []
        self._above: list[list[Block]] = []

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
        self._text.append(without_raised(text))

    def pass_picture(self) -> None:
        """A picture, or a film, stands here: what follows may tell what it shows."""
        self._is_below_picture = not self._has_words()

    def enter(self, name: str, element: Any) -> None:
        is_caption = not self._groups and _is_caption(name, element)
        is_name = bool(self._cards and _NAME_CLASS.search(element.get("class", "")))
        is_sign = is_name or (name in _SIGNS and self._is_signing() and not is_caption)
        if name in _BLOCKS or is_sign or is_caption:
            self.flush()
        line = element.get("data-line", "")
        if line.isdecimal():
            self._marked = self._next = int(line)
        if is_caption:
            self._captions += 1
            self._open.append(f"caption {name}")
        elif is_sign:
            self._gap = 1
            self._signs += 1
            self._open.append(f"sign {name}")
        elif name in _BLOCKS and _QUOTE_CLASS.search(element.get("class", "")):
            self._begin_quote()
            self._open.append(f"quote {name}")
        elif name in _BLOCKS and not self._cards and _is_card(element):
            self._begin_quote()
            self._cards += 1
            self._open.append(f"card {name}")
        else:
            self._open.append(name)
            self._begin(name, element)

    def _begin_quote(self) -> None:
        """Quotes within a quote belong to its group."""
        if not self._groups:
            self._group += 1
        self._groups.append(self._group)

    def _begin(self, name: str, element: Any) -> None:
        """What an element does to what follows it."""
        match name:
            case "img":
                self.pass_picture()
            case "br":
                self.flush()
                self._gap = 1
            case "q":
                self._text.append("«\u00a0")
            case "blockquote":
                self._begin_quote()
            case "ol":
                start = element.get("start", "1")
                self._counters.append(int(start) if re.fullmatch(r"\d{1,4}", start) else 1)
            case "ul":
                self._counters.append(None)
            case "li" if self._counters and (number := self._counters[-1]) is not None:
                self._number = number
                self._counters[-1] = number + 1
            case "table" if self._row is not None:
                # A table within a table lays out a page: its rows are those that matter.
                self.blocks.extend(block for cell in self._row for block in cell)
                self._row = None
            case "tr":
                self._row, self._heads = [], 0
            case "td" | "th" if self._row is not None:
                # The cells of a row are nearer to each other than to the next row.
                self._gap = 1 if any(self._row) else self._gap
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
        if name in {"em", "i"} and not self._upright:
            self._slanted = sum(map(len, self._text))
        if name in _BLOCKS or entered.startswith(("sign ", "caption ")):
            self.flush()
        self._open.pop()
        self._cards -= entered.startswith("card ")
        self._signs -= entered.startswith("sign ")
        self._captions -= entered.startswith("caption ")
        if (name == "blockquote" or entered.startswith(("quote ", "card "))) and self._groups:
            self._groups.pop()
        elif name in {"ol", "ul"} and self._counters:
            self._counters.pop()
        elif name == "tr":
            self._end_row()
        elif name == "table":
            self._columns, self._above = [], []

    def flush(self) -> None:
        """End the piece that was being read."""
        written = "".join(self._text)
        strong = not self._plain and self._was_strong
        italic, slanted = not self._upright, self._slanted
        self._text, self._plain, self._upright, self._was_strong = [], False, False, False
        self._slanted = 0
        words = words_of(written)
        if not words.strip(_BLANK):
            return
        below, self._is_below_picture = self._is_below_picture, False
        kind, level = self._kind()
        signs = self._signs or (self._cards and (kind is BlockKind.HEADING or _is_short(words)))
        if signs:
            kind = BlockKind.PARAGRAPH
        if kind is BlockKind.CAPTION and has_mark(words):
            kind = BlockKind.PARAGRAPH  # words under a portrait: somebody says them
        said, signature = words_of(written[:slanted]), words_of(written[slanted:])
        alone = not (self._groups or signs) and kind is not BlockKind.HEADING
        if alone and not italic and _is_signed(said, signature):
            self._emit(said, BlockKind.PARAGRAPH, group=self._new_group())
            self._gap = 1
            self._emit(signature, BlockKind.PARAGRAPH)
            return
        bullet = BULLET.match(words) if kind is BlockKind.PARAGRAPH and not signs else None
        if bullet and not words.startswith(("-", "–")):
            words, kind = words[bullet.end() :], BlockKind.LIST_ITEM
        if self._number is not None and kind is BlockKind.LIST_ITEM:
            words = f"{self._number}. {words}"
        self._number = None
        group = self._groups[-1] if self._groups and not signs else 0
        if italic and alone and kind is BlockKind.PARAGRAPH:
            group = self._new_group()  # italics alone may be speech: a signature tells
            kind = BlockKind.CAPTION if below and not has_mark(words) else kind
        self._emit(words, kind, level, group, strong)

    def _new_group(self) -> int:
        self._group += 1
        return self._group

    def _emit(
        self, words: str, kind: BlockKind, level: int = 0, group: int = 0, strong: bool = False
    ) -> None:
        line = self._next if self._next is not None else self._line + self._gap
        self._line = max(line, self._line + 1) if self._marked or self._line else 1
        self._gap, self._next = 2, None
        if self._marked is not None:
            self._next = self._marked if self._marked > self._line else None
            self._gap = 1
        block = Block(kind, words.strip(_BLANK), self._line, level, group, strong)
        if self._row:
            self._row[-1].append(block)
        else:
            self.blocks.append(block)

    def _end_row(self) -> None:
        cells = self._row or []
        self._row = None
        shown = [cell for cell in cells if cell]
        is_header = bool(shown) and self._heads == len(shown)
        columns = columns_of(cells, is_header=is_header) if not self._columns or is_header else []
        if columns:
            self._columns = columns
        elif shown:
            self.blocks.extend(row_blocks(cells, self._columns, self._above, self._new_group()))
            self._above = cells

    def _kind(self) -> tuple[BlockKind, int]:
        for name in reversed(self._open):
            if re.fullmatch("h[1-6]", name):
                return BlockKind.HEADING, int(name[1])
        if self._captions:
            return BlockKind.CAPTION, 0
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


def _is_short(words: str) -> bool:
    return len(words.split()) <= _NAME_WORDS and not ends_sentence(words)


def _is_card(element: Any) -> bool:
    """Say whether an element is one testimonial, not a page about one."""
    is_named = _CARD_CLASS.search(element.get("class", ""))
    if not is_named or element.find(".//h1") is not None:
        return False
    lengths = accumulate(map(len, element.itertext()))
    return all(length < _CARD_LENGTH for length in lengths)


def _is_caption(name: str, element: Any) -> bool:
    """Say whether an element tells what a picture or a table shows, and signs no quotation."""
    if name == "figcaption":
        figure = next(element.iterancestors("figure"), None)
        if figure is None or next(figure.iter(*_PICTURES, "table"), None) is None:
            return False
        return not figure.xpath(_QUOTED)
    if name == "caption":
        return True
    is_named = name in _BLOCKS and _CAPTION_CLASS.search(element.get("class", ""))
    return bool(is_named) and not element.xpath(".//blockquote | .//h1 | .//h2")


def _with_captions_told(blocks: list[Block]) -> list[Block]:
    """Italics under a picture are its caption, unless the next piece signs them."""
    told = list(blocks)
    for at, (block, below) in enumerate(pairwise(blocks)):
        if block.kind is BlockKind.CAPTION and block.group and _is_signature(below):
            told[at] = replace(block, kind=BlockKind.PARAGRAPH)
    return [replace(b, group=0) if b.kind is BlockKind.CAPTION else b for b in told]


def _is_signature(block: Block) -> bool:
    is_short = len(block.text.split()) <= _SIGNATURE_WORDS and block.text[-1] not in ".!?»"
    return block.kind is BlockKind.PARAGRAPH and is_short and begins_with_name(block.text)


def _is_signed(said: str, signature: str) -> bool:
    """Say whether words in italics are followed by a name: « *On y va.* — Prénom Nom »."""
    return (
        len(said.split()) >= _SPOKEN_WORDS
        and len(signature.split()) <= _SIGNATURE_WORDS
        and begins_with_name(signature)
        and not has_mark(said)
        and not has_mark(signature)
    )

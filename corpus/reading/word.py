"""Reader of Word documents: headings, lists, tables and quotes by their style.

Notes, comments, deleted text, drawings and macros are left out; nothing external is fetched.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.problems import CorpusError
from corpus.reading.archives import require_safe_archive
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.declared import REPLAY, Sign, VideoLink, is_video, replay_among
from corpus.reading.markup import is_note_call, without_raised
from corpus.reading.plain_text import INVISIBLE
from corpus.reading.tables import Cell, columns_of, row_blocks
from corpus.typography import fold

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_HEADING = re.compile(r"(?:heading|titre|title)\s*(\d)?")
_QUOTE = re.compile(
    r"(?:intense )?quote|(?:block )?citation|citation intense|block ?text|quotations"
)
_LIST = re.compile(r"list|liste|puce")
_CONTENTS = re.compile(
    r"(?:toc|tm|table of (?:contents|figures)|caption|legende|footnote|header)\b"
)
_BREAKS = {f"{_W}br", f"{_W}cr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NEAR = 40  # letters before a raised figure that tell what it is
_LEFT_OUT = {
    f"{_W}{name}"
    for name in (
        "del",
        "moveFrom",
        "drawing",
        "pict",
        "object",
        "instrText",
        "delText",
        "rPr",
        "pPr",
    )
} | {_FALLBACK}
_CONTAINERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}


def page_from_docx(data: bytes) -> Page:
    """Read a document; what is not one, or is hostile, is refused in French."""
    require_safe_archive(data, "un document Word (.docx)")
    try:
        document = docx.Document(io.BytesIO(data))
        _drop_unsaid(document)
        blocks = tuple(_Body(document).blocks())
    except CorpusError:
        raise
    except Exception as error:
        # A made-up file fails anywhere in the library, with any exception.
        raise CorpusError(
            "ce document Word n’est pas lisible : enregistrez-le à nouveau."
        ) from error
    replay_url, problems = replay_among(_videos(document))
    return Page(
        blocks,
        title=clean(document.core_properties.title or ""),
        is_title_weak=True,
        replay_url=replay_url,
        problems=problems,
    )


def _videos(document: Document) -> Iterator[VideoLink]:
    """Where the links of the document lead that may be the recording."""
    links = document.part.rels
    for link in document.element.body.iter(f"{_W}hyperlink"):
        related = links.get(link.get(_LINK_ID, ""))
        if related is None or not related.is_external:
            continue
        words = "".join(_texts(link.getparent()))
        if REPLAY.search(words):
            yield VideoLink(related.target_ref, Sign.SAID)
        elif is_video(related.target_ref):
            yield VideoLink(related.target_ref, Sign.LINKED)


_UNSAID = ("strike", "dstrike", "vanish")


def _drop_unsaid(document: Document) -> None:
    """Take out the runs that are struck, hidden, or call a note by a raised figure."""
    unsaid = {s.style_id for s in document.styles if _has_any(s.element, _UNSAID)}
    for paragraph in document.element.body.iter(f"{_W}p"):
        before = ""
        for run in list(paragraph.iter(f"{_W}r")):
            words = "".join(_texts(run))
            style = run.find(f"{_W}rPr/{_W}rStyle")
            named = style is not None and style.get(_VAL) in unsaid
            is_unsaid = _has_any(run, _UNSAID) or (named and not _undoes(run, _UNSAID))
            if is_unsaid or (_is_raised(run) and is_note_call(words, before)):
                run.getparent().remove(run)
            else:
                before = (before + without_raised(words))[-_NEAR:]


def _has_any(element: BaseOxmlElement, names: Iterable[str]) -> bool:
    return any(_has(element, name) for name in names)


def _undoes(run: BaseOxmlElement, names: Iterable[str]) -> bool:
    """Say whether a run takes back what its style says."""
    return any(run.find(f"{_W}rPr/{_W}{name}") is not None for name in names)


def _is_raised(run: BaseOxmlElement) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vertAlign")
    return mark is not None and mark.get(_VAL) == "superscript"


def clean(text: str) -> str:
    """The letters that show, without the spaces around them."""
    shown = text.translate(INVISIBLE)
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in shown).strip()


class StyledBody:
    """What paragraphs become, whatever the suite that wrote them: each counts as a line."""

    def __init__(self) -> None:
        self._line = 0
        self._group = 0
        self._in_quote = False

    def pieces(
        self,
        lines: Sequence[str],
        kind: tuple[BlockKind, int],
        number: str,
        emphasis: tuple[bool, bool],
    ) -> Iterator[Block]:
        """The lines of a paragraph; `number` is printed before it, `emphasis` is bold, italics."""
        shown, level = kind
        is_strong, is_slanted = emphasis
        group = 0
        if shown is BlockKind.QUOTE or (is_slanted and shown is BlockKind.PARAGRAPH):
            # Neighbours in one style are one quotation; italics alone may be speech.
            self._group += not (shown is BlockKind.QUOTE and self._in_quote)
            group = self._group
        self._in_quote = shown is BlockKind.QUOTE
        for at, words in enumerate(lines):
            self._line += 1 if at else 0
            if words:
                prefix = number if at == 0 else ""
                # A printed number is what tells a key idea: it is no mere item then.
                plain = prefix and shown is BlockKind.LIST_ITEM
                told = BlockKind.PARAGRAPH if plain else shown
                yield Block(told, prefix + words, self._line, level, group, is_strong)

    def rows(self, rows: Iterable[tuple[Sequence[Iterable[Block]], bool]]) -> Iterator[Block]:
        """The rows of a table, each with its cells and whether it is the header."""
        columns: list[str] = []
        above: list[Cell] = []
        for found, is_header in rows:
            if len(found) == 1:  # a frame around text, not a table
                yield from found[0]
                continue
            cells = [list(cell) for cell in found]
            self._line += 1  # the cells of a row are nearer to each other than to the next row
            named = columns_of(cells, is_header=is_header) if not columns else []
            if named:
                columns = named
            elif any(cells):
                self._group += 1
                yield from row_blocks(cells, columns, above, self._group)
                above = cells


def is_left_out(style: str) -> bool:
    """Say whether paragraphs of a style, by its folded name, are no text: contents, captions."""
    return _CONTENTS.match(style) is not None


def kind_of_style(style: str, *, is_item: bool) -> tuple[BlockKind, int]:
    """What the folded name of a style says of a paragraph, and the level of a heading."""
    heading = _HEADING.fullmatch(style)
    if heading:
        return BlockKind.HEADING, int(heading[1] or 1)
    if _QUOTE.fullmatch(style):
        return BlockKind.QUOTE, 0
    if is_item or _LIST.match(style):
        return BlockKind.LIST_ITEM, 0
    return BlockKind.PARAGRAPH, 0


class _Body(StyledBody):
    """Walks through a Word document."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._body = document.element.body
        self._styles = {
            style.style_id: fold(style.name or "") for style in document.styles if style.style_id
        }
        self._style_numbers = {
            style.style_id: number
            for style in document.styles
            if (number := style.element.find(f"{_W}pPr/{_W}numPr/{_W}numId")) is not None
        }
        self._formats = dict(_number_formats(document))
        self._counts: dict[str, int] = {}

    def blocks(self) -> Iterator[Block]:
        yield from self._children(self._body)

    def _children(self, parent: BaseOxmlElement) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in _CONTAINERS:
                yield from self._children(child)

    def _paragraph(self, paragraph: BaseOxmlElement) -> Iterator[Block]:
        self._line += 1
        style = self._style_of(paragraph)
        if is_left_out(style):
            return
        lines = lines_of("".join(_texts(paragraph)))
        is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        kind = kind_of_style(style, is_item=is_item)
        number = self._number_of(paragraph) if any(lines) else ""
        yield from self.pieces(lines, kind, number, _emphasis(paragraph))
        for box in _text_boxes(paragraph):
            yield from self._children(box)

    def _table(self, table: BaseOxmlElement) -> Iterator[Block]:
        yield from self.rows(
            (
                [self._children(cell) for cell in row.iterchildren(f"{_W}tc")],
                row.find(f"{_W}trPr/{_W}tblHeader") is not None,
            )
            for row in table.iterchildren(f"{_W}tr")
        )

    def _style_of(self, paragraph: BaseOxmlElement) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(style.get(_VAL, ""), "") if style is not None else ""

    def _number_of(self, paragraph: BaseOxmlElement) -> str:
        """The number that Word prints before a paragraph of a numbered list: « 3. »."""
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        level = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if number is None and style is not None:
            number = self._style_numbers.get(style.get(_VAL, ""))
        key = number.get(_VAL, "") if number is not None else ""
        if self._formats.get(key) != "decimal" or (level is not None and level.get(_VAL) != "0"):
            return ""
        self._counts[key] = self._counts.get(key, 0) + 1
        return f"{self._counts[key]}. "


def _number_formats(document: Document) -> Iterator[tuple[str, str]]:
    """How each numbering of the document writes its first level."""
    related = {part.reltype for part in document.part.rels.values()}
    if RELATIONSHIP_TYPE.NUMBERING not in related:
        return
    root = document.part.numbering_part.element
    formats = {
        abstract.get(f"{_W}abstractNumId"): found.get(_VAL)
        for abstract in root.iterchildren(f"{_W}abstractNum")
        if (found := abstract.find(f"{_W}lvl/{_W}numFmt")) is not None
    }
    for number in root.iterchildren(f"{_W}num"):
        abstract = number.find(f"{_W}abstractNumId")
        kind = formats.get(abstract.get(_VAL)) if abstract is not None else None
        if kind:
            yield number.get(f"{_W}numId", ""), kind


def _emphasis(paragraph: BaseOxmlElement) -> tuple[bool, bool]:
    """Whether all the words of a paragraph are in bold, and whether all are in italics."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(_texts(run)).strip()]
    return bool(runs) and all(_has(r, "b") for r in runs), bool(runs) and all(
        _has(r, "i") for r in runs
    )


def _has(run: BaseOxmlElement, name: str) -> bool:
    mark = run.find(f"{_W}rPr/{_W}{name}")
    return mark is not None and mark.get(_VAL, "1") not in {"0", "false", "none"}


def _text_boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The boxes anchored in a paragraph; an old copy of each, for old readers, is left out."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        above = {ancestor.tag for ancestor in box.iterancestors()}
        if _FALLBACK not in above:
            yield box


def lines_of(text: str) -> list[str]:
    """The lines of a paragraph, without what is no letter."""
    return [clean(without_raised(line)) for line in text.split("\n")]


def _texts(element: BaseOxmlElement) -> Iterator[str]:
    """The words of a paragraph as Word shows them, with its line breaks."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _texts(child)

"""Reader of OpenDocument texts (.odt): headings, lists, tables and quotes by their style.

Notes, comments, deleted or hidden text, drawings and macros are left out; nothing external is
fetched.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from lxml import etree

from corpus.problems import CorpusError
from corpus.reading.archives import require_safe_archive
from corpus.reading.blocks import Block, BlockKind, Page
from corpus.reading.declared import REPLAY, Sign, VideoLink, is_video, replay_among
from corpus.reading.markup import is_note_call
from corpus.reading.word import StyledBody, clean, is_left_out, kind_of_style, lines_of
from corpus.typography import fold

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_OFFICE, _TEXT, _TABLE, _DRAW, _STYLE = (
    f"{{{_NAMESPACE.format(name)}}}" for name in ("office", "text", "table", "drawing", "style")
)
_FO = f"{{{_NAMESPACE.format('xsl-fo-compatible')}}}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SPACES = re.compile(r"[ \t\r\n]+")
_SLANTED = ("italic", "oblique")
_RAISED = re.compile(r"super|[1-9]\d*%")
_NEAR = 40  # letters before a raised figure that tell what it is
_MAX_SPACES, _MAX_CELLS = 100, 100  # a document may ask for a billion
_ITEMS = {f"{_TEXT}list-item", f"{_TEXT}list-header"}
_CONTAINERS = {f"{_TEXT}section", f"{_TEXT}numbered-paragraph", f"{_OFFICE}text"}
_WORDLESS = {
    *(f"{_TEXT}{name}" for name in ("note", "note-ref", "number", "ruby-text", "tracked-changes")),
    *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners")),
}
_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
_ENCRYPTED = b"encryption-data"
_PARTS = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")


def page_from_odt(data: bytes) -> Page:
    """Read a document; what is not one, or is hostile, is refused in French."""
    require_safe_archive(data, "un document OpenDocument (.odt)")
    try:
        content, styles, meta = _parts_of(data)
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        blocks = tuple(_Body(_Styles([styles, content])).blocks(body))
        replay_url, problems = replay_among(_videos(body))
    except (etree.LxmlError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CorpusError(
            "ce document OpenDocument n’est pas lisible : enregistrez-le à nouveau en .odt."
        ) from error
    title = next(meta.iter(_TITLE), None)
    return Page(
        blocks,
        title=clean("".join(title.itertext())) if title is not None else "",
        is_title_weak=True,
        replay_url=replay_url,
        problems=problems,
    )


def _parts_of(data: bytes) -> tuple[Any, Any, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in _PARTS if name in archive.namelist()}
    if _ENCRYPTED in found.get(_PARTS[-1], b""):
        raise CorpusError("ce document est protégé par un mot de passe : ôtez-le d’abord.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    content, styles, meta = (
        etree.fromstring(found[name] if at == 0 else found.get(name, b"<none/>"), parser)
        for at, name in enumerate(_PARTS[:-1])
    )
    return content, styles, meta


def _videos(body: Any) -> Iterator[VideoLink]:
    """Where the links of the document lead that may be the recording."""
    for link in body.iter(f"{_TEXT}a"):
        url = link.get(_HREF, "")
        if url.startswith(("https://", "http://")):
            if REPLAY.search("".join(link.getparent().itertext())):
                yield VideoLink(url, Sign.SAID)
            elif is_video(url):
                yield VideoLink(url, Sign.LINKED)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says by itself; nothing (`None`) leaves it to the style it is made from."""

    parent: str | None
    name: str
    is_strong: bool | None
    is_slanted: bool | None
    is_unsaid: bool | None
    is_raised: bool | None


def _look_of(style: Any) -> _Look:
    name = style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}name", "")
    said = style.find(f"{_STYLE}text-properties")
    told = dict(said.attrib) if said is not None else {}
    weight, slant = told.get(f"{_FO}font-weight"), told.get(f"{_FO}font-style")
    struck = told.get(
        f"{_STYLE}text-line-through-style", told.get(f"{_STYLE}text-line-through-type")
    )
    shown, place = told.get(f"{_TEXT}display"), told.get(f"{_STYLE}text-position")
    unsaid = [
        mark
        for mark in (shown and shown == "none", struck and struck != "none")
        if mark is not None
    ]
    return _Look(
        style.get(f"{_STYLE}parent-style-name"),
        fold(name.replace("_20_", " ")),
        None if weight is None else weight == "bold" or weight[:1] in "6789",
        None if slant is None else slant in _SLANTED,
        any(unsaid) if unsaid else None,
        None if place is None else _RAISED.match(place) is not None,
    )


class _Styles:
    """The styles of a document, made for it (automatic) or named, by family and name."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._looks: dict[tuple[str, str], _Look] = {}
        self._made: set[tuple[str, str]] = set()
        self._numbered: set[str] = set()
        for root in roots:
            for style in root.iter(f"{_STYLE}style"):
                key = style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")
                self._looks[key] = _look_of(style)
                if style.getparent().tag == f"{_OFFICE}automatic-styles":
                    self._made.add(key)
            for style in root.iter(f"{_TEXT}list-style"):
                level = style.find(f"{_TEXT}list-level-style-number[@{_TEXT}level='1']")
                if level is not None and level.get(f"{_STYLE}num-format") == "1":
                    self._numbered.add(style.get(f"{_STYLE}name", ""))

    def is_numbered(self, list_style: str) -> bool:
        """Say whether the first level of a list shows numbers."""
        return list_style in self._numbered

    def chain(self, family: str, name: str) -> list[_Look]:
        """A style, the one it is made from, and so on; a circle ends."""
        found: dict[str, _Look] = {}
        at: str | None = name
        while at is not None and at not in found and (family, at) in self._looks:
            found[at] = self._looks[family, at]
            at = found[at].parent
        return list(found.values())

    def names(self, paragraph_style: str) -> list[str]:
        """The folded names of a style and of those it is made from, nearest first."""
        key = "paragraph", paragraph_style
        return [look.name for look in self.chain(*key)[key in self._made :]]

    def own_look(self, paragraph_style: str) -> list[_Look]:
        """What was changed on this paragraph only."""
        key = "paragraph", paragraph_style
        return [self._looks[key]] if key in self._made else []


def _told(looks: Iterable[_Look], of: str) -> bool:
    return next((told for look in looks if (told := getattr(look, of)) is not None), False)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one look."""

    words: str
    is_strong: bool = False
    is_slanted: bool = False
    is_raised: bool = False


def _run(words: str | None, looks: list[_Look]) -> _Run:
    return _Run(
        _SPACES.sub(" ", words or ""),
        _told(looks, "is_strong"),
        _told(looks, "is_slanted"),
        _told(looks, "is_raised"),
    )


def _without_calls(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Leave out the raised figures that somebody typed to call a note."""
    before = ""
    for run in runs:
        if not (run.is_raised and is_note_call(run.words, before)):
            before = (before + run.words)[-_NEAR:]
            yield run


def _emphasis(runs: Iterable[_Run]) -> tuple[bool, bool]:
    """Whether all words are in bold, and whether all are in italics."""
    shown = [run for run in runs if run.words.strip()]
    strong = all(run.is_strong for run in shown)
    return bool(shown) and strong, bool(shown) and all(run.is_slanted for run in shown)


def _says_kind(style: str) -> bool:
    return kind_of_style(style, is_item=False)[0] is not BlockKind.PARAGRAPH


def _is_wordless(element: Any) -> bool:
    """Say whether an element inside a paragraph shows no word of it."""
    is_hidden = element.get(f"{_TEXT}is-hidden") == "true"
    return is_hidden or element.tag in _WORDLESS or element.tag.startswith(_DRAW)


class _Body(StyledBody):
    """Walks through an OpenDocument text."""

    def __init__(self, styles: _Styles) -> None:
        super().__init__()
        self._styles = styles
        self._counts: dict[str, int] = {}

    def blocks(self, parent: Any, number: str = "", *, is_item: bool = False) -> Iterator[Block]:
        """The pieces below an element; `number` is that of the item it is."""
        for child in parent:
            if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield from self._paragraph(child, number, is_item=is_item)
                number = ""
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, is_inner=is_item)
            elif child.tag == f"{_TABLE}table":
                yield from self.rows(self._table_rows(child))
            elif child.tag in _CONTAINERS and child.get(f"{_TEXT}display") != "none":
                yield from self.blocks(child)

    def _list(self, items: Any, *, is_inner: bool) -> Iterator[Block]:
        style = items.get(f"{_TEXT}style-name", "")
        goes_on = items.get(f"{_TEXT}continue-numbering") == "true"
        if not (goes_on or items.get(f"{_TEXT}continue-list")):
            self._counts[style] = 0
        for item in items:
            if item.tag in _ITEMS:
                is_numbered = self._styles.is_numbered(style) and not is_inner
                number = self._next_number(item, style) if is_numbered else ""
                yield from self.blocks(item, number, is_item=True)

    def _next_number(self, item: Any, style: str) -> str:
        """The number that is printed before an item: « 3. »."""
        if item.tag == f"{_TEXT}list-header" or not "".join(item.itertext()).strip():
            return ""
        start = item.get(f"{_TEXT}start-value", "")
        number = int(start) if re.fullmatch(r"\d{1,4}", start) else self._counts.get(style, 0) + 1
        self._counts[style] = number
        return f"{number}. "

    def _table_rows(self, table: Any) -> Iterator[tuple[list[Iterator[Block]], bool]]:
        for child in table:
            if child.tag in _GROUPS:
                is_header = child.tag == f"{_TABLE}table-header-rows"
                for cells, named in self._table_rows(child):
                    yield cells, is_header or named
            elif child.tag == f"{_TABLE}table-row":
                yield [*self._cells(child)], False

    def _cells(self, row: Any) -> Iterator[Iterator[Block]]:
        for cell in row.iterchildren(f"{_TABLE}table-cell"):
            times = cell.get(f"{_TABLE}number-columns-repeated", "1")
            yield self.blocks(cell)
            yield from repeat(iter(()), min(int(times), _MAX_CELLS) - 1 if times.isdecimal() else 0)

    def _paragraph(self, paragraph: Any, number: str, *, is_item: bool) -> Iterator[Block]:
        self._line += 1
        style = paragraph.get(f"{_TEXT}style-name", "")
        names = self._styles.names(style)
        if any(map(is_left_out, names)) or _told(
            self._styles.chain("paragraph", style), "is_unsaid"
        ):
            return
        runs = list(_without_calls(self._runs(paragraph, self._styles.own_look(style))))
        named = next((name for name in names if _says_kind(name)), "")
        level = paragraph.get(f"{_TEXT}outline-level", "1")
        heading = f"heading {level[:1]}" if paragraph.tag == f"{_TEXT}h" else named
        kind = kind_of_style(heading, is_item=is_item)
        yield from self.pieces(
            lines_of("".join(run.words for run in runs)),
            kind,
            number,
            _emphasis(runs),
        )
        for box in paragraph.iter(f"{_DRAW}text-box"):
            if next(box.iterancestors(f"{_TEXT}p", f"{_TEXT}h")) is paragraph:
                yield from self.blocks(box)

    def _runs(self, element: Any, looks: list[_Look]) -> Iterator[_Run]:
        """The words of an element as the page shows them."""
        yield _run(element.text, looks)
        for child in element:
            if child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield _Run(" " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES))
            elif child.tag == f"{_TEXT}tab":
                yield _Run(" ")
            elif child.tag == f"{_TEXT}line-break":
                yield _Run("\n")
            elif not _is_wordless(child):
                yield from self._spanned(child, looks)
            yield _run(child.tail, looks)

    def _spanned(self, child: Any, looks: list[_Look]) -> Iterator[_Run]:
        style = child.get(f"{_TEXT}style-name", "") if child.tag == f"{_TEXT}span" else ""
        inner = [*self._styles.chain("text", style), *looks]
        if not _told(inner, "is_unsaid"):
            yield from self._runs(child, inner)

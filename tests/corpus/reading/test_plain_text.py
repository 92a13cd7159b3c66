"""Plain text becomes blocks: words untouched, lines counted."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.reading.blocks import Block, BlockKind
from corpus.reading.plain_text import INVISIBLE, page_from_text


def blocks_of(text: str) -> tuple[Block, ...]:
    return page_from_text(text.encode()).blocks


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_the_file_whatever_the_line_ends(end: str) -> None:
    blocks = blocks_of(end.join(["Un", "", "  Trois\u00a0", "Quatre"]))
    assert [(block.text, block.line) for block in blocks] == [
        ("Un", 1),
        ("Trois", 3),
        ("Quatre", 4),
    ]


@pytest.mark.parametrize(
    "data", ["Été".encode(), "Été".encode("utf-8-sig"), "Été".encode("cp1252")]
)
def test_every_usual_encoding_is_read(data: bytes) -> None:
    assert page_from_text(data).blocks[0].text == "Été"


def test_a_byte_that_means_nothing_does_not_lose_the_page() -> None:
    assert page_from_text(b"\xc9t\xe9 \x81").blocks[0].text.startswith("Été")


@pytest.mark.parametrize("bullet", ["• ", "•\t", "- ", "* ", "– ", "•"])
def test_a_bullet_makes_a_list_item(bullet: str) -> None:
    assert blocks_of(f"  {bullet}Semer") == (Block(BlockKind.LIST_ITEM, "Semer", 1),)


@pytest.mark.parametrize("line", ["-5 degrés", "*gras*", "– ", "— Léa Morin", "À vous"])
def test_a_mark_without_an_item_is_a_paragraph(line: str) -> None:
    assert [block.kind for block in blocks_of(line)] == [BlockKind.PARAGRAPH]


@given(st.text())
@example("\0\x80")  # three bytes that begin as UTF-16 does
def test_no_word_is_altered(text: str) -> None:
    data = text.encode("utf-8", errors="ignore")
    source = data.decode("utf-8-sig").translate(INVISIBLE)
    spaced = "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in source)
    assert all(block.text in spaced for block in page_from_text(data).blocks)


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    page_from_text(data)

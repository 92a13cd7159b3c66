"""Bytes become letters whatever a page says, or does not say, of its encoding."""

import pytest

from corpus.reading.html import page_from_html
from corpus.reading.plain_text import decoded, html_text, is_text

WORDS = "« Été comme hiver, c’est l’œuvre de tous. »"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_the_bytes_tell_the_encoding(encoding: str) -> None:
    assert decoded(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1252"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("utf-16", "unicode"),
        ("utf-16-le", "utf-8"),
        ("utf-8", "rot13"),
    ],
)
def test_a_page_that_declares_the_wrong_encoding_is_read(encoding: str, declared: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>{WORDS}</p></body></html>'
    assert WORDS in html_text(html.encode(encoding))
    assert page_from_html(html.encode(encoding)).blocks[0].text == WORDS


def test_a_declaration_that_nothing_contradicts_is_believed() -> None:
    html = '<meta charset="iso-8859-15"><p>12 €</p>'
    assert page_from_html(html.encode("iso-8859-15")).blocks[0].text == "12 €"


def test_signs_that_nobody_sees_go() -> None:
    html = "<p>Dé&shy;ve\u00adlop&#8203;per&#xFEFF; en\u2060semble</p>"
    assert page_from_html(html.encode()).blocks[0].text == "Développer ensemble"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WORDS.encode(), True),
        (WORDS.encode("utf-16"), True),
        (WORDS.encode("utf-16-be"), True),
        (b"\x89PNG\0\0\0\rIHDR\0\0\x01\0", False),
        (b"PK\x03\x04\x14\0\0\0", False),
    ],
)
def test_null_bytes_are_text_in_wide_encodings_only(data: bytes, expected: bool) -> None:
    assert is_text(data) is expected

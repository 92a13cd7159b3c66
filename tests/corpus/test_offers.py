"""What is offered is judged by its name and its first bytes; every refusal says what to do."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.proposals import MAX_BYTES, MAX_NOTE, Offer, OfferRefused, offer_from
from corpus.reading.formats import EXTENSIONS, is_readable
from tests.corpus.reading.pdf_files import column, pdf
from tests.corpus.reading.test_odt import GOOD as GOOD_ODT

VTT = b"WEBVTT\n\n00:05.000 --> 00:09.000\nDit.\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nDit.\n"


def word() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def archive(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        zipped.writestr(name, "<a/>")
    return made.getvalue()


def test_every_type_that_add_reads_may_be_offered(tmp_path: Path) -> None:
    folder = tmp_path
    for extension in (*EXTENSIONS, ".rtf", ".exe", ".doc", ".zip", ".svg"):
        (folder / f"page{extension}").write_bytes(b"x")
    assert {path.suffix for path in folder.iterdir() if is_readable(path)} == set(EXTENSIONS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.txt", b"Un compte rendu.\r\n"),
        ("page.TXT", "Une ligne, accentuée.".encode("cp1252")),
        ("notes.de.mars.md", b"# Titre"),
        ("page.html", b"\xef\xbb\xbf<!DOCTYPE html><p>Dit."),
        ("page.htm", b"  <p>Dit.</p>"),
        ("seance.vtt", b"\xef\xbb\xbf" + VTT),
        ("seance.srt", SRT),
        ("..\\..\\seance.docx", word()),
        ("page.odt", GOOD_ODT),
        ("page.pdf", pdf(column(["Un compte rendu."]))),
    ],
)
def test_a_page_is_kept_byte_for_byte_without_its_name(name: str, content: bytes) -> None:
    offer = offer_from(name, content)
    assert offer.content == content
    assert offer.extension == "." + name.rpartition(".")[2].lower()
    assert name not in repr(offer)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("page", b"texte"),
        ("page.txt.php", b"<?php"),
        (".htaccess", b"Deny"),
        ("page.svg", b"<svg onload='x'/>"),
        ("page.txt", b"MZ\x90\x00\x03"),
        ("page.txt", b"%PDF-1.7\n"),
        ("page.pdf", b"que des mots"),
        ("page.odt", word()),
        ("page.docx", GOOD_ODT),
        ("page.rtf", b"{\\rtf1 texte}"),
        ("page.txt", b"{\\rtf1 texte}"),
        ("page.md", b"\x7fELF"),
        ("page.html", b"\x89PNG\r\n\x1a\n"),
        ("page.html", b"que des mots"),
        ("page.txt", "utf-16".encode("utf-16")),
        ("page.txt", b"\x1b[2Jordre au terminal"),
        ("seance.vtt", SRT),
        ("seance.srt", b"Bonjour."),
        ("page.docx", b"PK\x03\x04 et rien"),
        ("page.docx", archive("xl/workbook.xml")),
        ("page.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("page.txt", word()),
        ("page.txt", b""),
        ("page.txt", b" \r\n\t"),
        ("page.txt", b"a" * (MAX_BYTES + 1)),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(OfferRefused, match=r"ou collez|aussi coller|autre"):
        offer_from(name, content)


def test_the_biggest_page_is_taken() -> None:
    assert len(offer_from("page.txt", b"a" * MAX_BYTES).content) == MAX_BYTES


def test_a_pasted_text_is_a_text_file() -> None:
    offer = offer_from(text="Dit.\r\nRedit.")
    assert offer == Offer(b"Dit.\nRedit.", ".txt")


@pytest.mark.parametrize("text", ["é" * MAX_BYTES, "a\0b", "%PDF-1.7"])
def test_a_pasted_text_passes_the_same_checks(text: str) -> None:
    with pytest.raises(OfferRefused):
        offer_from(text=text)


@pytest.mark.parametrize("parts", [{}, {"text": "  "}, {"note": "Rien d’autre."}])
def test_an_offer_of_nothing_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(OfferRefused, match="rien à envoyer"):
        offer_from(**parts)  # type: ignore[arg-type]


def test_a_file_and_a_text_are_one_too_many() -> None:
    with pytest.raises(OfferRefused, match="pas les deux"):
        offer_from("page.txt", b"Dit.", text="Dit.")


def test_an_address_stands_alone_or_beside_a_page() -> None:
    address = "https://exemple.example/été?a=b#c"
    assert offer_from(address=f" {address}\n") == Offer(address=address)
    assert offer_from(text="Dit.", address=address).address == address


@pytest.mark.parametrize(
    "address",
    [
        "exemple.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://ana:secret@exemple.example/",
        "https://exemple.example/a b",
        "https://exemple.example/\u202efdp",
        "https://[exemple",
        "https://exemple.example/" + "a" * 2000,
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(OfferRefused, match="https://"):
        offer_from(address=address)


def test_a_note_is_one_line_that_steers_no_terminal() -> None:
    note = "Vu\r\nen \x1b[31mmars\u202e,\u00a0à lire"
    assert offer_from(text="Dit.", note=note).note == "Vu en [31mmars, à lire"


@pytest.mark.parametrize("note", ["a" * (MAX_NOTE + 1), "ana@a.example", "06 12 34 56 78"])
def test_a_note_stays_short_and_without_contact_data(note: str) -> None:
    with pytest.raises(OfferRefused, match="note"):
        offer_from(text="Dit.", note=note)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.binary(max_size=60))
def test_whatever_is_sent_is_an_offer_or_a_french_refusal(
    name: str, text: str, note: str, content: bytes
) -> None:
    said = ""
    try:
        offer = offer_from(name, content, text, "", note)
    except OfferRefused as refusal:
        said = str(refusal)
    assert said.endswith(".") or (offer.extension in EXTENSIONS and offer.note.isprintable())

"""Word documents: what their styles say, and archives made to harm."""

import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.archives import MAX_ENTRIES, require_safe_archive
from corpus.reading.blocks import BlockKind
from corpus.reading.source import read_source
from corpus.reading.word import page_from_docx
from tests.work import MOST_CALLS, calls_of


def written() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Modèle de lettre"
    document.add_heading("Des vergers pour tous, retour sur la rencontre", 0)
    document.add_paragraph("Publié le 12/03/2024")
    document.add_paragraph("")
    intro = "La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers."
    document.add_paragraph(intro)
    document.add_paragraph("On plante avant d’avoir un plan.", style="List Number")
    paragraph = document.add_paragraph("« Nous avons planté quarante ")
    paragraph.add_run("pommiers").bold = True
    paragraph.add_run(" un dimanche de pluie. » Ana Lu")
    document.add_paragraph("Les voisins taillent.", style="List Number")
    document.add_paragraph(
        "« Les voisins viennent tailler sans qu’on les appelle. »", style="Quote"
    )
    document.add_paragraph("Une puce", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Ana Lu"
    table.cell(0, 1).text = "directrice"
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


GOOD = written()


def test_styles_give_the_kinds() -> None:
    page = page_from_docx(GOOD)
    assert extraction_from(page).title == "Des vergers pour tous, retour sur la rencontre"
    kinds = [block.kind for block in page.blocks]
    assert kinds[0] is BlockKind.HEADING
    assert BlockKind.QUOTE in kinds
    assert BlockKind.LIST_ITEM in kinds
    rows = [block.text for block in page.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == ["Ana Lu, directrice"]


def test_runs_are_one_text() -> None:
    texts = [block.text for block in page_from_docx(GOOD).blocks]
    assert "« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu" in texts


@pytest.mark.process
def test_a_document_is_extracted_like_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.docx"
    path.write_bytes(GOOD)
    found = read_source(path).extraction
    assert str(found.held_on) == "2024-03-05"
    assert [(idea.number, idea.text) for idea in found.key_ideas] == [
        (1, "On plante avant d’avoir un plan."),
        (2, "Les voisins taillent."),
    ]
    assert (found.verbatims[0].text, found.verbatims[0].speaker) == (
        "Nous avons planté quarante pommiers un dimanche de pluie.",
        "Ana Lu",
    )


def with_parts(parts: dict[str, bytes], kept: bytes = GOOD) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(kept)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def body(inner: str, prologue: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document xmlns:w='
        f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inner}'
        "</w:body></w:document>"
    ).encode()


def document_of(inner: str) -> bytes:
    return with_parts({"word/document.xml": body(inner)})


def test_what_is_deleted_or_a_code_is_left_out_and_what_is_inserted_stays() -> None:
    data = document_of(
        "<w:p><w:r><w:t>On </w:t></w:r><w:del><w:r><w:delText>ne </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>plante</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText>"
        '<w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Un</w:t><w:br/><w:t>Deux</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert [(b.text, b.line) for b in page_from_docx(data).blocks] == [
        ("On plante", 1),
        ("Un", 2),
        ("Deux", 3),
    ]


def test_macros_are_ignored() -> None:
    page = page_from_docx(with_parts({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"}))
    assert page == page_from_docx(GOOD)


def entry(name: str, kind: int = 0, content: bytes = b"x") -> bytes:
    stream = io.BytesIO(GOOD)
    with zipfile.ZipFile(stream, "a") as archive:
        found = zipfile.ZipInfo(name)
        found.external_attr = (kind | 0o644) << 16
        archive.writestr(found, content)
    return stream.getvalue()


def many_entries() -> bytes:
    return with_parts({f"word/{n}.bin": b"" for n in range(MAX_ENTRIES + 1)})


def bomb() -> bytes:
    return with_parts({"word/media/a.bin": b"\0" * 60_000_000})


def bomb_of_many() -> bytes:
    return with_parts({f"word/media/{n}.bin": b"\0" * 900_000 for n in range(100)})


def lying_size() -> bytes:
    """Declare 1,000 bytes for ten million, in both headers."""
    data = with_parts({"word/zeros.bin": b"\0" * 10_000_000})
    return data.replace(struct.pack("<L", 10_000_000), struct.pack("<L", 1_000))


def encrypted() -> bytes:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OUTSIDE = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def with_prologue(prologue: str, shown: str = "mot") -> bytes:
    return with_parts({"word/document.xml": body(PARAGRAPH.format(shown), prologue)})


def utf16_doctype() -> bytes:
    text = body("", XXE).decode().replace("UTF-8", "UTF-16")
    return with_parts({"word/document.xml": text.encode("utf-16")})


def utf7_doctype() -> bytes:
    text = body("").decode().replace("UTF-8", "UTF-7")
    return with_parts({"word/document.xml": text.encode()})


def doctype_across_chunks() -> bytes:
    filler = b"<!--" + b"".join(b"%d " % n for n in range(160_000))[: (1 << 20) - 9] + b"-->"
    return with_parts({"word/document.xml": filler + body("", XXE)})


def without_document() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return stream.getvalue()


def deep() -> bytes:
    return document_of("<w:ins>" * 5_000 + "</w:ins>" * 5_000)


def heavy_xml() -> bytes:
    words = "".join(f"<w:p><w:r><w:t>{n * 7919}</w:t></w:r></w:p>" for n in range(900_000))
    return document_of(words)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip at all": (lambda: b"%PDF-1.7 bonjour", "n’est pas un document Word"),
    "old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "n’est pas un document"),
    "only the magic": (lambda: b"PK\x03\x04", "abîmée"),
    "cut in the middle": (lambda: GOOD[: len(GOOD) // 2], "abîmée"),
    "damaged bytes": (lambda: GOOD[:2000] + b"\0" * 9000 + GOOD[11000:], "abîmée"),
    "another kind of archive": (without_document, "pas lisible"),
    "too many entries": (many_entries, "plus de 2000"),
    "one bomb": (bomb, "trop grosse"),
    "many small bombs": (bomb_of_many, "trop grosse"),
    "a size that lies": (lying_size, "abîmée|trop grosse"),
    "too much XML": (heavy_xml, "trop grosse"),
    "a name that climbs": (lambda: entry("word/../../etc/cron"), "chemin interdit"),
    "a name that climbs, Windows": (lambda: entry("..\\..\\evil.exe"), "chemin interdit"),
    "an absolute name": (lambda: entry("/etc/passwd"), "chemin interdit"),
    "a drive": (lambda: entry("C:/evil.exe"), "chemin interdit"),
    "a symbolic link": (lambda: entry("word/lien", stat.S_IFLNK, b"/etc/passwd"), "symbolique"),
    "a device": (lambda: entry("word/zero", stat.S_IFCHR), "symbolique"),
    "one name twice": (lambda: entry("WORD/document.xml"), "deux fois"),
    "a password": (encrypted, "mot de passe|abîmée"),
    "a billion laughs": (lambda: with_prologue(LAUGHS, "&b;"), "DTD"),
    "an external entity": (lambda: with_prologue(XXE, "&x;"), "DTD"),
    "an external DTD": (lambda: with_prologue(OUTSIDE), "DTD"),
    "a DTD in UTF-16": (utf16_doctype, "DTD"),
    "a DTD between two chunks": (doctype_across_chunks, "DTD"),
    "a hiding encoding": (utf7_doctype, "encodage"),
    "a DTD in the relations": (
        lambda: with_parts({"_rels/.rels": XXE.encode() + b"<r>&x;</r>"}),
        "DTD",
    ),
    "no XML": (lambda: with_parts({"word/document.xml": b"bonjour"}), "pas lisible"),
    "5,000 levels": (deep, "pas lisible"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_archives_are_refused_in_french(case: str) -> None:
    make, said = HOSTILE[case]
    data = make()

    def read() -> None:
        with pytest.raises(CorpusError, match=said):
            page_from_docx(data)

    assert calls_of(read) < MOST_CALLS


def test_a_bomb_costs_little_memory() -> None:
    data = bomb_of_many()
    tracemalloc.start()
    with pytest.raises(CorpusError):
        require_safe_archive(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>Dans un cadre.</w:t></w:r></w:p></w:txbxContent>
</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Dans un cadre.</w:t>
</w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_is_read_once_where_it_is_anchored() -> None:
    document = docx.Document()
    document.add_paragraph("Avant.")._p.append(parse_xml(BOX))
    document.add_paragraph("Après.")
    texts = [block.text for block in page_from_docx(saved(document)).blocks]
    assert texts == ["Avant.", "Dans un cadre.", "Après."]


def test_a_link_leads_to_the_recording() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Cliquez pour ")
    url = "https://www.youtube.com/embed/abc_DEF-123"
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(
        '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{target}"><w:r><w:t>revoir la rencontre</w:t></w:r></w:hyperlink>'
    )
    paragraph._p.append(link)
    found = page_from_docx(saved(document)).replay_url
    assert found == "https://www.youtube.com/watch?v=abc_DEF-123"


def test_bold_lines_are_strong_and_neighbours_in_a_quote_style_are_one() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Une idée").bold = True
    for words in ("Il faut du temps.", "Et des bras."):
        document.add_paragraph(words, style="Quote")
    document.add_paragraph("Léa Morin")
    blocks = page_from_docx(saved(document)).blocks
    assert [block.is_strong for block in blocks] == [True, False, False, False]
    assert [block.group > 0 for block in blocks] == [False, True, True, False]
    assert blocks[1].group == blocks[2].group

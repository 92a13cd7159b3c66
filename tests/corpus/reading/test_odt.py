"""OpenDocument texts: what their styles say, words that are none, and archives made to harm."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from corpus.problems import CorpusError
from corpus.reading.blocks import BlockKind
from corpus.reading.confined import read_confined
from corpus.reading.formats import Format
from corpus.reading.odt import page_from_odt
from tests.work import MOST_CALLS, calls_of

MIMETYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
NAMED = """
<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Standard"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Figure" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Strong" style:family="text">
 <style:text-properties fo:font-weight="bold"/></style:style>"""
MADE = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Text_20_body">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P3" style:family="paragraph">
 <style:text-properties text:display="none"/></style:style>
<style:style style:name="I" style:family="text">
 <style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="S" style:family="text">
 <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="S2" style:family="text" style:parent-style-name="S"/>
<style:style style:name="S3" style:family="text" style:parent-style-name="S">
 <style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="H" style:family="text">
 <style:text-properties text:display="none"/></style:style>
<style:style style:name="U" style:family="text">
 <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Round" style:family="text" style:parent-style-name="Round"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
 style:num-format="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>"""


def content(body: str, prologue: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {NAMES} {DC}>'
        f"<office:automatic-styles>{MADE}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    ).encode()


STYLES = (
    f"<office:document-styles {NAMES}><office:styles>{NAMED}</office:styles>"
    "<office:master-styles><text:p>Un en-tête</text:p></office:master-styles>"
    "</office:document-styles>"
).encode()
META = (
    f"<office:document-meta {NAMES} {DC}><office:meta><dc:title>Modèle</dc:title></office:meta>"
    "</office:document-meta>"
).encode()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def odt(body: str, **parts: bytes) -> bytes:
    given = {"content.xml": content(body), "styles.xml": STYLES, "meta.xml": META}
    return archive(**(given | parts))


GOOD = odt(
    '<text:p text:style-name="Title">Des vergers pour tous</text:p>'
    "<text:p>La rencontre du 5 mars 2024 a réuni Ana Lu, directrice de l’association Les Pommiers."
    "</text:p>"
    '<text:list text:style-name="L1"><text:list-item><text:p>On plante avant d’avoir un plan.'
    "</text:p></text:list-item></text:list>"
    "<text:p>« Nous avons planté quarante <text:span>pommiers</text:span> un dimanche. » Ana Lu"
    "</text:p>"
    '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item>'
    "<text:p>Les voisins taillent.</text:p></text:list-item></text:list>"
    '<text:p text:style-name="P1">Les voisins viennent tailler sans qu’on les appelle.</text:p>'
    "<text:p>Ana Lu</text:p>"
)


def lines(body: str) -> list[str]:
    return [block.text for block in page_from_odt(odt(body)).blocks]


@pytest.mark.process
def test_a_document_is_extracted_like_a_page() -> None:
    found = read_confined(GOOD, Format.ODT).extraction
    assert (found.title, found.held_on) == ("Des vergers pour tous", date(2024, 3, 5))
    assert [(idea.number, idea.text) for idea in found.key_ideas] == [
        (1, "On plante avant d’avoir un plan."),
        (2, "Les voisins taillent."),
    ]
    assert [(said.text, said.speaker) for said in found.verbatims] == [
        ("Nous avons planté quarante pommiers un dimanche.", "Ana Lu"),
        ("Les voisins viennent tailler sans qu’on les appelle.", "Ana Lu"),
    ]


def test_styles_give_the_kinds() -> None:
    page = page_from_odt(
        odt(
            '<text:h text:outline-level="2">Un titre</text:h>'
            '<text:p text:style-name="P1">Dit.</text:p><text:p text:style-name="Quotations">Redit.'
            '</text:p><text:p text:style-name="P2">Gras</text:p>'
            '<text:p><text:span text:style-name="I">Penché</text:span></text:p>'
            '<text:p><text:span text:style-name="Strong">Fort</text:span></text:p>'
            '<text:p text:style-name="Figure">Une légende</text:p>'
            '<text:list text:style-name="L2"><text:list-item><text:p>Une puce</text:p><text:list>'
            "<text:list-item><text:p>Dedans</text:p></text:list-item></text:list></text:list-item>"
            "</text:list>"
        )
    )
    assert page.title == "Modèle"
    assert [(b.kind, b.text, b.level, b.group > 0, b.is_strong) for b in page.blocks] == [
        (BlockKind.HEADING, "Un titre", 2, False, False),
        (BlockKind.QUOTE, "Dit.", 0, True, False),
        (BlockKind.QUOTE, "Redit.", 0, True, False),
        (BlockKind.PARAGRAPH, "Gras", 0, False, True),
        (BlockKind.PARAGRAPH, "Penché", 0, True, False),
        (BlockKind.PARAGRAPH, "Fort", 0, False, True),
        (BlockKind.LIST_ITEM, "Une puce", 0, False, False),
        (BlockKind.LIST_ITEM, "Dedans", 0, False, False),
    ]
    assert page.blocks[1].group == page.blocks[2].group


def test_a_table_is_read_by_rows() -> None:
    def row(*cells: str) -> str:
        made = "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in cells)
        return f"<table:table-row>{made}</table:table-row>"

    headed = f"<table:table-header-rows>{row('Intervenant', 'Citation')}</table:table-header-rows>"
    page = page_from_odt(odt(f"<table:table>{headed}{row('Ana Lu', 'On plante.')}</table:table>"))
    assert [(block.kind, block.text) for block in page.blocks] == [
        (BlockKind.PARAGRAPH, "Ana Lu"),
        (BlockKind.QUOTE, "On plante."),
    ]
    assert lines(f"<table:table>{row('Ana Lu', 'directrice')}</table:table>") == [
        "Ana Lu, directrice"
    ]


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Une note.</text:p></text:note-body></text:note>"
)
WORDS = [
    ("Un <text:span text:style-name='S'>vieux </text:span>mot", ["Un mot"]),
    ("Un <text:span text:style-name='S2'>vieux </text:span>mot", ["Un mot"]),
    ("Un <text:span text:style-name='S3'>vieux </text:span>mot", ["Un vieux mot"]),
    ("Un <text:span text:style-name='H'>vieux </text:span>mot", ["Un mot"]),
    ("Un <text:span text:style-name='Round'>vieux </text:span>mot", ["Un vieux mot"]),
    ("Un<text:hidden-text text:is-hidden='true'> vieux</text:hidden-text> mot", ["Un mot"]),
    (f"Tout pris{NOTE} ici", ["Tout pris ici"]),
    ("Tout pris<text:span text:style-name='U'>1</text:span> ici", ["Tout pris ici"]),
    ("3 m<text:span text:style-name='U'>2</text:span> ici", ["3 m2 ici"]),
    ("Le 1<text:span text:style-name='U'>er</text:span> mai", ["Le 1er mai"]),
    ("Un<office:annotation><text:p>Relire</text:p></office:annotation> mot", ["Un mot"]),
    ("Un<text:soft-page-break/> mot<!-- rien --> là", ["Un mot là"]),
    ("Un<text:tab/>mot<text:s text:c='2'/>là", ["Un mot  là"]),
    ("Un\n   mot<text:line-break/>Deux", ["Un mot", "Deux"]),
    ("Un <text:a xlink:href='https://exemple.test/'>lien</text:a>", ["Un lien"]),
    ("Un <text:change-start text:change-id='a'/>mot<text:change-end/>", ["Un mot"]),
    (
        "<draw:frame><draw:text-box><text:p>Un cadre</text:p></draw:text-box></draw:frame>Un",
        ["Un", "Un cadre"],
    ),
]


@pytest.mark.parametrize(("written", "read"), WORDS)
def test_words(written: str, read: list[str]) -> None:
    assert lines(f"<text:p>{written}</text:p>") == read


def test_what_is_deleted_hidden_or_a_list_of_contents_is_not_read() -> None:
    assert lines(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Ôté</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P3">Caché</text:p>'
        '<text:section text:display="none"><text:p>Caché</text:p></text:section>'
        "<text:section><text:p>Montré</text:p></text:section>"
        "<text:table-of-content><text:index-body><text:p>Sommaire</text:p></text:index-body>"
        "</text:table-of-content>"
    ) == ["Montré"]


def test_a_link_leads_to_the_recording() -> None:
    url = "https://www.youtube.com/embed/abc_DEF-123"
    link = f'<text:a xlink:href="{url}">revoir la rencontre</text:a>'
    found = page_from_odt(odt(f"<text:p>Pour {link}</text:p>")).replay_url
    assert found == "https://www.youtube.com/watch?v=abc_DEF-123"


def test_a_document_without_styles_nor_title_is_read() -> None:
    data = archive(**{"content.xml": content("<text:p>Un mot</text:p>")})
    assert [block.text for block in page_from_odt(data).blocks] == ["Un mot"]


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LOCKED = b"<manifest><encryption-data/></manifest>"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip at all": (lambda: b"%PDF-1.7 bonjour", "n’est pas un document OpenDocument"),
    "cut in the middle": (lambda: GOOD[: len(GOOD) // 2], "abîmée"),
    "another archive": (lambda: archive(), "lisible"),
    "a bomb": (lambda: odt("", **{"Pictures/a": b"\0" * 60_000_000}), "trop grosse"),
    "laughs": (lambda: odt("", **{"content.xml": content("&b;", LAUGHS)}), "DTD"),
    "a file as an entity": (lambda: odt("", **{"content.xml": content("&x;", XXE)}), "DTD"),
    "laughs in the styles": (lambda: odt("", **{"styles.xml": LAUGHS.encode() + b"<a/>"}), "DTD"),
    "a password": (lambda: odt("", **{"META-INF/manifest.xml": LOCKED}), "mot de passe"),
    "no text": (lambda: odt("", **{"content.xml": b"<a/>"}), "lisible"),
    "no XML": (lambda: odt("", **{"content.xml": b"bonjour"}), "lisible"),
    "5,000 levels": (lambda: odt("<text:section>" * 5_000 + "</text:section>" * 5_000), "lisible"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_archives_are_refused_in_french(case: str) -> None:
    make, said = HOSTILE[case]
    data = make()

    def read() -> None:
        with pytest.raises(CorpusError, match=said):
            page_from_odt(data)

    assert calls_of(read) < MOST_CALLS


def test_a_billion_spaces_cells_or_columns_are_a_few() -> None:
    spaces = '<text:p>Un<text:s text:c="1000000000"/>mot</text:p>'
    assert len(lines(spaces)[0]) < 200
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>Un</text:p>'
    table = (
        f"<table:table><table:table-row>{cell}</table:table-cell></table:table-row></table:table>"
    )
    assert lines(table) == ["Un"]

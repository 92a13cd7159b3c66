"""PDF documents: lines become paragraphs, and what only a page needs goes."""

import pytest

from corpus.problems import CorpusError
from corpus.reading.blocks import Block, BlockKind
from corpus.reading.confined import read_confined
from corpus.reading.formats import Format
from corpus.reading.pdf.document import MAX_PAGES, page_from_pdf
from tests.corpus.reading.pdf_files import column, pdf, run, said

PROSE = [
    "Les habitants du quartier ont planté quarante pommiers sur le terrain,",
    "puis ils ont appris à les tailler avec une association du village voisin,",
    "qui leur a prêté des outils et des livres pendant trois hivers de suite.",
]


def blocks(*pages: bytes) -> tuple[Block, ...]:
    return page_from_pdf(pdf(*pages)).blocks


def texts(*pages: bytes) -> list[str]:
    return [block.text for block in blocks(*pages)]


@pytest.mark.process
def test_a_document_is_extracted_like_a_page() -> None:
    shown = said("Des vergers pour tous", 60, 780, 20, "F2") + column(
        [
            "La rencontre du 5 mars 2024 a réuni Ana Lu, directrice des Pommiers.",
            "",
            *PROSE,
            "",
            "« Nous avons planté quarante pommiers un dimanche de pluie. » Ana Lu",
        ],
        top=740,
    )
    found = read_confined(pdf(shown), Format.PDF).extraction
    assert (found.title, str(found.held_on)) == ("Des vergers pour tous", "2024-03-05")
    assert [(verbatim.text, verbatim.speaker) for verbatim in found.verbatims] == [
        ("Nous avons planté quarante pommiers un dimanche de pluie.", "Ana Lu")
    ]


def test_lines_become_paragraphs_and_sizes_headings() -> None:
    shown = said("Un grand titre", 60, 800, 20, "F2") + said("Un titre", 60, 770, 14)
    shown += column([*PROSE, "", *PROSE], top=740)
    found = blocks(shown)
    assert [(b.kind, b.level) for b in found[:2]] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
    ]
    assert [block.text for block in found[2:]] == [" ".join(PROSE)] * 2


def test_a_short_line_ends_a_paragraph() -> None:
    lines = [*PROSE, "Ils recommencent.", "Nadia Ferrand, présidente", "Paul Lescure, adjoint"]
    assert texts(column(lines)) == [
        f"{' '.join(PROSE)} Ils recommencent.",
        "Nadia Ferrand, présidente",
        "Paul Lescure, adjoint",
    ]


def test_an_indent_begins_a_paragraph() -> None:
    shown = column(PROSE) + said(PROSE[0], 75, 780 - 3 * 14) + column(PROSE[1:], top=780 - 4 * 14)
    assert texts(shown) == [" ".join(PROSE)] * 2


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["On finance l’ingé-", "nierie des communes."], "On finance l’ingénierie des communes."),
        (["On ouvre des tiers-", "lieux, oui."], "On ouvre des tiers-lieux, oui."),
        (["Il habite à Saint-", "Denis depuis."], "Il habite à Saint-Denis depuis."),
        (["Que fait-", "il du verger ?"], "Que fait-il du verger ?"),
        (["Il est peut-", "être là."], "Il est peut-être là."),
        (["C’est un porte-à-", "faux, oui."], "C’est un porte-à-faux, oui."),
    ],
)
def test_hyphens_at_the_end_of_a_line(lines: list[str], read: str) -> None:
    known = ["Les tiers-lieux du canton, dit-on, font vivre des vergers à côté de chez nous."]
    assert texts(column([*known, "", *lines]))[-1] == read


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        "Les habitants ont planté des arbres",
        "dans le verger du village, et ils",
        "ont appris à les",
    ]
    left += ["tailler pendant l’hiver, quand il", "ne gelait pas trop."]
    right = ["L’association leur a prêté des outils", "et des livres, parce que personne ne"]
    right += [
        "savait comment faire, et que chacun",
        "voulait apprendre à tailler un arbre",
        "sans le tuer.",
    ]
    shown = column(left) + column(right, x=320)
    assert texts(shown) == [" ".join(left), " ".join(right)]
    written_across = b"".join(
        said(a, 60, 780 - 14 * n) + said(b, 320, 780 - 14 * n)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    assert texts(written_across) == [" ".join(left), " ".join(right)]


def test_a_quote_goes_on_over_a_page_without_its_heads_and_numbers() -> None:
    def page(number: int, lines: list[str]) -> bytes:
        head = said("Bulletin des vergers", 60, 815, 9) + said(f"Page {number} sur 3", 280, 30, 9)
        return head + column(lines)

    first = [*PROSE, "", "« Nous avons planté quarante pommiers un dimanche de pluie. Et puis"]
    second = ["Nous avons attendu. Trois ans. » Ana Lu", "", *PROSE]
    assert texts(page(1, first), page(2, second), page(3, ["La fin."])) == [
        " ".join(PROSE),
        f"{first[-1]} {second[0]}",
        " ".join(PROSE),
        "La fin.",
    ]


def test_notes_and_their_calls_are_no_words() -> None:
    shown = run(
        ("Le gel a tout pris", 11, 0),
        ("1", 6, 4),
        (" ici, sur 300 m", 11, 0),
        ("2", 6, 4),
        (" au XXI", 11, 0),
        ("e", 6, 4),
        (" siècle.", 11, 0),
    )
    shown += column(["", *PROSE])
    shown += run(("1", 5, 3), (" Une note sur le gel, et une source.", 8, 0), y=60)
    assert texts(shown) == ["Le gel a tout pris ici, sur 300 m2 au XXIe siècle.", " ".join(PROSE)]


def test_lists_tables_bold_and_italics() -> None:
    bullets = said("•", 70, 780) + said("planter des haies ;", 84, 780)
    bullets += said("•", 70, 766) + said("tailler.", 84, 766)
    table = b"".join(
        said(cell, x, y)
        for y, row in (
            (720, ("Commune", "Arbres")),
            (704, ("Vaux", "85")),
            (688, ("Brenne", "120")),
        )
        for cell, x in zip(row, (60, 250), strict=True)
    )
    shown = bullets + table + said("Tout en gras", 60, 650, font="F2")
    shown += said("Tout en italique", 60, 620, font="F3") + column(PROSE, top=590)
    assert [(b.kind, b.text, b.is_strong, b.group > 0) for b in blocks(shown)][:-1] == [
        (BlockKind.LIST_ITEM, "planter des haies ;", False, False),
        (BlockKind.LIST_ITEM, "tailler.", False, False),
        (BlockKind.TABLE_ROW, "Commune, Arbres", False, False),
        (BlockKind.TABLE_ROW, "Vaux, 85", False, False),
        (BlockKind.TABLE_ROW, "Brenne, 120", False, False),
        (BlockKind.PARAGRAPH, "Tout en gras", True, False),
        (BlockKind.PARAGRAPH, "Tout en italique", False, True),
    ]


def test_letters_behind_a_picture_are_read_where_nothing_else_is() -> None:
    hidden = b"3 Tr " + column(PROSE)
    assert texts(hidden) == [" ".join(PROSE)]
    assert texts(hidden + b"0 Tr " + column(["Un mot montré"], top=500)) == ["Un mot montré"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_on_its_side_is_read(turn: int) -> None:
    matrix = {
        0: b"1 0 0 1 0 0",
        90: b"0 1 -1 0 595 0",
        180: b"-1 0 0 -1 595 842",
        270: b"0 -1 1 0 0 842",
    }
    shown = b"q " + matrix[turn] + b" cm " + column([*PROSE, "", "La fin."], top=400) + b" Q"
    assert (
        page_from_pdf(pdf(shown)).blocks
        == page_from_pdf(pdf(column([*PROSE, "", "La fin."]))).blocks
    )


def test_as_many_pages_as_are_read() -> None:
    many = [column([f"La page {'a' * number} dit ceci."]) for number in range(MAX_PAGES)]
    assert page_from_pdf(pdf(*many)).blocks
    with pytest.raises(CorpusError, match=f"{MAX_PAGES + 1} pages"):
        page_from_pdf(pdf(*many, many[0]))


def test_a_title_that_a_program_wrote_is_none() -> None:
    def titled(name: bytes) -> str:
        told = b"<</Title(%s)>>" % name
        return page_from_pdf(pdf(column(PROSE), more=[told], trailer=b"/Info 3 0 R")).title

    assert titled(b"Des vergers") == "Des vergers"
    assert titled(b"Microsoft Word - compte-rendu.docx") == ""
    assert titled(b"untitled") == ""


def test_a_link_leads_to_the_recording() -> None:
    url = b"https://www.youtube.com/embed/abc_DEF-123"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(%s)>>>>" % url
    page = page_from_pdf(pdf(column(PROSE), page=b"/Annots[%s]" % link))
    assert page.replay_url == "https://www.youtube.com/watch?v=abc_DEF-123"

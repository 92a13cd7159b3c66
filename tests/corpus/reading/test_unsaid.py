"""Words as they were: what is struck, hidden or a call of a note is no word; all else stays."""

import docx
import pytest

from corpus.reading.blocks import BlockKind
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown
from corpus.reading.markup import is_note_call
from corpus.reading.word import page_from_docx
from tests.corpus.reading.test_word import document_of, saved

HTML = [
    ("On a planté <del>trente</del> <ins>quarante</ins> arbres.", "On a planté quarante arbres."),
    ("C’est <s>deux</s> trois samedis.", "C’est trois samedis."),
    ("C’est trois <strike>beaux</strike>, puis quatre.", "C’est trois, puis quatre."),
    ('Un <span style="text-decoration: line-through">vieux</span> mot.', "Un mot."),
    ('Un <span class="line-through">vieux</span> mot.', "Un mot."),
    ("Le gel a tout pris<sup>1</sup> cette année.", "Le gel a tout pris cette année."),
    ('Tout pris<sup><a href="#n1">1</a></sup> ici.', "Tout pris ici."),
    ('Tout pris <a href="#_ftn1">[1]</a> ici.', "Tout pris ici."),
    ('Tout pris [<a href="#nb1">1</a>], ici.', "Tout pris, ici."),
    ('Tout pris<span class="spip_note_ref">&nbsp;[1]</span> ici.', "Tout pris ici."),
    ('Tout pris<a role="doc-noteref" href="#a">a</a> ici.', "Tout pris ici."),
    ("Tout pris<sup>[1]</sup><sup>,</sup><sup>2</sup> ici.", "Tout pris, ici."),
    ("Tout pris¹ ici.", "Tout pris ici."),
    ("300 m<sup>2</sup> et 5 km<sup>2</sup>", "300 m2 et 5 km2"),
    ("Le 1<sup>er</sup> du XXI<sup>e</sup> siècle", "Le 1er du XXIe siècle"),
    ("M<sup>me</sup> Lu, n<sup>o</sup> 3, 10<sup>6</sup>", "Mme Lu, no 3, 106"),
    ("300 m², 5 dam³, 12 °C", "300 m², 5 dam³, 12 °C"),
    ('Deux <span style="display:none">longs</span> mots', "Deux mots"),
    ('Deux <span hidden>longs</span> mots<span aria-hidden="true"> !</span>', "Deux mots"),
    ('Deux <span style="visibility: hidden">longs</span> mots', "Deux mots"),
    ('Deux <span class="fr-sr-only">lien</span> mots', "Deux mots"),
    ('Deux <span class="visually-hidden">lien</span> mots', "Deux mots"),
    ("Deux <!-- trois --> mots", "Deux mots"),
    ("Deux&nbsp;mots &laquo;&nbsp;là&nbsp;&raquo;", "Deux\u00a0mots «\u00a0là\u00a0»"),
    ("Deux [vc_column width=&quot;1/2&quot;]mots[/vc_column]", "Deux mots"),
    ('Deux [su_quote cite="X"]mots[/su_quote]', "Deux mots"),
    ("Deux [rires] mots […] et [sic]", "Deux [rires] mots […] et [sic]"),
]


@pytest.mark.parametrize(("written", "read"), HTML)
def test_html_words(written: str, read: str) -> None:
    page = page_from_html(f"<main><h1>Titre</h1><p>{written}</p></main>".encode())
    assert [block.text for block in page.blocks] == ["Titre", read]


MARKDOWN = [
    ("C’est ~~deux~~ trois samedis.", "C’est trois samedis."),
    ("C’est <s>deux</s> trois.", "C’est trois."),
    ("Tout pris[^1] ici.\n\n[^1]: Une note.", "Tout pris ici."),
    ("Tout pris^[Une note.] ici.", "Tout pris ici."),
    ("Tout pris<sup>1</sup> ici, sur 3 m<sup>2</sup>.", "Tout pris ici, sur 3 m2."),
    ("Deux <!-- trois --> mots", "Deux mots"),
    ("Deux\\*mots\\_là", "Deux*mots_là"),
    ("Deux&nbsp;mots &amp; plus", "Deux\u00a0mots & plus"),
    ('{{< youtube id="x" >}}\n\nDeux {{% note %}}mots{{% /note %}}', "Deux mots"),
    ("Deux {% include x.html %}mots", "Deux mots"),
    ("{% comment %}Rien\n\nici{% endcomment %}\n\nDeux mots", "Deux mots"),
    ('[caption id="a" width="3"]![x](y.png) Le verger[/caption]\n\nDeux mots', "Deux mots"),
    ("Deux mots\n{: .grand #ici}", "Deux mots"),
    ("Deux ~ mots ~ là", "Deux ~ mots ~ là"),
]


@pytest.mark.parametrize(("written", "read"), MARKDOWN)
def test_markdown_words(written: str, read: str) -> None:
    page = page_from_markdown(written.encode())
    assert [block.text for block in page.blocks] == [read]


def test_a_comment_over_lines_leaves_no_sign_and_moves_no_line() -> None:
    page = page_from_markdown(b"Un\n\n<!--\n> dit\n-->\n\nDeux\n")
    assert [(block.text, block.line) for block in page.blocks] == [("Un", 1), ("Deux", 7)]


RUN = "<w:r><w:rPr>{}</w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
PLAIN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
RAISED = '<w:vertAlign w:val="superscript"/>'
WORD = [
    ("<w:strike/>", "vieux ", "Un mot"),
    ("<w:dstrike/>", "vieux ", "Un mot"),
    ("<w:vanish/>", "vieux ", "Un mot"),
    ('<w:strike w:val="0"/>', "vieux ", "Un vieux mot"),
    ("<w:b/>", "vieux ", "Un vieux mot"),
]


@pytest.mark.parametrize(("mark", "word", "read"), WORD)
def test_word_runs(mark: str, word: str, read: str) -> None:
    runs = PLAIN.format("Un ") + RUN.format(mark, word) + PLAIN.format("mot")
    page = page_from_docx(document_of(f"<w:p>{runs}</w:p>"))
    assert [block.text for block in page.blocks] == [read]


@pytest.mark.parametrize(
    ("before", "raised", "is_kept"),
    [
        ("tout pris", "1", False),
        ("tout pris", "[12]", False),
        ("tout pris.", "1, 2", False),
        ("tout pris", "*", False),
        ("300 m", "2", True),
        ("5 km", "3", True),
        ("le CO", "2", True),
        ("le 1", "er", True),
        ("XXI", "e", True),
        ("10", "6", True),
        ("en 2010", "6", False),
        ("M", "me", True),
    ],
)
def test_raised_signs(before: str, raised: str, is_kept: bool) -> None:
    assert is_note_call(raised, before) is not is_kept
    runs = PLAIN.format(before) + RUN.format(RAISED, raised) + PLAIN.format(" ici")
    page = page_from_docx(document_of(f"<w:p>{runs}</w:p>"))
    assert page.blocks[0].text == f"{before}{raised if is_kept else ''} ici"


def test_a_style_of_word_strikes_too() -> None:
    document = docx.Document()
    style = document.styles.add_style("Retiré", 2)
    style.font.strike = True
    paragraph = document.add_paragraph("Un ")
    paragraph.add_run("vieux ").style = style
    paragraph.add_run("mot")
    assert [block.text for block in page_from_docx(saved(document)).blocks] == ["Un mot"]


CAPTIONS = [
    "<figure><img src=a.png><figcaption>Le verger en mars.</figcaption></figure>",
    "<figure><video src=a></video><figcaption><p>Le verger en mars.</p></figcaption></figure>",
    "<div class=wp-caption><img src=a.png><p class=wp-caption-text>Le verger en mars.</p></div>",
    "<p><img src=a.png alt='Des arbres'><br><em>Le verger en mars.</em></p>",
    "<p><img src=a.png></p><p><i>Le verger en mars.</i></p>",
    "<table><caption>Le verger en mars.</caption></table>",
]


@pytest.mark.parametrize("shown", CAPTIONS)
def test_captions_are_told(shown: str) -> None:
    page = page_from_html(f"<main><h1>Titre</h1>{shown}<p>Ana Lu parle.</p></main>".encode())
    kinds = [(block.kind, block.text) for block in page.blocks]
    assert (BlockKind.CAPTION, "Le verger en mars.") in kinds
    assert (BlockKind.PARAGRAPH, "Ana Lu parle.") in kinds


SPOKEN = [
    "<figure><blockquote>On plante.</blockquote><figcaption>Ana Lu</figcaption></figure>",
    "<figure><img><blockquote>On plante.</blockquote><figcaption>Ana Lu</figcaption></figure>",
    "<figure><img src=a><p>« On plante. »</p><figcaption>Ana Lu</figcaption></figure>",
    "<p><img src=a></p><p><em>On plante partout chez nous.</em></p><p>Ana Lu</p>",
    "<figure><img src=a><figcaption>« On plante. » Ana Lu</figcaption></figure>",
]


@pytest.mark.parametrize("shown", SPOKEN)
def test_what_a_portrait_says_is_no_caption(shown: str) -> None:
    page = page_from_html(f"<main><h1>Titre</h1>{shown}</main>".encode())
    assert BlockKind.CAPTION not in {block.kind for block in page.blocks}

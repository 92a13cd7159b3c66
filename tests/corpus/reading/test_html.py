"""The HTML reader, on invented pages of several layouts and on hostile ones."""

from contextlib import suppress
from datetime import date

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.blocks import BlockKind
from corpus.reading.html import page_from_html
from tests.work import MOST_CALLS, calls_of

BLOG = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8">
<title>La halle retrouvée | Le site</title>
<meta property="og:title" content="La halle retrouvée | Le site">
<link rel="canonical" href="https://exemple.test/halle">
<script type="application/ld+json">{"@graph": [{"@type": "Article",
"datePublished": "2024-02-03T10:00:00+01:00"}, {"@type": "Event", "startDate": "2024-01-30"}]}
</script></head>
<body><header class="site"><a href="/">Accueil</a></header><nav><ul><li>Menu un</li></ul></nav>
<div class="cookie-banner"><p>« Nous utilisons des cookies pour vous servir. »</p></div>
<main><article><header><h1>La halle retrouvée</h1>
<time datetime="2024-02-03">3 février</time></header>
<p>Avec Inès Caron, architecte à l’atelier des Cèdres, et Tom Vallet, menuisier.</p>
<h2>1. Réparer avant de bâtir</h2>
<blockquote><p>Une charpente se répare comme une amitié.</p><p>Il faut du temps.</p>
<footer>— <cite>Inès Caron</cite>, architecte</footer></blockquote>
<h2>2. Apprendre du bois</h2>
<figure><blockquote>Le bois garde la mémoire de la main.</blockquote>
<figcaption>Tom Vallet, menuisier</figcaption></figure>
<p>« On apprend&nbsp;en ratant », confie Tom Vallet.</p>
<aside>À lire aussi : « Le toit qui voulait partir en voyage »</aside>
<div class="share-links">Partager</div></article></main>
<footer>Mentions légales</footer></body></html>"""

OLD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    "<title>Compte rendu</title></head><body><table width=100%><tr><td width=150><a href=a>Accueil"
    "</a><br><a href=b>Contact</a></td><td><h1>Compte rendu de l\u2019atelier eau</h1>"
    "<p>Le 4 mai 2011, Maud Perrin, animatrice du syndicat des Eaux, a ouvert l\u2019atelier.<br>"
    "\u00ab L\u2019eau ne se garde pas, elle se partage \u00bb, rappelle Maud Perrin.</p>"
    "<ul><li>\u00ab Chaque puits compte pour le village \u00bb (Maud Perrin)</ul>"
    "</td></tr></table></body></html>"
)

ASKED = """<div id="page">
<div class="sidebar"><p>Un menu bien long qui ne dit rien du tout.</p></div>
<div class="content"><h1>Rencontre avec Élise Garnier</h1>
<p>Élise Garnier, potière, répond à nos questions.</p>
<h3>Pourquoi avez-vous choisi l’argile&nbsp;?</h3>
<p>Parce que je n’ai jamais su dessiner.</p><p>Et puis j’aime attendre.</p>
<h3>Qui vous a appris&nbsp;?</h3><p>Ma voisine. Nous ne parlions pas&nbsp;: je regardais.</p>
<h3>Que diriez-vous à ceux qui commencent&nbsp;?</h3><p>Moi, je leur dirais de casser.</p>
</div></div>"""


def said(html: str | bytes) -> list[tuple[str, str | None]]:
    data = html if isinstance(html, bytes) else html.encode()
    return [(v.text, v.speaker) for v in extraction_from(page_from_html(data)).verbatims]


def test_an_article_gives_its_quotations_and_nothing_of_the_site() -> None:
    assert said(BLOG) == [
        ("Une charpente se répare comme une amitié.\nIl faut du temps.", "Inès Caron"),
        ("Le bois garde la mémoire de la main.", "Tom Vallet"),
        ("On apprend\u00a0en ratant", "Tom Vallet"),
    ]


def test_a_page_declares_its_title_address_and_days() -> None:
    page = page_from_html(BLOG.encode())
    assert (page.title, page.url) == ("La halle retrouvée", "https://exemple.test/halle")
    assert (page.held_on, page.published_on) == (date(2024, 1, 30), date(2024, 2, 3))
    texts = " ".join(block.text for block in page.blocks)
    assert not any(word in texts for word in ("Accueil", "Menu", "cookies", "Mentions", "voyage"))


def test_a_page_on_one_line_keeps_its_order() -> None:
    lines = [b.line for b in page_from_html(BLOG.replace("\n", " ").encode()).blocks]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_tables_for_layout_and_old_encodings(encoding: str) -> None:
    expected = [
        ("L’eau ne se garde pas, elle se partage", "Maud Perrin"),
        ("Chaque puits compte pour le village", "Maud Perrin"),
    ]
    assert said(OLD.encode(encoding)) == expected


def test_an_undeclared_encoding_is_windows() -> None:
    data = "<p>« Été comme hiver, c’est l’œuvre de tous. »</p>".encode("cp1252")
    assert page_from_html(data).blocks[0].text == "« Été comme hiver, c’est l’œuvre de tous. »"


def test_one_broken_byte_does_not_spoil_utf_8() -> None:
    data = '<meta charset="utf-8"><p>« Été éternel »'.encode() + b"\xff" + "né</p>".encode() * 9
    assert page_from_html(data).blocks[0].text.startswith("« Été éternel »")


def test_headings_that_ask_make_an_interview() -> None:
    assert said(ASKED) == [
        ("Parce que je n’ai jamais su dessiner.\nEt puis j’aime attendre.", "Élise Garnier"),
        ("Ma voisine. Nous ne parlions pas\u00a0: je regardais.", "Élise Garnier"),
        ("Moi, je leur dirais de casser.", "Élise Garnier"),
    ]


def test_a_table_of_people_is_read_row_by_row() -> None:
    page = page_from_html("<table><tr><td>Léa Morin</td><td>maire</td></tr></table>".encode())
    assert [(b.kind, b.text) for b in page.blocks] == [(BlockKind.TABLE_ROW, "Léa Morin, maire")]


def test_a_line_break_ends_a_piece() -> None:
    page = page_from_html(b"<p>Un<br>deux <i>trois</i><br/>quatre</p>")
    assert [(b.text, b.line) for b in page.blocks] == [("Un", 1), ("deux trois", 2), ("quatre", 3)]


DEEP = "<div>" * 256 + "<p>« Au fond, quelque chose parle encore. »</p>" + "</div>" * 256
HOSTILE = {
    "deep": DEEP.encode(),
    "very deep": b"<b>" * 200_000,
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>',
    "outside": b'<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><p>&s;</p>',
    "xml": b"<?xml version='1.0' encoding='utf-7'?><p>Des mots</p>",
    "charset": b'<meta charset="rot13"><p>Des mots \xe9</p>',
    "zip charset": b'<meta charset="zlib"><p>Des mots \xe9</p>',
    "json": b'<script type="application/ld+json">' + b"[" * 50_000 + b"</script><p>Des mots</p>",
    "dates": b'<meta property="article:published_time" content="2024-99-99"><p>Des mots</p>',
    "lists": b"<ol start=99999999999999>" + b"<li>x" * 20_000,
    "tags": b"<" * 100_000,
    "tables": b"<table><tr><td>" * 3000,
    "attributes": b"<p " + b"a=1 " * 100_000 + b">x",
    "empty": b"<!-- -->",
    "control": b"<p>a\x01b&#0;&#x1F;</p>",
}


@pytest.mark.process
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_cleaned_or_refused_quickly(name: str) -> None:
    texts = ""

    def read() -> None:
        nonlocal texts
        with suppress(CorpusError):
            page = page_from_html(HOSTILE[name])
            extraction_from(page)
            texts = " ".join(block.text for block in page.blocks)

    assert calls_of(read) < MOST_CALLS
    assert "root:" not in texts
    assert not any(c < " " for c in texts)


SPEECH = "<p>« On apprend mieux quand on fait ensemble, tous les jours. » Léa Morin</p>"
KEPT = {
    "a builder that calls all a widget": f'<div class="elementor-widget">{SPEECH}</div>',
    "a class that names what is beside": f'<div class="site has-sidebar">{SPEECH}</div>',
    "a tab that is closed": f'<div class="tab-content" style="display:none">{SPEECH}</div>',
    "an accordion": f'<div class="accordion-body" hidden>{SPEECH}</div>',
    "a table within a table": f"<table><tr><td>Menu</td><td>{SPEECH}"
    "<table><tr><td>a</td></tr></table></td></tr></table>",
}
DROPPED = {
    "a widget of a sidebar": f'<div class="widget_recent_posts">{SPEECH}</div>',
    "a cookie banner": f'<div id="cmplz-cookiebanner">{SPEECH}</div>',
    "share links": f'<div class="sd-sharing">{SPEECH}</div>',
    "related pages": f'<div class="jp-relatedposts">{SPEECH}</div>',
    "comments": f'<div id="comments">{SPEECH}</div>',
    "what is hidden": f'<div style="display: none">{SPEECH}</div>',
    "the foot of an article": f"<article><p>Un</p><footer>{SPEECH}</footer></article>",
}
WORDS = "<h1>Un titre de page</h1>" + "<p>Des mots qui ne disent rien de plus.</p>" * 9


@pytest.mark.parametrize("layout", KEPT)
def test_what_holds_the_write_up_stays(layout: str) -> None:
    assert len(said(f"<html><body><h1>Un titre</h1>{KEPT[layout]}</body></html>")) == 1


@pytest.mark.parametrize("layout", DROPPED)
def test_what_surrounds_the_write_up_goes(layout: str) -> None:
    assert said(f"<html><body>{WORDS}{DROPPED[layout]}</body></html>") == []


def test_the_date_beside_the_title_is_kept_with_it() -> None:
    html = (
        f'<body><div><div class="menu">Menu</div><div id="a"><h1>Un titre</h1><p>Le {"x" * 9}</p>'
    )
    html += f'<div id="b">{WORDS.replace("h1", "h2")}{SPEECH}</div></div></div></body>'
    assert "Le xxxxxxxxx" in [block.text for block in page_from_html(html.encode()).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>On apprend en faisant, toujours.</em> – Léa Morin</p>",
        "<p><i>On apprend en faisant, toujours.</i> Léa Morin, maire</p>",
        '<p><span style="font-style:italic">On apprend en faisant, toujours.</span> Léa Morin</p>',
        "<p><em>On apprend en faisant, toujours.</em></p><p>— Léa Morin</p>",
        "<li><em>On apprend en faisant, toujours.</em> (Léa Morin)</li>",
        "<table><tr><td>Verbatim</td><td>Qui</td></tr>"
        "<tr><td>On apprend en faisant, toujours.</td><td>Léa Morin</td></tr></table>",
    ],
)
def test_words_without_marks_are_speech_when_somebody_signs(line: str) -> None:
    html = f"<body><h1>Un titre</h1><p>Avec Léa Morin, maire de Bourg.</p>{line}</body>"
    assert said(html) == [("On apprend en faisant, toujours.", "Léa Morin")]


def test_italics_that_nobody_signs_are_no_speech() -> None:
    assert (
        said("<body><h1>Un titre</h1><p><em>On apprend en faisant, toujours.</em></p></body>") == []
    )


def test_an_idea_told_again_on_each_row_is_one_idea() -> None:
    rows = "".join(
        f"<tr><td>{idea}</td><td>{words}</td><td>Léa Morin</td></tr>"
        for idea, words in [
            ("1. Semer", "On sème en mars, jamais avant."),
            ("1. Semer", "La graine ne lit pas le calendrier."),
            ("2. Arroser", "On arrose le soir, quand tout dort."),
        ]
    )
    html = f"<table><tr><th>Idée</th><th>Verbatim</th><th>Qui</th></tr>{rows}</table>"
    found = extraction_from(page_from_html(html.encode()))
    assert [(idea.number, idea.text) for idea in found.key_ideas] == [(1, "Semer"), (2, "Arroser")]
    assert [said.key_idea for said in found.verbatims] == [1, 1, 2]


LONG = {
    "links": "<p>" + "<a href='https://youtu.be/abcdefg'>replay</a>" * 20_000 + "</p>",
    "titles": f"<title>{'ab cd ' * 5000}</title>" + "<h2>ab cd</h2>" * 3000,
    "ideas": "<h1>Idées clés</h1>" + "<h2>Un deux</h2><p>« Un mot. »</p>" * 4000,
    "comments": "<p>2 commentaires</p>" * 20_000,
}


@pytest.mark.process
@pytest.mark.parametrize("name", LONG)
def test_a_long_page_takes_a_time_that_grows_with_its_length(name: str) -> None:
    data = LONG[name].encode()
    assert calls_of(lambda: extraction_from(page_from_html(data))) < MOST_CALLS


def test_a_page_made_of_comments_is_read() -> None:
    card = '<div class="comment"><h3>{}</h3><div class="comment-content"><p>{}</p></div></div>'
    cards = (("Rita", "Mon fils y court."), ("Odile", "On nous écoute."), ("Luc", "J’y reste."))
    page = page_from_html("".join(card.format(*each) for each in cards).encode())
    assert [b.text for b in page.blocks] == [text for each in cards for text in each]

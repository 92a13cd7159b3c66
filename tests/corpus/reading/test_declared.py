"""What a page shows comes before what it tells machines; what they dispute is told."""

from datetime import date

import pytest

from corpus.extraction.extracted import Extraction
from corpus.extraction.extraction import extraction_from
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown

SAID = "<p>« On apprend mieux quand on fait ensemble. » Léa Morin</p>"


def read(head: str, body: str) -> Extraction:
    html = f"<html><head>{head}</head><body>{body}{SAID}</body></html>"
    return extraction_from(page_from_html(html.encode()))


def codes(found: Extraction) -> list[str]:
    return [p.code for p in found.problems if p.code in {"titre", "date", "replay"}]


def linked(kind: str, **fields: str) -> str:
    inner = "".join(f', "{name}": "{value}"' for name, value in fields.items())
    return (
        f'<script type="application/ld+json">{{"@graph": [{{"@type": "{kind}"{inner}}}]}}</script>'
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Le titre vrai | Le site</title>", "<h1>Le titre vrai</h1>", "Le titre vrai"),
        (
            "<title>Le titre vrai - Le grand site</title>",
            "<h1>Le grand site</h1><h2>Le titre vrai</h2>",
            "Le titre vrai",
        ),
        (
            '<meta property="og:title" content="Le titre : vrai"><title>x</title>',
            "<h1>Le titre\u00a0: vrai</h1>",
            "Le titre\u00a0: vrai",
        ),
        (
            '<meta property="og:site_name" content="Le grand site"><title>Accueil</title>',
            "<h1>Le grand site</h1><h1>Un autre titre</h1>",
            "Un autre titre",
        ),
        (linked("Article", headline="Un titre pour tous"), "", "Un titre pour tous"),
        (
            '<title>Page 1</title><meta property="og:title" content="Titre partagé">',
            "",
            "Titre partagé",
        ),
        ("<title>Onglet</title>", "<h1>Un titre visible</h1>", "Un titre visible"),
    ],
)
def test_the_title_is_the_one_shown(head: str, body: str, title: str) -> None:
    found = read(head, body)
    assert found.title == title
    assert "titre" not in codes(found)


def test_a_title_that_only_the_tab_tells_is_a_doubt() -> None:
    found = read("<title>Compte rendu des échanges | Le site</title>", "<p>Des mots.</p>")
    assert found.title == "Compte rendu des échanges"
    assert "titre" in codes(found)


def test_the_first_bold_line_of_an_untitled_page_is_a_doubtful_title() -> None:
    text = "**Ce que disent les collèges**\n\nUn mot.\n\n## 1. Une idée\n\n« Il faut du temps. »"
    found = extraction_from(page_from_markdown(text.encode()))
    assert found.title == "Ce que disent les collèges"
    assert "titre" in codes(found)


PUBLISHED = date(2024, 5, 9)


@pytest.mark.parametrize(
    "head",
    [
        linked("NewsArticle", datePublished="2024-05-09T10:00:00+02:00"),
        '<meta property="article:published_time" content="2024-05-09T08:00:00Z">',
        '<meta name="date" content="2024-05-09">',
        '<meta name="DC.date.issued" content="2024-05-09">',
    ],
)
def test_the_publication_is_declared_in_many_ways(head: str) -> None:
    assert read(head, "<h1>Un titre de page</h1>").published_on == PUBLISHED


@pytest.mark.parametrize(
    "body",
    [
        "<p>Publié le 9 mai 2024</p>",
        "<p>jeudi 9 mai 2024, par Paul Serre</p>",
        "<p>Soumis par paul le jeu 09/05/2024 - 10:12</p>",
        '<span>Publié le</span> <time datetime="2024-05-09">9 mai 2024</time>',
        "<div>Publié le</div><div>9 mai 2024</div>",
        '<abbr class="published" title="2024-05-09T07:00:00Z">le 9</abbr>',
        "<article><footer>Publié le 9 mai 2024</footer><p>Des mots</p></article>",
    ],
)
def test_the_publication_is_shown_in_many_ways(body: str) -> None:
    assert read("", f"<h1>Un titre de page</h1>{body}").published_on == PUBLISHED


def test_words_win_over_machines_and_the_editor_is_told() -> None:
    head = linked("Article", datePublished="2024-06-20") + linked("Event", startDate="2024-06-01")
    found = read(head, "<h1>Titre de page</h1><p>Publié le 9 mai 2024</p><p>Webinaire du 2 mai</p>")
    assert (found.held_on, found.published_on) == (date(2024, 5, 2), PUBLISHED)
    assert codes(found) == ["date", "date"]
    assert "02/05/2024" in found.problems[-1].message
    assert "01/06/2024" in found.problems[-1].message


def test_a_time_zone_is_no_dispute() -> None:
    head = linked("Article", datePublished="2024-05-08T22:30:00+00:00")
    head += linked("Event", startDate="2024-05-02T10:00")
    found = read(head, "<h1>Titre de page</h1><p>Publié le 9 mai 2024</p><p>Webinaire du 2 mai</p>")
    assert (found.published_on, codes(found)) == (PUBLISHED, [])


def test_the_event_declared_settles_which_of_two_days() -> None:
    head = linked("Event", startDate="2024-05-02")
    found = read(
        head, "<h1>Titre</h1><p>Webinaire du 30 avril 2024</p><p>Rencontre du 2 mai 2024</p>"
    )
    assert (found.held_on, codes(found)) == (date(2024, 5, 2), [])


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://exemple.example/a?utm_source=x&p=2">', "?p=2"),
        ('<meta property="og:url" content="https://exemple.example/a">', "/a"),
        (linked("Article", url="https://exemple.example/a"), "/a"),
        (linked("Article", mainEntityOfPage="https://exemple.example/a"), "/a"),
        ('<link rel="canonical" href="/a">', ""),
    ],
)
def test_the_address_of_the_page(head: str, url: str) -> None:
    found = read(head, "<h1>Titre de page</h1>").url
    assert found.endswith(url) if url else not found


FRONT = """---
titre: Petits ports
date_evenement: 2022-05-19
date: 2022-06-01
canonical_url: https://exemple.example/ports
params:
  replay: https://player.vimeo.com/video/7110?h=ab
---
Publié le 3 juin 2022. Webinaire du 20 mai 2022.

« On apprend mieux quand on fait ensemble. » Léa Morin
"""


def test_what_the_author_signed_comes_before_all() -> None:
    found = extraction_from(page_from_markdown(FRONT.encode()))
    assert (found.title, found.url) == ("Petits ports", "https://exemple.example/ports")
    assert (found.held_on, found.published_on) == (date(2022, 5, 19), date(2022, 6, 1))
    assert (found.replay_url, codes(found)) == ("https://vimeo.com/7110/ab", [])

"""Key ideas are numbered in many ways, and quotations stand under them in as many layouts."""

from collections.abc import Callable

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.blocks import Page
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown
from corpus.reading.plain_text import page_from_text

IDEAS = ["Partir des besoins", "Payer l’animation", "Compter ce qui compte"]
SAID = [
    ("On a frappé à toutes les portes du bourg.", "Léa Morin"),
    ("Sans animatrice, le lieu ferme.", "Aude Fressange"),
    ("On devrait compter les sourires !", "Léa Morin"),
]
HEAD = "Avec Léa Morin, directrice d’Oasis, et Aude Fressange, présidente du Grain."
ORDINALS = ["Premier", "Deuxième", "Troisième"]


def found(text: str, read: Callable[[bytes], Page]) -> list[tuple[int | None, str, str | None]]:
    extraction = extraction_from(read(text.encode()))
    assert [(idea.number, idea.text) for idea in extraction.key_ideas] == [
        *enumerate(IDEAS, start=1)
    ]
    return [(said.key_idea, said.text, said.speaker) for said in extraction.verbatims]


def written(head: str, idea: str, quotation: str) -> str:
    page = head
    for number, (title, (text, name)) in enumerate(zip(IDEAS, SAID, strict=True), start=1):
        shown = idea.replace("N", str(number)).replace("PREMIER", ORDINALS[number - 1])
        page += shown.replace("{}", title) + quotation.replace("{}", text).replace("NAME", name)
    return page


EXPECTED = [(number, text, name) for number, (text, name) in enumerate(SAID, start=1)]


@pytest.mark.parametrize(
    "idea",
    [
        "## N. {}\n\n",
        "## N {}\n\n",
        "## N\ufe0f\u20e3 {}\n\n",
        "## #N {}\n\n",
        "### Idée clé n°N : {}\n\n",
        "### Idée clé N\n\n**{}**\n\n",
        "### Point-clef n° N\n\n### {}\n\n",
        "**Point-clef N :** {}\n\n",
        "N. **{}**\n\n",
        "(N) {}\n\n",
        "PREMIER point : {}\n\n",
        "PREMIER enseignement – {}\n\n",
    ],
)
@pytest.mark.parametrize(
    "quotation",
    ["« {} » (NAME)\n\n", "> « {} »  \n> — NAME\n\n", "> {}\n>\n> **NAME**\n\n", "“{}” – NAME\n\n"],
)
def test_markdown_ideas_are_found_with_their_quotations(idea: str, quotation: str) -> None:
    page = written(f"# Ce qu’il faut retenir\n\n{HEAD}\n\n", idea, quotation)
    assert found(page, page_from_markdown) == EXPECTED


@pytest.mark.parametrize("idea", ["N – {}\n\n", "Idée N\n{}\n\n", "N/ {}\n\n", "(N) {}\n\n"])
@pytest.mark.parametrize("quotation", ["NAME : « {} »\n\n", "« {} »\nNAME, élue\n\n"])
def test_plain_ideas_are_found_with_their_quotations(idea: str, quotation: str) -> None:
    page = written(f"Ce qu’il faut retenir\n\n{HEAD}\n\n", idea, quotation)
    assert found(page, page_from_text) == EXPECTED


@pytest.mark.parametrize(
    "idea", ["<h2>N. {}</h2>", "<h2><span>N</span> {}</h2>", "<h3>Point clé N</h3><p><b>{}</b></p>"]
)
@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote><p>{}</p><footer>NAME</footer></blockquote>",
        "<figure><blockquote>{}</blockquote><figcaption>— NAME</figcaption></figure>",
        "<table><tr><td>« {} »</td><td>NAME</td></tr></table>",
        "<p><i>« {} »</i><br>NAME, élue</p>",
    ],
)
def test_html_ideas_are_found_with_their_quotations(idea: str, quotation: str) -> None:
    page = written(f"<h1>Ce qu’il faut retenir</h1><p>{HEAD}</p>", idea, quotation)
    assert found(page, page_from_html) == EXPECTED


def test_numbers_of_things_are_no_ideas() -> None:
    text = "Le bilan\n\nPoint 1\n« Une phrase dite devant toute la salle. » Léa Morin\n"
    assert extraction_from(page_from_text(text.encode())).key_ideas == ()

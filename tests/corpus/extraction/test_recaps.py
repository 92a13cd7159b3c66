"""Recaps in a dozen layouts: the ideas are read, and neither the host nor a section is one."""

from collections.abc import Callable, Sequence

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.blocks import Page
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown
from corpus.reading.plain_text import page_from_text

IDEAS = (
    "La haie nourrit d’abord le sol",
    "Planter serré coûte moins cher qu’on ne le croit",
    "Sans les voisins, rien ne tient dix ans",
)
SAID = (
    ("Au bout de trois hivers, la terre s’est remise à boire.", "Maëlle Tardieu"),
    ("On a payé les plants le prix d’un repas de village.", "Noé Lepic"),
    ("Le voisin a fini par tailler avec nous, et il revient.", "Maëlle Tardieu"),
)
TITLE = "Replanter les haies du canton"
SPEAKERS = ("Maëlle Tardieu, bergère à Vaux", "Noé Lepic, technicien au syndicat de la Loue")
HOST = "Merci à vous deux, et passons à la suite."
Q, W = zip(*SAID, strict=True)


def recap(head: str, idea: str, foot: str = "", letters: Sequence[str] = "123") -> str:
    page = head.format(TITLE, *SPEAKERS)
    for number, text in enumerate(IDEAS):
        page += idea.format(n=letters[number], idea=text, said=Q[number], who=W[number], host=HOST)
    return page + foot


MD = "# {0}\n\nWebinaire du 12 mars 2024, avec {1} et {2}.\n\n"
BARE = "# {0}\n\n## Intervenants\n\n- {1}\n- {2}\n\n## Ce qu’il faut retenir\n\n"
TEXT = "{0}\n\nWebinaire du 12 mars 2024\n\nAvec {1} et {2}.\n\n"
HTML = "<main><h1>{0}</h1><p>Avec {1} et {2}.</p>"
NEXT = "\n## Et après ?\n\nProchain rendez-vous en mai.\n"

MARKDOWN = {
    "headings below a heading": recap(BARE, "### {idea}\n\n> {said}\n> — {who}\n\n", NEXT),
    "headings alone": recap(MD, "## {idea}\n\n« {said} » — {who}\n\n", NEXT),
    "headings alone, blockquotes": recap(MD, "## {idea}\n\n> « {said} »\n>\n> {who}\n\n"),
    "a host between": recap(MD, "## {idea}\n\n« {said} » ({who})\n\n*{host}*\n\n"),
    "bold lines": recap(BARE, "**{idea}**\n\n« {said} », {who}\n\n", NEXT),
    "bold lines alone": recap(MD, "**{idea}**\n\n« {said} », explique {who}.\n\n"),
    "bold and numbered": recap(MD, "**{n} - {idea}**\n\n- « {said} » {who}\n\n"),
    "a noun and a number": recap(MD, "**Idée {n}** : {idea}\n\n« {said} » — {who}\n\n"),
    "a noun above": recap(MD, "### Idée {n}\n\n{idea}\n\n« {said} » — {who}\n\n"),
    "capital letters": recap(MD, "### {n}. {idea}\n\n« {said} » — {who}\n\n", letters="ABC"),
    "small letters": recap(MD, "{n}) {idea}\n\n« {said} » — {who}\n\n", letters="abc"),
    "bold letters": recap(MD, "**{n}. {idea}**\n\n« {said} » — {who}\n\n", letters="ABC"),
    "Roman numbers": recap(
        MD, "## {n}. {idea}\n\n« {said} » — {who}\n\n", letters=["I", "II", "III"]
    ),
    "a list of ideas": recap(
        BARE, "- **{idea}**\n  - « {said} » — {who}\n", "\n## Les liens\n\n- Un guide\n"
    ),
    "a numbered list": recap(BARE, "{n}. {idea}\n   > {said} — {who}\n\n"),
    "an idea in italics": recap(BARE, "*{idea}*\n\n> {said}\n\n{who}\n\n"),
    "a bold label": recap(MD, "**Idée clé :** {idea}\n\n« {said} » — {who}\n\n"),
    "an arrow": recap(MD, "➡️ **{idea}**\n\n« {said} » — {who}\n\n"),
    "a key": recap(MD, "## 🔑 {idea}\n\n« {said} » — {who}\n\n"),
}
PAGES_HTML = {
    "headings": recap(
        HTML, "<h2>{idea}</h2><blockquote><p>{said}</p><cite>{who}</cite></blockquote>"
    ),
    "strong lines": recap(HTML, "<p><strong>{idea}</strong></p><p>« {said} » — {who}</p>"),
    "an ordered list": recap(
        HTML + "<ol>", "<li><strong>{idea}</strong><p>« {said} » — {who}</p></li>"
    ),
    "lettered": recap(HTML, "<h3>{n}) {idea}</h3><p>« {said} » — {who}</p>", letters="abc"),
    "a rank and a dash": recap(HTML, "<p>{n} - {idea}</p><ul><li>« {said} », {who}</li></ul>"),
    "sections": recap(HTML, "<section><h2>{idea}</h2><p>« {said} », dit {who}.</p></section>"),
}
TEXTS = {
    "a rank and a dash": recap(TEXT, "{n} - {idea}\n« {said} » — {who}\n\n"),
    "a noun": recap(TEXT, "Idée {n} : {idea}\n« {said} » — {who}\n\n"),
    "a noun and a dash": recap(TEXT, "Idée n° {n} – {idea}\n\n« {said} » — {who}\n\n"),
    "letters": recap(TEXT, "{n}. {idea}\n\n« {said} » — {who}\n\n", letters="ABC"),
    "small letters": recap(TEXT, "{n}) {idea}\n\n« {said} » — {who}\n\n", letters="abc"),
    "lines alone": recap(TEXT + "Les idées clés\n\n", "{idea}\n« {said} » — {who}\n\n"),
    "a star": recap(TEXT + "Ce qu’il faut retenir\n\n", "* {idea}\n« {said} » — {who}\n\n"),
}
CASES = [
    *((page, page_from_markdown) for page in MARKDOWN.values()),
    *((page, page_from_html) for page in PAGES_HTML.values()),
    *((page, page_from_text) for page in TEXTS.values()),
]
NAMES = [*MARKDOWN, *(f"html, {name}" for name in PAGES_HTML), *(f"text, {n}" for n in TEXTS)]


@pytest.mark.parametrize(("page", "read"), CASES, ids=NAMES)
def test_the_ideas_of_a_recap(page: str, read: Callable[[bytes], Page]) -> None:
    found = extraction_from(read(page.encode()))
    assert [idea.text for idea in found.key_ideas] == [*IDEAS]
    assert [said.key_idea for said in found.verbatims] in ([1, 2, 3], [])

"""The Markdown reader, on invented pages of several layouts."""

from contextlib import suppress
from datetime import date

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.problems import CorpusError
from corpus.reading.blocks import BlockKind, Page
from corpus.reading.markdown import page_from_markdown
from tests.doubts import doubtful_lines
from tests.work import MOST_CALLS, calls_of

RECAP = """---
title: 'Retour sur le webinaire : la forêt en partage'
date: 2024-03-12T09:00:00
url: https://exemple.test/foret
---

Avec **Léa Morin**, directrice de la coopérative des Rives, et Paul Ardant (Parc du Lot).

## Écouter d’abord

> On ne plante rien sans avoir écouté ceux qui marchent dans la forêt.
>
> **Léa Morin**, directrice de la coopérative des Rives

Paul Ardant raconte : « Nous avons *d’abord* ouvert les [chemins](https://exemple.test/a). »

![Une forêt](foret.jpg)

## Compter ensuite

| Qui | Ce qui a été dit |
|---|---|
| Paul Ardant | « Compter les arbres, c’est déjà les regarder. » |

<blockquote>
<p>Sans carte commune, chacun défend son sentier.</p>
<cite>Léa Morin</cite>
</blockquote>
"""

INTERVIEW = """+++
title = "Trois questions à Nadia Belkacem"
date = 2023-11-02
+++

Nadia Belkacem, cheffe de projet à la Maison des Halles, nous parle de son métier.

**Comment êtes-vous arrivée ici ?**

Je cherchais un lieu. J’ai poussé la porte.

On m’a dit « revenez demain » et je suis revenue.

**Qu’est-ce qui vous étonne encore ?**
Que nous soyons si peu à poser des questions.

**Votre prochain chantier ?** Je veux ouvrir la cour aux enfants.

*Propos recueillis par Jean Vidal*
"""

TURNS = """# Entretien croisé avec Hugo Lanvin et Sara Delmas

Hugo Lanvin est maraîcher, Sara Delmas est bibliothécaire.

**Question :** Comment travaillez-vous ensemble ?

**H.L. :** Nous partageons un camion et beaucoup d’idées.

Et parfois un repas.

**S.D. :** Je lui prête des livres, il me prête des graines.

**Question :** Et demain ?

**H.L. :** Demain, nous ouvrirons la serre.
"""


def page(text: str) -> Page:
    return page_from_markdown(text.encode())


def said(text: str) -> list[tuple[str, str | None]]:
    return [(v.text, v.speaker) for v in extraction_from(page(text)).verbatims]


def test_a_recap_gives_what_each_one_said() -> None:
    assert said(RECAP) == [
        ("On ne plante rien sans avoir écouté ceux qui marchent dans la forêt.", "Léa Morin"),
        ("Nous avons d’abord ouvert les chemins.", "Paul Ardant"),
        ("Compter les arbres, c’est déjà les regarder.", "Paul Ardant"),
        ("Sans carte commune, chacun défend son sentier.", "Léa Morin"),
    ]


def test_front_matter_declares_title_date_and_address() -> None:
    read = page(RECAP)
    assert read.title == "Retour sur le webinaire : la forêt en partage"
    assert read.published_on == date(2024, 3, 12)
    assert read.url == "https://exemple.test/foret"


def test_lines_are_those_of_the_file() -> None:
    lines = RECAP.splitlines()
    block = next(b for b in page(RECAP).blocks if b.text.startswith("Sans carte"))
    assert "Sans carte" in lines[block.line - 1]
    assert [b.line for b in page(RECAP).blocks] == sorted({b.line for b in page(RECAP).blocks})


def test_an_interview_gives_whole_answers() -> None:
    assert said(INTERVIEW) == [
        (
            "Je cherchais un lieu. J’ai poussé la porte.\n"
            "On m’a dit « revenez demain » et je suis revenue.",
            "Nadia Belkacem",
        ),
        ("Que nous soyons si peu à poser des questions.", "Nadia Belkacem"),
        ("Je veux ouvrir la cour aux enfants.", "Nadia Belkacem"),
    ]
    sections = [v.section for v in extraction_from(page(INTERVIEW)).verbatims]
    assert sections[0] == "Comment êtes-vous arrivée ici ?"


def test_toml_dates_are_read() -> None:
    assert page(INTERVIEW).published_on == date(2023, 11, 2)


def test_initials_open_turns() -> None:
    assert said(TURNS) == [
        (
            "Nous partageons un camion et beaucoup d’idées.\nEt parfois un repas.",
            "Hugo Lanvin",
        ),
        ("Je lui prête des livres, il me prête des graines.", "Sara Delmas"),
        ("Demain, nous ouvrirons la serre.", "Hugo Lanvin"),
    ]


def test_fields_without_a_fence_are_front_matter() -> None:
    read = page("Title: La serre\nDate: 2022-05-04\nTags: eau\n\nUn paragraphe.\n")
    assert (read.title, read.published_on) == ("La serre", date(2022, 5, 4))
    assert [block.text for block in read.blocks] == ["Un paragraphe."]


def test_a_sentence_with_a_colon_is_no_front_matter() -> None:
    assert page("Retenons : l’eau manque.\nEt puis : elle revient.\n").title == ""


@pytest.mark.parametrize(
    "head", ["title: [broken", "- a\n- b", "title: &a x\nurl: *a", "date: 2024-99-99", "? {"]
)
def test_broken_front_matter_does_not_lose_the_page(head: str) -> None:
    assert page(f"---\n{head}\n---\n\nDes mots.\n").blocks[-1].text == "Des mots."


def test_kinds_follow_the_mark_up() -> None:
    read = page("# Un\n\n- deux\n\n1. trois\n2. quatre\n\n> cinq\n>> six\n\n**sept**\n")
    kinds = [(b.kind, b.text, b.level, b.is_strong) for b in read.blocks]
    assert kinds == [
        (BlockKind.HEADING, "Un", 1, False),
        (BlockKind.LIST_ITEM, "deux", 0, False),
        (BlockKind.LIST_ITEM, "1. trois", 0, False),
        (BlockKind.LIST_ITEM, "2. quatre", 0, False),
        (BlockKind.QUOTE, "cinq", 0, False),
        (BlockKind.QUOTE, "six", 0, False),
        (BlockKind.PARAGRAPH, "sept", 0, True),
    ]
    assert len({b.group for b in read.blocks if b.kind is BlockKind.QUOTE}) == 1


def test_marks_that_the_grammar_left_over_go() -> None:
    assert (
        page("_Il faut**agir vite.**_ _Et bien _\n").blocks[0].text == "Il fautagir vite. Et bien"
    )


@pytest.mark.parametrize(
    "note",
    [
        "À noter : la mairie ferme à midi le samedi.",
        "**Définition.** Une haie est une rangée d’arbustes entretenue par la taille.",
        "[!NOTE] Le formulaire est en ligne jusqu’au 3 mai.",
    ],
)
def test_a_blockquote_may_be_a_note(note: str) -> None:
    assert said(f"# Titre de la page\n\nDu texte.\n\n> {note}\n") == []


def test_incises_are_taken_out() -> None:
    words = (
        "« Le marché, explique Léa Morin, fait vivre la place. Il faut, ajoute-t-elle, le garder. »"
    )
    assert said(f"# Le marché du bourg\n\n{words}\n") == [
        ("Le marché fait vivre la place. Il faut le garder.", "Léa Morin")
    ]


@pytest.mark.process
@pytest.mark.parametrize(
    "text", [">" * 5000, "- " * 2000, "[" * 20_000, "*a_" * 20_000, "<b>" * 9000]
)
def test_endless_nesting_is_cleaned_or_refused_quickly(text: str) -> None:
    def read() -> None:
        with suppress(CorpusError):
            extraction_from(page(f"{text} mots\n"))

    assert calls_of(read) < MOST_CALLS


HEAD = """# Retour sur la rencontre des halles

Avec Léa Morin, directrice de la coopérative des Rives, et Paul Ardant, maire de Bourg.

## Une idée

"""
WIND = "On ne plante rien sans écouter le vent."


@pytest.mark.parametrize(
    "layout",
    [
        f"> {WIND}\n\n— Léa Morin, directrice\n\nDu texte ensuite, assez long pour compter.",
        f"> {WIND}\n\nLéa Morin\n\nDu texte.",
        f"Léa Morin :\n\n> {WIND}",
        f"Pour Léa Morin, le vent compte :\n\n> {WIND}",
        f"> {WIND} — Léa Morin",
        f"> « {WIND} »\n> — Léa Morin, directrice",
        f"> {WIND}\n>\n> La directrice de la coopérative",
        f"*{WIND}*\n\nLéa Morin, directrice",
        f"### Léa Morin\n\n« {WIND} »",
        f"| Citation | Qui |\n|---|---|\n| {WIND} | Léa Morin |",
        '<p class="citation">On ne plante rien sans écouter le vent.</p>\n<p>Léa Morin</p>',
    ],
)
def test_a_quotation_is_signed_in_many_layouts(layout: str) -> None:
    assert said(HEAD + layout) == [(WIND, "Léa Morin")]


def test_each_blockquote_has_its_own_signature() -> None:
    text = f"> {WIND}\n> — Léa Morin\n\n<!-- -->\n\n> Le maire plante aussi ici.\n> — Paul Ardant"
    assert said(HEAD + text) == [
        (WIND, "Léa Morin"),
        ("Le maire plante aussi ici.", "Paul Ardant"),
    ]


@pytest.mark.parametrize("mark", ["- ", "> "])
def test_a_heading_announces_verbatims_without_marks(mark: str) -> None:
    text = f"## Ils ont dit\n\n{mark}{WIND}\n\n<!-- -->\n\n{mark}Nous aimons le marché du samedi."
    found = extraction_from(page(HEAD + text))
    assert [v.text for v in found.verbatims] == [WIND, "Nous aimons le marché du samedi."]
    doubtful = doubtful_lines(found)
    assert {v.line for v in found.verbatims if v.speaker} <= doubtful


def test_marks_that_close_for_an_incise_are_one_quotation() -> None:
    text = "« On ne plante rien », explique Léa Morin, « sans écouter le vent »."
    assert said(HEAD + text) == [("On ne plante rien sans écouter le vent", "Léa Morin")]


def test_a_label_between_brackets_is_no_address_of_a_link() -> None:
    text = "[SPEAKER_00]: Oui\n\n[SPEAKER_01]: Non, pas encore.\n\nVoir [ici].\n\n[ici]: /la\n"
    assert [block.text for block in page(text).blocks] == [
        "[SPEAKER_00]: Oui",
        "[SPEAKER_01]: Non, pas encore.",
        "Voir ici.",
    ]

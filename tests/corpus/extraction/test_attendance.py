"""Who came is nobody's business: only those who speak, or are said to, are published."""

import pytest

from corpus.extraction.extraction import extraction_from
from corpus.reading.html import page_from_html
from corpus.reading.markdown import page_from_markdown

SAID = "« On a semé vingt haies en deux hivers, et elles tiennent », raconte Léa Morin."
NAMES = ["Odile Ferret, trésorière du club de Vaux", "Hugo Bessière (référent, mairie de Bourg)"]


def speakers_of(page: str) -> list[str]:
    return [s.name for s in extraction_from(page_from_markdown(page.encode())).speakers]


@pytest.mark.parametrize(
    "label",
    [
        "Participants",
        "Participant·e·s",
        "Les participants",
        "Présents",
        "Présentes",
        "Liste des inscrits",
        "Liste de présence",
        "Feuille d’émargement",
        "Excusés",
        "Excusées",
        "Absents excusés",
        "Étaient présents",
        "Étaient excusées",
        "Membres présents",
        "Personnes présentes",
        "Ont participé",
    ],
)
@pytest.mark.parametrize(
    "layout",
    [
        "## {label}\n\n- {0}\n- {1}\n\n## Récit\n\n{said}",
        "**{label} :**\n\n- {0}\n- {1}\n\n## Récit\n\n{said}",
        "{label} : {0}, {1}\n\n{said}",
        "{said}\n\n### {label}\n\n{0}\n\n{1}",
        "{said}\n\n### {label}\n\n| Nom |\n|---|\n| {0} |\n| {1} |",
    ],
)
def test_who_came_is_not_published(label: str, layout: str) -> None:
    page = layout.format(*NAMES, label=label, said=SAID)
    assert speakers_of(f"# Nos haies\n\nAvec Léa Morin, maraîchère à Vaux.\n\n{page}\n") == [
        "Léa Morin"
    ]


def test_who_came_and_speaks_is_published_with_the_role() -> None:
    page = f"# Nos haies\n\n## Présents\n\n- Léa Morin, maraîchère à Vaux\n\n## Récit\n\n{SAID}\n"
    (lea,) = extraction_from(page_from_markdown(page.encode())).speakers
    assert (lea.name, lea.role, lea.organisation) == ("Léa Morin", "maraîchère", "Vaux")


@pytest.mark.parametrize(
    "presented",
    [
        "Avec {0} et {1}.",
        "## Intervenants\n\n- {0}\n- {1}",
        "**Intervenantes :**\n\n{0}\n\n{1}",
        "- {0}\n- {1}",
        "Un atelier animé par {0} et {1}.",
        "| Nom |\n|---|\n| {0} |\n| {1} |",
    ],
)
def test_who_is_said_to_speak_is_published(presented: str) -> None:
    page = f"# Nos haies\n\n{presented.format(*NAMES)}\n\n## Récit\n\n{SAID}\n"
    assert {"Odile Ferret", "Hugo Bessière"} <= set(speakers_of(page))


def test_speakers_may_be_listed_at_the_foot() -> None:
    lists = f"## Les intervenants\n\n- {NAMES[0]}\n\n## Présents\n\n- {NAMES[1]}"
    assert speakers_of(f"# Nos haies\n\n{SAID}\n\n{lists}\n") == ["Odile Ferret", "Léa Morin"]


def test_who_is_only_told_of_is_not_published() -> None:
    page = f"# Nos haies\n\n{SAID} Paul Serre, maire de Vaux, avait prêté le terrain.\n"
    assert speakers_of(page) == ["Léa Morin"]


def test_a_table_of_those_who_came_is_not_published() -> None:
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in NAMES)
    page = f"<main><h1>Nos haies</h1><p>{SAID}</p><h2>Présents</h2><table>{rows}</table></main>"
    found = extraction_from(page_from_html(page.encode())).speakers
    assert [speaker.name for speaker in found] == ["Léa Morin"]

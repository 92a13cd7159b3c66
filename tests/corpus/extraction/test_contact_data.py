"""What identifies a contact person is seen; what only looks like it is not."""

import pytest

from corpus.extraction.contacts import has_contact_data
from corpus.extraction.extraction import extraction_from
from corpus.reading.plain_text import page_from_text


@pytest.mark.parametrize(
    "text",
    [
        "05 49 00 00 00",
        "05.49.00.00.00",
        "05-49-00-00-00",
        "0549000000",
        "05 49 000 000",
        "06/00/00/00/00",
        "(05) 49 00 00 00",
        "+33 (0)5 49 00 00 00",
        "+33.6.00.00.00.00",
        "+33-5-49-00-00-00",
        "0033 5 49 00 00 00",
        "06 00 00 00 00",
        "0 800 00 00 00",
        "0800 000 000",
        "+32 470 00 00 00",
        "+41 22 000 00 00",
        "+1 514 555 0100",
        "lea.morin@exemple.example",
        "lea.morin [at] exemple.example",
        "lea.morin(at)exemple.example",
        "lea.morin {at} exemple [dot] example",
        "lea.morin AT exemple DOT example",
        "lea.morin (arobase) exemple.example",
        "lea.morin arobase exemple point example",
        "lea.morin @ exemple.example",
        "lea.morin＠exemple.example",
        "lea.morin[@]exemple.example",
        "lea.morin chez exemple.example",
        "mailto:lea.morin@exemple.example",
        "tel:+33549000000",
        "12 bis, rue des Tilleuls",
        "3 place de la Halle",
        "14, av. du Général Leclerc",
        "1 allée Jean-Jaurès",
        "8 ZA de la Croix",
        "ZI du Petit Bois",
        "33000 Bordeaux",
        "33 000 Bordeaux",
        "F-33000 Bordeaux",
        "2A004 Ajaccio",
        "20000 AJACCIO CEDEX 1",
        "BP 1234",
        "CS 50023",
        "Tél : 05 49",
        "Courriel : nous écrire",
        "Contact : Léa Morin",
        "Votre contact : Léa Morin, chargée de mission",
        "Rue des Tilleuls",
        "WhatsApp : 06 00 00 00 00",
        "Skype : lea.morin33",
        "lieu-dit Les Granges, 24000 Périgueux",
        "06\u00a000\u00a000\u00a000\u00a000",
    ],
)
def test_contact_data_is_seen(text: str) -> None:
    assert has_contact_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "En 2021, 12 000 habitants ont répondu.",
        "12000 habitants",
        "Le 04 05 2021, à 10 h 30",
        "Nous avons 3 places de crèche.",
        "La rue est à nous.",
        "Rue par rue, on a parlé aux gens.",
        "SIRET 123 456 789 00012",
        "1 500 euros, puis 2 000",
        "https://exemple.example/2021/05/04",
        "Le contact humain, c’est tout.",
        "On a ouvert 2 avenues de travail.",
        "Chez nous, point de chef.",
        "Les 3 quais du port",
        "Un budget de 45 000 Euros par an",
        "Entre 2019 et 2023, 00 12",
        "De 18 h 30 à 20 h 00",
        "Elle a 06 enfants",
        "J’étais chez Paul.",
        "Il y a 10 rues et 4 places.",
        "En 2024 Bordeaux a voté",
        "La loi 2015 991 du 7 août 2015",
        "01/02/2023 au 05/02/2023",
    ],
)
def test_figures_and_streets_of_a_sentence_are_not(text: str) -> None:
    assert not has_contact_data(text)


PAGE = """Le compost au village : points-clés
Publié le 9 mai 2023
Avec Léa Morin, maire de Bourg ({data}), et Paul Serre, jardinier.
Contact : Paul Serre, {data}
1. Semer {data}
« On a commencé avec trois bacs et beaucoup d’envie. » Léa Morin
« Appelez-moi quand vous voulez, {data}, je réponds toujours. » Léa Morin
2. Récolter ensemble
« Le premier compost a servi aux rosiers de l’école. » Paul Serre, {data}
{data}
"""


@pytest.mark.parametrize(
    "data",
    [
        "05 49 00 00 00",
        "+33 (0)5 49 00 00 00",
        "lea.morin@exemple.example",
        "lea.morin [at] exemple.example",
        "12 bis, rue des Tilleuls, 33000 Bourg",
    ],
)
def test_a_record_holds_no_contact_data_and_the_editor_is_told(data: str) -> None:
    found = extraction_from(page_from_text(PAGE.format(data=data).encode()))
    texts = [found.title, found.introduction, *(idea.text for idea in found.key_ideas)]
    texts += [f"{s.name} {s.role} {s.organisation}" for s in found.speakers]
    texts += [said.text for said in found.verbatims]
    assert not [text for text in texts if data in text or has_contact_data(text)]
    assert "On a commencé avec trois bacs et beaucoup d’envie." in texts
    assert [p.line for p in found.problems if p.code == "coordonnees"] == [7]

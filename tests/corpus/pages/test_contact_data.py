"""What identifies a contact person is seen; what only looks like it is not."""

import pytest

from corpus.pages.contact_data import has_contact_data


@pytest.mark.parametrize(
    "text",
    [
        "05 49 00 00 00",
        "Appelez le 05.49.00.00.00 !",
        "+33 (0)5 49 00 00 00",
        "0033549000000",
        "06\u00a000\u00a000\u00a000\u00a000",
        "+32 470 00 00 00",
        "lea.morin@exemple.example",
        "lea.morin [at] exemple.example",
        "12 bis, rue des Tilleuls",
        "3 place de la Halle",
        "33000 Bordeaux",
        "BP 1234",
        "Tél :",
        "Courriel : nous écrire",
        "Rue des Tilleuls",
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
    ],
)
def test_figures_and_streets_of_a_sentence_are_not(text: str) -> None:
    assert not has_contact_data(text)

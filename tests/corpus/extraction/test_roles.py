"""A description is cut into a role and an organisation."""

import pytest

from corpus.extraction.roles import is_role, role_and_organisation


@pytest.mark.parametrize(
    ("description", "role", "organisation"),
    [
        ("Maire de Bourg-sur-Lot en Gironde", "Maire", "Bourg-sur-Lot"),
        ("maire de Bourg, en Gironde", "maire", "Bourg"),
        (
            "Chef de projet territorial au pôle d'équilibre (PETR) Val et Causse",
            "Chef de projet territorial",
            "pôle d'équilibre (PETR) Val et Causse",
        ),
        ("coordinatrice du tiers-lieu l’Atelier", "coordinatrice", "tiers-lieu l’Atelier"),
        ("Directrice de la coopérative des fermes", "Directrice", "coopérative des fermes"),
        ("chargée de mission emploi à la Région Sud", "chargée de mission emploi", "Région Sud"),
        (
            "directeur général des services de la ville de Bourg",
            "directeur général des services",
            "ville de Bourg",
        ),
        (
            "présidente du conseil d’administration de l’association Oasis",
            "présidente du conseil d’administration",
            "association Oasis",
        ),
        (
            "maîtresse de conférences à l’université de Bourg",
            "maîtresse de conférences",
            "université de Bourg",
        ),
        ("adjointe au maire de Bourg", "adjointe au maire", "Bourg"),
        (
            "responsable de la vie associative à la mairie de Bourg",
            "responsable de la vie associative",
            "mairie de Bourg",
        ),
        ("cofondatrice d’Oasis", "cofondatrice", "Oasis"),
        ("animatrice chez Oasis", "animatrice", "Oasis"),
        ("directeur, Association Oasis", "directeur", "Association Oasis"),
        ("la maire de Bourg et présidente de Val Agglo", "maire", "Bourg"),
        ("sociologue", "sociologue", ""),
        (
            "conseillère municipale déléguée à la culture",
            "conseillère municipale déléguée à la culture",
            "",
        ),
    ],
)
def test_role_and_organisation(description: str, role: str, organisation: str) -> None:
    assert role_and_organisation(description) == (role, organisation)


@pytest.mark.parametrize(
    "text", ["Vice-présidente", "l’élue", "co-gérant", "ancienne ministre", "chargé·e"]
)
def test_a_role_is_known_in_its_forms(text: str) -> None:
    assert is_role(text)


@pytest.mark.parametrize("text", ["Mairie", "principalement", "la table", "expertise", ""])
def test_a_word_that_begins_like_a_role_is_none(text: str) -> None:
    assert not is_role(text)

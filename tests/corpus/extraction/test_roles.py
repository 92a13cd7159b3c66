"""A description is cut into a role and an organisation."""

import re

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


LINK = r" (?:de l’|de la|du|des|de|d’|à l’|à la|à|au|aux|chez|pour l’|pour le|auprès de l’) ?$"
# What one works on stays in the role; where one works, in brackets, is the organisation.
ROLES = """
secrétaire d’État au numérique
secrétaire d’État à la petite enfance
ministre de la Transition et de l’Aménagement du territoire
ministre déléguée chargée de la Ruralité
professeur d’histoire de l’art à l’[université de Rives]
directrice de la relation citoyenne au [syndicat des eaux]
ingénieure de la donnée
chargé de mission pour la transition écologique
chargé de mission pour le [Pays de Vaux]
chargé de mission pour l’[association Les Buis]
chargée de mission auprès du préfet de la [Loue]
directeur de l’eau et des espaces verts à [Bourg-sur-Lot]
directrice du développement chez [Oasis]
responsable du service jeunesse de la [ville de Rives]
cheffe du pôle culture
cheffe du pôle Culture de la [Métropole de Rives]
gérante de l’[épicerie du coin]
président de la [Ruche]
vice-présidente à l’eau
vice-présidente de [Val Agglo] chargée de l’eau
adjointe à l’urbanisme à la [mairie de Vaux]
conseiller à la [chambre d’agriculture du Lot]
professeur des écoles à [Vaux]
doctorante en géographie à l’[université de Rives]
chercheur au [CNRS]
chargée d’études à l’[Observatoire des haies]
responsable des ressources humaines de la [coopérative Grain]
délégué général de la [3e Fabrique]
directrice de recherche à l’[institut des sols]
directeur du [centre social Les Tilleuls]
présidente du conseil d’administration de la [régie de quartier]
secrétaire générale de la [mairie de Vaux]
médecin à l’[hôpital de Bourg]
infirmière libérale à [Vaux]
sociologue et directrice de la [Fabrique des liens]
directeur technique, [Ville de Bourg]
chef de projet transition, [communauté de communes du Val]
maraîchère à la [ferme des Prés]
technicienne rivière au [syndicat de la Loue]
enseignante au [lycée Jean-Tolo]
directrice des services techniques de [Bourg]
coordinatrice du [réseau des tiers-lieux du Lot]
responsable de l’habitat et de l’énergie
conseillère régionale déléguée aux lycées
préfète de la [Loue]
habitant du [quartier des Minimes]
bénévole à la [ressourcerie]
chargée de la vie associative et des sports à la [mairie de Bourg]
Directrice de la Communication
Directrice de la Communication de [Val Agglo]
Responsable Innovation, [Groupe Solva]
directrice d’école
président d’association
membre de l’équipe de direction
membre de la rédaction de [L’Écho des haies]
journaliste à [Radio Causse]
architecte au [cabinet Traverses]
paysan-boulanger au [Mas Neuf]
experte de l’eau auprès de l’[agence du bassin]
animatrice nature au [parc naturel des Causses]
fondateur de l’[entreprise Lumen]
maîtresse de conférences en droit public à [Rives-Sud]
adjoint au maire chargé des mobilités
adjointe au maire de [Bourg] en charge de la culture
directrice de cabinet du maire de [Vaux]
"""


@pytest.mark.parametrize("row", ROLES.strip().splitlines())
def test_what_one_works_on_is_no_organisation(row: str) -> None:
    role, organisation = role_and_organisation(re.sub(r"[\[\]]", "", row))
    assert organisation == "".join(re.findall(r"\[(.+)\]", row))
    before = re.sub(LINK, "", row.partition("[")[0]).rstrip(" ,")
    assert role == before

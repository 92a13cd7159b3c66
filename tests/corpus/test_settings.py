import tomllib

import pytest

from corpus.problems import Severity
from corpus.settings import (
    IntegrationSettings,
    ProposalSettings,
    ReadingSettings,
    ServerSettings,
    Settings,
    settings_from,
)

FILE = "verbatheque.toml"


def test_every_key_has_a_default() -> None:
    assert settings_from({}, FILE) == (Settings(), [])


def test_tables_are_read_with_their_types() -> None:
    table = tomllib.loads("""
        titre = "Paroles"
        adresse = "https://citations.example/"
        [lecture]
        hotes = ["www.centre.example"]
        [serveur]
        processus = 3
        relais = 1
        journal_reseau = false
        [propositions]
        ouvertes = true
        par_jour = 5
    """)
    settings, problems = settings_from(table, FILE)
    assert problems == []
    assert settings.adresse == "https://citations.example"
    assert settings.lecture == ReadingSettings(("www.centre.example",))
    assert settings.serveur == ServerSettings(processus=3, relais=1, journal_reseau=False)
    assert settings.propositions == ProposalSettings(ouvertes=True, par_jour=5)


@pytest.mark.parametrize(
    ("content", "code", "name"),
    [
        ("titre = 3", "reglage-type", "« titre »"),
        ("[serveur]\nprocessus = '3'", "reglage-type", "« serveur.processus »"),
        ("[serveur]\nfils = true", "reglage-type", "« serveur.fils »"),
        ("[serveur]\njournal_reseau = 1", "reglage-type", "« serveur.journal_reseau »"),
        ("[serveur]\nrelais = -1", "reglage-type", "« serveur.relais »"),
        ("[propositions]\nouvertes = 1", "reglage-type", "« propositions.ouvertes »"),
        ("[propositions]\nouvertes = 'oui'", "reglage-type", "« propositions.ouvertes »"),
        ("[propositions]\ncontact = 'a@b.example'", "reglage-contact", "« propositions.contact »"),
        ("[lecture]\nhotes = 'un.example'", "reglage-type", "« lecture.hotes »"),
        ("[lecture]\nhotes = [1]", "reglage-type", "« lecture.hotes »"),
        ("lecture = 'oui'", "reglage-type", "« lecture »"),
        ("[serveur]\nprocesus = 3", "reglage-inconnu", "« serveur.procesus »"),
        ("[serveur]\npar_minute = 0", "reglage-remplace", "« part = 0 » : sans limite"),
        ("[serveur]\npar_seconde = 20", "reglage-remplace", "Écrivez à sa place « avance = 20 »"),
    ],
)
def test_a_wrong_value_keeps_its_default_and_is_named(content: str, code: str, name: str) -> None:
    settings, [problem] = settings_from(tomllib.loads(content), FILE)
    assert settings == Settings()
    assert problem.code == code
    assert name in problem.message


def test_sites_are_kept_as_browsers_write_them() -> None:
    content = """
        [integration]
        sites = ["https://WWW.Exemple.fr/", "https://www.exemple.fr:443", "http://localhost:8080"]
    """
    settings, problems = settings_from(tomllib.loads(content), FILE)
    assert problems == []
    assert settings.integration.sites == ("https://www.exemple.fr", "http://localhost:8080")


def test_a_site_that_is_no_origin_is_named_and_the_others_are_kept() -> None:
    content = '[integration]\nsites = ["exemple.fr", "https://un.example"]'
    settings, [problem] = settings_from(tomllib.loads(content), FILE)
    assert settings.integration == IntegrationSettings(("https://un.example",))
    assert problem.code == "reglage-site"
    assert "« exemple.fr »" in problem.message
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize("sites", ['["exemple.fr"]', '"https://un.example"', "[1]"])
def test_a_list_that_cannot_be_read_never_opens_the_site(sites: str) -> None:
    content = f'adresse = "https://nous.example/fonds/"\n[integration]\nsites = {sites}'
    settings, problems = settings_from(tomllib.loads(content), FILE)
    assert settings.integration.sites == ("https://nous.example",)
    assert len(problems) == 1


def test_an_empty_list_is_open_to_all() -> None:
    settings, problems = settings_from({"integration": {"sites": []}}, FILE)
    assert (settings.integration.sites, problems) == ((), [])
